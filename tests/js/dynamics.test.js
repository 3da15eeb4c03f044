// What the adapter for Dynamics asks, and how it takes a refusal, without a page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Dataverse, codeOf } from "../../www/adapters/dynamics/dataverse.js";
import { DirectLineLock, directLineOf } from "../../www/adapters/dynamics/direct-line.js";
import { focusedConversation, guardSends } from "../../www/adapters/dynamics/omnichannel.js";
import { DynamicsOutbound, parametersIn } from "../../www/adapters/dynamics/outbound.js";
import { onReleased, take, workspaceOf } from "../../www/adapters/dynamics/workspace.js";
import { CarriedDraft } from "../../www/dynamics/carried-draft.js";
import { LastVerdicts } from "../../www/dynamics/last-verdicts.js";
import { templatesOf } from "../../www/dynamics/middleware.js";
import { Reading } from "../../www/dynamics/reading.js";
import { Missing } from "../../www/dynamics/self-test.js";
import { readSettings } from "../../www/dynamics/settings.js";

const QUERY = { select: ["msdyn_name"], filter: "a eq 1", top: 5 };

test("an error of Xrm.WebApi has a number and no status", () => {
  // https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits
  for (const number of [2147951394, 2147951393, 2147951398]) {
    assert.equal(codeOf({ errorCode: number, message: "" }), "dataverse-busy");
    assert.equal(codeOf({ errorCode: number - 2 ** 32, message: "" }), "dataverse-busy");
    assert.equal(codeOf({ errorCode: number + 1, message: "" }) === "dataverse-busy", [2147951394, 2147951393, 2147951398].includes(number + 1));
  }
  assert.equal(codeOf({ message: "Error 0x80040220: no privilege" }), "dataverse-forbidden");
  assert.equal(codeOf({ errorCode: 0x80060888, message: "" }), "dataverse-table-missing");
  assert.equal(codeOf(undefined), "dataverse-failed");
});

/** An Xrm.WebApi that refuses as it is told, and a clock. */
function asked() {
  const state = { now: 0, calls: [], refuse: undefined };
  const retrieveMultipleRecords = async (table, options) => {
    state.calls.push(`${table}${options}`);
    if (state.refuse) throw { errorCode: state.refuse, message: "" };
    return { entities: [{ msdyn_name: "x" }] };
  };
  const dataverse = new Dataverse(() => ({ retrieveMultipleRecords }), () => state.now);
  const code = () => dataverse.rows("t", QUERY).then(() => "read", (error) => error.code);
  return { state, dataverse, code };
}

test("after too many requests nobody asks for 30 s, then 60, 120, 300; a success ends it", async () => {
  const { state, code } = asked();
  state.refuse = 0x80072322;
  for (const wait of [30_000, 60_000, 120_000, 300_000, 300_000]) {
    assert.equal(await code(), "dataverse-busy");
    const { length } = state.calls;
    state.now += wait - 1;
    assert.equal(await code(), "dataverse-busy");
    assert.equal(state.calls.length, length, `nothing is asked within ${wait} ms`);
    state.now += 1;
  }
  state.refuse = undefined;
  assert.equal(await code(), "read");
  state.refuse = 0x80072326;
  assert.equal(await code(), "dataverse-busy");
  state.now += 30_000;
  state.refuse = undefined;
  assert.equal(await code(), "read", "and it begins again with 30 s");
});

test("requests that are refused together back off once", async () => {
  const { state, code } = asked();
  state.refuse = 0x80072321;
  await Promise.all([code(), code(), code(), code()]);
  state.now += 30_000;
  state.refuse = undefined;
  assert.equal(await code(), "read");
});

test("a table that may not be read is left alone for ten minutes, others are not", async () => {
  const { state, dataverse, code } = asked();
  state.refuse = 0x80040220;
  assert.equal(await code(), "dataverse-forbidden");
  state.refuse = undefined;
  assert.equal(await code(), "dataverse-forbidden");
  assert.deepEqual(await dataverse.rows("other", QUERY), [{ msdyn_name: "x" }]);
  state.now += 600_000;
  assert.equal(await code(), "read");
});

test("a query is encoded, and without Xrm there is a code", async () => {
  const { state, dataverse } = asked();
  await dataverse.rows("t", { ...QUERY, filter: "n eq '+1 & co'" });
  assert.equal(state.calls[0], "t?$select=msdyn_name&$filter=n%20eq%20'%2B1%20%26%20co'&$top=5");
  await assert.rejects(new Dataverse(() => undefined, () => 0).rows("t", QUERY), { code: "dataverse-absent" });
});

test("free text by code is guarded, text for the box passes, and the method comes back", async () => {
  const sent = [];
  const omnichannel = { sendMessageToConversation: async (...given) => void sent.push(given) };
  const original = omnichannel.sendMessageToConversation;
  const page = { Microsoft: { Omnichannel: omnichannel } };
  let leaves = false;
  const { isGuarded, end } = guardSends(page, () => ({ leaves, reason: "window-expired" }));
  assert.equal(isGuarded, true);
  await assert.rejects(omnichannel.sendMessageToConversation("text", false), { code: "send-blocked" });
  await omnichannel.sendMessageToConversation("into the box");
  leaves = true;
  await omnichannel.sendMessageToConversation("text", false, "id");
  assert.deepEqual(sent, [["into the box"], ["text", false, "id"]]);
  end();
  assert.equal(omnichannel.sendMessageToConversation, original);
  const frozen = { Microsoft: { Omnichannel: Object.freeze({ sendMessageToConversation: original }) } };
  assert.equal(guardSends(frozen, () => ({ leaves, reason: "" })).isGuarded, false, "a frozen object is told of");
});

test("who is in focus: a closed conversation, an error and no Dynamics are nobody", async () => {
  const page = (getConversationId) => ({ Microsoft: { Omnichannel: { getConversationId } } });
  assert.equal(await focusedConversation(page(async () => "{A}")), "{A}");
  for (const answer of [async () => undefined, async () => "", async () => Promise.reject(new Error("closed"))]) assert.equal(await focusedConversation(page(answer)), undefined);
  assert.equal(await focusedConversation({}), undefined);
});

test("the page is the outermost of our origin that has Dynamics' objects, and one copy has it", () => {
  const outer = { document: {}, Xrm: {} };
  outer.parent = outer;
  const inner = { document: {}, parent: outer };
  const foreign = { get document() { throw new Error("SecurityError"); } };
  assert.equal(workspaceOf(inner), outer);
  assert.equal(workspaceOf({ document: {}, Xrm: {}, parent: foreign }).parent, foreign);
  const owner = { closed: false };
  const release = take(outer, owner);
  assert.equal(take(outer, {}), undefined);
  owner.closed = true;
  assert.equal(typeof take(outer, { closed: false }), "function", "a copy whose frame is gone has ended");
  release();
  assert.equal(take(outer, {}), undefined, "and gives back only what is its own");
});

const ACTION = '<Action Name="msdyn_Other"><Parameter Name="No" Type="Edm.String"/></Action><Action Name="msdyn_InvokeOutboundAPI"><Parameter Name="Settings" Type="mscrm.msdyn_ocoutboundconfiguration" Nullable="false"/><Parameter Name="People" Type="TYPE"/></Action>';
const MESSAGE = { kind: "template", conversationId: "c", sendId: "s1", contentSid: "HX1", contentVariables: '{"1":"Ana"}', text: "…", language: "en" };

/** @param {object} given */
function outbound({ optIn = true, type = "Edm.String", ...settings } = {}) {
  const requests = [];
  const online = { execute: async (request) => (requests.push(request), { ok: true, status: 204 }) };
  const page = { Xrm: { WebApi: { online, retrieveRecord: async (table, id, options) => ({ asked: `${table} ${id} ${options}`, new_optin: optIn }) } } };
  const sender = new DynamicsOutbound(page, { optInColumn: "new_optin", testedOn: "2026-11-29", metadata: ACTION.replace("TYPE", type), ...settings }, async () => ({ configurations: { HX1: "config" }, ...settings }));
  return { requests, send: (message = MESSAGE, to = { contact: "k", phone: "+15550109911", conversation: "c" }) => sender.send(message, to), sender };
}

test("the action is called with the names that $metadata gives it", async () => {
  assert.deepEqual(parametersIn(ACTION).map(({ name }) => name), ["Settings", "People"]);
  const { requests, send } = outbound();
  assert.deepEqual(await send(), { id: "dynamics:s1" });
  const [request] = requests;
  assert.equal(request.Settings.msdyn_ocoutboundconfigurationid, "config");
  const [person] = JSON.parse(request.People);
  assert.deepEqual([person.tocontactid, person.optin, person.sendastemplate, person.templateparameters], ["+15550109911", true, true, { 1: "Ana" }]);
  const { operationName, operationType, parameterTypes } = Object.getPrototypeOf(request).getMetadata();
  assert.deepEqual([operationName, operationType], ["msdyn_InvokeOutboundAPI", 0]);
  assert.deepEqual(Object.values(parameterTypes).map(({ structuralProperty }) => structuralProperty), [5, 1]);
  const many = outbound({ type: "Collection(mscrm.crmbaseentity)" });
  await many.send();
  assert.ok(Array.isArray(many.requests[0].People));
});

test("what is not sure is not sent", async () => {
  const refused = async (given, code, ...rest) => {
    const { requests, send } = outbound(given);
    await assert.rejects(send(...rest), { code });
    assert.deepEqual(requests, []);
  };
  await refused({ testedOn: undefined }, "outbound-not-tested");
  await refused({}, "outbound-not-configured", { ...MESSAGE, contentSid: "HX2" });
  await refused({ optIn: false }, "optin-refused");
  await refused({ optIn: null }, "optin-missing");
  await refused({ optInColumn: undefined }, "optin-missing");
  await refused({}, "optin-missing", MESSAGE, { phone: "+1", conversation: "c" });
  await refused({}, "customer-without-number", MESSAGE, { contact: "k", conversation: "c" });
  await refused({ metadata: "<Action Name=\"msdyn_InvokeOutboundAPI\"><Parameter Name=\"A\" Type=\"Edm.String\"/></Action>" }, "outbound-not-understood");
  const { sender, requests } = outbound({ testedOn: undefined });
  await sender.test(MESSAGE, { contact: "k", phone: "+15550109911", conversation: "c" });
  assert.equal(requests.length, 1, "but for the administrator's test");
});

test("what cannot be judged is not sent by code, and a method that somebody replaced is told of", async () => {
  const omnichannel = { sendMessageToConversation: async () => "sent" };
  const page = { Microsoft: { Omnichannel: omnichannel } };
  const guard = guardSends(page, () => { throw new Error("broken"); });
  await assert.rejects(omnichannel.sendMessageToConversation("text", false), { code: "send-blocked" });
  assert.equal(guard.isGuarded, true);
  omnichannel.sendMessageToConversation = async () => "other";
  assert.equal(guard.isGuarded, false);
  guard.end();
  assert.equal(await omnichannel.sendMessageToConversation(), "other", "what is another's stays");
});

/** React's fiber above a box, as deep as it is told. @param {object | undefined} directLine @param {number} depth */
function boxBelow(directLine, depth, key = "__reactFiber$x") {
  let fiber = { memoizedProps: directLine && { directLine }, return: null };
  for (let parent = 0; parent < depth; parent += 1) fiber = { memoizedProps: { other: 1 }, return: fiber };
  return { [key]: fiber };
}

test("the second lock finds the line above the box, and nothing where there is none", () => {
  const line = { postActivity: () => "posted" };
  for (const key of ["__reactFiber$abc", "__reactInternalInstance$abc"]) assert.equal(directLineOf(boxBelow(line, 61, key)), line);
  for (const box of [undefined, {}, boxBelow(undefined, 5), boxBelow({}, 5), boxBelow(line, 5, "__reactProps$abc"), boxBelow(line, 1_000)]) assert.equal(directLineOf(box), undefined);
  const endless = { memoizedProps: {} };
  endless.return = endless;
  assert.equal(directLineOf({ __reactFiber$x: endless }), undefined);
});

test("the second lock holds messages and what carries a text, says so to whoever posts, and gives the line back", async () => {
  const posted = [];
  const line = { postActivity(activity) { posted.push([this === line, activity.type, activity.text]); return "posted"; } };
  const { postActivity } = line;
  let leaves = false;
  const lock = new DirectLineLock(() => ({ leaves, reason: "window-expired" }));
  assert.equal(lock.isGuarded, false);
  for (let look = 0; look < 3; look += 1) lock.look(boxBelow(line, 61));
  assert.equal(lock.isGuarded, true);
  for (const subscribe of [(error) => [{ error }], (error) => [undefined, error], (error) => [() => {}, error]]) {
    const error = await new Promise((resolve) => line.postActivity({ type: "message", text: "x" }).subscribe(...subscribe(resolve)));
    assert.equal(error.code, "send-blocked");
  }
  for (const activity of [{ type: "typing" }, { type: "event", text: " " }]) assert.equal(line.postActivity(activity), "posted");
  for (const activity of [undefined, {}, { type: "event", text: "x" }, { type: "unheard-of" }]) assert.notEqual(line.postActivity(activity), "posted");
  leaves = true;
  assert.equal(line.postActivity({ type: "message", text: "open" }), "posted");
  assert.deepEqual(posted, [[true, "typing", undefined], [true, "event", " "], [true, "message", "open"]]);
  lock.end();
  assert.equal(line.postActivity, postActivity);
  const frozen = new DirectLineLock(() => ({ leaves, reason: "" }));
  frozen.look(boxBelow(Object.freeze({ postActivity }), 3));
  assert.equal(frozen.isGuarded, false);
});

test("a box that is missing is waited for, and no longer", () => {
  let now = 0;
  const missing = new Missing(() => now);
  const after = (ms, isMissing) => ((now += ms), missing.note(isMissing), missing.isGivenUp);
  assert.deepEqual([after(0, true), after(7_999, true), after(1, true), after(60_000, true), after(0, false), after(0, true), after(7_999, true), after(1, true)],
    [false, false, true, true, false, false, false, true]);
});

test("only templates with an outbound configuration are offered where Dynamics' own outbound messages send them", async () => {
  const [one, two] = [{ id: "HX1" }, { id: "HX2" }];
  const outbound = { read: async () => ({ configurations: { HX2: "c" }, templates: [two], problems: [] }) };
  for (const templates of [[one, two], () => [one, two], async () => [one, two]]) assert.deepEqual(await templatesOf({ templates }, outbound)({}), [two]);
  assert.deepEqual(await templatesOf({ templates: { templates: [one, two], problems: [] } }, outbound)({}), { templates: [two], problems: [] });
  assert.deepEqual(await templatesOf({}, outbound)({}), { templates: [two], problems: [] }, "without a list of one's own, those whose text Dynamics holds");
  assert.deepEqual(templatesOf({}), []);
  const list = [one];
  assert.equal(templatesOf({ templates: list }), list);
});

test("as long as a window service answers, what is younger than five minutes is that service's to tell", async () => {
  const asked = [];
  const reader = { evidence: async (_, known) => (asked.push(known), { events: [], problems: [] }) };
  const controller = { snapshot: { nowAtMs: 1_000_000_000 }, merge() {} };
  let isFollowed = false;
  const reading = new Reading(reader, undefined, { isShown: () => true, changed: () => {}, isFollowed: () => isFollowed });
  await reading.read({ id: "a" }, controller);
  isFollowed = true;
  await reading.read({ id: "a" }, controller);
  assert.deepEqual(asked.map(({ untilAtMs }) => untilAtMs), [undefined, 1_000_000_000 - 300_000]);
});

test("a setting that makes no sense is left out and named", () => {
  const { settings, wrong } = readSettings({ business: "+12025550142", unknown: "maybe", gates: "#x", colour: "red", commands: ["/t"], now: () => 1_795_421_709_000 });
  assert.deepEqual(Object.keys(settings), ["business", "commands", "now"]);
  assert.deepEqual(wrong, ["unknown", "gates", "colour"]);
  assert.deepEqual(readSettings(undefined), { settings: {}, wrong: [] });
});

test("a clock that tells no milliseconds is named, and one that fails later leaves the computer's own", () => {
  for (const now of [() => 1_795_421_709, () => "2026-11-29T00:00:00Z", () => NaN, () => undefined, () => { throw new Error("no clock"); }, 1_795_421_709_000]) {
    assert.deepEqual(readSettings({ now }), { settings: {}, wrong: ["now"] }, String(now));
  }
  assert.equal(readSettings({ now: () => new Date(1_795_421_709_000) }).settings.now(), 1_795_421_709_000);
  let told = () => 1_795_421_709_000;
  const { now } = readSettings({ now: () => told() }).settings;
  for (const worse of [() => NaN, () => { throw new Error("gone"); }]) {
    told = worse;
    assert.ok(now() > 1_000_000_000_000, String(worse));
  }
});

test("what the middleware answers as a window, and is none, is named, and Dataverse counts", async () => {
  const recorded = [];
  const controller = { snapshot: { nowAtMs: 1_000_000_000 }, merge: () => assert.fail("nothing to merge"), record: (events) => recorded.push(...events) };
  const reader = { evidence: async (_, { state }) => (assert.equal(state, undefined), { events: ["row"], problems: [] }) };
  for (const [state, code] of [[{ open: false }, "unknown-field"], ["closed", "wrong-type"], [7, "wrong-type"]]) {
    const reading = new Reading(reader, async () => ({ state }), { isShown: () => true, changed: () => {} });
    await reading.read({ id: "a", kind: "whatsapp", business: "+12025550142", customer: { phone: "+12025550199" } }, controller);
    assert.deepEqual(reading.problems, [{ table: "window", code }], JSON.stringify(state));
  }
  assert.deepEqual(recorded, ["row", "row", "row"]);
});

test("of a conversation that is shown no more, what was true last is what code is answered", () => {
  const last = new LastVerdicts();
  const [open, closed] = [{ leaves: "yes", reason: "window-open", validUntilAtMs: 2_000 }, { leaves: "no", reason: "window-expired" }];
  last.note("{AAAAAAAA-0000-0000-0000-000000000001}", open);
  last.note("aaaaaaaa-0000-0000-0000-000000000002", closed);
  const [first, second] = ["aaaaaaaa-0000-0000-0000-000000000001", "AAAAAAAA-0000-0000-0000-000000000002"];
  assert.deepEqual([1_999, 2_000, 2_001].map((now) => last.judge(first, now, "ask").leaves), [true, false, false]);
  assert.deepEqual(last.judge(second, 0, "ask"), { leaves: false, reason: "window-expired" });
  assert.deepEqual(["ask", "block"].map((unknown) => last.judge("never-shown", 0, unknown).leaves), [true, false]);
});

test("the next copy is told at once that the page is free", () => {
  const page = Object.assign(new EventTarget(), {});
  const release = take(page, { closed: false });
  let heard = 0;
  const end = onReleased(page, () => (heard += 1));
  release();
  assert.equal(heard, 1);
  assert.ok(take(page, { closed: false }));
  end();
  release();
  assert.equal(heard, 1, "who gives back what is another's tells nobody");
});

test("a draft that was kept while closed follows its customer to another conversation, once", () => {
  const found = (id, phone = "+15550109911", business = "+12025550142") => ({ kind: "whatsapp", id, business, customer: { phone }, problems: [] });
  const at = (draft, locksComposer) => ({ draft, verdict: { locksComposer } });
  const carried = new CarriedDraft();
  carried.note(found("a"), at("while open", false));
  assert.equal(carried.take(found("b")), undefined, "what was typed while open stays where it is");
  carried.note(found("a"), at("half a thought", true));
  assert.equal(carried.take(found("a")), undefined, "where it is already it is not offered");
  assert.equal(carried.take(found("c", "+15550109912")), undefined);
  assert.equal(carried.take(found("c", "+15550109911", "+12025550143")), undefined, "another number of ours is another window");
  carried.note(found("a"), at("half a thought, longer", false));
  assert.equal(carried.take(found("b"))?.text, "half a thought, longer");
  assert.equal(carried.hasLeft(found("a"), "half a thought, longer"), true, "where it came from it is no draft any more");
  assert.equal(carried.hasLeft(found("a"), "half a thought, longer"), false);
  assert.equal(carried.take(found("b")), undefined);
  carried.note(found("a"), at("again", true));
  carried.note(found("a"), at("", true));
  assert.equal(carried.take(found("b")), undefined, "what was sent or deleted is gone");
  for (let one = 0; one < 80; one += 1) carried.note(found("a", `+155501${10000 + one}`), at("x", true));
  assert.equal(carried.take(found("b", "+15550110000")), undefined, "the oldest goes");
  assert.deepEqual([carried.take(found("b", "+15550110079"))].map(({ text, isPromised }) => [text, isPromised]), [["x", false]]);
  for (const [queue, isPromised] of [["offered", false], ["waiting", true], ["ask", true], [undefined, false]]) {
    carried.note(found("a"), { ...at("y", true), queue });
    assert.equal(carried.take(found("b"))?.isPromised, isPromised, `${queue}`);
  }
  carried.note(found("a"), at("sent", true));
  carried.sent(found("b"));
  assert.equal(carried.take(found("b"))?.text, "sent", "what another conversation sends is another text");
  carried.note(found("a"), at("sent", true));
  carried.sent(found("a"));
  carried.note(found("a"), at("sent", false));
  assert.equal(carried.take(found("b")), undefined, "what is on its way goes nowhere else, though the box still holds it");
  carried.note(found("a"), at("z", true));
  carried.take(found("b"));
  assert.equal(carried.hasLeft(found("a"), "z, and more"), false, "what was written there since stays");
});

test("what is asked for while another is read is read after it, once, and the last counts", async () => {
  const asked = [];
  const answers = [];
  const reader = { evidence: (found) => (asked.push(found.id), new Promise((resolve) => answers.push(() => resolve({ events: [], problems: [] })))) };
  const controller = { snapshot: { nowAtMs: 0 } };
  const reading = new Reading(reader, undefined, { isShown: () => true, changed: () => {} });
  const settled = async () => { for (let turn = 0; turn < 20; turn += 1) await undefined; };
  void reading.refresh({ id: "a" }, controller, 0);
  await settled();
  for (const id of ["b", "c"]) void reading.refresh({ id }, controller, 0);
  // A send asks for what is old alone, and waits for no turn.
  void reading.refresh({ id: "d" }, controller, 60_000);
  await settled();
  assert.deepEqual(asked, ["a"]);
  answers[0]();
  await settled();
  assert.deepEqual(asked, ["a", "c"]);
  answers[1]();
  await settled();
  assert.deepEqual(asked, ["a", "c"]);
});

test("an answer that is another conversation's by now is dropped, and what waits is read all the same", async () => {
  const asked = [];
  const answers = [];
  const reader = { evidence: (found) => (asked.push(found.id), new Promise((resolve) => answers.push(() => resolve({ events: [found.id], problems: [] })))) };
  const recorded = [];
  const controller = { snapshot: { nowAtMs: 0 }, record: (events) => recorded.push(...events) };
  let shown = "a";
  const reading = new Reading(reader, undefined, { isShown: ({ id }) => id === shown, changed: () => {} });
  const settled = async () => { for (let turn = 0; turn < 20; turn += 1) await undefined; };
  void reading.refresh({ id: "a" }, controller, 0);
  await settled();
  shown = "b";
  void reading.refresh({ id: "b" }, controller, 0);
  answers[0]();
  await settled();
  assert.deepEqual(asked, ["a", "b"]);
  answers[1]();
  await settled();
  assert.deepEqual(recorded, ["b"]);
});

test("what the README says that agents read is what they read, and what it names is there", async () => {
  const text = (await readFile(new URL("../../www/dynamics/README.md", import.meta.url), "utf8")).replaceAll("’", "'");
  const words = (await readFile(new URL("../../www/dynamics/words.js", import.meta.url), "utf8")).replaceAll("’", "'");
  const [english, arabic] = text.split("## بالعربية");
  for (const [page, quoted] of [[english, /^\| \*(.+?)\* \|/gm], [arabic, /^\| «(.+?)» \|/gm]]) {
    const read = [...page.matchAll(quoted)].map(([, phrase]) => phrase.replace(/:? …$/, ""));
    assert.equal(read.length, 7, read.join("\n"));
    for (const phrase of read) assert.ok(words.includes(phrase), phrase);
    const files = [...page.matchAll(/`(reply-window\.[\w.]+|pcf)`/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(files)].sort(), ["pcf", "reply-window.dynamics.html", "reply-window.dynamics.js", "reply-window.nowasm.js"]);
    const settings = [...page.matchAll(/^\| `\w+`.*?\|/gm)].flatMap(([row]) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => name));
    assert.deepEqual(settings.sort(), ["business", "commands", "gates", "locale", "messageTypes", "nowasmUrl", "now", "outbound", "pane", "secondLock", "send", "sendUrl", "service", "templates", "templatesUrl", "unknown", "window", "windowUrl"].sort());
    for (const table of ["msdyn_ocliveworkitem", "msdyn_whatsappengagementctx", "msdyn_ocliveworkitemcontextitem", "msdyn_commontranscriptmessage", "msdyn_conversationmessageblock"]) assert.ok(page.includes(`\`${table}\``), table);
  }
});

test("what is never answered has failed after half a minute, and what waits for it is read", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const settled = async () => { for (let turn = 0; turn < 30; turn += 1) await undefined; };
  const late = new Dataverse(() => ({ retrieveMultipleRecords: () => new Promise(() => {}) }), () => 0).rows("t", QUERY).then(() => "read", ({ code }) => code);
  await settled();
  context.mock.timers.tick(30_000);
  assert.equal(await late, "dataverse-failed");

  const asked = [];
  const reader = { evidence: async ({ id }) => (asked.push(id), { events: [], problems: [] }) };
  const reading = new Reading(reader, ({ id }) => (id === "a" ? new Promise(() => {}) : {}), { isShown: () => true, changed: () => {} });
  const found = (id) => ({ id, kind: "whatsapp", business: "+12025550142", customer: { phone: "+12025550199" } });
  for (const id of ["a", "b"]) void reading.refresh(found(id), { snapshot: { nowAtMs: 0 } }, 0);
  await settled();
  assert.deepEqual(asked, []);
  context.mock.timers.tick(30_000);
  await settled();
  assert.deepEqual(asked, ["a", "b"]);
});
