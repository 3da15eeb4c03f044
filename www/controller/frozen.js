// @ts-check

/**
 * @template T
 * @param {T} value plain data without cycles
 * @returns {T} the same, which nobody can change any more
 */
export function deepFrozen(value) {
  if (typeof value !== "object" || value === null) return value;
  Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
