//! What reads the providers' pages of templates, usually in the middleware.
#![cfg(target_arch = "wasm32")]

use reply_window::exports;

reply_window::template_pages!(exports);
