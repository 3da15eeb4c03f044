//! Writes the packed numbering plans and what is known of their origin:
//!
//! ```sh
//! cargo run --release --example generate-numbers
//! ```
//!
//! With `-- <metadata file> <folder>` it compiles another metadata file (a protobuf `PhoneMetadataCollection`), whose name the
//! manifest then gives in the place of the package.

#[allow(dead_code, reason = "shared with the tests")]
mod numbers;

use numbers::{compile, letters, source};
use std::path::PathBuf;

fn main() {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let files = match arguments.next() {
        Some(file) => {
            let bytes = std::fs::read(&file).expect("a metadata file");
            let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let origin = serde_json::json!({ "file": name });
            compile::files(&bytes, &numbers::metadata::read(&bytes), &name, origin)
        }
        None => {
            let (bytes, regions) = source::read("metadata.bin");
            let mut files = compile::committed_files(&bytes, &regions);
            files.push(("letters.bin", letters::table()));
            files
        }
    };
    let folder = arguments.next().unwrap_or_else(source::committed);
    for (name, content) in files {
        println!("{name}: {} bytes", content.len());
        std::fs::write(folder.join(name), content).expect("a folder that can be written to");
    }
}
