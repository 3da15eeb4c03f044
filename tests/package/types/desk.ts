// A desktop in strict TypeScript: every documented name of the entries for pages, and what must not compile.
import {
  ReplyWindowError, applyTemplateEvents, asYouType, checkChannel, checkNumber, checkNumberText, checkSessionMessage, compactState, deriveKey, diagnoseWebhook,
  explainError, explainProviderError, fillTemplate, foldEvents, formatNumber, handshake, identifyCustomer, importTemplates, isValidNumber, joinMessages, judge,
  latestSafeSendAt, lookupCandidates, mergeApproval, mergeStates, parseAddress, parseInbound, parseNumber, policyFor, providerVerdict, ready, rulesAsOf,
  sameCustomer, suitableForDraft, templateEligibility, templateIndex, templatePrompts, templatesFor, verifyRequest, verifySignature, verifyWebhook, willBeOpenAt, windowKeys,
  windowStatus, windowStatuses,
} from "reply-window";
import type {
  Channel, Draft, ErrorCode, EventKind, Fill, Identity, Import, Judgement, Policy, Provider, SessionEvent, Template, TemplateIndex, TemplatePrompt, Time, Verdict, VerdictReason,
  VerificationKey, VerifiedWebhook, VerifyOptions, WebhookDiagnosis, WindowRecord, WindowState, WindowStatus,
} from "reply-window";
import { mount, sessionDrafts } from "reply-window/mount";
import type {
  Adapter, AdapterHost, Capabilities, Composer, ComposerAdapter, Confirmed, Controller, Conversation, ErrorInfo, Evidence, Handle, MountOptions, OutgoingTemplate, OutgoingText, Receipt,
  Refusal, ReplyWindowEventDetails, ReplyWindowEventMap, Snapshot, Template as TemplateOfMount, TemplateList, WindowService,
} from "reply-window/mount";
import { ReplyWindowElement, type Template as TemplateOfElement } from "reply-window/element";
import { PhoneNumberInputElement } from "reply-window/phone-number-input";
import { ChannelSetupElement } from "reply-window/channel-setup";
import { SignatureInspectorElement } from "reply-window/signature-inspector";
import { domComposer } from "reply-window/adapters/dom";
import { webChat, type WebChatAdapter, type WebChatOptions } from "reply-window/adapters/webchat";
import { contentTemplates, twilioConversations, type TwilioConversationsAdapter, type TwilioConversationsOptions } from "reply-window/adapters/twilio-conversations";
import { flex, type FlexAdapter, type FlexOptions } from "reply-window/adapters/flex";
import { chatwoot, type ChatwootAdapter, type ChatwootContext, type ChatwootOptions } from "reply-window/adapters/chatwoot";
import { addWords, catalogues, createMessages } from "reply-window/i18n";
import { windowService, type Connection, type Party } from "reply-window/client";
import page from "reply-window/page.wasm";

export const names = [
  applyTemplateEvents, asYouType, checkChannel, checkNumber, checkNumberText, checkSessionMessage, compactState, deriveKey, diagnoseWebhook, explainError, explainProviderError,
  fillTemplate, formatNumber, handshake, identifyCustomer, isValidNumber, joinMessages, latestSafeSendAt, lookupCandidates, mergeApproval, mergeStates, parseAddress,
  parseInbound, parseNumber, policyFor, providerVerdict, ready, rulesAsOf, sameCustomer, suitableForDraft, templateEligibility, templateIndex, templatePrompts, templatesFor, verifyRequest,
  verifySignature, verifyWebhook, willBeOpenAt, windowKeys, windowStatus, windowStatuses, sessionDrafts, domComposer, webChat, contentTemplates, twilioConversations, addWords, catalogues, createMessages,
];
export type Shapes = [
  Channel, EventKind, Fill, Identity, Import, Judgement, Policy, Provider, Template, TemplateIndex, TemplatePrompt, Time, VerificationKey, VerifiedWebhook, VerifyOptions,
  WebhookDiagnosis, WindowRecord, WindowStatus, AdapterHost, Capabilities, Composer, ComposerAdapter, Confirmed, Controller, ErrorInfo, Evidence, OutgoingText, Refusal,
  ReplyWindowEventDetails, ReplyWindowEventMap, Snapshot, TemplateList, WindowService, WebChatAdapter, WebChatOptions, TwilioConversationsAdapter, TwilioConversationsOptions, FlexAdapter, FlexOptions, ChatwootAdapter, ChatwootContext, ChatwootOptions, Connection, Party, VerdictReason,
];
export const compiled: WebAssembly.Module = page;

const conversation: Conversation = { id: "c1", business: "+15550100200", customer: { phone: "+15550109911" } };
const state: WindowState = foldEvents(undefined, [{ id: "SM1", log: "customer", kind: "text", providerAtMs: 1 } satisfies WindowRecord & { log: "customer" }]);
const verdict: Verdict = judge(state, { kind: "text" } satisfies Draft, { now: new Date() }).verdict;
export const told: VerdictReason = verdict.reason;
export const event = (given: SessionEvent): Evidence => given;

export function codeOf(error: unknown): ErrorCode | undefined {
  if (!(error instanceof ReplyWindowError)) return undefined;
  // @ts-expect-error a code that nobody throws
  if (error.code === "signature-mismtach") return undefined;
  return error.code === "signature-mismatch" ? error.code : undefined;
}

const target = document.querySelector("#panel");
const options: MountOptions = {
  conversation,
  composer: { input: "#message", send: "#send", attach: "#attach" },
  templates: async () => importTemplates({}),
  onSend: async (message: OutgoingTemplate): Promise<Receipt> => ({ id: message.sendId }),
};
const handle: Handle = mount(target, options);
handle.draft = "settable";
export const guarded: (text: string) => Promise<number> = handle.guard((text: string) => text.length, (text) => text);
handle.record({ id: "SM2", log: "customer", kind: "text", desktopAtMs: Date.now() });
export const element: ReplyWindowElement = handle.element;
// @ts-expect-error what is true now is read, not set
handle.snapshot = handle.snapshot;
// @ts-expect-error a conversation has a customer
mount(target, { conversation: { id: "c1", business: "+15550100200" } });
// @ts-expect-error a composer has an input
mount(target, { conversation, composer: { send: "#send" } });
// @ts-expect-error seconds of Meta as text are no time
judge(state, { kind: "text" }, { now: "1764450000" });
// @ts-expect-error there is no such draft
judge(state, { kind: "texts" }, {});

const made = document.createElement("reply-window");
made.addEventListener("template-send", (happened) => happened.detail.respondWith(Promise.resolve({ id: happened.detail.message.contentSid })));
made.addEventListener("phase-change", function ({ detail: { phase, previous } }) { this.title = `${previous ?? ""} ${phase}`; });
made.addEventListener("keydown", (happened) => happened.key);
made.addEventListener("anything-else", (happened) => happened.type);
// @ts-expect-error a blocked send has a reason, and no cause
made.addEventListener("send-blocked", (happened) => happened.detail.cause);
// @ts-expect-error a receipt is a promise
made.addEventListener("template-send", (happened) => happened.detail.respondWith({ id: "x" }));
// @ts-expect-error where the composer stands is read only
made.composer = "open";
export const number: PhoneNumberInputElement = document.createElement("phone-number-input");
export const setup: ChannelSetupElement = document.createElement("channel-setup");
setup.addEventListener("channel-change", ({ detail }) => detail.errors + detail.warnings);
// @ts-expect-error numbers of findings, and no list
setup.addEventListener("channel-change", ({ detail }) => detail.findings);
export const inspector: SignatureInspectorElement = document.createElement("signature-inspector");

export const offered: readonly TemplateOfMount[] = [] satisfies readonly TemplateOfElement[] satisfies readonly Template[];
// What a host does not know it hands in as it is.
mount(target, { conversation: { ...conversation, name: undefined, locale: undefined }, composer: undefined, locale: undefined, theme: undefined, templates: undefined, onSend: undefined, service: undefined });
handle.record({ id: "SM3", log: "customer", kind: "text", providerAtMs: undefined, desktopAtMs: 1 });
handle.refused({ id: "SM4", code: undefined, conversationId: undefined });
export const unknown = judge(state, { kind: "text" }, { now: undefined, observedSince: undefined, policy: undefined });
domComposer({ input: "#message", send: "#send", attach: undefined });

const service = windowService({ url: "https://windows.example.com", token: async () => "token" });
mount(target, { conversation, service, templates: [], onSend: () => ({ id: "x" }) });
// What is watched comes back as it was handed in.
service.watch([{ ...conversation, badge: 7 }], ({ conversation: { id, badge }, status }) => console.log(id.length, badge.toFixed(), status.kind));

const beside = chatwoot({ origin: "https://app.chatwoot.com", business: { 7: "+15550100200" } });
export const unfollow = beside.follow((shown: Conversation) => handle.setConversation(shown));
// @ts-expect-error a companion needs to know whom it hears
chatwoot({ business: "+15550100200" });

// An adapter of one's own, from the port alone.
export class Desk implements Adapter {
  name = "desk";
  capabilities = { seesInboundTime: "exact", blocks: "hook", hookTimeout: "failsClosed", replacesComposer: false, keepsDraft: true } satisfies Capabilities;
  connect(host: AdapterHost) {
    const asked: Verdict = host.judge({ kind: "text" });
    if (asked.leaves === "no") host.blocked({ text: "", reason: asked.reason });
    return () => {};
  }
  setComposer(_state: "open" | "closed", _panel: HTMLElement) { return false; }
  getDraft() { return ""; }
  setDraft(_text: string) {}
  isTyping() { return false; }
  focusComposer() {}
}
mount(null, { conversation, adapter: new Desk() });
// @ts-expect-error an adapter says what it can do
mount(null, { conversation, adapter: { name: "desk" } });
// @ts-expect-error not one of the words for how a send is stopped
export const wrong: Capabilities["blocks"] = "sometimes";
