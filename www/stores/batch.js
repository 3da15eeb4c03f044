// @ts-check
/** @template Work, Answer @typedef {{ work: Work, resolve: (answer: Answer) => void, reject: (error: unknown) => void }} Waiting */

/** @template Work, Answer @param {readonly Waiting<Work, Answer>[]} batch @param {(batch: Work[]) => Promise<PromiseSettledResult<Answer>[]>} run */
const carryOut = async (batch, run) => {
  try {
    const answers = await run(batch.map(({ work }) => work));
    for (const [place, { resolve, reject }] of batch.entries()) {
      const answer = answers[place];
      if (answer?.status === "fulfilled") resolve(answer.value);
      else reject(answer?.reason);
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
};

/**
 * Many callers' work carried out together, so that they share one commit or one round trip. A batch begins when it is full, or when its
 * first waited long enough; while all hands are busy what comes gathers.
 *
 * @template Work, Answer
 * @param {{ maxBatch: number, waitMs: number, atOnce?: number, run: (batch: Work[]) => Promise<PromiseSettledResult<Answer>[]> }} options
 *   `run`: answers in the order of the batch; where it fails, all of it has failed. `atOnce` (1): so many batches run beside one another.
 */
export const createBatches = ({ maxBatch, waitMs, atOnce = 1, run }) => {
  /** @type {Waiting<Work, Answer>[]} */
  let waiting = [];
  /** @type {Set<Promise<void>>} */
  const running = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isDue = false;
  const begin = () => {
    while (running.size < atOnce && waiting.length > 0 && (isDue || waiting.length >= maxBatch)) {
      const batch = waiting.slice(0, maxBatch);
      waiting = waiting.slice(maxBatch);
      if (waiting.length === 0) {
        clearTimeout(timer);
        [timer, isDue] = [undefined, false];
      }
      const done = carryOut(batch, run).then(() => {
        running.delete(done);
        // Nobody is at work: what gathered meanwhile has waited long enough.
        isDue ||= running.size === 0 && waiting.length > 0;
        begin();
      });
      running.add(done);
    }
  };
  return {
    /** @param {Work} work @returns {Promise<Answer>} */
    add: (work) => new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      if (!isDue) timer ??= setTimeout(() => {
        [timer, isDue] = [undefined, true];
        begin();
      }, waitMs);
      begin();
    }),
    /** Until all that was handed in is done. */
    async end() {
      while (waiting.length > 0 || running.size > 0) {
        isDue = true;
        begin();
        await Promise.all(running);
      }
    },
  };
};
