//! What a page needs: windows, addresses, templates.
#![cfg(target_arch = "wasm32")]

use reply_window::exports;

reply_window::session!(exports);
reply_window::addresses!(exports);
reply_window::templates!(exports);
reply_window::provider_codes!(exports);
reply_window::files!(exports);
reply_window::template_index!(exports);
