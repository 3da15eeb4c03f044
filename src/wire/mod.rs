//! The contract: plain data in, plain data out, errors with codes. No JavaScript types.
//!
//! One tree ([`Value`]) crosses the boundary. The readers here turn it into the types of floor 0 and refuse
//! unknown fields, wrong kinds, NaN and out-of-range numbers with the path of the field; the writers turn
//! results back. `types.d.ts` and the folder `types` beside this file state the same contract for TypeScript.

pub mod account;
pub mod address;
pub mod book;
pub mod dataverse;
pub mod inbound;
pub mod kept;
pub mod key;
mod lists;
pub mod numbers;
pub mod policy;
pub mod provider_error;
pub mod received;
pub mod rules;
pub mod session;
mod state;
pub mod template;
pub mod webhook;

pub use lists::{FUNCTIONS, Function};
