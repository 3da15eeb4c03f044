// @ts-check
import { readFile } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The page and the modules it loads. */

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Longest prefix first. @type {[string, string][]} */
const FOLDERS = [
  ["/www/", join(ROOT, "www")],
  ["/vendor/", join(ROOT, "target", "vendor")],
  ["/", join(ROOT, "www", "demo", "page")],
];

/** Nothing else is served. @type {Record<string, string>} */
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Web Chat writes style elements and shows images from blobs; our own code needs neither. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** What an organisation of Dynamics may ask for on its pages, by the name that the demo's address gives it. @type {Record<string, string>} */
const ORGANISATION = {
  default: "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'",
  strict: "script-src 'self'; object-src 'none'; base-uri 'none'",
  "trusted-types": "script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types dynamics",
  "strict-trusted-types": "script-src 'self'; object-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types dynamics",
};
/** Frames of this machine stand in each other there, also under another name: that is another origin. */
const FRAMES = "frame-src 'self' http://127.0.0.1:* http://localhost:*; frame-ancestors 'self' http://127.0.0.1:* http://localhost:*";

/** @param {URL} url */
const policyOf = ({ pathname, searchParams }) => {
  if (!/^\/(dynamics|www\/dist)\//.test(pathname)) return POLICY;
  const name = searchParams.get("policy") ?? "default";
  // Web Chat knows no trusted types: where they are asked for, that is the frame's affair.
  const own = name.endsWith("trusted-types") && pathname.includes("ChatControl") ? "default" : name;
  return `${Object.hasOwn(ORGANISATION, own) ? ORGANISATION[own] : ORGANISATION.strict}; ${FRAMES}`;
};

/** @param {string} pathname @returns {string | undefined} a file inside one of the folders */
const fileOf = (pathname) => {
  let path;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (/[\\\0]/.test(path) || path.split("/").some((part) => part.startsWith("."))) return undefined;
  const [prefix, folder] = FOLDERS.find(([start]) => path.startsWith(start)) ?? ["/", ""];
  const file = join(folder, path.slice(prefix.length) || "index.html");
  return folder && file.startsWith(folder + sep) ? file : undefined;
};

/** @param {Request} request */
export const serveFile = async (request) => {
  if (request.method !== "GET" && request.method !== "HEAD") return new Response("only GET\n", { status: 405, headers: { allow: "GET, HEAD" } });
  const url = new URL(request.url);
  const { pathname } = url;
  if (pathname === "/favicon.ico") return new Response(null, { status: 204 });
  const file = fileOf(pathname);
  const type = file && TYPES[extname(file)];
  const bytes = file && type ? await readFile(file).catch(() => undefined) : undefined;
  if (!type || !bytes) return new Response("not found\n", { status: 404 });
  return new Response(request.method === "HEAD" ? null : bytes, {
    headers: {
      "content-type": type,
      "content-security-policy": policyOf(url),
      "cache-control": "no-cache",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
    },
  });
};
