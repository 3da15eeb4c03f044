// What may be left out may be handed in as undefined: what the build makes of a declaration.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withUndefined } from "../../www/build/optional.mjs";

for (const [name, code, made] of [
  ["a member", "{ a?: string; b: number }", "{ a?: string | undefined; b: number }"],
  ["a function", "type A = { now?: () => number; };", "type A = { now?: (() => number) | undefined; };"],
  ["what is within", "{ a?: { b?: string; c: 1 }; }", "{ a?: { b?: string | undefined; c: 1 } | undefined; }"],
  ["over lines", "  a?: readonly {\n    b: Map<string, number>;\n  }[];\n  c?: X;", "  a?: readonly {\n    b: Map<string, number>;\n  }[] | undefined;\n  c?: X | undefined;"],
  ["an argument", "f(a?: Pick<A, \"b\">, c?: D): void", "f(a?: Pick<A, \"b\"> | undefined, c?: D | undefined): void"],
  ["what comes back of a function within", "{ a?: (b?: C) => Promise<D>; }", "{ a?: ((b?: C | undefined) => Promise<D>) | undefined; }"],
  ["a comment and what is chosen", "/** a?: b; */ type A = B extends C ? D : E; // f?: g", "/** a?: b; */ type A = B extends C ? D : E; // f?: g"],
]) {
  test(`declared: ${name}`, () => assert.equal(withUndefined(/** @type {string} */ (code)), made));
}
