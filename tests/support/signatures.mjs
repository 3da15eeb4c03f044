// The recorded signatures as requests to the public functions. Runs in Node and in pages.

/** The configured keys of a vector: only the two real algorithms can be configured. */
export const keysOf = ({ token, algorithm }) => (algorithm === undefined
  ? [token]
  : [{ id: "webhooks_sharedkey_1", secret: token, algorithm: algorithm === "HMAC_SHA1" ? algorithm : "HMAC_SHA256" }]);

/** The request of a vector. */
export const requestOf = ({ url, signature, body, algorithm }) => ({
  url,
  headers: [
    ["X-Twilio-Signature", signature],
    ...(algorithm === undefined ? [] : [["X-Twilio-Webhooks-Signature-Settings", `key=webhooks_sharedkey_1,algorithm=${algorithm}`]]),
  ],
  body,
});

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16));

export const metaRequestOf = ({ header, body_hex }) => ({
  url: "https://h.example/meta",
  headers: header === "" || header === undefined || header === null ? [] : [["X-Hub-Signature-256", header]],
  body: bytesOf(body_hex),
});

/** Codes of requests that are signed well and say nothing that is understood: the signature was accepted. */
const READ_AND_NOT_UNDERSTOOD = new Set(["body-not-json", "wrong-type", "not-plain-data"]);

/** Whether the signature is taken. Anything but the package's own error is thrown on. */
export function accepts(verify, request, keys, more = {}) {
  try {
    verify(request, { keys, ...more });
    return true;
  } catch (error) {
    if (error?.name !== "ReplyWindowError") throw error;
    return READ_AND_NOT_UNDERSTOOD.has(error.code) && /body/.test(error.field);
  }
}

/** The names of the vectors that are answered otherwise than recorded, on the first call and on those behind it. */
export function differing({ verifySignature, verifyWebhook, deriveKey }, twilio, meta, more = {}) {
  const wrong = [];
  const tell = (vector, wanted, way, request, keys) => {
    for (const round of ["first", "second", "third"]) {
      if (accepts(verifyWebhook, request, keys, { receivedAt: 0, ...more }) !== wanted) wrong.push(`${vector.name} (${way}, ${round} call)`);
      if (accepts(verifySignature, request, keys, more) !== wanted) wrong.push(`${vector.name} (${way}, ${round} call, signature alone)`);
    }
  };
  for (const vector of twilio) {
    const request = requestOf(vector);
    const keys = keysOf(vector);
    tell(vector, vector.recommended, "text", request, keys);
    tell(vector, vector.recommended, "bytes", { ...request, body: new TextEncoder().encode(vector.body) }, ["another", ...keys]);
    if (vector.token === "") continue;
    const algorithm = keys[0].algorithm ?? "HMAC_SHA1";
    const { key } = deriveKey(vector.token, { algorithm, ...more });
    tell(vector, vector.recommended, "derived key", request, [{ derived: key, ...(keys[0].id ? { id: keys[0].id } : {}) }]);
  }
  for (const vector of meta) tell(vector, vector.expected, "Meta", metaRequestOf(vector), [vector.app_secret]);
  return wrong;
}
