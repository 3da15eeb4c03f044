// @ts-check
/** The call of `provider-error.js` that a page and a server both make: checked here, answered by the module that is handed in. */
/** @import { Provider, ProviderErrorMeaning } from "../../src/wire/types.d.ts" */
/** @import { WasmModule } from "./load.js" */
import { assertString, options } from "./check.js";
import { fault } from "./fault.js";

/** @param {unknown} code @returns {number} */
export const assertCode = (code) => {
  if (typeof code !== "number") throw fault("wrong-type", "code", "expected a number");
  return code;
};

/** @param {WasmModule} module @param {{ provider?: Provider, code: number }} error @returns {ProviderErrorMeaning} */
export function explainProviderErrorIn(module, error) {
  const { provider, code } = options(error, ["provider", "code"]);
  const asked = { code: assertCode(code) };
  return module.call("explainProviderError", provider === undefined ? asked : { ...asked, provider: assertString(provider, "provider") });
}
