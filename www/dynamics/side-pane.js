// @ts-check
/** The companion in an app side pane, with a badge: Microsoft documents all of it, and nothing of Dynamics' own is touched. */

/** @import { Snapshot } from "../controller/types.js" */

const PANE = "reply-window";
/** The least that Microsoft allows is 300 pixels. */
const WIDTH = 380;
const MINUTE_MS = 60_000;

/** @param {Window} page @returns {any} */
const panes = (page) => /** @type {any} */ (page).Xrm?.App?.sidePanes;

/**
 * Opens the pane, unless it is there.
 *
 * @param {Window} page
 * @param {{ webResource: string, title: string }} pane `webResource`: the name of the companion
 * @returns {Promise<boolean>} whether there is one now
 */
export async function openPane(page, { webResource, title }) {
  const all = panes(page);
  if (typeof all?.createPane !== "function") return false;
  if (all.getPane?.(PANE)) return true;
  const pane = await all.createPane({ paneId: PANE, title, canClose: false, isSelected: false, width: WIDTH, alwaysRender: true, keepBadgeOnSelect: true });
  await pane.navigate({ pageType: "webresource", webresourceName: webResource });
  return true;
}

/**
 * Of the pane, where there is one: the minutes that are left while it closes, a dot when it is closed.
 *
 * @param {Window} page
 * @param {Pick<Snapshot, "status" | "remainingMs">} snapshot
 */
export function setBadge(page, { status, remainingMs }) {
  const pane = panes(page)?.getPane?.(PANE);
  if (!pane) return;
  const minutes = status.kind === "closing" && remainingMs !== undefined ? Math.ceil(remainingMs / MINUTE_MS) : undefined;
  const badge = minutes ?? status.kind === "closed";
  if (pane.badge !== badge) pane.badge = badge;
}
