// A list of conversations: which of their windows stand otherwise now?
import { windowBook } from "reply-window";

globalThis.book = windowBook();
