// @ts-check
import compiled from "../../pkg/server_bg.wasm";
import { server } from "../../engine/server.js";

server.from(compiled);
