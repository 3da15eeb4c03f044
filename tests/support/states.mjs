// Every state that an agent can see, and every look in which it is seen: what the screenshots show and the tests of the look go through.

/** @typedef {import("./desktop.mjs").Desktop} Desktop */
/** @typedef {{ name: string, conversation?: string, phase?: string, act?: (desk: Desktop) => Promise<unknown>, before?: (desk: Desktop) => Promise<unknown> }} State */
/** @typedef {{ name: string, lang: "en" | "ar", context?: object, text?: string }} Look */

const VALUES = { en: ["Amelia", "CAS-00417", "being reviewed"], ar: ["ليلى", "CAS-00371", "قيد المراجعة"] };
const DRAFT = { en: "I have found it.\nThe parcel is at the depot in Utrecht, and the driver comes by tomorrow.", ar: "وجدتها.\nالطرد في المستودع الآن، ويمرّ السائق غدًا." };
const MINUTE = 60_000;

const search = (/** @type {Desktop} */ desk) => desk.panel.locator("[role=combobox]");
const chooses = (/** @type {Desktop} */ desk, values = VALUES[desk.lang]) => desk.fillTemplate({ query: "case update", name: "case_update_text", language: desk.lang, values });

/** In an order in which none spoils the next: time runs forward only. @type {State[]} */
export const STATES = [
  { name: "open", conversation: "noor", phase: "open" },
  { name: "known", conversation: "noor", phase: "open", act: async (desk) => (await desk.panel.locator("[aria-controls=known]").click(), await desk.panel.locator("dd").first().waitFor()) },
  { name: "open-templates", conversation: "noor", phase: "open", act: (desk) => desk.panel.locator("[aria-controls=panel]").click() },
  { name: "closing", conversation: "omar", phase: "closing" },
  { name: "closed", conversation: "layla", phase: "closed" },
  { name: "search", conversation: "layla", phase: "closed", act: (desk) => search(desk).fill("parcel") },
  { name: "nothing-found", conversation: "layla", phase: "closed", act: (desk) => search(desk).fill("zzz") },
  { name: "form", conversation: "layla", phase: "closed", act: async (desk) => (await search(desk).fill(""), await chooses(desk)) },
  { name: "form-wrong", conversation: "layla", phase: "closed", act: async (desk) => {
    for (const [at, value] of ["", "CAS\t1", ""].entries()) await desk.panel.locator("form textarea").nth(at).fill(value);
    await desk.panel.locator("[part=send]").click();
  } },
  { name: "unknown", conversation: "jonas", phase: "unknown" },
  { name: "question", conversation: "jonas", phase: "unknown", act: async (desk) => {
    await desk.box.fill(DRAFT[desk.lang]);
    await desk.box.press("Enter");
    await desk.panel.locator("[part=question]").waitFor();
  } },
  { name: "refused", conversation: "amelia", act: async (desk) => {
    await desk.steer("refuse-next", { count: 1, code: 63016 });
    await desk.box.fill("Your parcel is on its way.");
    await desk.box.press("Enter");
    await desk.phase("closed");
  } },
  { name: "draft", conversation: "omar", phase: "closed", before: async (desk) => {
    await desk.box.fill(DRAFT[desk.lang]);
    await desk.jumpTo((await desk.sessionEndsAt()) - MINUTE + 1);
    await desk.phase("closed");
  } },
  { name: "queued", conversation: "omar", phase: "closed", act: (desk) => desk.panel.locator(".draft .chips button:not([hidden])").last().click() },
  { name: "reopened", conversation: "omar", act: async (desk) => {
    await desk.panel.locator(".draft .chips button:not([hidden])").last().click();
    await search(desk).fill("case");
    await desk.steer("customer-message", { conversationId: "omar", text: "شكرًا" });
    await desk.panel.locator(".notice").waitFor();
  } },
  { name: "failed", conversation: "layla", phase: "closed", before: async (desk) => {
    await desk.page.route("**/api/templates*", (route) => route.fulfill({ status: 500, json: { code: "x" } }));
    await desk.page.goto(`${desk.demo.url}?lang=${desk.lang}&conversation=layla`);
    await desk.panel.waitFor({ state: "attached" }); // a narrow page shows the list first
  } },
];

const NARROW = { viewport: { width: 360, height: 780 } };
/** @type {Look[]} */
export const LOOKS = [
  { name: "english", lang: "en" },
  { name: "arabic", lang: "ar" },
  { name: "english-360", lang: "en", context: NARROW },
  { name: "arabic-360", lang: "ar", context: NARROW },
  { name: "english-dark", lang: "en", context: { colorScheme: "dark" } },
  { name: "arabic-dark", lang: "ar", context: { colorScheme: "dark" } },
  { name: "english-forced", lang: "en", context: { forcedColors: "active" } },
  { name: "arabic-forced", lang: "ar", context: { forcedColors: "active" } },
  { name: "english-200", lang: "en", text: "200%" },
  { name: "arabic-200", lang: "ar", text: "200%" },
  // A desktop of 1280 × 1024 at 400 % has as much room as one of 320 × 256.
  { name: "english-400", lang: "en", context: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } },
  { name: "arabic-400", lang: "ar", context: { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 } },
];

/** The pages beside the desktop, and what is done on each. @type {{ name: string, path: string, act?: (page: import("playwright-core").Page) => Promise<unknown> }[]} */
export const PAGES = [
  { name: "setup", path: "setup.html", act: async (page) => {
    await page.locator("channel-setup form").waitFor();
    for (const [at, text] of ["Support", "AC\u200e0123456789abcdef0123456789abcdef\u00a0", "secret", "http://desk.example.com/\u2066in"].entries()) {
      await page.locator("channel-setup input[part=input]").nth(at).fill(text);
    }
    await page.locator("channel-setup [part=add-number]").click();
  } },
  { name: "inspector", path: "inspector.html", act: async (page) => {
    for (const [id, text] of [["url", "https://desk.example.com/in"], ["headers", "X-Twilio-Signature: 0/KCTR6DLpKmkAf8muzZqo1nDgQ="], ["body", "From=%2B1"], ["token", " 0123456789abcdef0123456789abcdef "]]) await page.locator(`#${id}`).fill(text);
    await page.locator("[part=check]").click();
    await page.locator("[part=verdict] h3").waitFor();
  } },
];

/**
 * @param {Desktop} desk
 * @param {State} state
 */
export async function enter(desk, { conversation, phase, act, before }) {
  if (conversation && before) {
    await desk.choose(conversation);
    Object.assign(desk, { conversation });
  }
  await before?.(desk);
  if (conversation) {
    await desk.choose(conversation);
    if (!before) await desk.ready();
  }
  if (phase) await desk.phase(phase);
  await act?.(desk);
}
