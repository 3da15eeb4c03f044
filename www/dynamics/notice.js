// @ts-check
/** Under the reply window: which mode is live, what is not certain, and Dynamics' commands while its box is locked. */

/** @import { WordKey, wordsFor } from "./words.js" */

/** @typedef {{ mode: import("./self-test.js").Mode, reason?: string, sentences: string[], notes: string[], commands: readonly string[] }} Shown */

export class Notice {
  #say;
  #act;
  #text = document.createElement("span");
  #about = document.createElement("details");
  #offer = document.createElement("button");
  #mode = document.createElement("span");
  #commands = document.createElement("span");
  root = document.createElement("div");

  /** @param {ReturnType<typeof wordsFor>} say @param {(command: string) => void} act */
  constructor(say, act) {
    this.#say = say;
    this.#act = act;
    this.root.slot = "footer";
    Object.assign(this.root.style, { display: "flex", flexWrap: "wrap", gap: ".25rem .5rem", alignItems: "center", padding: ".25rem .75rem", fontSize: ".75rem", opacity: ".85" });
    const summary = document.createElement("summary");
    summary.textContent = say("about");
    this.#about.append(summary, this.#mode);
    this.#offer.type = "button";
    this.#offer.hidden = true;
    Object.assign(this.#commands.style, { display: "flex", flexWrap: "wrap", gap: "inherit" });
    this.root.append(this.#commands, this.#offer, this.#text, this.#about);
  }

  /** One more button, or none. @param {string} label @param {() => void} act */
  offer(label, act) {
    write(this.#offer, label);
    this.#offer.hidden = label === "";
    this.#offer.onclick = act;
  }

  /** @param {Shown} shown */
  update({ mode, reason = "step.unfinished", sentences, notes, commands }) {
    const about = this.#say(/** @type {WordKey} */ (`mode.${mode}`), { reason: this.#say(/** @type {WordKey} */ (reason)) });
    // Where it locks, how it does is for those who ask; that it does not is for everybody.
    const isLock = mode === "lock";
    write(this.#text, [...sentences, ...(isLock ? [] : [about])].join(" "));
    write(this.#mode, [...(isLock ? [about] : []), ...notes].join(" "));
    this.#about.hidden = this.#mode.textContent === "";
    const wanted = commands.join(" ");
    if (this.#commands.dataset.shown === wanted) return;
    this.#commands.dataset.shown = wanted;
    this.#commands.replaceChildren(...commands.map((command) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = this.#label(command);
      button.style.font = "inherit";
      button.addEventListener("click", () => this.#act(command));
      return button;
    }));
  }

  /** @param {string} command */
  #label(command) {
    return command === "/t" || command === "/q" ? this.#say(`command.${command}`) : command;
  }
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
