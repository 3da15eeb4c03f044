// Reads just enough of a WebAssembly file to say whose code its bytes are, and to leave out what does not run.

/** @typedef {{ name: string, bytes: Uint8Array }} NamedCode */

class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  u32() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  /** @param {number} length */
  take(length) {
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }
  text() {
    return new TextDecoder().decode(this.take(this.u32()));
  }
}

const HEAD = 8;

/** `whole`: with its id and its length. @param {Uint8Array} wasm @returns {{ id: number, body: Uint8Array, whole: Uint8Array }[]} */
function sections(wasm) {
  const reader = new Reader(wasm);
  reader.take(HEAD);
  const found = [];
  while (reader.at < wasm.length) {
    const start = reader.at;
    const id = reader.bytes[reader.at++];
    const body = reader.take(reader.u32());
    found.push({ id, body, whole: wasm.subarray(start, reader.at) });
  }
  return found;
}

/** What runs: names and notes are for tools. @param {Uint8Array} wasm @returns {Uint8Array} */
export const withoutCustomSections = (wasm) =>
  Buffer.concat([wasm.subarray(0, HEAD), ...sections(wasm).filter(({ id }) => id !== 0).map(({ whole }) => whole)]);

/** @param {Uint8Array} body @returns {Map<number, string>} */
function functionNames(body) {
  const names = new Map();
  const reader = new Reader(body);
  if (reader.text() !== "name") return names;
  while (reader.at < body.length) {
    const kind = reader.bytes[reader.at++];
    const part = new Reader(reader.take(reader.u32()));
    if (kind !== 1) continue;
    for (let left = part.u32(); left > 0; left--) names.set(part.u32(), part.text());
  }
  return names;
}

/**
 * The functions with their names, and the bytes of the data section.
 * @param {Uint8Array} wasm one that still has its name section
 * @returns {{ code: NamedCode[], data: Uint8Array }}
 */
export function namedCode(wasm) {
  const all = sections(wasm);
  const module = new WebAssembly.Module(/** @type {BufferSource} */ (wasm));
  const imported = WebAssembly.Module.imports(module).filter(({ kind }) => kind === "function").length;
  const names = new Map(all.filter(({ id }) => id === 0).flatMap(({ body }) => [...functionNames(body)]));
  const code = new Reader(all.find(({ id }) => id === 10)?.body ?? new Uint8Array([0]));
  const found = [];
  for (let index = imported, left = code.u32(); left > 0; index++, left--) {
    found.push({ name: names.get(index) ?? "", bytes: code.take(code.u32()) });
  }
  return { code: found, data: all.find(({ id }) => id === 11)?.body ?? new Uint8Array() };
}
