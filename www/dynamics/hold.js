// @ts-check
/** Frames in which nothing can be locked are made inert as a whole, where the administrator chose to block; the agent can lift it. */

export class Hold {
  /** The turn for which it was lifted. */
  #lifted = -1;

  /**
   * @param {readonly HTMLIFrameElement[]} frames
   * @param {{ isWanted: boolean, turn: number }} now `turn`: counts the conversations that were shown
   * @returns {boolean} whether they are held
   */
  set(frames, { isWanted, turn }) {
    const isHeld = isWanted && frames.length > 0 && this.#lifted !== turn;
    for (const frame of frames) if (frame.inert !== isHeld) frame.inert = isHeld;
    return isHeld;
  }

  /** @param {number} turn */
  lift(turn) {
    this.#lifted = turn;
  }
}
