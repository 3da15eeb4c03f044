// The build: engine (Rust → WebAssembly → inline bytes), declarations, what the demo needs.
//
//   node www/build.mjs            build what is out of date
//   --setup                       first install what building needs
//   --test                        … and what testing needs (a browser)
//   --size                        print the size report even if nothing was rebuilt

import { buildDeclarations, buildEngine } from "./build/compile.mjs";
import { installForBuilding, installForTesting } from "./build/setup.mjs";
import { printSizes } from "./build/size.mjs";

const wanted = new Set(process.argv.slice(2));

try {
  if (wanted.has("--setup")) await installForBuilding();
  if (wanted.has("--test")) await installForTesting();
  const rebuilt = await buildEngine();
  await buildDeclarations();
  const parts = wanted.has("--size");
  if (rebuilt || parts) await printSizes({ parts });
} catch (error) {
  // One clear sentence; the output of a failed command stands above it.
  console.error(`\nreply-window: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
