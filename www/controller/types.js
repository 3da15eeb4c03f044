// @ts-check
/**
 * The words that the controller and its views share. Types only; those of adapters are in `adapter-port.js`.
 */
/** @import { Channel, Draft, SuitableTemplate, Eligibility, Fill, Identity, Import, NotOwner, Policy, Provider, RankedTemplate, RecordLog, SessionEvent, SessionMessageCheck, Template, TemplatePrompt, TemplateSearch, Unknown, Verdict, WindowRecord, WindowState, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { Time } from "../engine/check.js" */
/** @import { DraftStore } from "./drafts.js" */

/**
 * @typedef {object} Conversation
 * @property {string} id the desktop's own id
 * @property {Channel} [channel] default `whatsapp`
 * @property {string} business our own address on the channel
 * @property {Identity} customer
 * @property {string} [name] of the customer, for the view
 * @property {string} [locale] of the customer: templates of this language come first
 * @property {Record<string, string>} [suggestions] values to offer, by variable name
 * @property {boolean} [optedOutOfMarketing] what the desktop knows besides `status.marketing`: while it is true, no marketing goes out
 * @property {boolean} [optedIn] whether the customer agreed to be written to by the business, where the desktop knows: `false` greys marketing
 *   and marks other templates
 */

/**
 * An agent's yes: to one send, for one reason. It travels with the message, and the gate accepts it for nothing else.
 *
 * @typedef {object} Confirmed
 * @property {string} conversation its id
 * @property {string} sendId
 * @property {string} reason of the verdict that the agent was shown, such as `window-unknown`
 */

/** @typedef {{ reason: string, text: string }} SendQuestion a text that may leave if the agent says yes to the reason */

/**
 * A template that is ready to be sent, for Twilio with `contentVariables` (JSON text, absent where the template has no
 * variables), for Meta with `metaTemplate` (the `template` object of the request).
 *
 * @typedef {object} OutgoingTemplate
 * @property {"template"} kind
 * @property {string} conversationId
 * @property {string} sendId of this send and no other
 * @property {string} contentSid Content SID, or Meta's id
 * @property {string} [contentVariables]
 * @property {object} [metaTemplate]
 * @property {string} text what the customer will read, for the desktop's own transcript
 * @property {string} language as the provider writes it
 */

/**
 * @typedef {object} Receipt
 * @property {string} id the provider's message id
 * @property {number} [atMs] when it was handed over
 */

/** What a desktop's own send may answer: a receipt, or Twilio's message as it is. @typedef {Receipt | { sid: string }} SendAnswer */

/**
 * @typedef {{ readonly template: Template, readonly eligibility: Eligibility }} AvailableTemplate
 */

/** @typedef {AvailableTemplate & Omit<RankedTemplate, "eligibility">} FoundTemplate a template, and why it stands where it does */
/** @typedef {{ items: FoundTemplate[], total: number, languages: string[] }} FoundTemplates the best, how many there are, and the languages of all, whatever is looked for */
/** @typedef {SuitableTemplate & { template: Template }} DraftTemplate a template with the draft as its one value */

/**
 * Ids of templates. They live in memory: a host that wants to keep them listens for changes and hands them in again.
 *
 * @typedef {object} Preferences
 * @property {readonly string[]} favourites
 * @property {readonly string[]} recent last used first
 */

/**
 * A text that waits for the customer's answer: `offered` where the agent may ask for it, `waiting` once they did, `ask` when the customer has
 * answered and the agent is to say what becomes of it. With `queue: "auto"`: `ready` until an agent has seen the answer, `due` while it counts down.
 *
 * @typedef {"offered" | "waiting" | "ask" | "ready" | "due"} QueueState
 */

/**
 * @typedef {object} ErrorInfo
 * @property {string} code stable, kebab-case
 * @property {string} message
 * @property {number} [providerCode] the provider's error code, where the provider refused
 * @property {string} [meaning] what that code means, as `explainProviderError` has it
 * @property {string} [sentence] the key of what is said of it
 * @property {string} [reason] of the verdict with which a server refused the message
 * @property {string} [templateId] of a template that was taken and refused later
 * @property {"unknown"} [outcome] nobody knows whether the message arrived: sent again unchanged it has the same `sendId`
 * @property {string} [sendId] of that send
 */

/**
 * @typedef {object} AvailableTemplates
 * @property {"loading" | "ready" | "failed"} kind
 * @property {readonly AvailableTemplate[]} items those of the last success while loading again or failed
 * @property {ErrorInfo} [error] where `failed`
 * @property {boolean} [forOthers] there are some, and the option `audiences` leaves none
 */

/**
 * What is true at one instant. Frozen; another one replaces it.
 *
 * @typedef {object} Snapshot
 * @property {Conversation} conversation
 * @property {WindowStatus} status
 * @property {Verdict} verdict for free text
 * @property {number} nowAtMs when it was true
 * @property {"checking" | "unchecked" | "unanswered"} [clock] `checking`: a server is being asked for the time. `unchecked`: the computer's clock was set, or it
 *   slept, and no server could be asked. `unanswered`: the server did not answer, and nothing is known to be wrong with the clock
 * @property {number} [remainingMs] until the window closes; only while it is open or closing and does close
 * @property {string} draft
 * @property {readonly string[]} files names of files that wait in the composer; they go out with the draft
 * @property {readonly LostText[]} lost refused texts of others, for whoever takes them
 * @property {readonly UndeliveredTemplate[]} undelivered templates that this customer did not get, until they are sent again
 * @property {SendQuestion} [question] a text that waits for the agent's yes
 * @property {AvailableTemplates} templates
 * @property {boolean} sending a template of this conversation is on its way
 * @property {ErrorInfo} [error] of the last send, or of the engine
 * @property {Preferences} preferences
 * @property {QueueState} [queue] of the draft
 * @property {CustomerAnswer} [answer] that came while the draft waited for it
 * @property {number} [dueInMs] until the draft goes out by itself
 * @property {true} [directSend] the draft may go out as a utility message, if the agent states that it is one
 * @property {"reopened"} [notice] the customer answered while the window was closed
 * @property {string} [arrived] the `sendId` of a message of which nobody knew, and which went out after all; until the agent goes on
 */

/** @typedef {(snapshot: Snapshot, previous: Snapshot) => void} Listener */

/** @typedef {SessionEvent | (WindowRecord & { log: RecordLog })} Evidence without an address it is of the shown conversation */

/**
 * `code`: the provider's; without it the window is taken to be closed. `text` becomes a draft again: where `sendId` is handed in, in the
 * tab that sent it, and in others it is offered (`snapshot.lost`) under the name of its `author`.
 * `conversationId`: hand it in wherever it is known. Without it that of the send with this `id` counts, else the one shown, since a message that was
 * sent elsewhere may well be of it: a refusal of another conversation's message, handed in without it, closes the window that is shown.
 *
 * @typedef {{ id: string, at?: Time, text?: string, code?: number, conversationId?: string, sendId?: string, author?: string }} Refusal
 */

/** @typedef {{ templateId: string, values: Readonly<Record<string, string>> }} UndeliveredTemplate what was taken and refused later, with what it was filled with */

/** @typedef {{ id: string, text: string, author?: string }} LostText a text that was refused and that nobody here sent; `id` of the message */

/**
 * A free text that is about to leave: `sendId` of a send of which it is said to be a repetition, `messageId` of a refused message.
 *
 * @typedef {{ text: string, sendId?: string | undefined, messageId?: string | undefined }} TextSend
 */

/** @typedef {readonly Template[] | Pick<Import, "templates" | "problems">} TemplateList with `problems`, what could not be read is shown too */

/** @typedef {{ kind: string, text?: string }} CustomerAnswer what the customer wrote; `kind` as in the evidence */

/** @typedef {{ text: string, conversationId: string, sendId: string, confirmed?: Confirmed, category?: "utility" }} OutgoingText `confirmed`: what the gate asks for where the window is unknown or another holds the thread. `category`: the agent states that it is a utility message, which goes out without a template: hand it to the server, not to the composer */

/** @typedef {{ contentType: string, size: number, filename?: string }} Attachment size in bytes */

/** @typedef {Pick<TemplateSearch, "query" | "defaultLocale" | "language" | "categories" | "limit">} TemplateNeed */

/** @typedef {{ set: (callback: () => void, ms: number) => unknown, clear: (id: any) => void }} Timer */

/**
 * @typedef {object} ControllerOptions
 * @property {Conversation} conversation
 * @property {WindowState} [state] what is known of its window
 * @property {Policy} [policy] default: the rules of the conversation's channel
 * @property {Unknown} [unknown] what becomes of free text in an unknown window; default `ask`
 * @property {NotOwner} [owner] what becomes of free text while another responder holds the thread; default `ask`
 * @property {boolean} [directSend] whether the desktop may send utility messages without a template (WhatsApp's Direct Send), each
 *   stated to be one by the agent; default `false`. The gate has a switch of its own.
 * @property {number | ((conversation: Conversation) => number | undefined)} [serviceMessagesThisMonth] messages in the window that
 *   the number has sent since the month began: each is billed, the first thousand are free
 * @property {readonly string[]} [tags] that the desktop can put on a message; default: none
 * @property {Time} [observedSince]
 * @property {TemplateList | ((conversation: Conversation) => Promise<TemplateList> | TemplateList)} [templates]
 * @property {readonly string[]} [audiences] teams to which the agent belongs: templates whose `audiences` name none of them are not shown. Without it all are. A view,
 *   no protection
 * @property {number} [templatesTimeoutMs] how long `templates` may take; default 20,000. Then `templates-timed-out` stands with what is available
 * @property {number} [sendTimeoutMs] how long `send` and `sendText`, and a text that was begun, may take; default 30,000. Then it is `outcome-unknown`:
 *   nothing is sent again by itself, the agent's next try has the same `sendId`, and a late answer still counts
 * @property {(report: { code: "clock-suspect" }) => void} [onReport] `clock-suspect`: a message is stamped over two minutes ahead of `now`; no clock is moved for it,
 *   ask your server for its time
 * @property {() => number} [now] the computer's clock, ms since 1970; default `Date.now`
 * @property {() => number} [monotonic] ms that pass whatever the clock is set to; default `performance.now` where `now` is the default, too
 * @property {() => Promise<number> | number} [askServer] the time at the host's own server, ms since 1970: asked where the clock was set or the computer slept,
 *   and at the start. Until it answers, at most one second, no free text leaves
 * @property {(message: OutgoingTemplate) => Promise<SendAnswer> | SendAnswer} send
 * @property {(message: OutgoingText) => Promise<unknown> | unknown} [sendText] the desktop's own way for
 *   free text; without it no text is queued, and none can be confirmed
 * @property {"ask" | "auto"} [queue] what becomes of a text that waits once the customer has answered: `ask` (default) the agent; `auto` sends it 10 s
 *   after a plain text that was seen (`hear`, `answerSeen`), if nothing happened meanwhile
 * @property {Provider} [provider] whose limits apply to free text; default `twilio`
 * @property {Partial<Preferences>} [preferences]
 * @property {DraftStore} [drafts] default: in memory
 * @property {string} [agent] whose desktop it is, by its own id: with `tabs`, all tabs of one agent show the same drafts
 * @property {string} [tabs] name of the BroadcastChannel over which tabs tell each other what they know; default: none
 * @property {(callback: () => void) => (() => void) | void} [onResume] calls back when the page wakes up or comes to the front
 * @property {Timer} [timer] default `setTimeout`
 * @property {"auto" | "js"} [engine] `js` tries no WebAssembly, where a policy forbids it and each try is reported; default `auto`
 * @property {() => Promise<Readonly<Record<string, any>>>} [nowasm] fetches the engine without WebAssembly, for a page that may not compile it:
 *   `() => import("reply-window/nowasm")`. Until `ready` the verdict's reason is `engine-unavailable`, and what is recorded is kept
 */

/**
 * @typedef {object} Controller
 * @property {Snapshot} snapshot the latest; the same object until something changes
 * @property {Promise<void>} ready resolves when the engine runs, or could not be started; at once where it runs already
 * @property {(listener: Listener) => () => void} subscribe
 * @property {(draft?: Draft, confirmed?: Confirmed) => Verdict} judge evaluates now
 * @property {(attempt: { text: string }) => boolean} askToSend shows the agent the question, where the verdict on free text is
 *   `with-confirmation`, or there is a `doubt`, and there is a way for texts
 * @property {() => boolean} askDirectSend asks the agent to state that the draft is a utility message, where such may go out without a template
 * @property {(isYes: boolean) => Promise<void>} answerQuestion the agent's answer: a yes sends the text, with it
 * @property {(evidence: Evidence | readonly Evidence[]) => void} record
 * @property {(state: WindowState, observedSince?: Time, policy?: Policy) => void} merge of the shown conversation; `observedSince`: a server saw everything of its
 *   window since then; `policy`: the rules that it judges the window by, where they are its own (the page's, where it has some, come before)
 * @property {(refusal: Refusal) => void} refused the provider refused a session message; its text becomes a draft again
 * @property {(message: TextSend) => string | undefined} doubt why the agent is to be asked before a text leaves that may: `may-have-arrived` where it was
 *   made of one of which nobody knows. Ask with `askToSend`, ahead of `beginText`
 * @property {(message: TextSend) => { sendId: string, messageId?: string | undefined } | { stopped: string }} beginText a free text is about to leave: the id of its
 *   send, which travels with it; the same as before where the outcome of the same text is not known. What was delivered is stopped
 * @property {(sendId: string, outcome?: { id?: string | undefined, error?: unknown }) => void} settleText what became of it: the provider's message id, or why it failed
 * @property {(sendId: string, outcome?: { id?: string | undefined, error?: unknown }) => void} settleSend what became of a send whose outcome was unknown,
 *   template or text, where the host learns it otherwise: by a state of delivery that names the `sendId`
 * @property {(id: string) => void} takeLost makes a refused text of somebody else one's own draft
 * @property {(id: string) => void} dropLost
 * @property {(text: string) => void} setDraft
 * @property {(names: readonly string[]) => void} setFiles that wait in the composer, beside the draft
 * @property {(conversation: Conversation, state?: WindowState) => void} setConversation
 * @property {(template: Template, values: Readonly<Record<string, string>>) => Fill} fill throws `templates-unavailable` until templates were loaded
 * @property {(template: Template, known: Readonly<Record<string, string>>) => TemplatePrompt[]} prompts what is asked for each variable; as `fill`
 * @property {(template: Template, values: Readonly<Record<string, string>>) => Promise<Receipt>} sendTemplate
 * @property {() => Promise<void>} reloadTemplates
 * @property {(need?: TemplateNeed) => FoundTemplates} search best first; 50 where
 *   no limit is named, 1,000 at most
 * @property {(templates?: readonly Template[]) => DraftTemplate[]} templatesForDraft templates that can carry the draft
 * @property {(id: string, isLiked: boolean) => void} setFavourite
 * @property {(isWanted: boolean) => void} queueDraft keep the draft for the customer's answer
 * @property {(answer: CustomerAnswer) => void} hear what the customer wrote; tell it before the evidence of it
 * @property {() => void} answerSeen the answer has been on the screen, in front of the agent
 * @property {() => void} holdQueued nothing that waits goes out by itself any more
 * @property {() => Promise<void>} sendQueued the agent's word, once the customer has answered
 * @property {(message: { text?: string, attachments?: Attachment[] }) => SessionMessageCheck} check free text and files
 * @property {() => boolean} wouldLose whether closing the page would lose what was typed, because the drafts are kept in memory
 * @property {(atMs: number) => void} serverTime the server's time, as it told it by itself over an authenticated connection
 * @property {() => Snapshot} evaluate
 * @property {() => void} destroy
 */

export {};
