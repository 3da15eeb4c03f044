// A static server of the repository under the policy that the product promises to run under.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";

const ROOT = new URL("../../", import.meta.url);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".css": "text/css" };
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

/** @returns {Promise<{ url: string, close(): void }>} */
export async function serve(replaced = {}) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://x").pathname;
    try {
      const body = await readFile(new URL(`.${replaced[path] ?? path}`, ROOT));
      // Nothing changes while a test runs.
      response.writeHead(200, { "cache-control": "max-age=3600", "content-type": `${TYPES[extname(path)] ?? "application/octet-stream"}; charset=utf-8`, "content-security-policy": POLICY });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
