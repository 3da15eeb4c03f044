//! Findings: what is wrong, where exactly, and what would put it right.

use core::fmt;
use zeroize::Zeroize;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The channel cannot work like this.
    Error,
    /// It may work, but probably not as meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The name in the contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One thing that can be wrong. Its sentence never holds what was typed, which may be a secret.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable kebab-case code.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// One short English sentence.
    pub message: &'static str,
}

/// From one byte to another.
pub type Mark = (usize, usize);

/// Which field of which part of the form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Which of the channel's numbers.
    pub number: Option<usize>,
    /// Which of the number's templates.
    pub template: Option<usize>,
    /// The field's name in the contract.
    pub field: &'static str,
}

/// One finding.
pub struct Finding<'a> {
    /// What is wrong.
    pub rule: &'static Rule,
    /// In which field.
    pub place: Place,
    /// The field's text.
    pub text: &'a str,
    /// The wrong parts, in bytes, ascending; at least one. An empty one says where something is missing.
    pub marks: Vec<Mark>,
    /// What the whole field should be, where that is certain. For the Auth Token it is as secret as the token.
    pub repair: Option<String>,
}

/// The field's text and its repair may be the Auth Token.
impl fmt::Debug for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {:?} at {:?}", self.rule.code, self.place, self.marks)
    }
}

/// A repair may be the Auth Token.
impl Drop for Finding<'_> {
    fn drop(&mut self) {
        self.repair.zeroize();
    }
}

/// One field while it is looked at.
pub(super) struct Field<'a, 'f> {
    pub place: Place,
    pub text: &'a str,
    pub findings: &'f mut Vec<Finding<'a>>,
}

impl<'a, 'f> Field<'a, 'f> {
    pub fn new(place: Place, field: &'static str, text: &'a str, findings: &'f mut Vec<Finding<'a>>) -> Self {
        Field { place: Place { field, ..place }, text, findings }
    }

    /// Something wrong in certain places.
    #[inline(never)]
    pub fn at(&mut self, rule: &'static Rule, marks: Vec<Mark>, repair: Option<String>) {
        let marks = if marks.is_empty() { vec![(0, self.text.len())] } else { marks };
        // A repair that changes nothing would be a button that does nothing.
        let repair = repair.filter(|repair| repair != self.text);
        self.findings.push(Finding { rule, place: self.place, text: self.text, marks, repair });
    }

    /// Something wrong with the whole, whose repair takes the place of those before: what would put one fault right
    /// still would not be this value.
    #[inline(never)]
    pub fn instead(&mut self, rule: &'static Rule, value: &str) {
        for other in self.findings.iter_mut().filter(|other| other.place == self.place) {
            if other.repair.is_some() {
                other.repair.zeroize();
                other.repair = Some(value.to_owned());
            }
        }
        self.whole(rule, Some(value.to_owned()));
    }

    /// Something wrong with the whole.
    pub fn whole(&mut self, rule: &'static Rule, repair: Option<String>) {
        self.at(rule, Vec::new(), repair);
    }
}

macro_rules! rules {
    ($($name:ident $severity:ident $code:literal $message:literal)+) => {
        $(pub(super) static $name: Rule = Rule { code: $code, severity: Severity::$severity, message: $message };)+
        /// Every rule there is.
        pub const RULES: &[&Rule] = &[$(&$name),+];
    };
}

rules! {
    // any field
    MISSING Error "missing" "this is required"
    TOO_LONG Error "too-long" "this is longer than any real one"
    WHITE_SPACE Error "white-space" "white space does not belong here"
    LINE_END Error "line-end" "a line end does not belong here"
    CONTROL Error "control-character" "a control character does not belong here"
    INVISIBLE Error "invisible-character" "an invisible character does not belong here"
    LOOK_ALIKE Error "look-alike-character" "this looks like another character but is not it"
    BAD_CHARACTER Error "bad-character" "this character does not belong here"
    MORE_THAN_VALUE Error "more-than-the-value" "the value stands inside a longer text"
    TOO_SHORT Error "too-short" "characters are missing"
    TOO_MANY Error "too-many-characters" "there are too many characters"

    // identifiers in a place that is not theirs
    IS_ACCOUNT_SID Error "is-account-sid" "this is an Account SID, which belongs elsewhere"
    IS_API_KEY Error "is-api-key" "this is the SID of an API key"
    IS_CONTENT_SID Error "is-content-sid" "this is the content SID of a template"
    IS_NUMBER_SID Error "is-number-sid" "this is the SID of a phone number"
    IS_SENDER_SID Error "is-sender-sid" "this is the SID of a WhatsApp sender"
    IS_SERVICE_SID Error "is-messaging-service-sid" "this is the SID of a messaging service"
    IS_OTHER_SID Error "is-other-sid" "this is a SID of another kind"
    IS_AUTH_TOKEN Error "is-auth-token" "this looks like an Auth Token, which belongs in its own field only"
    IS_API_SECRET Error "is-api-secret" "this looks like the secret of an API key"
    IS_PHONE Error "is-phone-number" "this is a phone number"
    NOT_A_SID Error "not-a-sid" "this is not a SID"
    PREFIX_CASE Error "prefix-case" "the first two letters are capitals"

    // the Auth Token
    NOT_A_TOKEN Error "not-an-auth-token" "an Auth Token is 32 characters, 0 to 9 and a to f"
    TOKEN_MASKED Error "token-masked" "these are the dots that hide a token, not the token"
    TOKEN_CASE Warning "token-upper-case" "Auth Tokens are written in lower case"

    // names
    NAME_LONG Error "name-too-long" "a name has at most 100 characters"
    NAME_SPACE Warning "white-space-around" "white space at the beginning or the end"
    NAME_TAKEN Error "name-not-unique" "another one has this name"
    NAME_CODE Warning "name-looks-like-code" "this looks like code, not like a name"

    // the inbound URL
    URL_RELATIVE Error "url-not-absolute" "the URL begins with https://"
    URL_SCHEME Error "url-scheme" "the URL begins with https://, not with another scheme"
    URL_HTTP Error "url-not-https" "over http anybody on the way can read the messages"
    URL_NO_HOST Error "url-no-host" "the URL names no host"
    URL_HOST_INVALID Error "url-host-invalid" "this is no host name"
    URL_HOST_LOCAL Error "url-host-local" "Twilio cannot reach a name of this machine"
    URL_HOST_PRIVATE Error "url-host-private" "Twilio cannot reach a private network"
    URL_HOST_ADDRESS Warning "url-host-is-address" "an IP address seldom has a certificate"
    URL_CREDENTIALS Error "url-credentials" "credentials do not belong in the URL"
    URL_FRAGMENT Error "url-fragment" "what follows # never reaches the server"
    URL_OVERRIDE Warning "url-connection-override" "this is a connection override of Twilio, not a part of the address"
    URL_PORT_INVALID Error "url-port-invalid" "a port is a number from 1 to 65535"
    URL_PORT Note "url-port" "Twilio may sign the URL with or without the port"
    URL_NO_PATH Warning "url-no-path" "the path is missing"
    URL_NOT_ASCII Error "url-not-ascii" "this must be percent-encoded, or Twilio signs another text"
    URL_SANDBOX Error "url-sandbox" "this is the address that Twilio's examples and its sandbox come with"
    URL_TWILIO Error "url-is-twilio" "this is a page of Twilio, not your inbound URL"
    URL_TENANT Error "url-other-tenant" "this is not the host that your platform shows"
    URL_CHANGED Error "url-changed" "this is not the address that your platform shows"
    URL_SECRET Error "url-has-token" "the Auth Token stands in the URL"

    // numbers
    NUMBERS_NONE Warning "numbers-none" "the channel has no number yet"
    NUMBER_SEPARATORS Error "number-separators" "a number has no spaces and no special characters"
    NUMBER_PREFIX Error "number-channel-prefix" "the number stands without a channel's prefix"
    NUMBER_LINK Error "number-is-link" "this is a link, not a number"
    NUMBER_ZEROS Error "number-international-prefix" "write a plus instead of 00"
    NUMBER_NATIONAL Error "number-national-form" "the country's calling code is missing"
    NUMBER_NO_PLUS Error "number-no-plus" "the number begins with a plus"
    NUMBER_ZERO Error "number-leading-zero" "no calling code begins with zero"
    NUMBER_SHORT Error "number-too-short" "digits are missing"
    NUMBER_LONG Error "number-too-long" "there are too many digits"
    NUMBER_LENGTH Error "number-length" "no number of this country has this many digits"
    NUMBER_AREA Error "number-no-area-code" "the area code is missing"
    NUMBER_CALLING_CODE Error "number-calling-code" "no country has this calling code"
    NUMBER_TRUNK Error "number-trunk-prefix" "this has a digit that is dialled inside the country only"
    NUMBER_CODE Error "number-short-code" "WhatsApp does not take short codes"
    NUMBER_NOT_IN_PLAN Warning "number-not-in-plan" "the country's numbering plan knows no such number"
    NUMBER_OLD_FORM Note "number-old-form" "the country has renumbered, and this is the form from before"
    NUMBER_NO_COUNTRY Warning "number-no-country" "WhatsApp wants a number with a country and an area code"
    NUMBER_NOT_CAPABLE Error "number-not-mobile-capable" "WhatsApp does not take pagers"
    NUMBER_UNRELIABLE Warning "number-not-recommended" "WhatsApp's code may never reach a number of this kind"
    NUMBER_LANDLINE Note "number-landline" "a landline gets WhatsApp's code by call, not by text message"
    NUMBER_VOIP Note "number-voip" "an internet telephone gets WhatsApp's code by call, not by text message"
    NUMBER_SERVICE Note "number-service-line" "WhatsApp's code comes by a call from abroad, which no menu may answer"
    NUMBER_TWICE Error "number-duplicate" "this number is in the list twice"
    NUMBER_MAYBE_TWICE Warning "number-maybe-duplicate" "this may be another number of the list in an older form"
    NUMBER_ELSEWHERE Error "number-on-two-channels" "another channel has this number"
    NUMBER_MAYBE_ELSEWHERE Warning "number-maybe-on-two-channels" "another channel may have this number in an older form"
    NUMBER_SANDBOX Note "number-sandbox" "this is the number of Twilio's sandbox, for tests only"
    ACCOUNT_MISSING Error "account-missing" "the number belongs to no WhatsApp account"
    ACCOUNT_OTHER Warning "account-other" "this is not the name of this channel"
    STREAM_MISSING Error "work-stream-missing" "without a work stream nobody gets the messages"

    // templates
    TEMPLATE_NAME Error "template-name" "since 1 April 2025 a template is named by its content SID, not by its name"
    TEMPLATE_TWICE Error "template-duplicate" "this template is in the list twice"
    LANGUAGE_MISSING Error "language-missing" "a content SID has one language, which is needed here"
    LANGUAGE_SEVERAL Error "language-several" "one language each: enter one template for every language"
    LANGUAGE_FORM Warning "language-form" "languages are written like en or pt_BR"
    LANGUAGE_INVALID Error "language-invalid" "this is no language"

    // an outage, by what Twilio has at the sender
    OUTAGE_NO_FALLBACK Warning "outage-no-fallback" "without a fallback URL an outage of an hour loses the messages of that hour"
    OUTAGE_UNUSABLE Warning "outage-fallback-unusable" "the fallback URL names no server of yours, so an outage of an hour loses the messages of that hour"
    OUTAGE_SAME_HOST Warning "outage-fallback-same-host" "the fallback URL has the same host, so an outage of an hour loses the messages of that hour with it"
    OUTAGE_FALLBACK Note "outage-fallback" "in an outage of an hour only the fallback URL gets the messages of that hour"
    OUTAGE_OVERRIDE Warning "outage-override" "a connection override is not as Twilio documents it, so expect an outage of an hour to lose the messages of that hour"
}
