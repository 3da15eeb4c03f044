// What Twilio's library for Node, as it is installed, answers to a recorded request.

import querystring from "node:querystring";
import twilio from "twilio";

/** `A` accepts, `R` refuses, `T` throws. @param {{ kind: string, url: string, token: string, signature: string, body?: string, algorithm?: string }} vector */
export function answerOfNode({ kind, url, token, signature, body = "", algorithm }) {
  const warn = console.warn;
  console.warn = () => {};
  try {
    const taken = kind === "json"
      ? twilio.validateRequestWithBody(token, signature, url, body, algorithm)
      : twilio.validateRequest(token, signature, url, { ...querystring.parse(body) }, algorithm);
    return taken ? "A" : "R";
  } catch {
    return "T";
  } finally {
    console.warn = warn;
  }
}
