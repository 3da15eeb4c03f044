// A desktop with the element, the rules and no adapter of ours.
import { mount } from "reply-window/mount";

globalThis.handle = mount(document.querySelector("#composer"), { conversation: { id: "1" } });
