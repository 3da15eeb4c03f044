// What fails the next send of a desktop.

export const failing = () => {
  let failure;
  return {
    /** @param {Error} error */
    failNext: (error) => (failure = error),
    /** Stands in the desktop's own send, before anything leaves. */
    orFail: () => {
      const error = failure;
      failure = undefined;
      if (error) throw error;
    },
  };
};
