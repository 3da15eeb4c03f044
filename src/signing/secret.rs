//! Secrets: never printed, never empty, wiped when dropped.

use core::fmt;
use zeroize::{Zeroizing, optimization_barrier};

/// An Auth Token, a shared key or an app secret, as the bytes of its text.
///
/// It has no `Display`, its `Debug` shows nothing, and its bytes are overwritten when it is dropped.
///
/// ```
/// use reply_window::signing::secret::Secret;
/// let token = Secret::new(b"12345").expect("not empty");
/// assert_eq!(format!("{token:?}"), "Secret(…)");
/// assert!(Secret::new(b"").is_none());
/// ```
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A secret of these bytes; nothing for no bytes, because an empty key verifies what anybody can sign.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        // `to_vec` allocates exactly once, so no half-filled copy is left behind.
        if bytes.is_empty() { None } else { Some(Secret(Zeroizing::new(bytes.to_vec()))) }
    }

    /// The bytes, for the hash alone.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Overwrites an array at once, not byte by byte as `Zeroize` does.
pub fn wipe<T: Copy + Default, const N: usize>(secret: &mut [T; N]) {
    *secret = [T::default(); N];
    // Else the compiler leaves out what nobody reads.
    optimization_barrier(secret);
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
