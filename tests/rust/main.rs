//! Everything that runs natively: one binary, so that it links once.

mod account;
mod allocations;
mod book;
mod chance;
mod dataverse;

mod floors;
mod formatting;
mod fuzz;
mod json;
mod number_answers;
#[allow(dead_code, reason = "shared with the example that writes the tables")]
mod numbers;
mod numbers_agree;
mod numbers_exact;
mod numbers_fuzz;
mod numbers_plans;
mod numbers_properties;
mod numbers_strict;
mod session_props;
mod template;
mod time;
mod vectors;
mod webhook;
