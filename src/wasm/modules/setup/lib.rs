//! What only an administrator's set-up form and its middleware need.
#![cfg(target_arch = "wasm32")]

use reply_window::exports;

reply_window::setup!(exports);
reply_window::dates!(exports);
