// The one version of the crate and the package, and every place in which it stands.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** https://semver.org (2.0.0), without build metadata: registries pass over it. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-z-][\da-z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-z-][\da-z-]*))*))?$/i;

/** Without what stands before a release: a control of Power Apps has three numbers and nothing else. @param {string} version */
const threeNumbers = (version) => version.replace(/-.*$/, "");

/**
 * Each pattern finds what stands between its two groups. Cargo's lock file names every crate of ours, which are those without a source.
 *
 * @type {{ file: string, pattern: RegExp, form?: (version: string) => string }[]}
 */
const PLACES = [
  { file: "Cargo.toml", pattern: /^(\[workspace\.package\]\nversion = ")([^"]+)(")$/gm },
  { file: "Cargo.lock", pattern: /^(\[\[package\]\]\nname = "[^"]+"\nversion = ")([^"]+)("\n)(?!source = )/gm },
  { file: "package.json", pattern: /^( {2}"version": ")([^"]+)(",)$/gm },
  { file: "package-lock.json", pattern: /^( {2}"version": ")([^"]+)(",)$/gm },
  { file: "package-lock.json", pattern: /^( {4}"": \{\n {6}"name": "reply-window",\n {6}"version": ")([^"]+)(",)$/gm },
  { file: "www/dynamics/pcf/ControlManifest.Input.xml", pattern: /(<control namespace="ReplyWindow"[^>]* version=")([^"]+)(")/g, form: threeNumbers },
];

/** What is not released yet, and what follows it. */
const UNRELEASED = /^## Unreleased\n([\s\S]*?)(?=^## |(?![\s\S]))/m;

/** @param {string} version */
function partsOf(version) {
  const [, major, minor, patch, before] = SEMVER.exec(version) ?? [];
  if (patch === undefined) throw new Error(`\`${version}\` is no version: X.Y.Z is meant, or X.Y.Z-beta.1 (https://semver.org)`);
  return { numbers: [major, minor, patch].map(Number), before: before?.split(".") ?? [] };
}

/** As semver 11 orders what stands after the hyphen: numbers by value and before words, fewer before more. @param {string} a @param {string} b */
function comparedIdentifiers(a, b) {
  const [isNumber, isOtherNumber] = [a, b].map((one) => /^\d+$/.test(one));
  if (isNumber && isOtherNumber) return Number(a) - Number(b);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : Number(a > b);
}

/**
 * The order of two versions (https://semver.org/#spec-item-11).
 *
 * @param {string} a
 * @param {string} b
 * @returns {number} below 0 where `a` comes before
 */
export function comparedVersions(a, b) {
  const [one, other] = [partsOf(a), partsOf(b)];
  for (const [at, number] of one.numbers.entries()) if (number !== other.numbers[at]) return number - Number(other.numbers[at]);
  if (!one.before.length || !other.before.length) return Number(!one.before.length) - Number(!other.before.length);
  for (const [at, identifier] of one.before.entries()) {
    const order = at < other.before.length ? comparedIdentifiers(identifier, String(other.before[at])) : 1;
    if (order !== 0) return order;
  }
  return one.before.length - other.before.length;
}

/**
 * The one version there is.
 *
 * @param {string} root
 * @returns {Promise<string>}
 * @throws {Error} a place without a version, or with another one
 */
export async function versionOf(root) {
  const [version = ""] = (await readFile(join(root, "package.json"), "utf8")).match(/(?<=^ {2}"version": ")[^"]+/m) ?? [];
  for (const { file, pattern, form = String } of PLACES) {
    const found = [...(await readFile(join(root, file), "utf8")).matchAll(pattern)].map(([, , is]) => is);
    const wrong = found.length === 0 ? "none" : found.find((is) => is !== form(version));
    if (wrong !== undefined) throw new Error(`package.json has version ${version}, ${file} has ${wrong}`);
  }
  return version;
}

/**
 * The changelog in which what was not released yet is what changed in that version.
 *
 * @param {string} log
 * @param {string} version
 * @param {string} day as in 2026-11-30
 */
function released(log, version, day) {
  if (log.split("\n").some((line) => line === `## ${version}` || line.startsWith(`## ${version} `))) throw new Error(`CHANGELOG.md has ${version} already`);
  const [, changes = ""] = UNRELEASED.exec(log) ?? [];
  if (!/^[-*] /m.test(changes)) throw new Error("CHANGELOG.md says of nothing under `## Unreleased`: there is nothing to release");
  return log.replace(UNRELEASED, () => `## Unreleased\n\n## ${version} (${day})\n${changes}`);
}

/**
 * Sets the version everywhere, and in the changelog.
 *
 * @param {string} root
 * @param {string} version not below the one there is
 * @param {string} day
 * @returns {Promise<() => Promise<void>>} puts everything back
 * @throws {Error} a version that is none, is below the one there is or was released already; then nothing was changed
 */
export async function setVersion(root, version, day) {
  partsOf(version);
  const known = await versionOf(root);
  if (comparedVersions(version, known) < 0) throw new Error(`${version} comes before ${known}, which is the version now`);
  /** @type {Map<string, string>} */
  const before = new Map();
  for (const file of new Set([...PLACES.map(({ file }) => file), "CHANGELOG.md"])) before.set(file, await readFile(join(root, file), "utf8"));
  const after = new Map(before);
  for (const { file, pattern, form = String } of PLACES) after.set(file, String(after.get(file)).replace(pattern, (_, head, _is, tail) => head + form(version) + tail));
  after.set("CHANGELOG.md", released(String(before.get("CHANGELOG.md")), version, day));
  const write = async (/** @type {Map<string, string>} */ files) => {
    for (const [file, text] of files) await writeFile(join(root, file), text);
  };
  await write(after);
  return () => write(before);
}
