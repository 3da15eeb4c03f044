// A Durable Object that is a store, asked from outside: the worker of durable-object.test.js.

import { DurableObject } from "cloudflare:workers";
import "reply-window/service";
import { durableDatabase, sqliteStore } from "reply-window/stores/sqlite";

export class Store extends DurableObject {
  async answer({ method, given, limits }) {
    const lines = [];
    this.store ??= await sqliteStore({ database: durableDatabase(this.ctx.storage) }, { ...limits, ...(limits.at === undefined ? {} : { now: () => limits.at }), log: (line) => this.lines.push(line) });
    this.lines = lines;
    const [of, name = of] = method.split(".");
    try {
      if (method === "windows") {
        const value = [];
        for await (const window of this.store.windows()) value.push(window);
        return { value, lines };
      }
      return { value: await (name === of ? this.store[name](...given) : this.store[of][name](...given)), lines };
    } catch (error) {
      return { error: { name: error.name, code: error.code, field: error.field, message: error.message }, lines };
    }
  }

  async fetch(request) {
    return Response.json(await this.answer(await request.json()));
  }
}

export default { fetch: (request, env) => env.STORE.get(env.STORE.idFromName(new URL(request.url).pathname)).fetch(request) };
