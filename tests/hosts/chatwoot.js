// Chatwoot's page is the parent of this one: it hands on what the test has it say, as its documents say that it says it.

import { chatwoot } from "../../www/adapters/chatwoot/index.js";

export const start = async ({ business, customer, now }) => {
  const adapter = chatwoot({ origin: location.origin, business: { 7: business } });
  const followed = [];
  adapter.follow(({ id, customer }) => followed.push(`${id} ${customer.phone}`));
  const messages = [];
  const sent = [];
  globalThis.make = chatwoot;
  let id = 0;
  const context = (more = {}) => ({
    event: "appContext",
    data: {
      conversation: { id: 41, inbox_id: 7, can_reply: true, meta: { channel: "Channel::Whatsapp", sender: { name: "A customer", phone_number: customer } }, messages, ...more.conversation },
      contact: { name: "A customer", phone_number: customer, ...more.contact }, currentAgent: { id: 1 },
    },
  });
  const say = (more) => parent.tell(JSON.stringify(context(more)));
  return {
    adapter, followed, say, context,
    raw: (data) => parent.tell(data),
    sent: () => sent,
    customerWrites: (content, atMs) => (messages.push({ id: ++id, content, message_type: 0, created_at: Math.floor(atMs / 1000) }), say()),
    colleagueWrites: (content) => (messages.push({ id: ++id, content, message_type: 1, created_at: Math.floor(now() / 1000) }), say()),
    routes: {},
    isAsBefore: () => true,
    templates: () => ({ templates: [], problems: [] }),
  };
};
