//! Why a signature does not match: which single change to the request or the configuration would have made it match.
//!
//! For people who set a webhook up, never for deciding whether to trust a request. Each trial is one verification,
//! and their number is bounded.

use super::signature::{KeyRing, Request, Scratch};
use super::spelling::SPELLINGS;
use crate::signing::refusal::Refusal;
use crate::sort::sort;

/// Longest body whose parameters are varied, in bytes, and the most parameters that are.
const VARIED: (usize, usize) = (16 * 1024, 100);

/// Longest body to which several parameters are added, in bytes; each choice of groups is one verification.
const MANY: usize = 4 * 1024;

/// What the caller can add: keys and hosts that are not in use, but might have been meant.
#[derive(Clone, Copy, Debug)]
pub struct Hints<'a> {
    /// Other hosts, each perhaps with a port, under which the endpoint is reached.
    pub hosts: &'a [&'a str],
    /// Keys that were in use before.
    pub previous: &'a KeyRing,
    /// The keys in use, without white space around them and with a line end behind them.
    pub line_ends: &'a KeyRing,
    /// The keys in use, with the other hash.
    pub other_hash: &'a KeyRing,
}

/// A change that would have matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// The host, the address or the parameter that would have matched; empty where there is nothing to name.
    pub detail: String,
}

struct Trials<'a> {
    ring: &'a KeyRing,
    request: Request<'a>,
    scratch: Scratch,
    found: Vec<Change>,
}

/// Every single change that would have matched; none if the request verifies as it is, or nothing helps.
#[must_use]
pub fn diagnose(ring: &KeyRing, request: &Request<'_>, hints: Hints<'_>) -> Vec<Change> {
    let mut trials = Trials { ring, request: *request, scratch: Scratch::default(), found: Vec::new() };
    let refusal = match ring.verify(request, &mut trials.scratch) {
        Ok(_) => return Vec::new(),
        Err(refusal) => refusal,
    };
    if refusal == Refusal::UrlTooLong {
        return trials.found;
    }
    if refusal == Refusal::BodyHashMismatch {
        let json = looks_like_json(request.body);
        trials.add(if json { "body-reserialised" } else { "body-changed" }, String::new());
        return trials.found;
    }
    trials.keys(hints);
    trials.address(hints.hosts);
    trials.query();
    trials.body();
    trials.parameters();
    trials.found
}

impl Trials<'_> {
    #[inline(never)]
    fn add(&mut self, code: &'static str, detail: String) {
        self.found.push(Change { code, detail });
    }

    #[inline(never)]
    fn matches(&mut self, ring: &KeyRing, request: &Request<'_>) -> bool {
        ring.verify(request, &mut self.scratch).is_ok()
    }

    #[inline(never)]
    fn with_url(&mut self, code: &'static str, url: String) {
        if url != self.request.url && self.matches(self.ring, &Request { url: &url, ..self.request }) {
            let known = self.found.iter().any(|change| change.code == code || change.detail == url);
            if !known {
                self.add(code, url);
            }
        }
    }

    fn keys(&mut self, hints: Hints<'_>) {
        let rings = [
            ("previous-key", hints.previous),
            ("key-line-end", hints.line_ends),
            ("other-algorithm", hints.other_hash),
        ];
        for (code, ring) in rings {
            let request = self.request;
            if self.matches(ring, &request) {
                self.add(code, String::new());
            }
        }
        let plain =
            self.request.signature.trim_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
        if plain != self.request.signature
            && self.matches(self.ring, &Request { signature: plain, ..self.request })
        {
            self.add("signature-spelling", String::new());
        }
    }

    /// Scheme, host and port, path, fragment.
    fn address(&mut self, hosts: &[&str]) {
        let url = self.request.url;
        let Some((scheme, rest)) = url.split_once(':') else { return };
        let Some(rest) = rest.strip_prefix("//") else { return };
        let other = if scheme.eq_ignore_ascii_case("https") { "http" } else { "https" };
        self.with_url("scheme", [other, "://", rest].concat());
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        for host in hosts {
            // The same host with another port is a matter of the port.
            let same = authority.split(':').next() == host.split(':').next();
            // A proxy that ends TLS changes scheme and host at once.
            for scheme in [scheme, other] {
                self.with_url(if same { "port" } else { "host" }, [scheme, "://", host, after].concat());
            }
        }
        let end = after.find(['?', '#']).unwrap_or(after.len());
        let (path, query) = after.split_at_checked(end).unwrap_or((after, ""));
        let toggled = path.strip_suffix('/').map_or_else(|| [path, "/"].concat(), str::to_owned);
        self.with_url("path-slash", [scheme, "://", authority, &toggled, query].concat());
        if let Some((before, _)) = url.split_once('#') {
            self.with_url("fragment", before.to_owned());
        }
    }

    /// The query in other spellings, in another order, and without it.
    fn query(&mut self) {
        let url = self.request.url;
        let Some((before, query)) = url.split_once('?') else { return };
        self.with_url("query-dropped", before.to_owned());
        for spelling in SPELLINGS {
            self.with_url("query-encoding", [before, "?", &spelling(query)].concat());
        }
        let mut pairs: Vec<_> = query.split('&').collect();
        sort(&mut pairs, |a, b| a < b);
        self.with_url("query-order", [before, "?", &pairs.join("&")].concat());
    }

    /// Whether the signature covers the address alone.
    fn body(&mut self) {
        if self.request.body.is_empty() || !self.matches(self.ring, &Request { body: &[], ..self.request }) {
            return;
        }
        let json = looks_like_json(self.request.body);
        self.add(if json { "json-as-form" } else { "body-not-signed" }, String::new());
    }

    /// Parameters that a framework trimmed, or dropped because they were empty.
    fn parameters(&mut self) {
        let body = self.request.body;
        let pieces: Vec<&[u8]> = body.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty()).collect();
        if body.len() > VARIED.0 || pieces.len() > VARIED.1 {
            return;
        }
        for (index, piece) in pieces.iter().enumerate() {
            let Some(equals) = piece.iter().position(|byte| *byte == b'=') else { return };
            let (name, value) = piece.split_at_checked(equals.saturating_add(1)).unwrap_or((piece, &[]));
            for (lead, trail) in [("", "+"), ("", "%0A"), ("", "%0D%0A"), ("+", ""), ("%0A", "")] {
                let varied = [name, lead.as_bytes(), value, trail.as_bytes()].concat();
                let pieces =
                    pieces.iter().enumerate().map(|(at, p)| if at == index { varied.as_slice() } else { p });
                let body = pieces.collect::<Vec<_>>().join(&b'&');
                if self.matches(self.ring, &Request { body: &body, ..self.request }) {
                    self.add(
                        "parameter-trimmed",
                        String::from_utf8_lossy(name.strip_suffix(b"=").unwrap_or(name)).into_owned(),
                    );
                }
            }
        }
        self.dropped(&pieces);
    }

    /// One empty parameter that is not there, or several at once: a framework that drops one drops all.
    fn dropped(&mut self, pieces: &[&[u8]]) {
        let mut missing: Vec<(&[u8], u32)> = Vec::new();
        let (mut all, mut group) = (0, 1);
        for names in OFTEN_EMPTY.split(|byte| *byte == b'|') {
            for name in names.split(|byte| *byte == b' ') {
                if !pieces.iter().any(|piece| is_named(piece, name)) {
                    missing.push((name, group));
                    all |= group;
                }
            }
            group <<= 1;
        }
        let known = self.found.len();
        for one in &missing {
            self.with_empty("parameter-dropped", core::slice::from_ref(one), all);
        }
        if self.request.body.len() > MANY {
            return;
        }
        for groups in (1..=all).filter(|groups| groups & !all == 0) {
            if self.found.len() > known {
                return;
            }
            self.with_empty("parameters-dropped", &missing, groups);
        }
    }

    #[inline(never)]
    fn with_empty(&mut self, code: &'static str, names: &[(&[u8], u32)], groups: u32) {
        let mut body = self.request.body.to_vec();
        let mut detail = Vec::new();
        for (name, _) in names.iter().filter(|(_, group)| group & groups != 0) {
            if !detail.is_empty() {
                detail.extend_from_slice(b", ");
            }
            detail.extend_from_slice(name);
            body.push(b'&');
            body.extend_from_slice(name);
            body.push(b'=');
        }
        if self.matches(self.ring, &Request { body: &body, ..self.request }) {
            self.add(code, String::from_utf8_lossy(&detail).into_owned());
        }
    }
}

/// Parameters that Twilio sends empty; between bars those that come together.
const OFTEN_EMPTY: &[u8] = b"Body|ProfileName|MessagingServiceSid|ButtonText ButtonPayload|\
    Latitude Longitude Address Label|ErrorCode ErrorMessage|Media Attributes ClientIdentity|\
    FromCity FromState FromZip FromCountry|ToCity ToState ToZip ToCountry|Digits CallerName ForwardedFrom";

fn is_named(piece: &[u8], name: &[u8]) -> bool {
    piece.strip_prefix(name).is_some_and(|rest| rest.first() == Some(&b'='))
}

fn looks_like_json(body: &[u8]) -> bool {
    matches!(body.trim_ascii_start().first(), Some(b'{' | b'['))
}
