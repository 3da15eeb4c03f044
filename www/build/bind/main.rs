//! Writes the glue of WebAssembly modules: `bind FOLDER NAME=FILE.wasm …`.
//!
//! `wasm-bindgen`'s own program would do the same, after four times as many crates were compiled.

use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, modules) = arguments.split_first().ok_or_else(|| anyhow::anyhow!("no folder is named"))?;
    for module in modules {
        let (name, file) =
            module.split_once('=').ok_or_else(|| anyhow::anyhow!("`{module}` is no NAME=FILE"))?;
        let mut bindgen = Bindgen::new();
        // Without a default path there is no `import.meta` and no second copy of the binary in people's bundles.
        bindgen.input_path(file).out_name(name).web(true)?.omit_default_module_path(true).typescript(true);
        bindgen.generate(folder)?;
    }
    Ok(())
}
