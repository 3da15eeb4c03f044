// A busy machine may turn one of many hundreds of tests red that is not, in a browser first of all: files with a red test are run once more,
// one by one. What is red both times has failed; what was red once is named, so that somebody looks for the race.

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, run, step } from "../../www/build/run.mjs";

/** More files than this are no accident. */
const MAX_FILES = 3;

/**
 * @param {string[]} files of tests
 * @param {string[]} options of Node, for the first run
 * @param {(files: string[], options: string[]) => Promise<unknown>} [runFiles] rejects where a test is red
 * @returns {Promise<string[]>} files that were red once
 */
export async function runWithSecondLook(files, options, runFiles = (files, options) => run(process.execPath, ["--test", ...options, ...files])) {
  const folder = await mkdtemp(join(tmpdir(), "red-"));
  const told = join(folder, "files");
  try {
    await runFiles(files, [...options, "--test-reporter=spec", "--test-reporter-destination=stdout", `--test-reporter=${at("tests/support/red-files.mjs")}`, `--test-reporter-destination=${told}`]);
    return [];
  } catch (error) {
    const red = (await readFile(told, "utf8").catch(() => "")).split("\n").filter((file) => existsSync(file) && file !== "");
    if (red.length === 0 || red.length > MAX_FILES) throw error;
    step(`once more, alone: ${red.join(", ")} …`);
    await runFiles(red, [...options.filter((option) => !option.startsWith("--test-concurrency=")), "--test-concurrency=1", "--test-reporter=spec"]);
    return red;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
