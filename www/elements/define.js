// @ts-check
import { ReplyWindowElement } from "./reply-window.js";

export { ReplyWindowElement };

ReplyWindowElement.define();
