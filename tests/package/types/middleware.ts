// A middleware in strict TypeScript: every documented name of the entries for servers, and what must not compile.
import { backfill, createGate, createReceiver, eventOfMessage, maySend, memoryStore, recordSend, twilioClient, validateChannel } from "reply-window/server";
import type { GateMessage, GateOptions, OutgoingMessage, ReceiverOptions, Report, SendRecord, SharedStore, TwilioClient, WindowStore } from "reply-window/server";
import { createService, type Caller, type Permission, type ServiceOptions } from "reply-window/service";
import { redisStore } from "reply-window/stores/redis";
import { sqliteStore } from "reply-window/stores/sqlite";
import { chooser, page } from "reply-window/nowasm";

export const names = [backfill, eventOfMessage, recordSend, twilioClient, validateChannel, createService, redisStore, sqliteStore, page, chooser];
export type Shapes = [GateMessage, OutgoingMessage, SendRecord, TwilioClient, WindowStore, Caller, Permission, Report];

const store: SharedStore = memoryStore();
const options: ReceiverOptions = { keys: ["a-token-of-32-characters-in-length"], store, publicUrl: "https://desk.example.com" };
const receiver = createReceiver(options);
export const answer = (request: Request): Promise<Response> => receiver.fetch(request);
const gate = createGate({ store } satisfies GateOptions);
export const may = async () => maySend((await gate.judge({ business: "+15550100200", customer: { phone: "+15550109911" }, draft: { kind: "text" } })).verdict);
export const service = (given: ServiceOptions) => createService(given);
// As the environment has it, and as a request's body has what may be missing: neither is asked for before it is handed in.
export const receiving = createReceiver({ keys: [process.env.TWILIO_AUTH_TOKEN], store, publicUrl: "https://desk.example.com", client: undefined });
export const asked = ({ draft, conversation, sendId, confirmed }: Pick<GateMessage, "draft" | "conversation" | "sendId" | "confirmed">) =>
  gate.judge({ business: "+15550100200", customer: { phone: undefined, bsuid: "US.1" }, draft, conversation, sendId, confirmed });
export const unasked = gate.judge({ business: "+15550100200", customer: { phone: "+15550109911" }, confirmed: undefined });
export const recorded = recordSend(store, { id: "SM1", business: "+15550100200", customer: { phone: "+15550109911" }, kind: "session-message", atMs: 1, channel: undefined });
// @ts-expect-error a gate needs a store
createGate({});
// @ts-expect-error a store has no such function
store.clear();
// @ts-expect-error either a file or a database
sqliteStore({});
