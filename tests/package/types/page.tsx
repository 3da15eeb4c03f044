// A page in React and strict TypeScript.
import type {} from "reply-window/react";
import "reply-window/element";
import "reply-window/phone-number-input";
import "reply-window/channel-setup";
import "reply-window/signature-inspector";

export const Panel = () => (
  <main>
    <reply-window conversation-id="c1" business="+15550100200" customer="+15550109911" locale="ar" compact="" ref={(element) => void element?.openTemplates()} />
    <phone-number-input label="Telephone" default-region="NL" required />
    <channel-setup theme="dark" />
    <signature-inspector locale="ar" />
  </main>
);
// @ts-expect-error not one of the themes
export const wrongTheme = <reply-window theme="pink" />;
// @ts-expect-error React knows no such property, and the element no such attribute
export const wrongProperty = <reply-window templatez={[]} />;
// @ts-expect-error a region is a text
export const wrongRegion = <phone-number-input default-region={31} />;
