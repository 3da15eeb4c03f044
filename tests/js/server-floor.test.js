// @ts-check
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const WWW = new URL("../../www/", import.meta.url);

/** Addresses that a module imports, comments left out. @param {URL} file */
const importsOf = (file) => {
  const code = codeOf(file);
  return [...code.matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map((match) => match[1] ?? "");
};

/** @param {URL} file */
const codeOf = (file) => readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

/** @param {string} folder */
const modulesIn = (folder) =>
  readdirSync(new URL(folder, WWW), { encoding: "utf8", recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => new URL(folder + name, WWW));

test("www/server and www/stores run wherever fetch does: no module of Node, no global of Node, nothing but the engine below them", () => {
  const files = [...modulesIn("server/"), ...modulesIn("stores/")];
  assert.ok(files.length > 5);
  for (const file of files) {
    for (const imported of importsOf(file)) {
      const target = imported.startsWith(".") ? new URL(imported, file).href.slice(WWW.href.length) : imported;
      assert.match(target, /^(server|stores|engine)\//, `${file.pathname}: ${imported}`);
    }
    const native = /\b(process|Buffer|global|document|Deno|Bun)\.|\b(require|setImmediate)\(|__dirname/.exec(codeOf(file));
    assert.equal(native, null, `${file.pathname}: ${native?.[0]}`);
  }
});

test("the stand-in shares nothing with the engine", () => {
  const seen = new Set();
  const walk = (/** @type {URL} */ file) => {
    if (seen.has(file.href)) return;
    seen.add(file.href);
    for (const imported of importsOf(file)) if (imported.startsWith(".")) walk(new URL(imported, file));
  };
  for (const file of modulesIn("demo/stand-in/")) walk(file);
  assert.ok(seen.size >= 9);
  for (const href of seen) assert.match(String(href).slice(WWW.href.length), /^demo\/(stand-in\/|local\.js$)/);
});
