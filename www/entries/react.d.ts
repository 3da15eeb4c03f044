/** React sees the elements in JSX: `import type {} from "reply-window/react";` in one file of the project. */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ReplyWindowElement } from "../types/www/elements/reply-window.js";
import type { PhoneNumberInputElement } from "../types/www/elements/phone-number-input/phone-number-input.js";
import type { ChannelSetupElement } from "../types/www/elements/setup/channel-setup.js";
import type { SignatureInspectorElement } from "../types/www/elements/inspector/signature-inspector.js";
import type { ReplyWindowAttributes } from "./element-types.d.ts";
import type { PhoneNumberInputAttributes } from "./phone-number-input.d.ts";
import type { ChannelSetupAttributes } from "./channel-setup.d.ts";
import type { SignatureInspectorAttributes } from "./signature-inspector.d.ts";

/** An element's own attributes beside those that React knows; where both have a name, the element's. */
type Props<Element extends HTMLElement, Attributes> = Omit<DetailedHTMLProps<HTMLAttributes<Element>, Element>, keyof Attributes> & Attributes;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "reply-window": Props<ReplyWindowElement, ReplyWindowAttributes>;
      "phone-number-input": Props<PhoneNumberInputElement, PhoneNumberInputAttributes>;
      "channel-setup": Props<ChannelSetupElement, ChannelSetupAttributes>;
      "signature-inspector": Props<SignatureInspectorElement, SignatureInspectorAttributes>;
    }
  }
}
