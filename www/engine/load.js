// @ts-check
/**
 * A WebAssembly module of the engine: instantiated from inline bytes on first use, replaced after a crash.
 *
 * Almost every function takes one plain object and keeps nothing between calls, so a fresh instance answers exactly
 * as the one before it would have.
 */
import { ReplyWindowError } from "./errors.js";

/** @typedef {Record<string, ((input: any) => any) | undefined>} Exports */
/** @typedef {{ initSync(options: { module: WebAssembly.Module | Uint8Array<ArrayBuffer> }): any }} Glue */

const NOTHING = new Uint8Array();

/** A module as digits, or as what reads its bytes (`www/build/node.mjs`). @typedef {string | (() => Uint8Array<ArrayBuffer>)} Given */

/**
 * Hexadecimal and not base64: two digits for each byte keep what repeats visible to a compressor, so a page pays about a
 * sixth less for the same module (brotli and gzip alike).
 *
 * @param {Given} hex
 * @returns {Uint8Array<ArrayBuffer>}
 */
function decoded(hex) {
  if (typeof hex === "function") return hex();
  const decode = /** @type {any} */ (Uint8Array).fromHex;
  if (typeof decode === "function") return decode.call(Uint8Array, hex);
  const { Buffer } = /** @type {any} */ (globalThis);
  if (typeof Buffer?.from === "function") return Buffer.from(hex, "hex");
  // Older browsers. `0` is 48 and `a` is 97: the low four bits of a digit are its value, those of a letter nine less.
  const value = (/** @type {number} */ code) => (code & 15) + (code > 64 ? 9 : 0);
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = (value(hex.charCodeAt(2 * index)) << 4) | value(hex.charCodeAt(2 * index + 1));
  }
  return bytes;
}

/** How browsers and runtimes word a policy that forbids to compile. */
const IS_POLICY = /CSP|Content.Security.Policy|unsafe-eval|disallowed by embedder/i;

/** @param {unknown} cause */
function unavailable(cause) {
  const why = typeof WebAssembly === "undefined" ? "this browser has no WebAssembly"
    : IS_POLICY.test(String(cause)) ? "the page's Content-Security-Policy forbids WebAssembly; `script-src` must hold 'wasm-unsafe-eval'" : String(cause);
  return new ReplyWindowError("engine-unavailable", `the engine could not be started: ${why}`, { cause });
}

/** The modules without WebAssembly, by name, where they were handed in. @type {Readonly<Record<string, Exports>>} */
let withoutWasm = {};
let isWasmAvoided = false;
/** What the policy answered: it forbids every module, and asking again does not change it. @type {ReplyWindowError | undefined} */
let refused;

/**
 * Takes the same modules without WebAssembly, for a page that may not compile it. One that runs already is left.
 *
 * @param {Readonly<Record<string, Exports>>} modules by name
 */
export function useWithoutWasm(modules) {
  withoutWasm = modules;
}

/** Tries no WebAssembly: where it is forbidden each try is reported to whoever set the policy. */
export function avoidWasm() {
  isWasmAvoided = true;
}

/** A fresh instance takes its place. @param {Exports} engine */
function replaced(engine) {
  engine.revive?.(undefined);
  engine.awake?.(undefined);
}

/**
 * @param {any} cause what a call into the engine threw
 * @param {Exports} engine
 */
function translated(cause, engine) {
  if (cause instanceof Error && cause.name === "ReplyWindowError" && "code" in cause) {
    const { code, field } = /** @type {any} */ (cause);
    return new ReplyWindowError(/** @type {import("../../src/wire/types.d.ts").ErrorCode} */ (String(code)), cause.message, { field: String(field ?? ""), cause });
  }
  // A trap, an exhausted stack or a foreign exception that unwound through the instance: its memory is suspect.
  replaced(engine);
  return new ReplyWindowError("engine-crashed", "the engine failed and was restarted", { cause });
}

/** One module and the instance of it that answers. */
export class WasmModule {
  #glue;
  #hex;
  /** @type {Exports | undefined} */
  #current;
  /** @type {WebAssembly.Memory | undefined} */
  #memory;
  #crashes = 0;
  /** @type {WebAssembly.Module | undefined} */
  #compiled;
  #name;

  /** @param {Glue} glue @param {Given} hex @param {string} name */
  constructor(glue, hex, name) {
    this.#glue = glue;
    this.#hex = hex;
    this.#name = name;
  }

  /**
   * Starts the module without blocking. May be awaited any number of times.
   * @returns {Promise<void>}
   * @throws {ReplyWindowError} `engine-unavailable` where WebAssembly is absent or forbidden by the page's policy
   */
  async ready() {
    if (this.#running) return;
    this.#refuse();
    const compile = async () => WebAssembly.compile(decoded(this.#hex));
    const ready = this.#compiled ?? await compile().catch((cause) => {
      throw this.#failed(cause);
    });
    if (!this.#current) this.#instantiate(ready);
  }

  /**
   * Takes a module that is compiled already, for runtimes that forbid compiling bytes (workerd).
   * @param {WebAssembly.Module} given
   */
  from(given) {
    this.#compiled = given;
  }

  /**
   * Calls one function of the contract.
   * @param {string} name as in `src/wire/types.d.ts`
   * @param {object} input plain data, already checked
   * @returns {any} plain data
   * @throws {ReplyWindowError} the engine's own faults; `engine-crashed` (the next call runs on a fresh instance);
   *   `engine-unavailable`
   */
  call(name, input) {
    const engine = this.#engine();
    const work = engine[name];
    if (typeof work !== "function") {
      throw new ReplyWindowError("engine-unavailable", `this build of the engine has no function \`${name}\``);
    }
    try {
      return work(input);
    } catch (cause) {
      throw this.#failure(cause, engine);
    }
  }

  /**
   * Several calls as one, for what is kept under an id or lies in linear memory.
   * @template T
   * @param {(engine: Record<string, (...given: any[]) => any>) => T} work it calls the exports and touches memory, nothing else
   * @returns {T}
   * @throws {ReplyWindowError} as `call`
   */
  run(work) {
    const engine = this.#engine();
    try {
      return work(/** @type {any} */ (engine));
    } catch (cause) {
      throw this.#failure(cause, engine);
    }
  }

  /** How often a fresh instance took its place, after a crash most often: ids that were given out before are gone. */
  get crashes() {
    return this.#crashes;
  }

  /** Lets the instance go with its memory, which does not shrink, and all that it keeps under an id; the next call has a fresh one. */
  renew() {
    if (this.#current) replaced(this.#current);
    this.#forget();
  }

  /**
   * The linear memory of the instance that answered the last call.
   * @returns {WebAssembly.Memory}
   */
  memory() {
    // The glue starts an instance only once; asked again, it answers the exports of the one it has.
    this.#memory ??= /** @type {WebAssembly.Memory} */ (this.#glue.initSync({ module: NOTHING }).memory);
    return this.#memory;
  }

  /**
   * Calls one function that takes texts and numbers instead of a tree.
   * @param {string} name
   * @param {string | number} first
   * @param {string | number} [second]
   * @param {number} [third]
   * @returns {any}
   * @throws {ReplyWindowError} as `call`
   */
  apply(name, first, second, third) {
    const engine = /** @type {any} */ (this.#engine());
    try {
      return engine[name](first, second, third);
    } catch (cause) {
      throw this.#failure(cause, engine);
    }
  }

  /**
   * Puts other exports in place; for tests.
   * @param {Exports | undefined} engine `undefined` brings back the module's own
   * @returns {() => void} puts the previous ones back
   */
  replace(engine) {
    const previous = this.#current;
    this.#current = engine;
    return () => {
      this.#current = previous;
    };
  }

  get #running() {
    return this.#current ?? withoutWasm[this.#name];
  }

  #engine() {
    return this.#running ?? (this.#refuse(), this.#instantiate(this.#compiled ?? decoded(this.#hex)));
  }

  #refuse() {
    if (this.#compiled) return;
    if (refused) throw refused;
    if (isWasmAvoided) throw new ReplyWindowError("engine-unavailable", "the engine without WebAssembly is not here yet");
  }

  /** @param {unknown} cause */
  #failed(cause) {
    const error = unavailable(cause);
    if (IS_POLICY.test(String(cause))) refused = error;
    return error;
  }

  /** @param {WebAssembly.Module | Uint8Array<ArrayBuffer>} module */
  #instantiate(module) {
    try {
      this.#glue.initSync({ module });
      // A copy: to find a function by its name in a module takes longer than to judge a number.
      this.#current = { .../** @type {Exports} */ (/** @type {unknown} */ (this.#glue)) };
      return this.#current;
    } catch (cause) {
      throw this.#failed(cause);
    }
  }

  /** @param {unknown} cause @param {Exports} engine */
  #failure(cause, engine) {
    const error = translated(cause, engine);
    if (error.code === "engine-crashed") this.#forget();
    return error;
  }

  #forget() {
    this.#crashes += 1;
    this.#memory = undefined;
  }
}

/**
 * @param {Glue} glue what wasm-bindgen wrote for the module
 * @param {Given} hex the module
 * @param {string} name
 */
export const wasmModule = (glue, hex, name) => new WasmModule(glue, hex, name);
