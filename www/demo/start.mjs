// @ts-check
// Starts the demo and says where it is.

import { pathToFileURL } from "node:url";
import { createClock } from "./clock.js";
import { configOf, redisIn } from "./config.js";
import { startDemo } from "./demo.js";
import { openDemoStore } from "./store.js";

export { startDemo };

const run = async () => {
  const config = configOf(process.env);
  const clock = createClock();
  const { store, told } = await openDemoStore({ redisUrl: redisIn(process.argv.slice(2)), isStandIn: !config.twilio, now: clock.now });
  const demo = await startDemo({ ...config, clock, store });
  // Before anything is said: whoever reads it may end it at once.
  const stop = () => demo.close().then(store.close).finally(() => process.exit(0));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  console.log(`reply-window demo: ${demo.url}`);
  console.log(told);
  if (!config.twilio) console.log(`a stand-in for Dynamics 365: ${demo.url}dynamics/index.html`);
  if (config.publicUrl) console.log(`Twilio's "when a message comes in": ${config.publicUrl}/twilio/inbound`);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  run().catch((error) => {
    console.error(`reply-window demo: ${error.message}`);
    process.exitCode = 1;
  });
}
