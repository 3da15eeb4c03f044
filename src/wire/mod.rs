//! The contract: plain data in, plain data out, errors with codes. No JavaScript types.
//!
//! One tree ([`Value`]) crosses the boundary. The readers here turn it into the types of floor 0 and refuse
//! unknown fields, wrong kinds, NaN and out-of-range numbers with the path of the field; the writers turn
//! results back. `types.d.ts` beside this file states the same contract for TypeScript.

mod error;
pub mod inbound;
mod read;
mod value;
pub mod webhook;
mod write;

pub use error::Fault;
pub use read::{Fields, Path};
pub use value::Value;
pub use write::Object;

/// A function of the contract.
pub type Function = fn(&Value) -> Result<Value, Fault>;

/// Every function of the contract by its name; `wasm.rs` exports the same ones.
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("verifyTwilio", webhook::verify_twilio),
    ("verifyMeta", webhook::verify_meta),
    ("deriveKey", webhook::derive_key),
    ("diagnoseTwilio", webhook::diagnose_twilio),
    ("parseInbound", inbound::parse_inbound),
    ("explainError", inbound::explain_error),
];
