// @ts-check
/**
 * The adapter port: what a desktop's adapter is, what it can do, and what it may ask and tell. Types only.
 *
 * @import { Draft, SessionMessageCheck, Verdict } from "../../src/wire/types.d.ts"
 * @import { Attachment, Confirmed, CustomerAnswer, Evidence, OutgoingText, TextSend } from "./types.js"
 */

/**
 * What an adapter can do on its platform; the view says what it cannot.
 *
 * @typedef {object} Capabilities
 * @property {"exact" | "receipt" | "none"} seesInboundTime whether it tells when the customer wrote: by the provider's clock or the
 *   service's, by the moment at which the desktop heard of it, or not at all
 * @property {"hook" | "gateway" | "dom" | "none"} blocks how it stops a send: by the platform's own hook, in a server that every
 *   message passes, in front of the composer's elements, or not at all
 * @property {"failsOpen" | "failsClosed" | "none"} hookTimeout what becomes of a send where the platform waits no longer for the hook
 * @property {boolean} replacesComposer
 * @property {boolean} keepsDraft
 */

/**
 * What the adapter may ask and tell.
 *
 * @typedef {object} AdapterHost
 * @property {(draft?: Draft, confirmed?: Confirmed) => Verdict} judge at this instant; ask at every send, and block if it throws
 * @property {(ms: number) => boolean} [endsWithin] whether free text that leaves now may leave no more so many milliseconds from now
 * @property {(message: { text?: string, attachments?: Attachment[] }) => SessionMessageCheck} [check] of free text and files
 * @property {(attempt: { text: string, reason: string }) => void} blocked a send was vetoed
 * @property {(attempt: { text: string, reason: string }) => void} [ask] a send was held because it leaves `with-confirmation`; after
 *   a yes, the adapter's `sendText` is called with it
 * @property {(evidence: Evidence | readonly Evidence[]) => void} record
 * @property {(answer: CustomerAnswer) => void} [hear] what the customer wrote; before the evidence of it
 * @property {(text: string) => void} [passed] a text is about to leave by the desktop's own way
 * @property {(message: TextSend) => string | undefined} [doubt] why a text that may leave is asked about first: to be held as one that leaves `with-confirmation`
 * @property {(message: TextSend) => { sendId: string, messageId?: string | undefined } | { stopped: string }} [beginText] a free text is about to leave, judged and checked: `sendId` travels
 *   with it; where it is `stopped`, it does not leave
 * @property {(sendId: string, outcome?: { id?: string | undefined, error?: unknown }) => void} [settleText] what became of it; with an `error` its text comes
 *   back into the box: tell the `draft` before, where the desktop has emptied it meanwhile
 * @property {(names: readonly string[]) => void} [files] files that wait in the composer; `sendText` takes them along
 * @property {(text: string) => void} draft the composer's text changed
 * @property {(state: "open" | "closed") => void} [placed] what `setComposer` answered `false` to has come about
 */

/**
 * @typedef {object} Adapter
 * @property {string} name
 * @property {Capabilities} capabilities
 * @property {(host: AdapterHost) => () => void} connect returns what undoes it
 * @property {(state: "open" | "closed", panel: HTMLElement) => boolean | void} setComposer `false`: not yet, because the agent is writing;
 *   what is sent is judged all the same, and the panel shows its banner alone until the host's `placed` is called
 * @property {() => string} getDraft
 * @property {(text: string) => void} setDraft
 * @property {() => void} [leave] another conversation is about to be shown: what was sent of the one before is no draft of it any more
 * @property {() => boolean} isTyping
 * @property {() => void} focusComposer
 * @property {(message: Pick<OutgoingText, "text" | "sendId" | "confirmed">) => Promise<unknown> | unknown} [sendText] as if the agent had sent it; an
 *   adapter that vetoes must have it
 */

export {};
