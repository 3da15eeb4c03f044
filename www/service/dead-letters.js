// @ts-check
/** What could not be handed on, for whoever looks after it: nothing of its text, the customer under a pseudonym. */
import { assertString, options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { businessOf } from "../stores/closing.js";
import { isTheirs } from "./access.js";
import { answer } from "./answers.js";
import { jsonOf } from "./body.js";
import { numberIn } from "./windows.js";

/**
 * @import { Caller } from "./access.js"
 * @import { Parts } from "./parts.js"
 * @import { Relay } from "./relay.js"
 */

/** Letters of a page and of a replay, and how many pages are looked through for a caller who may see few of them. */
const [PAGE, MAX_PAGE, MAX_LOOKED] = [100, 1_000, 20];

/** @param {Parts} parts */
export const deadLettersBy = ({ store, now, positions, pseudonym }) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const query = new URL(request.url).searchParams;
  const [limit, asked] = [numberIn(query, "limit", MAX_PAGE, PAGE), query.get("after")];
  /** @type {import("../stores/port.js").DeadLetter[]} */
  const found = [];
  let after = asked === null ? undefined : await positions.open(asked, "after");
  for (let looked = 0; found.length < limit && looked < MAX_LOOKED; looked += 1) {
    const page = await store.outbox.dead({ limit: limit - found.length, ...(after === undefined ? {} : { after }) });
    found.push(...page.letters.filter(({ keys }) => isTheirs(caller, businessOf(keys[0] ?? ""))));
    after = page.next;
    if (after === undefined) break;
  }
  const letters = await Promise.all(found.map(async ({ keys: [key = ""], ...letter }) => ({ ...letter, business: businessOf(key), customer: await pseudonym(key) })));
  return answer({ nowAtMs: now(), letters, ...(after === undefined ? {} : { next: await positions.seal(after) }) });
};

/** @param {Parts} parts @param {Relay} relay */
export const replayBy = ({ store, now, log }, relay) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const { ids } = options(await jsonOf(request), ["ids"], "body");
  if (!Array.isArray(ids) || ids.length > MAX_PAGE) throw fault("wrong-type", "ids", `expected a list of at most ${MAX_PAGE} ids`);
  const wanted = new Set(ids.map((id, place) => assertString(id, `ids[${place}]`)));
  const mine = caller.businesses === undefined ? [...wanted] : await theirs(store.outbox, caller, wanted);
  const replayed = await store.outbox.replay(mine, now());
  if (replayed > 0) log({ event: "replayed", letters: replayed });
  relay.wake();
  return answer({ nowAtMs: now(), replayed });
};

/** Those of the wanted that this caller may see. @param {Parts["store"]["outbox"]} outbox @param {Caller} caller @param {ReadonlySet<string>} wanted */
const theirs = async (outbox, caller, wanted) => {
  /** @type {string[]} */
  const found = [];
  /** @type {string | undefined} */
  let after;
  do {
    const page = await outbox.dead({ limit: MAX_PAGE, ...(after === undefined ? {} : { after }) });
    found.push(...page.letters.filter(({ id, keys }) => wanted.has(id) && isTheirs(caller, businessOf(keys[0] ?? ""))).map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  return found;
};
