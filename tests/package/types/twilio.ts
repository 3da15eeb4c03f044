// A desktop on Twilio's SDK, by its own types.
import { Client, ContentTemplateVariable, type Conversation as TwilioConversation } from "@twilio/conversations";
import { mount } from "reply-window/mount";
import { contentTemplates, twilioConversations } from "reply-window/adapters/twilio-conversations";

export const open = (client: Client, conversation: TwilioConversation, approvals: Record<string, { language: string; status: string }>) =>
  mount(null, {
    adapter: twilioConversations({ conversation, ContentTemplateVariable, composer: { input: "#message", send: "#send" } }),
    conversation: { id: conversation.sid, business: "+15550100200", customer: { phone: "+15550109911" } },
    templates: () => contentTemplates(client, ({ sid }) => approvals[sid] ?? { language: "en" }),
  });
// @ts-expect-error the SDK takes variables of its own class alone
twilioConversations({ conversation: {} as TwilioConversation });
