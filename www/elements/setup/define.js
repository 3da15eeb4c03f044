// @ts-check
import { ChannelSetupElement } from "./channel-setup.js";

export { ChannelSetupElement };

ChannelSetupElement.define();
