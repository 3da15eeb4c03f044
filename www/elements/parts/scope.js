// @ts-check
/**
 * What every part of `<reply-window>` is handed: words, the conversation, and the ways out of the shadow root.
 *
 * @import { Controller, Receipt } from "../../controller/types.js"
 * @import { Messages } from "../../i18n/messages.js"
 * @import { Details } from "../events.js"
 */

/** @typedef {<T extends keyof Details>(type: T, detail: Details[T]) => boolean} Emit an event of the element; `false` where somebody prevented it */

/**
 * @typedef {object} Scope
 * @property {Messages} m
 * @property {() => Controller} controller
 * @property {(text: string) => void} say to whoever hears the page
 * @property {Emit} emit
 * @property {(receipt: Promise<Receipt>) => void} respond what became of a send
 * @property {(maker: import("./shared-styles.js").SheetMaker) => void} adopt
 * @property {import("./kept.js").Kept} kept
 */

export {};
