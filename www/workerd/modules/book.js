// @ts-check
import compiled from "../../pkg/book_bg.wasm";
import { book } from "../../engine/modules/book.js";

book.from(compiled);
