//! Links to a chat, as people copy them out of pages and signatures.
//!
//! `wa.me/4915…`, `api.whatsapp.com/send?phone=…` (<https://faq.whatsapp.com/5913398998672934>), the same of
//! `web.whatsapp.com` and `whatsapp://send`; a catalog's `wa.me/c/4915…`
//! (<https://developers.facebook.com/docs/whatsapp/cloud-api/guides/sell-products-and-services/share-products>) and a product's
//! `wa.me/p/1234/4915…`; `tel:` with an international number or the context of one (RFC 3966, 5.1.5), `sms:` (RFC 5724), and the
//! `smsto:` and `callto:` of older pages.

use super::parse::check_shape;

/// What may stand around a link in a text and is not its part.
const AROUND: &[char] =
    &['<', '>', '(', ')', '[', ']', '"', '\'', ',', ';', '!', '?', '“', '”', '«', '»', '،', '؛', '؟'];

/// The number that a link names: a plus and digits. Links that name none (`wa.me/message/…`, an invitation to a group) and
/// texts that are no links have none.
pub(super) fn number_of(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || AROUND.contains(&c));
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) => (scheme, rest.strip_prefix("//").unwrap_or(rest)),
        None => ("", text),
    };
    let is = |names: &[&str]| names.iter().any(|name| scheme.eq_ignore_ascii_case(name));
    if is(&["tel", "sms", "smsto", "callto"]) {
        return dialled(rest);
    }
    if is(&["whatsapp"]) {
        return rest.split_once('?').filter(|(path, _)| is_send(path)).and_then(|(_, query)| phone(query));
    }
    // Without a scheme, what stands before a colon is the host before its port.
    let bare = !rest.contains('/') || is(&["", "http", "https"]);
    let (host, path) = rest.split_once('/').filter(|_| bare)?;
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match host.strip_prefix("www.").unwrap_or(&host) {
        "wa.me" => named(path),
        "api.whatsapp.com" | "web.whatsapp.com" | "whatsapp.com" if is_send(path) => phone(query),
        _ => None,
    }
}

/// The number of a `tel:` or `sms:` without what stands behind it; one without a plus has its calling code in its context.
fn dialled(rest: &str) -> Option<String> {
    let mut parts = rest.split(['?', ';']);
    let number = parts.next().unwrap_or_default();
    if number.starts_with(['+', '%']) {
        return digits(number);
    }
    let context =
        parts.find_map(|part| part.strip_prefix("phone-context=")).filter(|code| code.starts_with('+'))?;
    digits(&[context, number].concat())
}

/// The number in a path of `wa.me`: alone, behind `c` (a catalog), or behind `p` and a product.
fn named(path: &str) -> Option<String> {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match parts.next()? {
        "c" => digits(parts.next()?),
        "p" => digits(parts.nth(1)?),
        number => digits(number),
    }
}

fn is_send(path: &str) -> bool {
    path.trim_end_matches('/').eq_ignore_ascii_case("send")
}

/// The parameter `phone` of a query.
fn phone(query: &str) -> Option<String> {
    let query = query.split('#').next().unwrap_or_default();
    // A page's source has its ampersands escaped.
    let pairs = query.split('&').map(|pair| pair.strip_prefix("amp;").unwrap_or(pair));
    pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("phone"))
        .and_then(|(_, number)| digits(number))
}

/// A number with or without plus and with what may stand between its digits, also where a link has escaped it.
fn digits(text: &str) -> Option<String> {
    let text = text.split('#').next().unwrap_or_default();
    let mut number = String::from("+");
    let mut rest = ["%2B", "%2b", "+", "%20", " "]
        .iter()
        .fold(text, |rest, plus| rest.strip_prefix(plus).unwrap_or(rest));
    while let Some(character) = rest.chars().next() {
        let between = ["%20", "-", ".", "(", ")", " "].iter().find_map(|mark| rest.strip_prefix(mark));
        rest = match between {
            Some(behind) => behind,
            None if character.is_ascii_digit() => {
                number.push(character);
                rest.get(1..)?
            }
            None => return None,
        };
    }
    check_shape(&number).ok().map(|()| number)
}
