// Serves files of a folder, under a content security policy of the caller's choice.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** The policy that the published modules promise to run under. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

/**
 * @param {string} folder
 * @param {{ policy?: string | undefined, pages?: Record<string, string>, headers?: Record<string, string> }} [options] `pages`: HTML by path, instead of files; no policy where that is empty
 * @returns {Promise<{ url: string, close(): Promise<void> }>}
 */
export async function serveFolder(folder, { policy = STRICT_POLICY, pages = {}, headers = {} } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    const file = path.endsWith("/") ? `${path}index.html` : path;
    const body = pages[path] ?? (await readFile(join(folder, normalize(file))).catch(() => undefined));
    const type = pages[path] ? TYPES[".html"] : TYPES[/** @type {keyof typeof TYPES} */ (extname(file))];
    response.writeHead(body === undefined ? 404 : 200, {
      "content-type": type ?? "application/octet-stream",
      ...policy && { "content-security-policy": policy },
      ...headers,
    });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  };
}
