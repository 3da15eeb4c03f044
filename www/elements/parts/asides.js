// @ts-check
/** What is seldom wanted, and fetched when it is: how a state is known, the texts of others that were lost, the countdown of a text that waits. */
import { sheetOf } from "./shared-styles.js";

export { Known } from "./known.js";
export { LostTexts } from "./lost-texts.js";
export { QueueWatch } from "./queue-watch.js";

export const styles = sheetOf(`
.known{grid-column:1/-1;display:grid;gap:.25rem;padding-block:.375rem;border-block-start:1px solid var(--line);font-size:.8125rem}
.known p{color:var(--muted);max-inline-size:65ch}
.known div{display:grid;grid-template-columns:minmax(5rem,9rem) 1fr;gap:var(--g)}
dt{color:var(--muted)}
.lost{padding:.5rem var(--g);border-block:1px solid var(--line)}
.lost,.lost li{display:grid;gap:.5rem}
@container (max-width:26rem){.known div{grid-template-columns:1fr;gap:0}}
`);
