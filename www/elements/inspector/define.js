// @ts-check
import { SignatureInspectorElement } from "./signature-inspector.js";

export { SignatureInspectorElement };

SignatureInspectorElement.define();
