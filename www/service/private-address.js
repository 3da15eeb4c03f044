// @ts-check
/**
 * Addresses that are nobody's on the internet: whoever could name one as a target would have the service ask inside its own network.
 * Source: the IANA registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890 and its successors), "globally reachable: false",
 * and multicast.
 */

/** First bits of an address, and how many of them. @type {readonly [string, number][]} */
const V4 = [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24],
  ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 3],
];

/** @param {string} text @returns {number | undefined} */
const v4Of = (text) => {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts?.every((part) => part < 256) ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
};

/** @param {number} address */
const isPrivateV4 = (address) => V4.some(([first, bits]) => Math.floor(address / 2 ** (32 - bits)) === Math.floor(Number(v4Of(first)) / 2 ** (32 - bits)));

/** Eight groups. @param {string} text @returns {number[] | undefined} */
const v6Of = (text) => {
  const [head = "", dotted] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.slice(1) ?? [text];
  const last = dotted === undefined ? undefined : v4Of(dotted);
  const whole = last === undefined ? text : `${head}${Math.floor(last / 65_536).toString(16)}:${(last % 65_536).toString(16)}`;
  const [before = "", after, more] = whole.split("::");
  if (more !== undefined || !/^[\da-f:]*$/i.test(whole)) return undefined;
  const groups = (/** @type {string} */ part) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const [left, right] = [groups(before), after === undefined ? [] : groups(after)];
  const all = after === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill(0), ...right];
  return all.length === 8 && all.every((group) => group >= 0 && group < 65_536) ? all : undefined;
};

/** @param {number[]} groups */
const isPrivateV6 = ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0]) => {
  const v4 = g * 65_536 + h;
  const isZero = [a, b, c, d, e].every((group) => group === 0);
  // An IPv4 address in another dress: mapped, compatible, translated, 6to4.
  if (isZero && (f === 0xffff || f === 0)) return f === 0 || isPrivateV4(v4);
  if (a === 0x64 && b === 0xff9b) return c !== 0 || isPrivateV4(v4);
  if (a === 0x2002) return isPrivateV4(b * 65_536 + c);
  // Only 2000::/3 is handed out; of it, documentation, benchmarks, Teredo and their like are not.
  return (a & 0xe000) !== 0x2000 || (a === 0x2001 && (b < 0x200 || b === 0xdb8)) || (a === 0x3fff && b < 0x1000);
};

/** Whether it is an address that is private, or is none. @param {string} text an IP address, without brackets */
export const isPrivateAddress = (text) => {
  const v4 = v4Of(text);
  if (v4 !== undefined) return isPrivateV4(v4);
  const v6 = v6Of(text.replace(/%.*$/, ""));
  return v6 === undefined || isPrivateV6(v6);
};

/** Whether a host is private by its name alone; what a name stands for says the look-up. @param {string} host of a URL */
export const isPrivateHost = (host) => {
  const bare = host.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "").toLowerCase();
  if (v4Of(bare) !== undefined || bare.includes(":")) return isPrivateAddress(bare);
  return !bare.includes(".") || /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/.test(bare);
};
