//! Reads a `PhoneMetadataCollection` (protobuf): the few fields that the tables are made from.

/// Kinds of number, in the order in which the library tries them (fixed line and mobile last).
pub const KINDS: [(u32, &str); 10] = [
    (5, "premium-rate"),
    (4, "toll-free"),
    (6, "shared-cost"),
    (8, "voip"),
    (7, "personal-number"),
    (21, "pager"),
    (25, "uan"),
    (28, "voicemail"),
    (2, "fixed-line"),
    (3, "mobile"),
];

/// Pattern and lengths of one kind of number.
#[derive(Clone, Debug, Default)]
pub struct Description {
    pub pattern: Option<String>,
    pub lengths: Vec<i64>,
    pub local_lengths: Vec<i64>,
    pub example: Option<String>,
}

/// One way to write a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Format {
    pub pattern: String,
    pub template: String,
    pub leading_digits: Option<String>,
    pub national_rule: String,
}

/// One region, or one non-geographical calling code (`001`).
#[derive(Clone, Debug, Default)]
pub struct Region {
    pub id: String,
    pub calling_code: u16,
    pub general: Description,
    /// In the order of [`KINDS`].
    pub kinds: Vec<Description>,
    pub same_mobile_and_fixed: bool,
    pub main: bool,
    pub international_prefix: Option<String>,
    pub national_prefix_for_parsing: Option<String>,
    pub transform: String,
    pub leading_digits: Option<String>,
    pub extension_prefix: Option<String>,
    pub formats: Vec<Format>,
    pub international_formats: Vec<Format>,
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn varint(bytes: &mut &[u8]) -> u64 {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return value;
        }
    }
    panic!("a varint of more than ten bytes")
}

fn fields(mut bytes: &[u8]) -> Vec<(u32, Field<'_>)> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let field = match key & 7 {
            0 => Field::Number(varint(&mut bytes)),
            2 => {
                let length = varint(&mut bytes) as usize;
                let (value, rest) = bytes.split_at(length);
                bytes = rest;
                Field::Bytes(value)
            }
            other => panic!("wire type {other} does not occur in this message"),
        };
        fields.push(((key >> 3) as u32, field));
    }
    fields
}

impl Field<'_> {
    fn number(&self) -> u64 {
        match self {
            Field::Number(number) => *number,
            Field::Bytes(_) => panic!("a number was expected"),
        }
    }
    fn bytes(&self) -> &[u8] {
        match self {
            Field::Bytes(bytes) => bytes,
            Field::Number(_) => panic!("bytes were expected"),
        }
    }
    fn text(&self) -> String {
        String::from_utf8(self.bytes().to_vec()).expect("UTF-8")
    }
    /// A pattern; some builds of the metadata wrap it into `^(?:…)$`.
    fn pattern(&self) -> String {
        let text = self.text();
        let inner = text.strip_prefix("^(?:").and_then(|rest| rest.strip_suffix(")$"));
        inner.map(str::to_owned).unwrap_or(text)
    }
}

fn description(bytes: &[u8]) -> Description {
    let mut description = Description::default();
    for (number, field) in fields(bytes) {
        match (number, &field) {
            (2, _) => description.pattern = Some(field.pattern()),
            (6, _) => description.example = Some(field.text()),
            (9, Field::Number(length)) => description.lengths.push(*length as i64),
            (10, Field::Number(length)) => description.local_lengths.push(*length as i64),
            (9 | 10, Field::Bytes(packed)) => {
                let mut packed = *packed;
                let lengths =
                    if number == 9 { &mut description.lengths } else { &mut description.local_lengths };
                while !packed.is_empty() {
                    lengths.push(varint(&mut packed) as i64);
                }
            }
            _ => {}
        }
    }
    description
}

fn format(bytes: &[u8]) -> Format {
    let mut format = Format::default();
    for (number, field) in fields(bytes) {
        match number {
            1 => format.pattern = field.pattern(),
            2 => format.template = field.text(),
            // The last pattern is the most detailed, and the only one used for a whole number.
            3 => format.leading_digits = Some(field.pattern()),
            4 => format.national_rule = field.text(),
            _ => {}
        }
    }
    format
}

fn region(bytes: &[u8]) -> Region {
    let mut region = Region { kinds: vec![Description::default(); KINDS.len()], ..Region::default() };
    for (number, field) in fields(bytes) {
        if let Some(kind) = KINDS.iter().position(|(field, _)| *field == number) {
            region.kinds[kind] = description(field.bytes());
            continue;
        }
        match number {
            1 => region.general = description(field.bytes()),
            9 => region.id = field.text(),
            10 => region.calling_code = field.number() as u16,
            11 => region.international_prefix = Some(field.pattern()),
            13 => region.extension_prefix = Some(field.text()),
            15 => region.national_prefix_for_parsing = Some(field.pattern()),
            16 => region.transform = field.text(),
            18 => region.same_mobile_and_fixed = field.number() != 0,
            19 => region.formats.push(format(field.bytes())),
            20 => region.international_formats.push(format(field.bytes())),
            22 => region.main = field.number() != 0,
            23 => region.leading_digits = Some(field.pattern()),
            _ => {}
        }
    }
    region
}

/// Every region of the file, in its order.
pub fn read(bytes: &[u8]) -> Vec<Region> {
    fields(bytes).iter().filter(|(number, _)| *number == 1).map(|(_, field)| region(field.bytes())).collect()
}

impl Description {
    /// Whether the lengths allow this one; no lengths at all allow every one, `-1` none.
    pub fn allows(&self, length: usize) -> bool {
        self.lengths.is_empty() || self.lengths.contains(&(length as i64))
    }
}
