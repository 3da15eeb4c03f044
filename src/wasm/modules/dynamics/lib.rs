//! What reads the tables of Dynamics 365, for the desktop there.
#![cfg(target_arch = "wasm32")]

use reply_window::exports;

reply_window::dataverse!(exports);
