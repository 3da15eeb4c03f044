// Every name that the package's entries export, as the compiler finds it, and a file that uses each of them.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { at } from "../../www/build/run.mjs";

/** The entries that TypeScript reads. */
export async function entriesOf() {
  const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
  return Object.keys(exports).filter((name) => !/\.(wasm|json)$/.test(name)).map((name) => `reply-window${name.slice(1)}`);
}

/**
 * @param {string} home a project that has the package
 * @param {readonly string[]} entries
 * @returns {Map<string, { name: string, isType: boolean }[]>} by entry
 */
export function exportedNames(home, entries) {
  const ts = createRequire(at("tests", "checkers", "package.json"))("typescript");
  const host = ts.createCompilerHost({});
  const options = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2023, noEmit: true };
  const file = join(home, "entries.ts");
  const source = entries.map((entry, at) => `import * as e${at} from "${entry}";`).join("\n");
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (/** @type {string} */ name, /** @type {any} */ ...rest) => name === file ? ts.createSourceFile(name, source, options.target) : read(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const checker = program.getTypeChecker();
  const { statements } = program.getSourceFile(file);
  return new Map(entries.map((entry, index) => {
    const found = checker.getExportsOfModule(checker.getSymbolAtLocation(statements[index].moduleSpecifier)).map((/** @type {any} */ symbol) => {
      const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const isTypeOnly = symbol.declarations?.some((/** @type {any} */ one) => one.isTypeOnly || one.parent?.parent?.isTypeOnly);
      return { name: symbol.name, isType: isTypeOnly || !(meant.flags & ts.SymbolFlags.Value) };
    });
    return [entry, found];
  }));
}

/** Writes `every.ts`, which uses each of them. @param {string} home @param {ReturnType<typeof exportedNames>} names */
export async function writeEvery(home, names) {
  const lines = [...names].flatMap(([entry, found], at) => found.map(({ name, isType }) => `export ${isType ? "type " : ""}{ ${name} as ${name}_${at} } from "${entry}";`));
  await writeFile(join(home, "every.ts"), `${lines.join("\n")}\n`);
}

/** What the examples of a text import from the package. @param {string} markdown @returns {{ entry: string, name: string }[]} */
export const importedIn = (markdown) => [...markdown.matchAll(/^\s*import (?:type )?\{([^}]+)\} from "(reply-window[^"]*)"/gm)].flatMap(([, list = "", entry = ""]) =>
  list.split(",").map((one) => one.trim().replace(/^type /, "").split(" as ")[0]?.trim() ?? "").filter(Boolean).map((name) => ({ entry, name })));
