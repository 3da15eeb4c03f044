//! What verifies webhooks and reads them.
#![cfg(target_arch = "wasm32")]

use reply_window::{exports, exports_as_typed};

reply_window::signatures!(exports);
reply_window::signature_aids!(exports);
reply_window::inbound!(exports);
reply_window::verifier!(exports_as_typed);
reply_window::verified_inbound!(exports_as_typed);
