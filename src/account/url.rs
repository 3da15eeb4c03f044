//! The inbound URL: where Twilio is told to post what comes in.
//!
//! Source: <https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides> (overrides in the fragment),
//! <https://www.twilio.com/docs/usage/security#validating-requests> (what is signed: the URL exactly as configured).

use super::character_scan::{Cleaned, Kind, begins, find, scan};
use super::finding::{
    BAD_CHARACTER, Field, Rule, Severity, URL_CHANGED, URL_CREDENTIALS, URL_FRAGMENT, URL_HOST_ADDRESS,
    URL_HOST_INVALID, URL_HOST_LOCAL, URL_HOST_PRIVATE, URL_HTTP, URL_NO_HOST, URL_NO_PATH, URL_NOT_ASCII,
    URL_OVERRIDE, URL_PORT, URL_PORT_INVALID, URL_RELATIVE, URL_SANDBOX, URL_SCHEME, URL_SECRET, URL_TENANT,
    URL_TWILIO,
};

/// Names of connection overrides (same source, table of properties).
pub(super) const OVERRIDES: &[&str] = &["ct", "rt", "tt", "rc", "rp", "sni", "e"];

/// What Twilio's sandbox for WhatsApp, and a newly bought number, are configured with.
const EXAMPLES: &[&str] = &["timberwolf-mastiff-9776.twil.io", "demo.twilio.com"];

/// Last labels that no public name has (RFC 6761, RFC 6762, RFC 8375; `internal` is reserved by ICANN). `example` is
/// nobody's either, but it is what documents show.
const LOCAL_LABELS: &[&str] = &["localhost", "local", "internal", "lan", "home", "test", "invalid", "arpa"];

/// A URL cut into its parts; offsets are those of the text.
#[derive(Clone, Copy)]
pub(super) struct Parts<'t> {
    text: &'t str,
    scheme: &'t str,
    /// Where the authority begins.
    authority: usize,
    /// Where the host begins: after the credentials.
    host: usize,
    /// Where the host ends.
    host_end: usize,
    /// Where the authority ends.
    path: usize,
    /// Where the fragment begins, or the end.
    fragment: usize,
}

impl<'t> Parts<'t> {
    pub fn cut(text: &'t str) -> Option<Self> {
        let colon = find(text, b':')?;
        let scheme = text.get(..colon)?;
        let authority = colon.checked_add(3)?;
        if text.get(colon..authority)? != "://" || scheme.is_empty() {
            return None;
        }
        let end = |from: usize, stops: &[u8]| {
            let rest = text.as_bytes().get(from..).unwrap_or_default();
            from.saturating_add(rest.iter().position(|byte| stops.contains(byte)).unwrap_or(rest.len()))
        };
        let path = end(authority, b"/?#\\");
        let inside = text.get(authority..path)?;
        let at = inside.bytes().rposition(|byte| byte == b'@').map_or(0, |at| at.saturating_add(1));
        let host = authority.saturating_add(at);
        let host_end = if text.get(host..)?.starts_with('[') {
            end(host, b"]/?#\\").saturating_add(1).min(path)
        } else {
            end(host, b":/?#\\")
        };
        Some(Parts { text, scheme, authority, host, host_end, path, fragment: end(path, b"#") })
    }

    fn part(&self, from: usize, to: usize) -> &'t str {
        self.text.get(from..to).unwrap_or_default()
    }

    pub fn host(&self) -> &'t str {
        self.part(self.host, self.host_end)
    }

    /// The port's digits; nothing without a colon.
    fn port(&self) -> Option<&'t str> {
        self.part(self.host_end, self.path).strip_prefix(':')
    }
}

/// What is wrong with a host, as far as its text tells.
fn host_rule(host: &str) -> Option<&'static Rule> {
    if let Some(address) = host.strip_prefix('[') {
        return Some(six(address.strip_suffix(']')?));
    }
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    if !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(four(host));
    }
    if LOCAL_LABELS.iter().any(|label| label.eq_ignore_ascii_case(last)) {
        return Some(&URL_HOST_LOCAL);
    }
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_' || !c.is_ascii())
    };
    if host.len() > 253 || !host.split('.').all(label) {
        return Some(&URL_HOST_INVALID);
    }
    if last.len() == host.len() { Some(&URL_HOST_PRIVATE) } else { None }
}

/// An IPv4 address (RFC 1918, RFC 6598, RFC 3927, RFC 1122).
fn four(host: &str) -> &'static Rule {
    let mut bytes = [0_u32; 4];
    let mut count = 0_usize;
    for label in host.split('.') {
        let short = (1..=3).contains(&label.len()) && label.bytes().all(|byte| byte.is_ascii_digit());
        let value = label.bytes().fold(0_u32, |sum, b| sum.wrapping_mul(10).wrapping_add(u32::from(b & 15)));
        match bytes.get_mut(count) {
            Some(byte) if short && value < 256 => *byte = value,
            _ => return &URL_HOST_INVALID,
        }
        count = count.saturating_add(1);
    }
    match (count, bytes) {
        (4, [0 | 127, ..]) => &URL_HOST_LOCAL,
        (4, [10, ..] | [192, 168, ..] | [172, 16..=31, ..] | [169, 254, ..] | [100, 64..=127, ..]) => {
            &URL_HOST_PRIVATE
        }
        (4, _) => &URL_HOST_ADDRESS,
        _ => &URL_HOST_INVALID,
    }
}

/// An IPv6 address (RFC 4193, RFC 4291).
fn six(address: &str) -> &'static Rule {
    if !address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':' || byte == b'.')
        || address.len() < 2
    {
        return &URL_HOST_INVALID;
    }
    let zeros = address.bytes().all(|byte| matches!(byte, b'0' | b':' | b'1'));
    if address == "::"
        || zeros && address.ends_with(":1") && address.bytes().filter(|b| *b == b'1').count() == 1
    {
        return &URL_HOST_LOCAL;
    }
    if begins(address, "::ffff:") {
        return four(address.get(7..).unwrap_or_default());
    }
    let private = ["fc", "fd", "fe8", "fe9", "fea", "feb"].iter().any(|prefix| begins(address, prefix));
    if private { &URL_HOST_PRIVATE } else { &URL_HOST_ADDRESS }
}

fn is_override(fragment: &str) -> bool {
    let known = |pair: &str| {
        find(pair, b'=').and_then(|at| pair.get(..at)).is_some_and(|name| OVERRIDES.contains(&name))
    };
    !fragment.is_empty() && fragment.split('&').all(known)
}

/// The URL that Twilio signs: exactly what is configured, without a fragment, which is never sent.
/// Nothing where the URL cannot be one.
pub(super) fn signed(text: &str) -> Option<&str> {
    let parts = Parts::cut(text)?;
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    let web = parts.scheme.eq_ignore_ascii_case("https") || parts.scheme.eq_ignore_ascii_case("http");
    (plain && web && !parts.host().is_empty()).then(|| parts.part(0, parts.fragment))
}

/// The host that Twilio reaches by a URL. Nothing where it cannot, and for pages of Twilio's own.
pub(super) fn reached(text: &str) -> Option<&str> {
    let parts = Parts::cut(signed(text)?)?;
    let is_lost = public(parts.host()).is_some_and(|rule| rule.severity == Severity::Error);
    (!is_lost).then(|| parts.host())
}

/// The inbound URL, against the token that must not stand in it and the address that the platform shows.
pub(super) fn check_url(field: &mut Field<'_, '_>, token: &str, shown: Option<&str>) {
    let Some(cleaned) = scan(field, Kind::Url) else { return };
    let text = cleaned.text.as_str();
    let Some(parts) = Parts::cut(text) else {
        let host_like = host_rule(text.split('/').next().unwrap_or_default()).is_none();
        return field.whole(&URL_RELATIVE, host_like.then(|| ["https://", text].concat()));
    };
    let mut tell = |rule: &'static Rule, from: usize, to: usize, repair: Option<String>| {
        field.at(rule, vec![cleaned.mark(from, to)], repair);
    };
    if parts.scheme.eq_ignore_ascii_case("http") {
        tell(&URL_HTTP, 0, 4, Some(["https", text.get(4..).unwrap_or_default()].concat()));
    } else if !parts.scheme.eq_ignore_ascii_case("https") {
        tell(&URL_SCHEME, 0, parts.scheme.len(), None);
    }
    authority(&mut tell, &parts);
    path(&mut tell, &parts);
    if token.len() >= 8 && holds(text, token) {
        field.whole(&URL_SECRET, None);
    }
    characters(field, &cleaned);
    if let Some(shown) = shown {
        against(field, &parts, shown);
    }
}

/// What stands before the path: credentials, host and port.
fn authority(tell: &mut impl FnMut(&'static Rule, usize, usize, Option<String>), parts: &Parts<'_>) {
    if parts.host > parts.authority {
        let repair = [parts.part(0, parts.authority), parts.part(parts.host, parts.text.len())].concat();
        tell(&URL_CREDENTIALS, parts.authority, parts.host, Some(repair));
    }
    if parts.host().is_empty() {
        tell(&URL_NO_HOST, parts.host, parts.host, None);
    } else if let Some(rule) = public(parts.host()) {
        tell(rule, parts.host, parts.host_end, None);
    }
    if let Some(port) = parts.port() {
        let value =
            port.bytes().fold(0_u32, |sum, b| sum.saturating_mul(10).saturating_add(u32::from(b & 15)));
        let valid =
            !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) && (1..=65_535).contains(&value);
        tell(if valid { &URL_PORT } else { &URL_PORT_INVALID }, parts.host_end, parts.path, None);
    }
}

/// Characters that no URL has.
fn characters(field: &mut Field<'_, '_>, cleaned: &Cleaned) {
    for (rule, ascii) in [(&URL_NOT_ASCII, true), (&BAD_CHARACTER, false)] {
        // Of ASCII, those that no URL has (RFC 3986, appendix A).
        let never = |c: char| matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
        let marks = cleaned.marks(|_, c| if ascii { c.is_ascii() } else { !never(c) });
        if !marks.is_empty() {
            field.at(rule, marks, None);
        }
    }
}

fn public(host: &str) -> Option<&'static Rule> {
    if EXAMPLES.iter().any(|example| example.eq_ignore_ascii_case(host)) {
        return Some(&URL_SANDBOX);
    }
    let twilio = host.eq_ignore_ascii_case("twilio.com") || ends(host, ".twilio.com");
    if twilio { Some(&URL_TWILIO) } else { host_rule(host) }
}

fn ends(text: &str, with: &str) -> bool {
    text.get(text.len().saturating_sub(with.len())..).is_some_and(|end| end.eq_ignore_ascii_case(with))
}

fn path(tell: &mut impl FnMut(&'static Rule, usize, usize, Option<String>), parts: &Parts<'_>) {
    let path = parts.part(parts.path, parts.fragment);
    if matches!(path, "" | "/") {
        tell(&URL_NO_PATH, parts.fragment, parts.fragment, None);
    }
    let end = parts.text.len();
    if parts.fragment < end {
        let fragment = parts.part(parts.fragment.saturating_add(1), end);
        let rule = if is_override(fragment) { &URL_OVERRIDE } else { &URL_FRAGMENT };
        tell(rule, parts.fragment, end, Some(parts.part(0, parts.fragment).to_owned()));
    }
}

/// A search without the standard library's searcher; both texts are short.
fn holds(text: &str, part: &str) -> bool {
    text.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part.as_bytes()))
}

/// The URL against the one that the platform shows.
fn against(field: &mut Field<'_, '_>, parts: &Parts<'_>, shown: &str) {
    let (Some(wanted), Some(signed)) = (Parts::cut(shown), signed(parts.text)) else { return };
    let rule = match wanted.host().eq_ignore_ascii_case(parts.host()) {
        false => &URL_TENANT,
        true if Some(signed) != self::signed(shown) => &URL_CHANGED,
        true => return,
    };
    field.instead(rule, shown);
}
