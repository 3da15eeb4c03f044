// @ts-check
/** Which templates there are, and what sends them: the customer's middleware, or Dynamics' own outbound messages. */
import { DynamicsOutbound, OutboundConfigurations } from "../adapters/dynamics/index.js";
import { templatesOf } from "./middleware.js";

/** @import { Dataverse } from "../adapters/dynamics/index.js" */
/** @import { Settings } from "./settings.js" */

/** @param {Window} page @param {Dataverse} dataverse @param {Settings} settings */
export function sendingOf(page, dataverse, settings) {
  const { outbound } = settings;
  if (!outbound) return { templates: templatesOf(settings), outbound: undefined, configurations: undefined };
  const configurations = new OutboundConfigurations(dataverse, outbound.configurations);
  return { configurations, templates: templatesOf(settings, configurations), outbound: new DynamicsOutbound(page, outbound, () => configurations.read()) };
}
