// A desktop as a stranger writes it: a composer that is locked, and a webhook that is verified; the test calls it.
import { verifyWebhook } from "reply-window";
import { mount } from "reply-window/mount";

const HOUR = 3_600_000;

globalThis.tryDesk = async ({ url, body, token, signature }) => {
  let now = Date.UTC(2026, 10, 23, 10);
  const box = document.querySelector("#composer textarea");
  const panel = mount(null, {
    composer: { root: "#composer", input: "textarea", send: "button" }, conversation: { id: "c1", business: "+15550100200", customer: { phone: "+15550109911" } },
    templates: [], onSend: async () => ({ id: "SM2" }), now: () => now,
  });
  await panel.ready;
  const send = panel.guard(async () => "sent");
  panel.record({ id: "SM1", log: "customer", kind: "text", providerAtMs: now - 1000 });
  const before = (await send("hello")) === "sent";
  box.value = "half typed";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  now += 25 * HOUR;
  panel.controller.evaluate();
  for (let turns = 0; turns < 12_000 && !isHidden(); turns++) await new Promise((resolve) => setTimeout(resolve));
  const found = { before, locked: isHidden(), draft: panel.draft, blocked: await send("late").then(String, ({ code }) => code) };
  const request = { url, headers: { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature }, body };
  const options = { keys: [token], allowAuthTokenInPage: true };
  let forged;
  try {
    verifyWebhook({ ...request, body: `${body}0` }, options);
  } catch ({ code }) {
    forged = code;
  }
  panel.destroy();
  return { ...found, verified: verifyWebhook(request, options).inbound.messages[0].text, forged };
};
const isHidden = () => getComputedStyle(document.querySelector("#composer")).display === "none";
