// @ts-check
/** Server-sent events to every open page. */

const HEADERS = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no" };
/** Proxies close silent connections. */
const HEARTBEAT_MS = 15_000;

/** @typedef {ReadableStreamDefaultController<Uint8Array>} Page */

const encoder = new TextEncoder();
/** @param {string} name @param {unknown} data */
const framed = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** @param {Set<Page>} pages @param {Page} page @param {string} text */
const write = (pages, page, text) => {
  try {
    page.enqueue(encoder.encode(text));
  } catch {
    pages.delete(page);
  }
};

/** A stream that stays among the pages until it is closed. @param {Set<Page>} pages @param {string} first */
const streamOf = (pages, first) => {
  /** @type {Page} */
  let own;
  return new ReadableStream({
    start(page) {
      own = page;
      pages.add(page);
      write(pages, page, first);
    },
    cancel: () => void pages.delete(own),
  });
};

export const createEvents = () => {
  /** @type {Set<Page>} */
  const pages = new Set();
  const heartbeat = setInterval(() => pages.forEach((page) => write(pages, page, ": still here\n\n")), HEARTBEAT_MS);
  heartbeat.unref?.();
  return {
    /** @param {string} name @param {unknown} data */
    send(name, data) {
      for (const page of pages) write(pages, page, framed(name, data));
    },

    /** A new page. @param {Record<string, unknown>} first what it is told at once, by name of the event */
    open(first) {
      const frames = Object.entries(first).map(([name, data]) => framed(name, data));
      return new Response(streamOf(pages, `retry: 1000\n\n${frames.join("")}`), { headers: HEADERS });
    },

    close() {
      clearInterval(heartbeat);
      for (const page of pages) page.close();
      pages.clear();
    },
  };
};

/** @typedef {ReturnType<typeof createEvents>} Events */
