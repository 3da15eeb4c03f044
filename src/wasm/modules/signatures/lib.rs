//! Who signed a webhook, and nothing else: for who reads it alone.
#![cfg(target_arch = "wasm32")]

use reply_window::{exports, exports_as_typed};

reply_window::signatures!(exports);
reply_window::verifier!(exports_as_typed);
