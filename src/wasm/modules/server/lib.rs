//! All that a request takes at a server: signature, reading, windows; one instance for it.
#![cfg(target_arch = "wasm32")]

use reply_window::{exports, exports_as_typed};

reply_window::signatures!(exports);
reply_window::signature_aids!(exports);
reply_window::signing!(exports);
reply_window::inbound!(exports);
reply_window::history!(exports);
reply_window::verifier!(exports_as_typed);
reply_window::verified_inbound!(exports_as_typed);
reply_window::digests!(exports_as_typed);
reply_window::session!(exports);
reply_window::kept_windows!(exports_as_typed);
reply_window::received!(exports);
reply_window::rules!(exports);
reply_window::addresses!(exports);
reply_window::provider_codes!(exports);
