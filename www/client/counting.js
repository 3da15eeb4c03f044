// @ts-check
/** What a desktop's report counts: sends that were stopped, drafts that were kept and went out later, minutes left at the answer, templates by language. */

/**
 * @import { AdapterHost } from "../controller/adapter-port.js"
 * @import { Controller, ControllerOptions, Snapshot } from "../controller/types.js"
 * @import { Tally } from "./tallies.js"
 */

/** Conversations of which a draft is remembered, and texts that are on their way. */
const MAX_KNOWN = 256;

/** Blanks do not count: a value of a template has no line breaks. @param {string} text */
const plain = (text) => text.replace(/\s+/g, " ").trim();

/** @template Key, Value @param {Map<Key, Value>} map @param {Key} key @param {Value} value */
const keep = (map, key, value) => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MAX_KNOWN && oldest !== undefined) map.delete(oldest);
};

/** Drafts that stood there while the window was closed, until they are written anew. */
const createHeld = () => {
  /** @type {Map<string, { text: string, isEmptied: boolean }>} */
  const held = new Map();
  return {
    /** @param {Snapshot} snapshot */
    follow({ conversation: { id }, draft, verdict }) {
      const [text, known] = [plain(draft), held.get(id)];
      if (text !== "" && verdict.locksComposer) keep(held, id, { text, isEmptied: false });
      else if (known && text === "") known.isEmptied = true;
      else if (known && known.isEmptied && text !== known.text) held.delete(id);
      else if (known) known.text = text;
    },
    /** Whether it was in what went out; then it is held no more. @param {string} id @param {string} text */
    wasIn: (id, text) => plain(text).includes(held.get(id)?.text ?? "\n") && held.delete(id),
  };
};

/** Reasons of the window: a text that is too long, or that went out already, is stopped by another. */
const OF_WINDOW = /^(window-|no-window|tag-)/;

/** Whether the agent is stopped anew: the same text counts once. @param {() => Snapshot | undefined} now @param {(tally: Tally) => void} add */
const stopper = (now, add) => {
  let last = "";
  return (/** @type {Event} */ event) => {
    const { reason, text } = /** @type {CustomEvent<{ reason: string, text: string }>} */ (event).detail;
    const told = `${now()?.conversation.id} ${text}`;
    if (!OF_WINDOW.test(reason) || (text && told === last)) return;
    last = told;
    add({ kind: "send-blocked" });
  };
};

/** @typedef {Pick<ControllerOptions, "send" | "sendText">} Ways by which messages leave */
/** A message that is handed over: what is to be called once it was taken. @typedef {(message: { conversationId: string, text: string, language?: string }) => () => void} Begin */

/** @param {Begin} begin @param {Set<string>} handed */
const waysBy = (begin, handed) => {
  /** @param {((message: any) => unknown) | undefined} way */
  const counted = (way) => way && (async (/** @type {any} */ message) => {
    const taken = begin(message);
    handed.add(message.text);
    try {
      const answer = await way(message);
      taken();
      return answer;
    } finally {
      handed.delete(message.text);
    }
  });
  /** @template {Ways} Given @param {Given} given @returns {Given} */
  return (given) => ({ ...given, send: counted(given.send), ...(given.sendText && { sendText: counted(given.sendText) }) });
};

/**
 * @param {Begin} begin @param {() => Snapshot | undefined} now
 * @param {{ has: (text: string) => boolean, passed?: string | undefined }} known `has`: a text that the desktop was handed, and that it may see once more as it leaves. `passed`:
 *   the one that left last, while it stands in the box
 */
const hostBy = (begin, now, known) => (/** @type {AdapterHost} */ host) => {
  /** @type {Map<string, () => void>} */
  const open = new Map();
  /** @param {string} text */
  const begun = (text) => {
    const conversationId = now()?.conversation.id;
    return conversationId === undefined || known.has(text) ? undefined : begin({ conversationId, text });
  };
  return /** @type {AdapterHost} */ ({
    ...host,
    beginText(message) {
      const answer = /** @type {NonNullable<AdapterHost["beginText"]>} */ (host.beginText)(message);
      const taken = "sendId" in answer ? begun(message.text) : undefined;
      if ("sendId" in answer && taken) keep(open, answer.sendId, taken);
      return answer;
    },
    passed(text) {
      // A key and the button that it presses are one send.
      if (text !== known.passed) begun(text)?.();
      known.passed = text;
      host.passed?.(text);
    },
    settleText(sendId, outcome) {
      if (outcome?.error === undefined) open.get(sendId)?.();
      open.delete(sendId);
      host.settleText?.(sendId, outcome);
    },
  });
};

/**
 * Stands between a desktop and its ways out, and changes nothing of what goes through.
 *
 * @param {(tally: Tally) => void} add
 */
export const createCounting = (add) => {
  /** @type {Controller | undefined} */
  let controller;
  const now = () => controller?.snapshot;
  const held = createHeld();
  /** @type {Set<string>} */
  const handed = new Set();
  /** @type {Parameters<typeof hostBy>[2]} */
  const known = { has: (text) => handed.has(text) };
  /** @type {Begin} */
  const begin = ({ conversationId: id, text, language }) => {
    const shown = now();
    const leftMs = shown?.conversation.id === id && shown.status.isOpen ? shown.remainingMs : undefined;
    return () => {
      if (language !== undefined) add({ kind: "template-sent", language });
      else if (leftMs !== undefined && leftMs >= 0) add({ kind: "answered", minutesLeft: Math.floor(leftMs / 60_000) });
      if (held.wasIn(id, text)) add({ kind: "draft-rescued" });
    };
  };
  return {
    ways: waysBy(begin, handed),
    host: hostBy(begin, now, known),
    /** @param {Controller} made @param {EventTarget} element */
    join(made, element) {
      controller = made;
      made.subscribe((snapshot) => {
        if (snapshot.draft === "") known.passed = undefined;
        held.follow(snapshot);
      });
      held.follow(made.snapshot);
      element.addEventListener("send-blocked", stopper(now, add));
    },
  };
};

/** @typedef {ReturnType<typeof createCounting>} Counting */
