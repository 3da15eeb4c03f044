//! Writes the packed numbering plans: `cargo run --release --example generate-numbers`.
mod numbers;
use numbers::*;
use reply_window::address::numbers::packed::{Core, More};

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let regions = metadata::read(&std::fs::read(path).unwrap());
    let t = std::time::Instant::now();
    let tables = compile::compile("9.0.42", &regions);
    println!("{:?}", t.elapsed());
    let (core, more) = tables.pack();
    println!("core {} more {}", core.len(), more.len());
    let t = std::time::Instant::now();
    let c = Core::unpack(&core);
    println!("core unpack {:?}", t.elapsed());
    let m = More::unpack(&more);
    println!("more unpack {:?}", t.elapsed());
    for (a, b, n) in [
        (&c.numbers, &tables.core.numbers, "numbers"),
        (&c.generals, &tables.core.generals, "g"),
        (&c.beginnings, &tables.core.beginnings, "b"),
        (&m.selectors, &tables.more.selectors, "s"),
        (&m.generals, &tables.more.generals, "g"),
        (&m.beginnings, &tables.more.beginnings, "idd"),
    ] {
        println!("{n} {} {}", a.labels.len(), b.labels.len());
    }
    println!(
        "{} texts {} choices {} formats {} matches {}",
        m.texts.len(),
        m.choices.len(),
        m.writings.iter().map(|w| w.formats.len()).sum::<usize>(),
        c.matches.len(),
        c.regions.iter().filter(|r| r.general != 0).count()
    );
    if let Some(out) = std::env::args().nth(2) {
        std::fs::write(format!("{out}/core.bin"), core).unwrap();
        std::fs::write(format!("{out}/more.bin"), more).unwrap();
    }
}
