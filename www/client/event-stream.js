// @ts-check
/** An event stream read by fetch: `EventSource` cannot send a credential. The format is that of the HTML standard, section 9.2.6. */

/** @typedef {{ event: string, id?: string, data: string }} StreamEvent */

/** A line that has no end is none of our service's. */
const MAX_LINE = 4 * 1024 * 1024;

/** Events out of text as it comes, cut anywhere. @param {(event: StreamEvent) => void} tell */
export const createParser = (tell) => {
  let rest = "";
  let event = "";
  /** @type {string | undefined} */
  let id;
  /** @type {string[]} */
  let data = [];
  const fields = /** @type {Record<string, (value: string) => void>} */ ({
    event: (value) => (event = value),
    id: (value) => !value.includes("\0") && (id = value),
    data: (value) => data.push(value),
  });
  /** @param {string} line */
  const read = (line) => {
    if (line === "") {
      if (data.length > 0) tell({ event: event || "message", ...(id === undefined ? {} : { id }), data: data.join("\n") });
      [event, id, data] = ["", undefined, []];
      return;
    }
    const [, name = line, value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (Object.hasOwn(fields, name)) fields[name]?.(value);
  };
  return (/** @type {string} */ text) => {
    rest += text;
    // A carriage return at the end may be half of a line's end.
    for (let end = /\r\n|\n|\r(?!$)/.exec(rest); end; end = /\r\n|\n|\r(?!$)/.exec(rest)) {
      const line = rest.slice(0, end.index);
      rest = rest.slice(end.index + end[0].length);
      read(line);
    }
    if (rest.length > MAX_LINE) throw new Error("a line of the stream does not end");
  };
};

/**
 * Reads a stream to its end.
 *
 * @param {Response} response @param {(event: StreamEvent) => void} tell @param {() => void} heard told of any bytes, comments too
 */
export const readStream = async (response, tell, heard) => {
  if (!response.body) throw new Error("the answer has no body");
  const parse = createParser(tell);
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    heard();
    parse(decoder.decode(value, { stream: true }));
  }
};
