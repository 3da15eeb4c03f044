// @ts-check
/**
 * Moments at which timers may have slept and the window must be judged again.
 *
 * @param {() => void} callback
 * @returns {() => void} ends it
 */
export function onResume(callback) {
  const end = new AbortController();
  document.addEventListener("visibilitychange", callback, { signal: end.signal });
  for (const name of ["pageshow", "focus", "online"]) addEventListener(name, callback, { signal: end.signal });
  return () => end.abort();
}
