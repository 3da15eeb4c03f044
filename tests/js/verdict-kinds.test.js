// Whether a message leaves and whether the composer is locked is decided by the engine: no JavaScript compares kinds of verdicts.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parseModule, parseTree, readTree, visit } from "../support/modules.mjs";

const ROOT = new URL("../../", import.meta.url);

/** The kinds, as the contract has them. */
const [, union = ""] = /export type VerdictKind = ([^;]+);/.exec(readFileSync(new URL("src/wire/types/session.d.ts", ROOT), "utf8")) ?? [];
const KINDS = new Set([...union.matchAll(/"([a-z-]+)"/g)].map(([, kind]) => kind));

/** Words have keys, and are compared with nothing. */
const WORDS = /^www\/i18n\//;

/** Kinds of verdicts that are compared, listed or looked up. @param {import("../support/modules.mjs").Module} module @returns {string[]} */
const decisions = ({ path, program, lineOf }) => {
  /** @type {string[]} */
  const found = [];
  visit(program, (node, _, parent) => {
    if (node.type !== "Literal" || !KINDS.has(node.value)) return;
    const isCompared = ["BinaryExpression", "SwitchCase", "ArrayExpression"].includes(parent?.type);
    const isKey = parent?.type === "Property" && parent.key === node;
    if (isCompared || isKey) found.push(`${path}:${lineOf(node.start)} ${node.value}`);
  });
  return found;
};

test("the kinds are those of the contract", () => {
  for (const kind of ["allowed", "confirm", "tagged", "paid", "template-only", "blocked"]) assert.ok(KINDS.has(kind), kind);
});

test("no module compares kinds of verdicts", () => {
  const modules = parseTree(readTree(ROOT, "www")).filter(({ path }) => !WORDS.test(path));
  assert.ok(modules.length > 50);
  assert.deepEqual(modules.flatMap(decisions), []);
});

test("whoever does is found", () => {
  const wrong = [
    'export const a = (v) => v.kind === "allowed";', 'export const a = (v) => "blocked" !== v.kind;',
    'export const A = new Set(["allowed", "paid"]);', 'export const a = (v) => ["confirm"].includes(v.kind);',
    'export const a = (v) => { switch (v.kind) { case "template-only": return 1; } };',
    'export const a = (v) => ({ "template-only": "do.template" })[v.kind];',
  ];
  for (const text of wrong) assert.notDeepEqual(decisions(parseModule("www/x.js", text)), [], text);
  for (const text of ['export const a = { kind: "blocked" };', 'export const a = (m) => m.t("blocked");']) assert.deepEqual(decisions(parseModule("www/x.js", text)), [], text);
});
