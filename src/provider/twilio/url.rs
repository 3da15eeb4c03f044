//! The two spellings of an address that Twilio may have signed: without its port, and with one.
//!
//! Twilio signs the URL exactly as it was configured, but is not consistent about ports. Nothing else of the text is
//! touched: a parser would re-encode path and query, and the signature would no longer match. Order and rules are
//! those of twilio-node 6.3.1; its further, normalised candidates need the platform's `URL` and are handed in by the
//! caller where they are wanted.

/// Longest address that is looked at, in bytes: 64 KiB. HTTP servers refuse far shorter ones; Node takes 16 KiB of all
/// headers together.
pub const MAX_URL: usize = 64 * 1024;

/// A candidate, in three pieces so that nothing is copied: the signed text is their concatenation.
pub type Candidate<'u> = [&'u str; 3];

/// Where the authority of `url` has its port: the texts before and after, and the port with its colon.
fn split(url: &str) -> Option<(&str, &str, &str)> {
    let colon = url.bytes().position(|byte| byte == b':')?;
    let (scheme, rest) = url.split_at_checked(colon)?;
    let rest = rest.strip_prefix("://")?;
    let mut letters = scheme.bytes();
    if !letters.next()?.is_ascii_alphabetic()
        || !letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'))
    {
        return None;
    }
    // A backslash ends it as well: for `URL` it is a slash, so what stands behind is a path and no port.
    let end = rest.bytes().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\')).unwrap_or(rest.len());
    let authority = rest.get(..end)?.bytes();
    // What stands before the last `@` names a user; and only after the bracket that closes an IPv6 address does a colon
    // begin the port.
    let host =
        authority.clone().rposition(|byte| matches!(byte, b'@' | b']')).map_or(0, |at| at.saturating_add(1));
    let port =
        authority.skip(host).position(|byte| byte == b':').map_or(end, |colon| host.saturating_add(colon));
    let start = url.len().checked_sub(rest.len())?;
    let (to_authority, after) = url.split_at_checked(start.checked_add(end)?)?;
    let (before, port) = to_authority.split_at_checked(start.checked_add(port)?)?;
    Some((before, port, after))
}

/// The texts to try, in order; the second is absent where it is the first again.
///
/// ```
/// use reply_window::provider::twilio::url::candidates;
/// let [first, second] = candidates("https://u:p@h.example:8443/a?b='").map(|c| c.map(|c| c.concat()));
/// assert_eq!(first.as_deref(), Some("https://u:p@h.example/a?b='"));
/// assert_eq!(second.as_deref(), Some("https://u:p@h.example:8443/a?b='"));
/// let [first, second] = candidates("https://h.example/a").map(|c| c.map(|c| c.concat()));
/// assert_eq!(first.as_deref(), Some("https://h.example/a"));
/// assert_eq!(second.as_deref(), Some("https://h.example:443/a"));
/// ```
#[must_use]
pub fn candidates(url: &str) -> [Option<Candidate<'_>>; 2] {
    let Some((before, port, after)) = split(url) else { return [Some([url, "", ""]), None] };
    let https = before.get(.."https://".len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    let with = match (port, https) {
        ("", true) => ":443",
        ("", false) => ":80",
        (port, _) => port,
    };
    [Some([before, "", after]), Some([before, with, after])]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(url: &str) -> (String, Option<String>) {
        let [first, second] = candidates(url).map(|candidate| candidate.map(|pieces| pieces.concat()));
        (first.expect("always"), second)
    }

    #[test]
    fn only_a_port_of_the_authority_is_one() {
        for (url, first, second) in [
            ("https://[2001:db8::1]:8443/a", "https://[2001:db8::1]/a", "https://[2001:db8::1]:8443/a"),
            ("https://[2001:db8::1]/a", "https://[2001:db8::1]/a", "https://[2001:db8::1]:443/a"),
            ("https://h?u=http://b:99", "https://h?u=http://b:99", "https://h:443?u=http://b:99"),
            ("https://h#/a:99", "https://h#/a:99", "https://h:443#/a:99"),
            ("HTTPS://h/a@b:9", "HTTPS://h/a@b:9", "HTTPS://h:443/a@b:9"),
            ("wss://h/", "wss://h/", "wss://h:80/"),
            ("https://h:/a", "https://h/a", "https://h:/a"),
            ("https://", "https://", "https://:443"),
            (r"https://h:\8443/a", r"https://h\8443/a", r"https://h:\8443/a"),
        ] {
            assert_eq!(both(url), (first.to_owned(), Some(second.to_owned())), "{url}");
        }
    }

    #[test]
    fn text_that_is_no_url_is_tried_as_it_is() {
        for url in ["", "/a", " https://h:1/", "h:80/a", "1a://h:1/", "a b://h:1/"] {
            assert_eq!(both(url), (url.to_owned(), None), "{url}");
        }
    }
}
