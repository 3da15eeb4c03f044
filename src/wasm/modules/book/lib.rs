//! Many windows that stay, and which of them stand otherwise now.
#![cfg(target_arch = "wasm32")]

use reply_window::exports_as_typed;

reply_window::window_books!(exports_as_typed);
