// @ts-check
// The service is killed fifty times at moments that nobody chose: no message that it had accepted is lost.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { randomFrom } from "../support/random.mjs";
import { hear, stands, start, withoutNode as skip } from "../support/served.mjs";

const ROUNDS = 50;

test("no accepted message is lost, and no window is open that nobody opened", { skip }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "serve-"));
  const store = `sqlite:${join(folder, "windows.db")}`;
  const random = randomFrom(20_261_129);
  /** @type {Set<number>} */
  const accepted = new Set();
  let sent = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { url, kill } = await start(store);
    const most = 1 + random(60);
    let answered = 0;
    let dead = Promise.resolve();
    await Promise.all(Array.from({ length: 8 }, async () => {
      for (let goesOn = true; goesOn; ) {
        const number = (sent += 1);
        goesOn = (await hear(url, number).catch(() => 0)) === 200;
        if (goesOn) accepted.add(number);
        if ((answered += 1) === most) dead = kill();
      }
    }));
    await dead;
  }
  const { url, kill } = await start(store);
  await stands(url, accepted, sent);
  assert.ok(accepted.size > 500, `${accepted.size} accepted`);
  await kill();
  await rm(folder, { recursive: true, force: true });
});
