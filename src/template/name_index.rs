//! Names in order, each with a number: the one map of this module. Every further kind of map or of sorting would be
//! compiled anew, at several kilobytes each.

use std::collections::BTreeMap;

/// Different names, each with the number it was added with.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, u32>);

impl Names {
    /// Adds a name under a number; the first number of a name stays. Gives the number of the name.
    #[inline(never)]
    pub fn add(&mut self, name: &str, number: usize) -> usize {
        if let Some(known) = self.get(name) {
            return known;
        }
        self.0.insert(name.to_owned(), u32::try_from(number).unwrap_or(u32::MAX));
        number
    }

    /// Adds a name; whether it is new.
    #[inline(never)]
    pub fn is_new(&mut self, name: &str) -> bool {
        let before = self.len();
        self.add(name, before);
        self.len() > before
    }

    /// The number of a name.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<usize> {
        self.0.get(name).map(|number| *number as usize)
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names with their numbers, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.0.iter().map(|(name, number)| (name.as_str(), *number as usize))
    }
}

/// Each name once. Numbers come first, by value (`…9`, `…10`; what stands before a last point does not count), then
/// the others as they first appear.
#[must_use]
#[inline(never)]
pub fn by_number(names: &[String]) -> Vec<String> {
    let mut keys = Names::default();
    for (at, name) in names.iter().enumerate() {
        let last = name.rsplit('.').next().unwrap_or_default();
        let is_number = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
        let (class, digits) = if is_number { ("0", last.to_owned()) } else { ("1", at.to_string()) };
        let zeros = "00000000000000000000".get(digits.len()..).unwrap_or_default();
        keys.add(&[class, zeros, &digits, name].concat(), at);
    }
    let mut seen = Names::default();
    let mut ordered = Vec::new();
    for (_, at) in keys.iter() {
        if let Some(name) = names.get(at).filter(|name| seen.is_new(name)) {
            ordered.push(name.clone());
        }
    }
    ordered
}

/// Values by the name of their variable.
#[derive(Clone, Debug, Default)]
pub struct Values<'v> {
    names: Names,
    values: Vec<(&'v str, &'v str)>,
}

impl<'v> Values<'v> {
    /// Adds a value; the first of a name stays.
    #[inline(never)]
    pub fn add(&mut self, name: &'v str, value: &'v str) {
        if self.names.is_new(name) {
            self.values.push((name, value));
        }
    }

    /// The value of a name.
    #[must_use]
    #[inline(never)]
    pub fn get(&self, name: &str) -> Option<&'v str> {
        self.values.get(self.names.get(name)?).map(|(_, value)| *value)
    }

    /// Names in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name)
    }
}
