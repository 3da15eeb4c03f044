//! Links to a chat, as people copy them out of pages and signatures.
//!
//! `wa.me/4915…`, `api.whatsapp.com/send?phone=…` (<https://faq.whatsapp.com/5913398998672934>), the same of
//! `web.whatsapp.com` and `whatsapp://send`, and `tel:` with an international number (RFC 3966).

use super::parse::check_shape;

/// The number that a link names: a plus and digits. Links that name none (`wa.me/message/…`, an invitation to a group) and
/// texts that are no links have none.
pub(super) fn number_of(text: &str) -> Option<String> {
    let text = text.trim();
    let (scheme, rest) = match text.split_once(':') {
        Some((scheme, rest)) => (scheme, rest.strip_prefix("//").unwrap_or(rest)),
        None => ("", text),
    };
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("tel") {
        let number = rest.split(';').next().unwrap_or_default();
        return number.starts_with('+').then(|| digits(number))?;
    }
    if is("whatsapp") {
        return rest.split_once('?').filter(|(path, _)| is_send(path)).and_then(|(_, query)| phone(query));
    }
    let (host, path) = rest.split_once('/').filter(|_| is("") || is("http") || is("https"))?;
    let host = host.to_ascii_lowercase();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match host.strip_prefix("www.").unwrap_or(&host) {
        "wa.me" => digits(path.split('/').next().unwrap_or_default()),
        "api.whatsapp.com" | "web.whatsapp.com" | "whatsapp.com" if is_send(path) => phone(query),
        _ => None,
    }
}

fn is_send(path: &str) -> bool {
    path.trim_end_matches('/').eq_ignore_ascii_case("send")
}

/// The parameter `phone` of a query.
fn phone(query: &str) -> Option<String> {
    let query = query.split('#').next().unwrap_or_default();
    query.split('&').find_map(|pair| pair.strip_prefix("phone=")).and_then(digits)
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
