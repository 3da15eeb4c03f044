//! What choosing a template and filling it in needs: a page fetches it when there are templates.
#![cfg(target_arch = "wasm32")]

use reply_window::exports;

reply_window::templates!(exports);
reply_window::answers!(exports);
reply_window::template_index!(exports);
