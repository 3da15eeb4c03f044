// @ts-check
import compiled from "../../pkg/dynamics_bg.wasm";
import { dynamics } from "../../engine/modules/dynamics.js";

dynamics.from(compiled);
