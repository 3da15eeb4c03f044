// @ts-check
import compiled from "../../pkg/server_bg.wasm";
import { server } from "../../engine/modules/server.js";

server.from(compiled);
