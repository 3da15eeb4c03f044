// @ts-check
/** The page of the report, with its script and its style, as the build put them together. Nothing of it is secret: it shows what its reader's token may see. */
import { plainAnswer } from "./answers.js";

const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** Read when it is first asked for: whoever has no report loads no charts. */
const parts = () => import("./report-parts.gen.js");

/** @returns {[method: string, path: string, handle: () => Promise<Response>][]} */
export const reportPages = () => [
  ["GET", "/report", async () => {
    const response = plainAnswer((await parts()).page, "text/html; charset=utf-8");
    response.headers.set("content-security-policy", POLICY);
    response.headers.set("referrer-policy", "no-referrer");
    return response;
  }],
  ["GET", "/report/page.js", async () => plainAnswer((await parts()).script, "text/javascript; charset=utf-8")],
  ["GET", "/report/page.css", async () => plainAnswer((await parts()).style, "text/css; charset=utf-8")],
];
