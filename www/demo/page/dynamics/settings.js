// @ts-check
// What an administrator of this stand-in would upload beside the script: its settings.

const page = /** @type {any} */ (globalThis);
page.replyWindowDynamics = {
  now: () => page.demoNow(),
  locale: document.documentElement.lang === "ar" ? "ar-EG" : "en",
  templatesUrl: "/api/templates",
  sendUrl: "/omnichannel/templates",
  ...page.replyWindowDynamics,
};
