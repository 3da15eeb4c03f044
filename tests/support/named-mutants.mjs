// @ts-check
/**
 * Changes to the rules that once lived unnoticed: each was made by hand, and no test fell. `npm run test:mutants` tells which still do.
 *
 * @typedef {{ name: string, file: string, from: string, to: string, run: string[] }} Mutant `from` stands once in the file.
 *   `run`: test files of Node, or `native` and filters of the Rust tests
 */

/** @type {Mutant[]} */
export const NAMED = [
  { name: "a hash sign begins a query", file: "src/provider/twilio/body_hash.rs", run: ["native", "webhook::"],
    from: `.split(|byte| *byte == b'#');\n        // What`, to: `.split(|byte| *byte == 0);\n        // What` },
  { name: "bodySHA256 without = is no announcement", file: "src/provider/twilio/body_hash.rs", run: ["native", "webhook::"],
    from: "name == NAME.as_bytes() {\n                    self.query.push(b\"bodySHA256=\")?;", to: "name.is_empty() {\n                    self.query.push(b\"bodySHA256=\")?;" },
  { name: "pairs of a request that was refused", file: "src/provider/twilio/signature.rs", run: ["native", "webhook::"],
    from: "self.form.pairs().filter(|_| self.verified)", to: "self.form.pairs().filter(|_| true)" },
  { name: "a missing slot has a length", file: "src/template/fill.rs", run: ["native", "vectors", "template::"],
    from: "Span::Missing(..) => 0,", to: "Span::Missing(run, _) => length(run)," },
  { name: "a number of 19 characters", file: "src/template/fill.rs", run: ["native", "vectors", "template::"],
    from: "value.len() <= 18", to: "value.len() <= 19" },
  { name: "a button of 21 characters without approval", file: "src/template/fill.rs", run: ["native", "vectors", "template::"],
    from: "if approved { 25 } else { 20 }", to: "if approved { 25 } else { 21 }" },
  { name: "a cut behind a joiner", file: "src/template/value.rs", run: ["native", "vectors", "template::"],
    from: "joined = char == '\\u{200d}';", to: "joined = false;" },
  { name: "a cap of marketing that is the template's", file: "src/template/eligibility.rs", run: ["native", "vectors", "template::"],
    from: "&& row.concerns == Concern::Customer", to: "&& row.concerns != Concern::Window" },
  { name: "a parent's user id names no country", file: "src/template/eligibility.rs", run: ["native", "vectors", "template::"],
    from: ".or(context.customer.parent_bsuid.as_deref());", to: ";" },
  { name: "three buttons are hidden on desktop", file: "src/template/eligibility.rs", run: ["native", "vectors", "template::"],
    from: "template.buttons.len() > 3", to: "template.buttons.len() > 2" },
  { name: "maySend takes what has to be confirmed", file: "www/engine/fallback-verdict.js", run: ["tests/wasm/server.test.js"],
    from: `leaves === "yes" || leaves === "with-tag"`, to: `leaves !== "no"` },
  { name: "keys that cannot be looked up are the sender's fault", file: "www/server/receiver.js", run: ["tests/wasm/server.test.js"],
    from: `"key-lookup-failed": 500, `, to: "" },
  { name: "a refusal counts from when it was recorded", file: "www/server/record-send.js", run: ["tests/wasm/server.test.js"],
    from: "providerAtMs: Math.min(record.atMs, event.providerAtMs ?? record.atMs)", to: "providerAtMs: record.atMs" },
  { name: "a clock that was set back releases what waits", file: "www/controller/queue.js", run: ["tests/js/queue.test.js"],
    from: " && lateMs >= -GRACE_MS", to: "" },
  { name: "a conversation that sends is forgotten", file: "www/controller/conversations.js", run: ["tests/js/sending.test.js"],
    from: "if (!state.sending) this.#known.delete(id);", to: "this.#known.delete(id);" },
  { name: "zero is no code of a provider", file: "www/controller/error-info.js", run: ["tests/js/sending.test.js", "tests/js/provider-error.test.js"],
    from: "number >= 0", to: "number > 0" },
];
