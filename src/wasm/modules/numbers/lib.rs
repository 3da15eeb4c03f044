//! Telephone numbers of the world, and the customers behind them.
#![cfg(target_arch = "wasm32")]

use reply_window::{exports, exports_as_typed};

reply_window::numbers!(exports_as_typed);
reply_window::customers!(exports);
