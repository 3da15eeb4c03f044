// Middleware: webhooks received into a store.
import { createReceiver, memoryStore } from "reply-window/server";

globalThis.receiver = createReceiver({ keys: ["token"], store: memoryStore() });
