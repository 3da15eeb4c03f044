//! What a provider tells of a template after it was imported.

use crate::template::model::{Category, Status, Template};

/// What changes of a template.
#[derive(Default)]
pub struct Change {
    /// Its approval.
    pub status: Option<Status>,
    /// It is no longer locked; whether because a pause ended.
    pub unlocked: Option<bool>,
    /// Its category.
    pub category: Option<Category>,
    /// The provider's words for the status.
    pub reason: Option<String>,
}

impl Change {
    /// Changes the template.
    pub fn apply(self, template: &mut Template) {
        if let Some(status) = self.status.and_then(|status| after(template.status, status)) {
            template.status = status;
            template.rejection_reason = self.reason;
        }
        match (self.unlocked, template.status) {
            (Some(true), Status::Locked | Status::Paused) => template.status = Status::Approved,
            // What it was before, nobody says: it is read anew.
            (Some(false), Status::Locked) => template.status = Status::Unknown,
            _ => {}
        }
        template.category = self.category.unwrap_or(template.category);
    }
}

/// The status after a word of the provider's; nothing where it stays. A warning of its quality leaves a template as it is,
/// and only an approved one can still be sent; one that is reinstated is approved again.
fn after(before: Status, told: Status) -> Option<Status> {
    match told {
        Status::Flagged => before.is_sendable().then_some(told),
        Status::Reinstated => Some(Status::Approved),
        _ => Some(told),
    }
}

/// Which template a change is of.
pub enum Key {
    /// By its id.
    Id(String),
    /// By name and language, where the id was a number that no float holds exactly.
    Name(String, String),
}

impl Key {
    /// Whether it is that template.
    #[must_use]
    pub fn is(&self, template: &Template) -> bool {
        match self {
            Key::Id(id) => *id == template.id,
            Key::Name(name, language) => *name == template.name && *language == template.language,
        }
    }
}
