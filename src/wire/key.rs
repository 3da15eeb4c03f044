//! Window keys and identities.

use crate::address::key::{self, KeyError, Part};
use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Identity};

/// `windowKeys`: `{ channel, business, customer }` → `{ keys }`, the most stable first: see [`key::window_keys`].
///
/// # Errors
/// `bad-address` for a WhatsApp number that is not in E.164 (a plus and 7 to 15 digits, the first not zero), and
/// for any part that is empty, longer than 256 characters, or holds a slash, white space or a control character;
/// `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`.
pub fn window_keys(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["channel", "business", "customer"])?;
    let channel = fields.name("channel", Channel::NAMES)?;
    let business = fields.text("business")?;
    let customer = fields.required("customer", read_identity)?;
    let keys = key::window_keys(channel, business, &customer).map_err(fault)?;
    Ok(Object::new().with("keys", keys.into_iter().collect::<Value>()).into())
}

fn fault(error: KeyError) -> Fault {
    let customer = Path::Field(&Path::Root, "customer");
    let parent = if error.part() == Part::Business { &Path::Root } else { &customer };
    Path::Field(parent, error.part().name()).fault("bad-address", error.message())
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
