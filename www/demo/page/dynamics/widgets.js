// @ts-check
// The frame between: it holds that of the conversation control, whose title is translated.

import { h, passedOn, words } from "./words.js";

const isOther = new URLSearchParams(location.search).get("origin") === "other";
const host = location.hostname === "localhost" ? "127.0.0.1" : "localhost";
const origin = isOther ? `http://${host}:${location.port}` : "";
const focused = /** @type {any} */ (parent).workspace.workspace.focused;
document.body.append(h("iframe", { title: words.omnichannel, src: `${origin}/dynamics/msdyn_ChatControl.html?${passedOn()}&conversation=${focused}` }));
