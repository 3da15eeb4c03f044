//! What a provider tells of a template after it was imported.

use crate::template::model::{Category, Status, Template};

/// What changes of a template.
#[derive(Default)]
pub struct Change {
    /// Its approval.
    pub status: Option<Status>,
    /// Its category.
    pub category: Option<Category>,
    /// The provider's words for the status.
    pub reason: Option<String>,
}

impl Change {
    /// Changes the template.
    pub fn apply(self, template: &mut Template) {
        if let Some(status) = self.status {
            template.status = status;
            template.rejection_reason = self.reason;
        }
        template.category = self.category.unwrap_or(template.category);
    }
}
