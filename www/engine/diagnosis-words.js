// @ts-check
/**
 * What is told to whoever sets a webhook up: a sentence for each code, in English and Arabic. `{detail}` is the address
 * or the name of the parameter.
 *
 * @type {Record<string, readonly [en: string, ar: string]>}
 */
export const WORDS = {
  // Changes that would have matched.
  "previous-key": ["It is signed with a previous key: the rotation is not complete.", "الطلب موقّع بمفتاح سابق: لم يكتمل تبديل المفاتيح."],
  "key-line-end": ["The configured key has white space or a line end around it, or lacks one: copy it anew.", "يحيط بالمفتاح المضبوط فراغ أو نهاية سطر، أو تنقصه: انسخه من جديد."],
  "other-algorithm": ["It is signed with the other algorithm (HMAC-SHA1 or HMAC-SHA256) than the one configured for the key.", "الطلب موقّع بخوارزمية غير المضبوطة للمفتاح (HMAC-SHA1 أو HMAC-SHA256)."],
  "signature-spelling": ["The signature has quotes or white space around it.", "تحيط بالتوقيع علامات اقتباس أو فراغات."],
  "forwarded-address": ["The address that the proxy’s X-Forwarded headers tell was signed: {detail}. Set the public address, or trust the proxy’s headers.", "وُقّع العنوان الذي تذكره ترويسات X-Forwarded من الوكيل: {detail}. اضبط العنوان العام أو ثِق بترويسات الوكيل."],
  scheme: ["The address was signed with the other scheme: {detail}. A proxy that ends TLS is the usual cause.", "وُقّع العنوان ببروتوكول آخر: {detail}. السبب المعتاد وكيل ينهي اتصال TLS."],
  host: ["Another host was signed: {detail}. Set the public address.", "وُقّع مضيف آخر: {detail}. اضبط العنوان العام."],
  port: ["The address was signed with another port: {detail}.", "وُقّع العنوان بمنفذ آخر: {detail}."],
  "path-slash": ["The slash at the end of the path differs: {detail} was signed.", "تختلف الشرطة المائلة في آخر المسار: وُقّع {detail}."],
  fragment: ["The address was signed without its fragment: {detail}.", "وُقّع العنوان دون الجزء الذي يلي علامة #: {detail}."],
  "path-prefix": ["A part of the path was cut off on the way, a gateway’s stage or the path of a mounted router (Express: use originalUrl): {detail} was signed.", "قُطع جزء من المسار في الطريق، هو مرحلة بوابة أو مسار موجّه مركّب (في Express استعمل originalUrl): الموقّع هو {detail}."],
  "path-segment": ["The path has a part in front that was not signed, most often a gateway’s stage: {detail} was signed.", "في أول المسار جزء لم يُوقّع، وهو عادة مرحلة بوابة: الموقّع هو {detail}."],
  "query-dropped": ["The address was signed without its query: {detail}.", "وُقّع العنوان دون استعلامه: {detail}."],
  "query-encoding": ["The query was encoded anew on the way; this was signed: {detail}.", "أُعيد ترميز الاستعلام في الطريق؛ الموقّع هو: {detail}."],
  "query-order": ["The order of the query was changed on the way; this was signed: {detail}.", "تغيّر ترتيب الاستعلام في الطريق؛ الموقّع هو: {detail}."],
  "body-missing": ["The headers tell of a body, but none was handed over: something read it before, most often a body parser. Hand the bytes over as they arrived.", "تذكر الترويسات محتوى لكنه لم يُسلَّم: قرأه شيء قبل ذلك، وهو عادة محلل محتوى في إطار العمل. سلّم البايتات كما وصلت."],
  "body-parsed": ["A parser read the body, and what was signed cannot be known from what it made of it. Hand the bytes over as they arrived.", "قرأ محلل المحتوى، ولا يُعرف مما صنعه ما الذي وُقّع. سلّم البايتات كما وصلت."],
  "body-base64": ["The body is still in base64: decode it first (API Gateway says so with isBase64Encoded).", "ما زال المحتوى بترميز base64: فُكّ ترميزه أولًا (تذكر ذلك API Gateway بالحقل isBase64Encoded)."],
  "path-slashes": ["Two slashes of the path were made one on the way; this was signed: {detail}.", "دُمجت شرطتان مائلتان من المسار في واحدة في الطريق؛ الموقّع هو: {detail}."],
  "path-encoding": ["The tilde was written another way; this was signed: {detail}.", "كُتبت علامة المدّة (~) بشكل آخر؛ الموقّع هو: {detail}."],
  "body-not-signed": ["The signature covers the address alone, not this body.", "يشمل التوقيع العنوان وحده، لا هذا المحتوى."],
  "json-as-form": ["A JSON body came without bodySHA256 in the address, so nothing has signed it.", "وصل محتوى JSON دون bodySHA256 في العنوان، فلم يوقّعه شيء."],
  "body-changed": ["The body is not the one that was signed.", "المحتوى ليس هو الموقّع."],
  "body-reserialised": ["The body is not the one that was signed. Most often it was parsed and written again: the raw bytes are needed.", "المحتوى ليس هو الموقّع. السبب المعتاد أنه قُرئ ثم كُتب من جديد: المطلوب هو البايتات الأصلية."],
  "parameter-trimmed": ["White space of the parameter {detail} was trimmed on the way.", "حُذفت فراغات المعامل {detail} في الطريق."],
  "parameter-dropped": ["The empty parameter {detail} was dropped on the way.", "أُسقط المعامل الفارغ {detail} في الطريق."],
  "parameters-dropped": ["All empty parameters were dropped on the way: {detail}.", "أُسقطت كل المعاملات الفارغة في الطريق: {detail}."],
  // What is odd about a key.
  "key-white-space": ["The key holds white space, usually the line end of the file it was read from.", "في المفتاح فراغ، وهو عادة نهاية سطر الملف الذي قُرئ منه."],
  "key-nul": ["The key holds a NUL character.", "في المفتاح محرف NUL."],
  "key-not-32-hex": ["An Auth Token is thirty-two lower-case hexadecimal digits; this key is something else.", "رمز المصادقة اثنان وثلاثون رقمًا ست عشريًا بأحرف صغيرة؛ وهذا المفتاح شيء آخر."],
  // Refusals.
  "key-missing": ["There is no key to verify with.", "لا يوجد مفتاح للتحقق."],
  "key-empty": ["A key must not be empty.", "لا يجوز أن يكون المفتاح فارغًا."],
  "bad-derived-key": ["A derived key is incomplete or wrong.", "مفتاح مشتق ناقص أو خاطئ."],
  "signature-missing": ["The request has no signature.", "لا توقيع في الطلب."],
  "signature-multiple": ["The request has more than one signature.", "في الطلب أكثر من توقيع."],
  "signature-malformed": ["The signature does not have the form of its scheme.", "صيغة التوقيع غير صحيحة."],
  "signature-mismatch": ["No key made this signature for this request.", "لم يُنتج أي مفتاح هذا التوقيع لهذا الطلب."],
  "settings-malformed": ["The signature settings cannot be read.", "تتعذر قراءة إعدادات التوقيع."],
  "shared-key-unknown": ["The request names a shared key that is not configured.", "يسمّي الطلب مفتاحًا مشتركًا غير مضبوط."],
  "algorithm-mismatch": ["The request names another algorithm than the one configured for its key.", "يسمّي الطلب خوارزمية غير المضبوطة لمفتاحه."],
  "shared-key-required": ["The request names no shared key: it has no header X-Twilio-Webhooks-Signature-Settings.", "لا يسمّي الطلب مفتاحًا مشتركًا: لا توجد فيه الترويسة X-Twilio-Webhooks-Signature-Settings."],
  "content-type-unsupported": ["The signature does not cover a body of this type; JSON needs bodySHA256 in the address.", "لا يشمل التوقيع محتوى من هذا النوع؛ يحتاج JSON إلى bodySHA256 في العنوان."],
  "body-hash-mismatch": ["The signature is good, but the body is not the one that was hashed.", "التوقيع سليم، لكن المحتوى ليس ما حُسبت بصمته."],
  "body-hash-conflict": ["The address holds different hashes of the body.", "في العنوان بصمات مختلفة للمحتوى."],
  "url-too-long": ["The address is longer than 65536 bytes.", "العنوان أطول من 65536 بايت."],
  "body-too-large": ["The body is longer than 262144 bytes.", "المحتوى أطول من 262144 بايت."],
  "bad-body": ["The body is not the raw one: bytes or a text are needed.", "المحتوى ليس هو الأصلي: المطلوب بايتات أو نص."],
  "body-not-json": ["The body is signed, but it is no JSON.", "المحتوى موقّع، لكنه ليس JSON."],
  "pair-without-equals": ["The body holds a pair without an equals sign, so it is no form.", "في المحتوى زوج دون علامة يساوي، فهو ليس نموذجًا."],
  "pair-without-name": ["The body holds a pair without a name.", "في المحتوى زوج دون اسم."],
  "bad-url": ["The address is no text.", "العنوان ليس نصًا."],
};
