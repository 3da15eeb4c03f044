// Middleware: a webhook verified, and read by itself.
import { verifySignature } from "reply-window";

globalThis.verify = (request, keys) => verifySignature(request, { keys });
