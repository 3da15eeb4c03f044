// @ts-check
/** Server-sent events to every open page. */

const HEADERS = { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no" };
/** Proxies close silent connections. */
const HEARTBEAT_MS = 15_000;

export const createEvents = () => {
  const encoder = new TextEncoder();
  /** @type {Set<ReadableStreamDefaultController<Uint8Array>>} */
  const pages = new Set();

  /** @param {ReadableStreamDefaultController<Uint8Array>} page @param {string} text */
  const write = (page, text) => {
    try {
      page.enqueue(encoder.encode(text));
    } catch {
      pages.delete(page);
    }
  };
  /** @param {string} name @param {unknown} data */
  const framed = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
  const heartbeat = setInterval(() => pages.forEach((page) => write(page, ": still here\n\n")), HEARTBEAT_MS);
  heartbeat.unref?.();

  return {
    /** @param {string} name @param {unknown} data */
    send(name, data) {
      for (const page of pages) write(page, framed(name, data));
    },

    /** A new page. @param {Record<string, unknown>} first what it is told at once, by name of the event */
    open(first) {
      /** @type {ReadableStreamDefaultController<Uint8Array>} */
      let own;
      const stream = new ReadableStream({
        start(page) {
          own = page;
          pages.add(page);
          write(page, "retry: 1000\n\n");
          for (const [name, data] of Object.entries(first)) write(page, framed(name, data));
        },
        cancel: () => void pages.delete(own),
      });
      return new Response(stream, { headers: HEADERS });
    },

    close() {
      clearInterval(heartbeat);
      for (const page of pages) page.close();
      pages.clear();
    },
  };
};

/** @typedef {ReturnType<typeof createEvents>} Events */
