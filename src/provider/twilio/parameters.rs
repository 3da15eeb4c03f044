//! The parameters of a form-encoded webhook.

/// The parameters of a form, in order.
#[derive(Clone, Copy)]
pub(super) struct Parameters<'a>(pub &'a [(String, String)]);

impl<'a> Parameters<'a> {
    /// The first value of that name that is not empty.
    #[inline(never)]
    pub(super) fn get(self, name: &str) -> Option<&'a str> {
        self.0.iter().find(|(n, value)| n == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Every value of that name that is not empty.
    pub(super) fn all(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(n, value)| n == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    #[inline(never)]
    pub(super) fn owned(self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// What no table names.
    pub(super) fn extra(self, known: &[&str]) -> Vec<(String, String)> {
        let numbered = |name: &str| {
            let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
            stem.len() < name.len() && matches!(stem, "MediaUrl" | "MediaContentType")
        };
        self.0
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()) && !numbered(name))
            .cloned()
            .collect()
    }
}
