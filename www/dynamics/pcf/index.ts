// A control of the Power Apps component framework for the productivity pane, or for a form: it shows the companion, which is a web resource
// beside it, with the settings that are there.

/** The companion's web resource, as it is called in your organisation: the pane has no field for a control's own properties. */
const PAGE = "new_/reply-window.dynamics.html";

/** The part of `ComponentFramework.Context` that is read here. */
interface Context {
  parameters?: { page?: { raw?: string | null } };
}

export class ReplyWindowPane {
  private frame: HTMLIFrameElement | undefined;

  public init(context: Context, _changed: () => void, _state: unknown, container: HTMLElement): void {
    const frame = container.ownerDocument.createElement("iframe");
    frame.title = "Reply window";
    frame.src = addressOf(context.parameters?.page?.raw || PAGE);
    Object.assign(frame.style, { border: "0", display: "block", inlineSize: "100%", blockSize: "100%", minBlockSize: "480px" });
    container.append(frame);
    this.frame = frame;
  }

  public updateView(): void {
    // The companion follows the conversation in focus by itself.
  }

  public getOutputs(): Record<string, never> {
    return {};
  }

  public destroy(): void {
    this.frame?.remove();
  }
}

interface Globals {
  Xrm?: { Utility?: { getGlobalContext?: () => { getWebResourceUrl?: (name: string) => string } } };
}

function addressOf(webResource: string): string {
  const context = (globalThis as Globals).Xrm?.Utility?.getGlobalContext?.();
  return context?.getWebResourceUrl?.(webResource) ?? `/WebResources/${webResource}`;
}
