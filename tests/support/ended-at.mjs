// @ts-check
/** Arguments of Node for a program that is told to end (SIGTERM) at the moment at which it says such words. @param {string} words */
export const endedAt = (words) => ["--import", `data:text/javascript,${encodeURIComponent(`
const { stdout } = process;
const { write } = stdout;
stdout.write = (...given) => {
  if (String(given[0]).includes(${JSON.stringify(words)})) process.kill(process.pid, "SIGTERM");
  return write.apply(stdout, given);
};`)}`];
