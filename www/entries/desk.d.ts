/** What every entry for a desktop shares: the controller's words, and the port that an adapter implements. */
export type {
  AvailableTemplate, AvailableTemplates, Attachment, Confirmed, Controller, ControllerOptions, Conversation, CustomerAnswer, ErrorInfo, Evidence,
  FoundTemplate, FoundTemplates, Listener, LostText, OutgoingTemplate, OutgoingText, Preferences, QueueState, Receipt, Refusal, SendAnswer, DraftTemplate,
  SendQuestion, Snapshot, TemplateList, TemplateNeed, TextSend, Timer, UndeliveredTemplate,
} from "../types/www/controller/types.js";
export type { Adapter, AdapterHost, Capabilities } from "../types/www/controller/adapter-port.js";
export type { Channel, Draft, Identity, Import, Policy, Template, Verdict, VerdictReason, WindowRecord, WindowState, WindowStatus } from "../types/src/wire/types.d.ts";
