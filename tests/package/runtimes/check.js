// What a receiver does, in whatever runs it: verify, record, ask; and what the set-up form's middleware does.
import { checkChannel, isValidNumber, verifyWebhook } from "reply-window";
import { createGate, createReceiver, maySend, memoryStore, validateChannel } from "reply-window/server";

export async function check({ url, body, signature, authToken, accountSid, business, customer }) {
  const store = memoryStore();
  const receiver = createReceiver({ keys: [authToken], store, log: () => {} });
  const post = (signed) => receiver.fetch(new Request(url, {
    method: "POST", body, headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signed },
  }));
  const gate = createGate({ store });
  const may = async () => maySend((await gate.judge({ business, customer: { phone: customer } })).verdict);
  const before = await may();
  const forged = (await post(`A${signature.slice(1)}`)).status;
  const genuine = (await post(signature)).status;
  const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
  const { inbound } = verifyWebhook({ url, headers, body }, { keys: [authToken] });
  const record = { name: "Support", accountSid, authToken, numbers: [{ name: "Line", account: "Support", number: business, workStream: "All" }] };
  const refused = async () => Response.json({ code: 20003, message: "Authenticate", status: 401 }, { status: 401 });
  const { steps } = await validateChannel(record, { fetch: refused });
  return {
    before, forged, genuine, after: await may(), text: inbound.messages[0].text,
    findings: checkChannel({ ...record, accountSid: "SK" + accountSid.slice(2) }).findings.map(({ code }) => code),
    valid: isValidNumber(business), validated: steps.map(({ code }) => code),
  };
}
