//! Which templates a team sees: a view, so that nobody searches among what others send. It protects nothing: whoever has the list
//! has all of it, and no send is refused for it.

/// Whether a template is shown to somebody who belongs to those audiences. One that names none is everybody's; of several
/// one is enough. Names are compared as they stand.
///
/// ```
/// use reply_window::template::audience::is_shown;
/// assert!(is_shown(&[], &[]));
/// assert!(is_shown(&["sales".into(), "billing".into()], &["billing"]));
/// assert!(!is_shown(&["sales".into()], &[]));
/// ```
#[must_use]
pub fn is_shown(meant_for: &[String], audiences: &[&str]) -> bool {
    meant_for.is_empty() || meant_for.iter().any(|name| audiences.contains(&name.as_str()))
}
