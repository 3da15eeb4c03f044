//! A tree as one text and a list of numbers: for what is asked for so often that a call for each field would be felt.
//!
//! The numbers say in turn what stands where: [`NULL`], [`FALSE`] and [`TRUE`]; [`NUMBER`] and the number; [`TEXT`] and its
//! length; [`LIST`], how many there are, and each; [`MAP`], how many fields, and for each the length of its name and its
//! value. Texts stand behind one another in that order; lengths are in UTF-16 code units. `www/engine/flat.js` reads it.

use crate::data::Value;

const NULL: f64 = 0.0;
const FALSE: f64 = 1.0;
const TRUE: f64 = 2.0;
const NUMBER: f64 = 3.0;
const TEXT: f64 = 4.0;
const LIST: f64 = 5.0;
const MAP: f64 = 6.0;

/// A tree, flat.
#[derive(Debug, Default)]
pub struct Flat {
    /// All texts, names of fields included, behind one another.
    pub text: String,
    /// What stands where.
    pub codes: Vec<f64>,
}

impl Flat {
    /// Writes a tree; bytes have no place in one, and become nothing.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let mut flat = Flat::default();
        flat.value(value);
        flat
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null | Value::Bytes(_) => self.codes.push(NULL),
            Value::Bool(truth) => self.codes.push(if *truth { TRUE } else { FALSE }),
            Value::Number(number) => self.codes.extend([NUMBER, *number]),
            Value::Text(text) => {
                self.codes.push(TEXT);
                self.text(text);
            }
            Value::List(items) => {
                self.codes.extend([LIST, count(items.len())]);
                items.iter().for_each(|item| self.value(item));
            }
            Value::Map(fields) => {
                self.codes.extend([MAP, count(fields.len())]);
                for (name, value) in fields {
                    self.text(name);
                    self.value(value);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.text.push_str(text);
        let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
        self.codes.push(count(units));
    }
}

/// No tree of ours comes near the numbers that this cannot hold.
fn count(number: usize) -> f64 {
    u32::try_from(number).unwrap_or(u32::MAX).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_told_in_turn() {
        let value = Value::Map(vec![
            ("id".into(), "SM1".into()),
            ("at".into(), Value::Number(0.5)),
            ("list".into(), Value::List(vec![Value::Null, true.into(), false.into(), "م😀".into()])),
        ]);
        let flat = Flat::of(&value);
        assert_eq!(flat.text, "idSM1atlistم😀");
        let list = [LIST, 4.0, NULL, TRUE, FALSE, TEXT, 3.0];
        let codes = [&[MAP, 3.0, 2.0, TEXT, 3.0, 2.0, NUMBER, 0.5, 4.0][..], &list].concat();
        assert_eq!(flat.codes, codes);
    }
}
