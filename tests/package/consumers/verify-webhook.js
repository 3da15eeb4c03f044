// Middleware: a webhook verified and read.
import { verifyWebhook } from "reply-window";

globalThis.verify = (request, keys) => verifyWebhook(request, { keys });
