//! Where the metadata comes from.

use super::metadata::{self, Region};
use std::path::PathBuf;
use std::process::Command;

/// The package whose metadata is used, its version, and the version of Google's metadata in it (its Readme).
pub const PACKAGE: (&str, &str, &str) = ("rlibphonenumber", "2.2.15", "9.0.42");

/// The folder of a file in the package, found through cargo: it is a development dependency.
pub fn folder() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // For this machine alone: packages of other platforms may not be here.
    let host = Command::new(&cargo).arg("-vV").output().expect("cargo runs");
    let host = String::from_utf8(host.stdout).expect("UTF-8");
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).expect("a host").to_owned();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", &host])
        .args(["--manifest-path", manifest])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let package = tree["packages"]
        .as_array()
        .expect("packages")
        .iter()
        .find(|package| package["name"] == PACKAGE.0 && package["version"] == PACKAGE.1)
        .expect("a development dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    manifest.parent().expect("a folder").join("src/generated/metadata")
}

/// The metadata file, and what is in it.
pub fn read(name: &str) -> (Vec<u8>, Vec<Region>) {
    let bytes = std::fs::read(folder().join(name)).expect("the metadata file");
    let regions = metadata::read(&bytes);
    (bytes, regions)
}

/// Where the tables are committed.
pub fn committed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/address/numbers")
}

/// The checksum that pins the package: that of the lock file.
pub fn package_checksum() -> String {
    let lock = include_str!("../../../Cargo.lock");
    let package =
        lock.split("[[package]]").find(|package| package.contains(&format!("name = \"{}\"\n", PACKAGE.0)));
    let line = package.expect("a locked package").lines().find_map(|line| line.strip_prefix("checksum = \""));
    line.expect("a checksum").trim_end_matches('"').to_owned()
}
