// What may be left out may be handed in as `undefined`, too: in projects with `exactOptionalPropertyTypes` a declaration has to say so.

/** Comments, which are left as they are, and the beginning of an optional member's type. */
const PLACES = /\/\*[^]*?\*\/|\/\/.*|\?: /g;

/** Where the type ends that begins at `start`. @param {string} code @param {number} start */
function endOf(code, start) {
  let depth = 0;
  for (let at = start; at < code.length; at += 1) {
    const character = code.charAt(at);
    if ("([{<".includes(character)) depth += 1;
    else if (depth === 0 && ";,)}]".includes(character)) return at;
    else if (")]}".includes(character) || (character === ">" && code.charAt(at - 1) !== "=")) depth -= 1;
  }
  return code.length;
}

/** @param {string} code of a declaration @returns {string} */
export function withUndefined(code) {
  let [told, from] = ["", 0];
  for (const { 0: found, index } of code.matchAll(PLACES)) {
    const start = index + found.length;
    if (found !== "?: " || start < from) continue;
    const end = endOf(code, start);
    const type = withUndefined(code.slice(start, end));
    told += `${code.slice(from, start)}${/=>| extends /.test(type) ? `(${type})` : type} | undefined`;
    from = end;
  }
  return told + code.slice(from);
}
