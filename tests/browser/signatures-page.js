import * as engine from "/www/index.js";
import { signatures } from "/www/engine/modules/signatures.js";
import { webhooks } from "/www/engine/modules/webhooks.js";
import { differing } from "/tests/support/signatures.mjs";

const read = (name) => fetch(`/tests/vectors/${name}.json`).then((answer) => answer.json());

globalThis.run = async (more) => {
  await webhooks.ready();
  await signatures.ready();
  const { vectors } = await read("twilio-signatures");
  const { meta } = await read("hmac-states-and-meta");
  return { count: vectors.length + meta.length, wrong: differing(engine, vectors, meta, more) };
};
globalThis.pageReady = true;
