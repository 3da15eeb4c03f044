// @ts-check
/** Asks the engine about a room: by the evidence there is, at the instant it is asked. */
/** @import { Draft, Judgement, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Settings } from "./settings.js" */
/** @import { Ledger } from "./evidence.js" */
/** @import { Room, View } from "./conversations.js" */
import { toMs } from "../engine/check.js";
import { judge } from "../engine/session.js";
import { refreshOffer } from "./template-list.js";
import { deepFrozen } from "./conversations.js";
import { persistently } from "./error-info.js";
import { blindView, show } from "./snapshot.js";
import { keysOf } from "./windows.js";

/** @type {WindowState} */
const EMPTY = { version: 1, customer: [], refused: [], sent: [] };

/**
 * @param {Settings} settings
 * @param {Ledger} ledger
 */
export function createJudging({ now: clock, policy, observedSince, strict }, ledger) {
  /** A corrected clock may well give fractions. */
  const now = () => toMs(Math.floor(clock()), "now");

  /** The keys of its window, once the engine has made them. @param {Room} room */
  function keys(room) {
    const keys = (room.keys ??= persistently(() => keysOf(room.conversation)));
    for (const state of room.pending) ledger.merge(keys, state);
    room.pending = [];
    return keys;
  }

  /**
   * @param {Room} room
   * @param {Draft} draft
   * @param {number} nowAtMs
   * @returns {Judgement}
   */
  function ask(room, draft, nowAtMs = now()) {
    const rules = policy === undefined ? { channel: room.conversation.channel ?? "whatsapp" } : { policy };
    const state = ledger.read(keys(room)) ?? EMPTY;
    return persistently(() => judge(state, draft, { ...rules, observedSince, strict, now: nowAtMs }));
  }

  /** @param {Room} room @returns {View} */
  function view(room) {
    try {
      const nowAtMs = now();
      return deepFrozen({ ...ask(room, { kind: "text" }, nowAtMs), nowAtMs });
    } catch (error) {
      return blindView(error, strict);
    }
  }

  /** Derives everything about a room from the evidence and the clock. @param {Room} room */
  function look(room) {
    const seen = view(room);
    show(room, seen);
    if (!seen.trouble) refreshOffer(room, seen.nowAtMs);
  }

  return { now, keys, ask, look };
}
