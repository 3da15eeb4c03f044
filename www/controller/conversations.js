// @ts-check
/**
 * What belongs to one conversation, whichever is shown: a result that arrives late goes where it was asked for.
 */
/** @import { Template, Verdict, WindowState, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { DraftStore } from "./drafts.js" */
/** @import { Conversation, FoundTemplate, Offer, Trouble } from "./port.js" */
import { assertString } from "../engine/check.js";
import { plainObject } from "../engine/plain.js";
import { complain } from "./error-info.js";

/** Conversations kept besides the one shown; of older ones drafts and evidence are kept, the rest is asked for again. */
const MOST_ROOMS = 64;

/** @typedef {{ status: WindowStatus, verdict: Verdict, nowAtMs: number, trouble?: Trouble }} View */

export class Room {
  /** @type {readonly string[] | undefined} window keys, once the engine has made them */
  keys;
  /** @type {WindowState[]} handed in, not yet merged */
  pending = [];
  /** @type {View | undefined} the latest */
  view;
  draft;
  sending = false;
  /** @type {Trouble | undefined} */
  error;
  /** @type {"reopened" | undefined} */
  notice;
  /** @type {readonly Template[] | undefined} */
  templates;
  /** @type {readonly FoundTemplate[]} what stands in the provider's list and is no template */
  unread = [];
  /** @type {Offer} */
  offer = Object.freeze({ kind: "loading", items: Object.freeze([]) });
  /** What the offer was made for; made again when it differs. */
  offeredFor = "";
  /** @type {object | undefined} the load whose answer counts */
  load;
  /** @type {{ id: string, code: number, atMs: number }[]} templates that the provider refused to send to this customer */
  refusals = [];
  /** What was refused whoever the customer is; one for all rooms. @type {{ refusals: Room["refusals"] }} */
  common;
  /** Whether a provider said that the customer stopped marketing. */
  optedOut = false;
  /** @type {Map<string, string>} templates by the id of the message that they were sent as */
  sentAs = new Map();
  /** @type {string | undefined} the draft, where it is to go out when the customer answers */
  queued;
  /** @type {number | undefined} when it goes out, once the window is open */
  dueAtMs;
  /** @type {Set<string>} refused messages whose text was given back */
  returned = new Set();

  /**
   * @param {Conversation} conversation
   * @param {string} draft
   * @param {Room["common"]} common
   */
  constructor(conversation, draft, common) {
    this.common = common;
    this.conversation = conversation;
    this.draft = draft;
  }
}

/**
 * @param {unknown} given
 * @returns {Conversation} a frozen copy
 */
export function checkedConversation(given) {
  const conversation = plainObject(given, "conversation");
  assertString(conversation.id, "conversation.id");
  assertString(conversation.business, "conversation.business");
  plainObject(conversation.customer, "conversation.customer");
  return deepFrozen(conversation);
}

/**
 * @template T
 * @param {T} value plain data without cycles
 * @returns {T}
 */
export function deepFrozen(value) {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}

/**
 * @param {DraftStore} drafts
 * @returns {Rooms}
 */
export function createRooms(drafts) {
  return new Rooms(drafts);
}

export class Rooms {
  /** @type {Map<string, Room>} the one shown last is the last */
  #rooms = new Map();
  /** @type {Room["common"]} */
  #common = { refusals: [] };
  #drafts;

  /** @param {DraftStore} drafts */
  constructor(drafts) {
    this.#drafts = drafts;
  }

  /** @param {string} id */
  find(id) {
    return this.#rooms.get(id);
  }

  /**
   * @param {Conversation} conversation
   * @param {readonly string[]} [keys] of its window, if known
   * @returns {Room}
   */
  open(conversation, keys) {
    const { id } = conversation;
    const room = this.#rooms.get(id) ?? new Room(conversation, this.draftOf(id), this.#common);
    const was = room.conversation;
    room.conversation = conversation;
    room.keys = keys;
    if (JSON.stringify(was) !== JSON.stringify(conversation)) room.offeredFor = "";
    // What the desktop learned since counts more than an old refusal.
    if (was.optedOutOfMarketing !== conversation.optedOutOfMarketing) room.optedOut = false;
    this.#rooms.delete(id);
    this.#rooms.set(id, room);
    this.#forgetOldest();
    return room;
  }

  #forgetOldest() {
    for (const [id, room] of this.#rooms) {
      if (this.#rooms.size <= MOST_ROOMS) return;
      if (!room.sending) this.#rooms.delete(id);
    }
  }

  /**
   * @param {string} id
   * @returns {string}
   */
  draftOf(id) {
    const room = this.#rooms.get(id);
    if (room) return room.draft;
    try {
      return this.#drafts.read(id) ?? "";
    } catch (error) {
      complain(error);
      return "";
    }
  }

  /**
   * Kept here as well as in the store: a store that fails loses nothing that is on screen.
   *
   * @param {string} id
   * @param {string} draft
   */
  keepDraft(id, draft) {
    const room = this.#rooms.get(id);
    if (room) room.draft = draft;
    // What the agent asked to send is that text and no other.
    if (room && room.queued !== draft) room.queued = undefined;
    try {
      this.#drafts.write(id, draft);
    } catch (error) {
      complain(error);
    }
  }
}
