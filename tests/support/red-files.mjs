// A reporter of Node's test runner: the files in which a test failed, each on a line of its own.

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* redFiles(events) {
  const seen = new Set();
  for await (const { type, data } of events) {
    // A file that ended by itself, or did not end, is a test of its own name.
    const file = type === "test:fail" ? data.file ?? data.name : undefined;
    if (file === undefined || seen.has(file)) continue;
    seen.add(file);
    yield `${file}\n`;
  }
}
