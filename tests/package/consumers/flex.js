// A plugin for Twilio Flex UI 2.
import { mount } from "reply-window/mount";
import { flex } from "reply-window/adapters/flex";

globalThis.handle = (options, conversation) => mount(null, { adapter: flex(options), conversation });
