import { check } from "./check.js";

export default {
  async fetch(request) {
    try {
      return Response.json(await check(await request.json()));
    } catch ({ code, message }) {
      return Response.json({ code, message }, { status: 500 });
    }
  },
};
