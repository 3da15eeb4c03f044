// @ts-check
// The paths that the documentation names are there: a table that says where to change what must not outlive a move.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { MODULES } from "../../www/build/compile.mjs";

const ROOT = new URL("../../", import.meta.url);

const pages = ["README.md", "CHANGELOG.md", "tests/README.md", ...["src", "www"].flatMap((folder) =>
  readdirSync(new URL(folder, ROOT), { encoding: "utf8", recursive: true })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => name.endsWith(".md") && !/^www\/(pkg|types|vendor)\//.test(name)))];

/** `a/{b,c}` is two paths. @param {string} path @returns {string[]} */
const spelledOut = (path) => {
  const [, before, choices, after] = /^([^{]*)\{([^}]*)\}(.*)$/.exec(path) ?? [];
  return choices === undefined ? [path] : choices.split(",").flatMap((choice) => spelledOut(`${before}${choice.trim()}${after}`));
};

/**
 * Paths of the repository in code spans and in links; `…/…` and `<name>` stand for something that a reader fills in.
 *
 * @param {string} page
 * @param {string} text
 * @returns {string[]}
 */
const pathsIn = (page, text) => {
  const spans = [...text.matchAll(/`((?:src|www|tests)\/[^`\s…<>*]*)`/g)].flatMap((match) => spelledOut(match[1] ?? ""));
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map((match) => new URL(match[1] ?? "", new URL(page, "file:///")).pathname.slice(1));
  return [...spans, ...links];
};

test("every path that the documentation names is there", () => {
  assert.ok(pages.includes("README.md") && pages.length > 2, pages.join());
  const found = pages.flatMap((page) => pathsIn(page, readFileSync(new URL(page, ROOT), "utf8")).map((path) => ({ page, path })));
  assert.ok(found.length > 20, `${found.length}`);
  assert.deepEqual(found.filter(({ path }) => !existsSync(new URL(path, ROOT))), []);
});

test("the table of vectors names every file of them", () => {
  const there = readdirSync(new URL("tests/vectors/", ROOT)).filter((name) => name.endsWith(".json")).sort();
  const rows = readFileSync(new URL("tests/vectors/README.md", ROOT), "utf8").matchAll(/^\| (`.*?`) \|/gm);
  assert.deepEqual([...rows].flatMap(([, names]) => [...String(names).matchAll(/`([\w-]+\.json)`/g)].map(([, name]) => name)).sort(), there);
});

/** The names of modules in the first column of a page's figures. @param {string} page */
const weighed = (page) => [...(/^## Figures$([^]*?)(?:^## |$(?![^]))/m.exec(page)?.[1] ?? "").matchAll(/^\| `([\w-]+)`/gm)].map(([, name]) => name);

test("the figures weigh every module under its name", () => {
  assert.deepEqual(weighed(readFileSync(new URL("tests/README.md", ROOT), "utf8")), [...MODULES]);
  assert.deepEqual(weighed("## Figures\n\n| `one`: a | 1 |\n| two | 2 |\n\n## Else\n| `three` | 3 |\n"), ["one"]);
});

test("paths are found in spans, in braces and in links", () => {
  const text = "`www/stores/` and `src/provider/{twilio,meta}/`, [there](../a.md#b), [out](https://example.com), `src/…/a.rs`, `reply-window/mount`";
  assert.deepEqual(pathsIn("www/server/README.md", text), ["www/stores/", "src/provider/twilio/", "src/provider/meta/", "www/a.md"]);
});
