//! What a page needs at once: windows, addresses, free text.
#![cfg(target_arch = "wasm32")]

use reply_window::exports;

reply_window::session!(exports);
reply_window::told!(exports);
reply_window::addresses!(exports);
reply_window::session_messages!(exports);
reply_window::provider_codes!(exports);
reply_window::files!(exports);
