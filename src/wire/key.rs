//! Window keys: under which names the evidence about one window is kept.

use crate::address::whatsapp::canonical_phone;
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Identity};

/// Longest part of a key, in characters.
const MAX_PART: usize = 256;

/// `windowKeys`: `{ channel, business, customer }` → `{ keys }`, the most stable first.
///
/// One key for each identity that is surely this customer's: the group alone where there is one, else the
/// business-scoped user id, then the phone number. A parent id may cover several customers and a username can move
/// to another, so neither makes a key; an identity of those alone has none, and `keys` is empty.
///
/// Forms of one number that are surely one customer's share a key ([`canonical_phone`]): Mexico's `521…` is `52…`.
/// What only may be the same customer never does.
///
/// The form is `<channel>/<business>/<group|bsuid|phone>:<value>`: a window belongs to one of *our* numbers, so the
/// same customer has another one with each of them.
///
/// # Errors
/// `bad-address` for a WhatsApp number that is not in E.164 (a plus and 7 to 15 digits, the first not zero), and
/// for any part that is empty, longer than 256 characters, or holds a slash, white space or a control character;
/// `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`.
pub fn window_keys(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["channel", "business", "customer"])?;
    let channel = fields.name("channel", Channel::from_name)?;
    let business = fields.text("business")?;
    check_number(&Path::Field(&Path::Root, "business"), channel, business)?;
    let customer = fields.required("customer", read_identity)?;
    let path = Path::Field(&Path::Root, "customer");
    let mut parts = vec![("bsuid", &customer.bsuid), ("phone", &customer.phone)];
    if customer.group.is_some() {
        parts = vec![("group", &customer.group)];
    }
    let mut keys = Vec::new();
    for (name, value) in parts {
        let Some(value) = value else { continue };
        let path = Path::Field(&path, name);
        if name == "phone" { check_number(&path, channel, value) } else { check_part(&path, value) }?;
        let value = match name {
            "phone" if channel == Channel::Whatsapp => canonical_phone(value),
            _ => value.as_str().into(),
        };
        keys.push([channel.name(), "/", business, "/", name, ":", &value].concat());
    }
    Ok(Object::new().with("keys", keys.into_iter().collect::<Value>()).into())
}

/// Reads an identity; whether its parts are well formed is not asked here.
pub(super) fn read_identity(path: &Path<'_>, value: &Value) -> Result<Identity, Fault> {
    let identity = read_parts(path, value)?;
    if identity == Identity::default() {
        return Err(path.fault("missing-field", "an identity needs at least one of its fields"));
    }
    Ok(identity)
}

/// Reads what is known of an identity, which may be nothing.
#[inline(never)]
pub(super) fn read_parts(path: &Path<'_>, value: &Value) -> Result<Identity, Fault> {
    let fields = Fields::open(path, value, &["phone", "bsuid", "parentBsuid", "username", "group"])?;
    let text = |name| Ok(fields.optional_text(name)?.map(str::to_owned));
    Ok(Identity {
        phone: text("phone")?,
        bsuid: text("bsuid")?,
        parent_bsuid: text("parentBsuid")?,
        username: text("username")?,
        group: text("group")?,
    })
}

fn check_number(path: &Path<'_>, channel: Channel, value: &str) -> Result<(), Fault> {
    if channel == Channel::Whatsapp && !is_e164(value) {
        return Err(path.fault("bad-address", "expected a plus and 7 to 15 digits, as in E.164"));
    }
    check_part(path, value)
}

fn check_part(path: &Path<'_>, value: &str) -> Result<(), Fault> {
    let foreign = |c: char| c == '/' || c.is_whitespace() || c.is_control();
    if value.is_empty() || value.chars().count() > MAX_PART || value.contains(foreign) {
        return Err(path.fault("bad-address", "expected 1 to 256 characters without slashes and spaces"));
    }
    Ok(())
}

/// The shape of an international number, <https://www.itu.int/rec/T-REC-E.164>: at most 15 digits, no leading zero.
fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
