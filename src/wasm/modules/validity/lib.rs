//! Whether a text is a valid telephone number, and nothing else.
#![cfg(target_arch = "wasm32")]

use reply_window::exports_as_typed;

reply_window::number_validity!(exports_as_typed);
