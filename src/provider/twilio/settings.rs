//! `X-Twilio-Webhooks-Signature-Settings: key=webhooks_sharedkey_…,algorithm=HMAC_SHA256`.
//!
//! Twilio's SharedKeys for webhooks (Public Beta, documents of 2026-09-07), verified as twilio-python 9.13.0 does. The
//! header is not covered by the signature: it only chooses among configured keys, and must agree with what is configured.

use crate::signing::hash::Hash;
use crate::signing::refusal::Refusal;

/// What the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Settings<'a> {
    pub key: &'a str,
    /// Nothing for an algorithm that is not known.
    pub algorithm: Option<Hash>,
}

impl<'a> Settings<'a> {
    /// Reads the header: `key` and `algorithm`, each exactly once; further names are passed over.
    pub(super) fn parse(header: &'a str) -> Result<Self, Refusal> {
        let (mut key, mut algorithm) = (None, None);
        for part in header.split(',') {
            let (name, value) = part.split_once('=').ok_or(Refusal::SettingsMalformed)?;
            let place = match name.trim() {
                "key" => &mut key,
                "algorithm" => &mut algorithm,
                _ => continue,
            };
            if place.replace(value.trim()).is_some() {
                return Err(Refusal::SettingsMalformed);
            }
        }
        match (key, algorithm) {
            (Some(key), Some(name)) if !key.is_empty() => Ok(Settings { key, algorithm: algorithm_of(name) }),
            _ => Err(Refusal::SettingsMalformed),
        }
    }
}

/// The algorithm of that name.
pub(super) fn algorithm_of(name: &str) -> Option<Hash> {
    match name {
        "HMAC_SHA1" => Some(Hash::Sha1),
        "HMAC_SHA256" => Some(Hash::Sha256),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_exactly_once() {
        let good = Settings { key: "webhooks_sharedkey_1", algorithm: Some(Hash::Sha256) };
        assert_eq!(Settings::parse("key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"), Ok(good));
        assert_eq!(Settings::parse(" algorithm=HMAC_SHA256 , v=2, key=webhooks_sharedkey_1"), Ok(good));
        for algorithm in ["none", "HMAC_MD5", "hmac_sha256", "HMAC_SHA256 HMAC_SHA1"] {
            let header = format!("key=k,algorithm={algorithm}");
            assert_eq!(Settings::parse(&header), Ok(Settings { key: "k", algorithm: None }), "{algorithm}");
        }
        for header in [
            "",
            "key=k",
            "algorithm=HMAC_SHA1",
            "key=,algorithm=HMAC_SHA1",
            "k",
            "key=a,key=b,algorithm=HMAC_SHA1",
            "key=k,algorithm=HMAC_SHA1,algorithm=HMAC_SHA256",
        ] {
            assert_eq!(Settings::parse(header), Err(Refusal::SettingsMalformed), "{header}");
        }
    }
}
