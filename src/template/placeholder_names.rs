//! Names for Meta's placeholders that are unique in a whole template.

use super::content_type;
use super::model::{Button, Category, Format, HeaderKind, Template, Text};
use crate::event::Provider;

impl Template {
    /// Gives Meta's placeholders the names that are unique in the whole template.
    ///
    /// Meta counts `{{1}}` anew in every component, so the header's becomes `header.1`, that of the second button
    /// `button.1.1`, of the first card `card.0.1`; the body's stays `1`. What has no name at Meta (a header's file, a
    /// place, a code, the end of an offer) is written `{{media}}` and so on and is prefixed alike. A point cannot stand in a
    /// placeholder, so no two names meet. An authentication template carries one code in two places: one name.
    pub fn name_placeholders(&mut self) {
        if self.source != Provider::Meta {
            return;
        }
        let named = self.format == Some(Format::Named);
        let one_code = self.category == Category::Authentication;
        if let Some(header) = &mut self.header {
            let place = header.kind == HeaderKind::Location;
            header.text.iter_mut().filter(|_| place || !named).for_each(|text| prefix(text, "header."));
            header.media.iter_mut().for_each(|text| prefix(text, "header."));
        }
        if !one_code {
            name_button_placeholders(&mut self.buttons, "button.");
        }
        let offer = self.rendered == content_type::META_OFFER;
        for (index, card) in self.cards.iter_mut().enumerate() {
            let own = if offer { "offer.".to_owned() } else { format!("card.{index}.") };
            card.body.iter_mut().filter(|_| offer || !named).for_each(|text| prefix(text, &own));
            card.media.iter_mut().for_each(|text| prefix(text, &own));
            name_button_placeholders(&mut card.buttons, &(own + "button."));
        }
    }
}

fn prefix(text: &mut Text, prefix: &str) {
    for placeholder in &mut text.placeholders {
        placeholder.name.insert_str(0, prefix);
    }
}

/// Meta counts the parameters of a button's address even in a template with names.
fn name_button_placeholders(buttons: &mut [Button], own: &str) {
    for (index, button) in buttons.iter_mut().enumerate() {
        button.target.iter_mut().for_each(|target| prefix(target, &format!("{own}{index}.")));
    }
}
