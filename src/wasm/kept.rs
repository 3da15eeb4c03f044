//! What stores ask for a whole batch at once, as texts.

use super::tree::thrown;
use crate::wire::kept;
use wasm_bindgen::JsValue;

/// See [`kept::pack_states`].
pub fn pack_states(windows: &str) -> Result<String, JsValue> {
    kept::pack_states(windows).map_err(|fault| thrown(&fault))
}

/// See [`kept::unpack_states`].
pub fn unpack_states(windows: &str) -> Result<String, JsValue> {
    kept::unpack_states(windows).map_err(|fault| thrown(&fault))
}

/// See [`kept::closing_times`].
pub fn closing_times(windows: &str, question: &str) -> Result<Vec<f64>, JsValue> {
    kept::closing_times(windows, question).map_err(|fault| thrown(&fault))
}
