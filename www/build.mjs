// The build: engine (Rust → WebAssembly → inline bytes), declarations, what the demo needs.
//
//   node www/build.mjs            build what is out of date
//   --setup                       first install what building needs
//   --quick                       an engine neither small nor fast, in half the time: for who looks at the demo
//   --libraries                   with --setup: and what benches compare with
//   --uploads                     also make the engine without WebAssembly, for pages that forbid it: a minute more
//   --test                        both, and what testing needs (a browser)
//   --long                        with --test: and what the long tests need besides
//   --size                        print what users download; `--against DIR` beside that of another checkout, built

import { buildEngine, linkEngine } from "./build/compile.mjs";
import { buildDeclarations } from "./build/declarations.mjs";
import { buildDist, buildEngineWithoutWasm } from "./build/dist.mjs";
import { buildForNode } from "./build/node.mjs";
import { buildReport } from "./build/report.mjs";
import { installForBuilding, installForLongTesting, installForTesting, installLibraries, installToolchain } from "./build/setup.mjs";
import { printSizes } from "./build/size.mjs";

const wanted = new Set(process.argv.slice(2));
const isQuick = wanted.has("--quick");

try {
  if (wanted.has("--setup")) {
    await installToolchain();
    // One waits for registries, the other counts.
    await Promise.all([installForBuilding(), linkEngine({ isQuick })]);
  }
  if (wanted.has("--libraries")) await installLibraries();
  if (wanted.has("--test")) await installForTesting();
  if (wanted.has("--long")) await installForLongTesting();
  await buildEngine({ isQuick });
  await buildReport();
  await buildDeclarations();
  await buildDist();
  await buildForNode();
  if (wanted.has("--uploads") || wanted.has("--test")) await buildEngineWithoutWasm();
  const place = process.argv.indexOf("--against");
  if (wanted.has("--size")) await printSizes(place < 0 ? {} : { against: process.argv[place + 1] });
} catch (error) {
  // One clear sentence; the output of a failed command stands above it.
  console.error(`\nreply-window: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
