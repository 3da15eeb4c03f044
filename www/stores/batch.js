// @ts-check
/**
 * Many callers' work carried out together, so that they share one commit or one round trip.
 *
 * @template Work, Answer
 * @param {{ maxBatch: number, waitMs: number, run: (batch: Work[]) => Promise<PromiseSettledResult<Answer>[]> }} options
 *   `run`: answers in the order of the batch; where it fails, all of it has failed. Batches run one after another.
 */
export const createBatches = ({ maxBatch, waitMs, run }) => {
  /** @type {{ work: Work, resolve: (answer: Answer) => void, reject: (error: unknown) => void }[]} */
  let waiting = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {Promise<void>} */
  let running = Promise.resolve();
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    running = running.then(async () => {
      const batch = waiting.splice(0, maxBatch);
      if (batch.length === 0) return;
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
      if (waiting.length > 0) flush();
    });
  };
  return {
    /** @param {Work} work @returns {Promise<Answer>} */
    add: (work) => new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      if (waiting.length >= maxBatch) flush();
      else timer ??= setTimeout(flush, waitMs);
    }),
    /** Until all that was handed in is done. */
    async end() {
      while (waiting.length > 0) {
        flush();
        await running;
      }
      await running;
    },
  };
};
