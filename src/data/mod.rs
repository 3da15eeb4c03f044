//! Plain data: the tree that crosses the boundary, the readers that turn it into types, the writer that makes it.
//!
//! JSON is read into the same tree. Readers refuse unknown fields, wrong kinds, NaN and out-of-range numbers, with the path of the field.

mod decimal;
mod error;
mod fields;
mod foreign;
mod json;
mod json_write;
mod read;
mod value;
mod write;

pub use decimal::decimal;
pub use error::Fault;
pub use fields::Fields;
pub(crate) use foreign::whole;
pub use json::json;
pub use json_write::write_json;
pub use read::Path;
pub use value::{Name, Value};
pub use write::Object;
