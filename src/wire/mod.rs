//! The contract: plain data in, plain data out, errors with codes. No JavaScript types.
//!
//! One tree ([`Value`]) crosses the boundary. The readers here turn it into the types of floor 0 and refuse
//! unknown fields, wrong kinds, NaN and out-of-range numbers with the path of the field; the writers turn
//! results back. `types.d.ts` beside this file states the same contract for TypeScript.

pub mod address;
mod error;
pub mod numbers;
mod read;
mod value;
mod write;

pub use error::Fault;
pub use read::{Fields, Path};
pub use value::Value;
pub use write::Object;

/// A function of the contract.
pub type Function = fn(&Value) -> Result<Value, Fault>;

/// Every function of the contract by its name; `wasm.rs` exports the same ones.
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("parseAddress", address::parse_address),
    ("identifyCustomer", address::identify_customer),
    ("sameCustomer", address::same_customer),
    ("lookupCandidates", address::lookup_candidates),
    ("checkNumberText", address::check_number_text),
    ("parseNumber", numbers::parse_number),
    ("formatNumber", numbers::format_number),
    ("asYouType", numbers::as_you_type),
];
