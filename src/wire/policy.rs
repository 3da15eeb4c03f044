//! The contract of session policies.

use crate::data::{Fault, Fields, Object, Path, Value};
use crate::event::{Channel, Kind};
use crate::session::{AfterClose, Kinds, Policy, PolicyError, PolicyFields};
use std::borrow::Cow;

/// The only version of states and policies there is.
pub(super) const VERSION: u32 = 1;

/// `policyFor`: `{ channel }` → the channel's policy, to be used or changed.
///
/// # Errors
/// `missing-field`, `wrong-type`, `unknown-field`, `unknown-name`.
pub fn policy_for(input: &Value) -> Result<Value, Fault> {
    let fields = Fields::open(&Path::Root, input, &["channel"])?;
    Ok(write_policy(&Policy::of(fields.name("channel", Channel::NAMES)?)))
}

pub(super) fn read_version(path: &Path<'_>, value: &Value) -> Result<(), Fault> {
    match path.count(value)? {
        VERSION => Ok(()),
        _ => Err(path.fault("unsupported-version", "only version 1 is known")),
    }
}

fn read_kinds(path: &Path<'_>, value: &Value) -> Result<Kinds, Fault> {
    Ok(path.each(value, |path, value| path.name(value, Kind::NAMES))?.into_iter().collect())
}

/// The names of what comes after closing; a tag has its name and length beside it.
const AFTER: [(&str, Option<AfterClose>); 4] = [
    ("nothing", Some(AfterClose::Nothing)),
    ("template", Some(AfterClose::Template)),
    ("paid", Some(AfterClose::Paid)),
    ("tag", None),
];

fn read_after(fields: &Fields<'_>, path: &Path<'_>) -> Result<AfterClose, Fault> {
    let after = fields.name("after", &AFTER)?;
    match after {
        None => fields.required("tag", |path, value| {
            let tag = Fields::open(path, value, &["name", "lengthMs"])?;
            let name = Cow::Owned(tag.text("name")?.to_owned());
            Ok(AfterClose::Tag { name, length: tag.span("lengthMs")? })
        }),
        Some(_) if fields.get("tag").is_some() => {
            Err(Path::Field(path, "tag").fault(PolicyError::CODE, "a tag needs `after` to be `tag`"))
        }
        Some(after) => Ok(after),
    }
}

pub(super) fn read_policy(path: &Path<'_>, value: &Value) -> Result<Policy, Fault> {
    let known = [
        "version",
        "channel",
        "lengthMs",
        "marginMs",
        "warningMs",
        "after",
        "tag",
        "maxUnanswered",
        "opens",
        "unsettled",
        "unsettledOpens",
    ];
    // The version first: a later one may well have fields that this one does not know.
    Fields::open_foreign(path, value)?.required("version", read_version)?;
    let fields = Fields::open(path, value, &known)?;
    let policy = PolicyFields {
        channel: fields.name("channel", Channel::NAMES)?,
        length: fields.optional_span("lengthMs")?,
        margin: fields.span("marginMs")?,
        warning: fields.span("warningMs")?,
        after: read_after(&fields, path)?,
        max_unanswered: fields.optional_count("maxUnanswered")?,
        opens: fields.required("opens", read_kinds)?,
        unsettled: fields.required("unsettled", read_kinds)?,
        unsettled_opens: fields.truth("unsettledOpens")?,
    };
    Policy::new(policy)
        .map_err(|error| Path::Field(path, error.field).fault(PolicyError::CODE, error.message))
}

fn write_policy(policy: &Policy) -> Value {
    let fields = policy.fields();
    let tag = match &fields.after {
        AfterClose::Tag { name, length } => {
            Some(Object::new().with("name", &**name).with("lengthMs", *length))
        }
        _ => None,
    };
    let after = AFTER.iter().find(|(_, after)| after.as_ref() == Some(&fields.after));
    let names = |kinds: Kinds| kinds.iter().map(Kind::name).collect::<Value>();
    Object::new()
        .with("version", VERSION)
        .with("channel", fields.channel.name())
        .with_some("lengthMs", fields.length)
        .with("marginMs", fields.margin)
        .with("warningMs", fields.warning)
        .with("after", after.map_or("tag", |(name, _)| name))
        .with_some("tag", tag)
        .with_some("maxUnanswered", fields.max_unanswered)
        .with("opens", names(fields.opens))
        .with("unsettled", names(fields.unsettled))
        .with("unsettledOpens", fields.unsettled_opens)
        .into()
}
