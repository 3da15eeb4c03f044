// What the front page and the desktop's page say is so.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { at } from "../../www/build/run.mjs";
import { importTemplates } from "../../www/index.js";

const [readme, desktop, composer] = await Promise.all([at("README.md"), at("www", "DESKTOP.md"), at("www", "adapters", "dom", "README.md")].map((path) => readFile(path, "utf8")));

test("the sample page is read: one template that may be sent, no problem", () => {
  const [, code = ""] = /```js\nimport \{ importTemplates \} from "reply-window";\n([^]*?)```/.exec(desktop) ?? [];
  const { templates, problems } = new Function("importTemplates", `${code}; return { templates, problems };`)(importTemplates);
  assert.deepEqual([templates.length, templates[0]?.status, templates[0]?.category, problems], [1, "approved", "utility", []]);
});

test("the entries that a desktop and a middleware begin with stand in the table, and no link leads to what is not packed", async () => {
  const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
  for (const name of ["mount", "element", "server", "service", "client", "i18n", "nowasm"]) {
    assert.ok(exports[`./${name}`]);
    assert.match(readme, new RegExp(`^\\|.*\`reply-window/${name}\`.*\\|`, "m"));
  }
  const [picture = "", ...pictures] = readme.match(/^!\[[^\]]{40,}\]\(www\/demo\/screenshot\.png\)$/gm) ?? [];
  assert.ok(readme.indexOf(picture) > readme.indexOf("## Try it from a clone") && pictures.length === 0, "the picture stands where the repository is spoken of");
  assert.doesNotMatch(readme.replace(picture, ""), /\]\((?:\.\/)?(?:www\/demo|src|tests)\//);
});

test("the import map of a page without a bundler names the files that the entries have", async () => {
  const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
  const [, map = ""] = /<script type="importmap">([^]*?)<\/script>/.exec(composer) ?? [];
  const { imports } = JSON.parse(map);
  assert.deepEqual(Object.keys(imports), ["reply-window", "reply-window/mount"]);
  for (const [name, file] of Object.entries(imports)) assert.equal(file, `/node_modules/reply-window/${exports[name.replace("reply-window", ".")].default.slice(2)}`);
});
