//! Writes the packed numbering plans and what is known of their origin:
//!
//! ```sh
//! cargo run --release --example generate-numbers
//! ```
//!
//! With `-- <metadata file> <folder>` it compiles another metadata file (a protobuf `PhoneMetadataCollection`).

#[allow(dead_code, reason = "shared with the tests")]
mod numbers;

use numbers::{compile, source};
use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (bytes, regions) = match arguments.next() {
        Some(file) => {
            let bytes = std::fs::read(file).expect("a metadata file");
            let regions = numbers::metadata::read(&bytes);
            (bytes, regions)
        }
        None => source::read("metadata.bin"),
    };
    let folder = arguments.next().map_or_else(source::committed, PathBuf::from);
    for (name, content) in compile::files(&bytes, &regions) {
        println!("{name}: {} bytes", content.len());
        std::fs::write(folder.join(name), content).expect("a folder that can be written to");
    }
}
