//! Why a request is not taken for the provider's.

use core::fmt;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $field:literal, $words:literal;)+) => {
        /// Why a request is not taken for the provider's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Refusal { $($(#[$doc])* $name),+ }

        impl Refusal {
            /// Every refusal; its place here is its number on the fast path.
            pub const ALL: &'static [Refusal] = &[$(Refusal::$name),+];

            /// The stable code, what it is about, and one lower-case sentence.
            const fn words(self) -> (&'static str, &'static str, &'static str) {
                match self { $(Refusal::$name => ($code, $field, $words)),+ }
            }
        }
    };
}

refusals! {
    /// No key was given.
    NoKeys = "key-missing", "keys", "no key to verify with";
    /// There is no signature.
    SignatureMissing = "signature-missing", "signature", "the request has no signature";
    /// There is more than one signature.
    SignatureMultiple = "signature-multiple", "signature", "the request has more than one signature";
    /// The text cannot be a signature of this scheme.
    SignatureMalformed = "signature-malformed", "signature", "the signature is not in the form of its scheme";
    /// No key made this signature for this request.
    SignatureMismatch = "signature-mismatch", "signature", "no key made this signature for this request";
    /// The settings header cannot be read.
    SettingsMalformed = "settings-malformed", "settings", "the signature settings cannot be read";
    /// The settings header names a shared key that is not configured.
    SharedKeyUnknown = "shared-key-unknown", "settings", "the request names a shared key that is not configured";
    /// The settings header names another algorithm than the configuration.
    AlgorithmMismatch = "algorithm-mismatch", "settings", "the request names another algorithm than the one configured for its key";
    /// Only shared keys are allowed, and the request names none.
    SharedKeyRequired = "shared-key-required", "settings", "the request names no shared key";
    /// The body has a type that the signature does not cover.
    ContentType = "content-type-unsupported", "contentType", "the signature covers forms, and bodies whose hash is in the address";
    /// The signature is good, and the body is not the one that was hashed.
    BodyHashMismatch = "body-hash-mismatch", "body", "the body is not the one whose hash was signed";
    /// The address announces different hashes.
    BodyHashConflict = "body-hash-conflict", "url", "the address holds different hashes of the body";
    /// The address is no text.
    BadUrl = "bad-url", "url", "the address is not UTF-8";
    /// The address is longer than 64 KiB.
    UrlTooLong = "url-too-long", "url", "the address is longer than 64 KiB";
    /// The body is longer than its provider's may be: 256 KiB, 3 MiB of Meta's.
    BodyTooLarge = "body-too-large", "body", "the body is longer than may be: 256 KiB, 3 MiB of Meta's";
    /// A pair of the form has no `=`.
    PairWithoutEquals = "pair-without-equals", "body", "the body holds a pair without an equals sign, so it is no form";
    /// A pair of the form begins with `=`.
    PairWithoutName = "pair-without-name", "body", "the body holds a pair without a name";
}

impl Refusal {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.words().0
    }

    /// The field of the call that it is about.
    #[must_use]
    pub const fn field(self) -> &'static str {
        self.words().1
    }

    /// One lower-case sentence.
    #[must_use]
    pub const fn message(self) -> &'static str {
        self.words().2
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for Refusal {}
