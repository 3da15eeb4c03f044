// Reads JavaScript modules with a parser, for the test of the floors: what each imports, how long its functions are, what it does.

import { readFileSync, readdirSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "vite";

/** @typedef {{ to: string, line: number, kind: "static" | "dynamic" | "type" }} Import `to`: a path in the tree, a package, or `?` where it is computed */
/** @typedef {{ name: string, line: number, codeLines: number }} Measured */
/** @typedef {{ path: string, lines: number, imports: Import[], functions: Measured[], program: any, lineOf(at: number): number }} Module */

/** What the build makes. */
export const GENERATED = /^www\/(dist|pkg|types|vendor)\/|\.gen\.js$/;

/**
 * The texts of a folder's own modules, by path; what the build makes is left out.
 *
 * @param {URL} root of the repository
 * @param {string} folder
 * @returns {Map<string, string>}
 */
export function readTree(root, folder) {
  const names = readdirSync(new URL(folder, root), { encoding: "utf8", recursive: true }).map((name) => `${folder}/${name.replaceAll("\\", "/")}`);
  const own = names.filter((name) => /\.m?js$/.test(name) && !GENERATED.test(name)).sort();
  return new Map(own.map((name) => [name, readFileSync(new URL(name, root), "utf8")]));
}

/** @param {Map<string, string>} tree @returns {Module[]} */
export const parseTree = (tree) => [...tree].map(([path, text]) => parseModule(path, text));

/** @param {string} path @param {string} text @returns {Module} */
export function parseModule(path, text) {
  const { program, comments, module, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lineOf = (/** @type {number} */ at) => text.slice(0, at).split("\n").length;
  return {
    path, program, lineOf,
    lines: text.trimEnd().split("\n").length,
    imports: importsOf({ path, text, comments, module, lineOf }),
    functions: functionsOf(program, withoutComments(text, comments), lineOf),
  };
}

/** @param {{ path: string, text: string, comments: any[], module: any, lineOf(at: number): number }} parsed @returns {Import[]} */
function importsOf({ path, text, comments, module, lineOf }) {
  const place = (/** @type {string} */ to) => (to.startsWith(".") ? posix.join(posix.dirname(path), to) : to);
  /** @type {(to: string, at: number, kind: Import["kind"]) => Import} */
  const found = (to, at, kind) => ({ to: place(to), line: lineOf(at), kind });
  const again = module.staticExports.flatMap((/** @type {any} */ { entries }) => entries).filter((/** @type {any} */ entry) => entry.moduleRequest);
  return [
    ...[...module.staticImports, ...again].map(({ moduleRequest: { value, start } }) => found(value, start, "static")),
    ...module.dynamicImports.map((/** @type {any} */ { moduleRequest: { start, end } }) => found(/^["'](.*)["']$/.exec(text.slice(start, end))?.[1] ?? "?", start, "dynamic")),
    ...comments.flatMap(({ value, start }) =>
      [...value.matchAll(/@import\s[^"']*["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/g)].map((match) => found(match[1] ?? match[2], start + 2 + match.index, "type"))),
  ];
}

/** @param {string} text @param {{ start: number, end: number }[]} comments */
function withoutComments(text, comments) {
  let at = 0;
  let code = "";
  for (const { start, end } of comments) {
    code += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, " ");
    at = end;
  }
  return code + text.slice(at);
}

/** @param {any} program @param {string} code the text with blanks for comments @param {(at: number) => number} lineOf @returns {Measured[]} */
function functionsOf(program, code, lineOf) {
  /** @type {Measured[]} */
  const found = [];
  visit(program, (node, name) => {
    if (!/Function/.test(node.type) || !node.body) return;
    const codeLines = code.slice(node.start, node.end).split("\n").filter((line) => line.trim() !== "").length;
    found.push({ name: node.id?.name ?? name, line: lineOf(node.start), codeLines });
  });
  return found;
}

/**
 * Every node, and the name of what it belongs to.
 *
 * @param {any} node
 * @param {(node: any, name: string, parent: any) => void} look
 * @param {string} [name]
 * @param {any} [parent]
 */
export function visit(node, look, name = "", parent = undefined) {
  if (Array.isArray(node)) return node.forEach((one) => visit(one, look, name, parent));
  if (node === null || typeof node !== "object" || typeof node.type !== "string") return;
  look(node, name, parent);
  const own = node.key?.name ?? node.id?.name ?? name;
  for (const child of Object.values(node)) visit(child, look, own, node);
}

/**
 * Groups of modules that import each other, however far around: by code, on demand, or for a type alone.
 *
 * @param {readonly Module[]} modules
 * @returns {string[][]}
 */
export function circles(modules) {
  const targets = new Map(modules.map(({ path, imports }) => [path, new Set(imports.map(({ to }) => to))]));
  return groups(targets).filter(([path = "", ...others]) => others.length > 0 || targets.get(path)?.has(path));
}

/** Strongly connected groups (Tarjan 1972). @param {Map<string, Set<string>>} targets @returns {string[][]} */
export function groups(targets) {
  /** @type {Map<string, number>} */
  const order = new Map();
  /** @type {Map<string, number>} */
  const lowest = new Map();
  /** @type {string[]} */
  const open = [];
  /** @type {string[][]} */
  const found = [];
  const walk = (/** @type {string} */ path) => {
    order.set(path, order.size);
    let low = order.size - 1;
    open.push(path);
    for (const to of targets.get(path) ?? []) {
      if (!targets.has(to)) continue;
      if (!order.has(to)) walk(to);
      if (open.includes(to)) low = Math.min(low, lowest.get(to) ?? order.get(to) ?? low);
    }
    lowest.set(path, low);
    if (low === order.get(path)) found.push(open.splice(open.indexOf(path)));
  };
  for (const path of targets.keys()) if (!order.has(path)) walk(path);
  return found;
}
