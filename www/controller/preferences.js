// @ts-check
/** The templates that the agent likes and has used lately. */
/** @import { Preferences } from "./types.js" */
import { assertString } from "../engine/check.js";
import { plainList } from "../engine/plain.js";
import { deepFrozen } from "./frozen.js";

/** @param {unknown} value @param {string} name @returns {string[]} a list of our own */
function idList(value, name) {
  return plainList(value, name).map((id, index) => assertString(id, `${name}[${index}]`));
}

export class AgentPreferences {
  /** @type {Preferences} */
  preferences;

  /** @param {Partial<Preferences>} [known] */
  constructor({ favourites = [], recent = [] } = {}) {
    this.preferences = deepFrozen({ favourites: idList(favourites, "preferences.favourites"), recent: idList(recent, "preferences.recent") });
  }

  /**
   * @param {string} id
   * @param {boolean} isLiked
   */
  setFavourite(id, isLiked) {
    const { favourites, recent } = this.preferences;
    const others = favourites.filter((known) => known !== id);
    this.preferences = deepFrozen({ favourites: isLiked ? [...others, id] : others, recent });
  }
}
