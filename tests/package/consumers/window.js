// The rules alone: may this be sent now?
import { foldEvents, judge } from "reply-window";

globalThis.maySend = (events, now) => judge(foldEvents(undefined, events), { kind: "text" }, { now });
