// What time it is where the computer's clock is set, or the computer sleeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HOUR, MINUTE, NOW, clock, deferred, desk, settled, wrote } from "../support/desk.mjs";

/** A computer whose clock can be set, and which can sleep; its timers run by the time that passes. */
function computer(/** @type {any} */ options = {}) {
  const time = clock();
  let setByMs = 0;
  let sleptMs = 0;
  const asked = /** @type {any[]} */ ([]);
  const askServer = options.server === undefined ? undefined : () => {
    const answer = deferred();
    asked.push(answer);
    return answer.promise;
  };
  const { server, ...rest } = options;
  const made = desk({ clock: time, now: () => time.nowAtMs + setByMs, monotonic: () => time.nowAtMs - NOW - sleptMs, ...(askServer && { askServer }), sendText: () => {}, ...rest });
  made.controller.record(wrote("SM0", NOW - HOUR));
  return {
    ...made, asked,
    /** The time at the server. */
    answer: async (/** @type {number} */ atMs = time.nowAtMs) => { asked.at(-1).resolve(atMs); await settled(); },
    set: (/** @type {number} */ ms) => { setByMs += ms; made.controller.evaluate(); },
    sleep: (/** @type {number} */ ms) => { sleptMs += ms; time.jump(ms); made.controller.evaluate(); },
    state: () => [made.controller.snapshot.status.kind, made.controller.snapshot.verdict.leaves, made.controller.snapshot.clock],
  };
}

test("a clock that is set back opens nothing, with and without a server", async () => {
  for (const server of [undefined, true]) {
    const { controller, set, time, answer, state } = computer({ server });
    if (server) await answer();
    time.pass(24 * HOUR);
    assert.deepEqual(state().slice(0, 2), ["closed", "no"]);
    set(-3 * HOUR);
    assert.deepEqual(state().slice(0, 2), ["closed", "no"]);
    assert.equal(controller.judge().leaves, "no");
    if (server) await answer();
    else await settled();
    assert.deepEqual(state(), ["closed", "no", server ? undefined : "unchecked"]);
    time.pass(HOUR);
    assert.deepEqual(state().slice(0, 2), ["closed", "no"]);
  }
});

test("a clock that is set forward is checked: nothing leaves until the server answers, and then an open window is open", async () => {
  const { controller, set, answer, state, asked } = computer({ server: true });
  await answer();
  assert.deepEqual(state(), ["open", "yes", undefined]);
  set(26 * HOUR);
  assert.deepEqual(state(), ["open", "no", "checking"], "nothing is locked for a moment");
  assert.equal(asked.length, 2, "asked at the start, and now");
  await answer();
  assert.deepEqual(state(), ["open", "yes", undefined]);
  assert.equal(controller.snapshot.nowAtMs, NOW);
});

test("an open window is neither locked nor used while the clock is checked; a template leaves", async () => {
  const { controller, set, answer } = computer({ server: true });
  await answer();
  set(2_000);
  const { verdict, clock } = controller.snapshot;
  assert.deepEqual([verdict.reason, verdict.leaves, verdict.locksComposer, clock], ["clock-checking", "no", false, "checking"]);
  assert.equal(controller.judge({ kind: "template" }).leaves, "yes");
});

test("a server that does not answer within a second leaves the later of the two, and that is told", async () => {
  const { controller, set, time, answer, state } = computer({ server: true });
  await answer();
  set(-3 * HOUR);
  time.pass(999);
  assert.equal(controller.snapshot.clock, "checking");
  time.pass(1);
  assert.deepEqual(state(), ["open", "yes", "unchecked"]);
  assert.equal(controller.snapshot.nowAtMs, NOW + 1_000);
  set(26 * HOUR);
  time.pass(1_000);
  assert.deepEqual(state(), ["closed", "no", "unchecked"]);
});

test("a late answer, a failure and nonsense are no answers", async () => {
  for (const fail of [(/** @type {any} */ one) => one.reject(new Error("no")), (/** @type {any} */ one) => one.resolve("soon"), (/** @type {any} */ one) => one.resolve(NaN)]) {
    const { error } = console;
    console.error = () => {};
    const { set, asked, state, time } = computer({ server: true });
    asked[0].resolve(NOW);
    await settled();
    set(26 * HOUR);
    fail(asked[1]);
    await settled();
    console.error = error;
    assert.equal(state()[2], "unchecked");
    asked[1].resolve(NOW);
    time.pass(1_000);
    await settled();
    assert.equal(state()[2], "unchecked", "too late");
  }
});

test("a server that does not answer at the start is told as that: nothing is said of a clock that nobody moved", async () => {
  const { set, asked, state, answer, time, controller } = computer({ server: true });
  asked[0].reject(Object.assign(new Error("no"), { code: "service-unreachable" }));
  await settled();
  assert.deepEqual(state(), ["open", "yes", "unanswered"]);
  set(3 * HOUR);
  asked[1].reject(Object.assign(new Error("no"), { code: "service-unreachable" }));
  await settled();
  assert.equal(state()[2], "unchecked");
  controller.serverTime(time.nowAtMs);
  assert.equal(state()[2], undefined);
  assert.ok(answer);
});

test("after a sleep in which only the clock went on, the window is closed if it ended meanwhile", async () => {
  for (const server of [undefined, true]) {
    const { sleep, answer, state } = computer({ server });
    if (server) await answer();
    sleep(24 * HOUR);
    assert.equal(state()[1], "no");
    if (server) await answer();
    else await settled();
    assert.deepEqual(state(), ["closed", "no", server ? undefined : "unchecked"]);
  }
});

test("the server's answer makes no instant earlier that has surely passed", async () => {
  const { controller, set, time, asked } = computer({ server: true });
  asked[0].resolve(NOW);
  await settled();
  time.pass(24 * HOUR);
  set(-3 * HOUR);
  asked.at(-1).resolve(NOW - 5 * HOUR);
  await settled();
  assert.equal(controller.snapshot.status.kind, "closed");
});

test("a second apart is nothing, a millisecond more is; slow drift is never taken for a jump", async () => {
  const { set, asked, answer } = computer({ server: true });
  await answer();
  set(1_000);
  assert.equal(asked.length, 1);
  set(1);
  assert.equal(asked.length, 2);
  const slow = computer({ server: true });
  await slow.answer();
  for (let minute = 0; minute < 240; minute += 1) {
    slow.time.pass(MINUTE);
    slow.set(50);
  }
  assert.equal(slow.asked.length, 1, "twelve seconds in four hours, bit by bit");
});

test("the server's word sets the clock, and a message's stamp asks for it", async () => {
  const { controller, asked, answer, time } = computer({ server: true });
  await answer(NOW + 2 * HOUR);
  assert.equal(controller.snapshot.nowAtMs, NOW + 2 * HOUR);
  controller.serverTime(NOW + 3 * HOUR);
  assert.equal(controller.snapshot.nowAtMs, NOW + 3 * HOUR);
  controller.record(wrote("SM1", NOW + 4 * HOUR));
  assert.equal(asked.length, 2);
  time.pass(1_000);
  assert.throws(() => controller.serverTime(/** @type {any} */ ("soon")), { code: "wrong-type", field: "atMs" });
});
