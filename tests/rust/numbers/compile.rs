//! The tables of a metadata file.

use super::automaton::{Node, Nodes, language};
use super::metadata::{Description, Region};
use super::prefix::{Label, machine};
use super::{encoder::Encoder, plan, source, writing};
use reply_window::address::numbers::coder::Packer;
use reply_window::address::numbers::packed::{self, Action, Core, More};
use reply_window::address::numbers::shape::Shape;
use std::collections::BTreeMap;

/// Everything that is committed, and what is said about it.
pub struct Tables {
    pub core: Core,
    pub more: More,
}

/// The regions of each calling code, the main one first.
pub fn by_code(regions: &[Region]) -> BTreeMap<u16, Vec<&Region>> {
    let mut codes: BTreeMap<u16, Vec<&Region>> = BTreeMap::new();
    for region in regions {
        let members = codes.entry(region.calling_code).or_default();
        if region.main { members.insert(0, region) } else { members.push(region) }
    }
    codes
}

/// The nodes in the form of the tables.
pub fn shape(nodes: &Nodes) -> Shape {
    let mut shape = Shape::empty();
    for node in &nodes.nodes[1..] {
        let height = |to: u32| shape.heights[to as usize] + 1;
        let highest = node.next.iter().filter(|to| **to != 0).map(|to| height(*to)).max();
        shape.heights.push(highest.unwrap_or(0));
        shape.labels.push(node.label);
        shape.rows.extend(node.next.iter().map(|to| *to as u16));
    }
    assert!(shape.labels.len() < usize::from(u16::MAX));
    shape
}

/// Numbers the nodes in the order in which a reader makes them: by height, and then as they are first led to.
pub fn in_order<'a>(shape: &mut Shape, roots: impl Iterator<Item = &'a mut u16>) {
    let old = std::mem::replace(shape, Shape::empty());
    let mut order: Vec<u16> = vec![0];
    let mut place = vec![0u16; old.labels.len()];
    let mut reach = |node: u16, order: &mut Vec<u16>| {
        if node != 0 && place[node as usize] == 0 {
            place[node as usize] = order.len() as u16;
            order.push(node);
        }
        place[node as usize]
    };
    roots.for_each(|root| *root = reach(*root, &mut order));
    for height in (0..=old.heights.iter().copied().max().unwrap_or(0)).rev() {
        let mut at = 1;
        while at < order.len() {
            let node = order[at];
            if old.height(node) == usize::from(height) {
                (0..10).for_each(|digit| {
                    reach(old.next(node, digit), &mut order);
                });
            }
            at += 1;
        }
    }
    assert_eq!(order.len(), old.labels.len());
    for node in &order[1..] {
        shape.labels.push(old.label(*node));
        shape.heights.push(old.heights[usize::from(*node)]);
        shape.rows.extend((0..10).map(|digit| place[usize::from(old.next(*node, digit))]));
    }
}

fn length_set(lengths: &[i64]) -> u32 {
    lengths.iter().filter(|length| **length >= 0).fold(0, |set, length| set | 1 << length)
}

pub fn matches(labels: &[Label]) -> Vec<packed::Match> {
    let convert =
        |action: super::prefix::Action| Action { end: action.end, start: action.start, stop: action.stop };
    labels.iter().map(|(always, at_end)| (always.map(convert), at_end.map(convert))).collect()
}

/// `9$1` as the literal `9` and group 1.
fn transform(rule: &str) -> (Vec<u8>, Option<usize>) {
    let Some((literal, group)) = rule.split_once('$') else {
        assert!(rule.is_empty());
        return (Vec::new(), None);
    };
    (literal.as_bytes().to_vec(), Some(group.parse().expect("one group")))
}

/// Whether some number of the general pattern begins with what looks like a prefix.
fn ambiguous(general: u32, generals: &[Node], prefix: u32, prefixes: &[Node], labels: &[Label]) -> bool {
    let (number, beginning) = (&generals[general as usize], &prefixes[prefix as usize]);
    let label = usize::from(beginning.label).checked_sub(1).map(|at| &labels[at]);
    if label.is_some_and(|(always, at_end)| always.is_some() || at_end.is_some() && number.label != 0) {
        return true;
    }
    (0..10).any(|digit| {
        let (number, beginning) = (number.next[digit], beginning.next[digit]);
        number != 0 && beginning != 0 && ambiguous(number, generals, beginning, prefixes, labels)
    })
}

/// What is needed to judge numbers.
fn core(version: &str, codes: &BTreeMap<u16, Vec<&Region>>) -> Core {
    let mut core = Core { version: version.as_bytes().to_vec(), ..Core::default() };
    let (mut numbers, mut generals, mut beginnings) = (Nodes::default(), Nodes::default(), Nodes::default());
    let mut labels = Vec::new();
    let mut known: Vec<(&str, &str)> = Vec::new();
    for (code, members) in codes {
        core.codes.push(packed::Code {
            code: *code,
            first: core.regions.len() as u16,
            count: members.len() as u16,
            root: plan::numbers(members, &mut core.kinds, &mut numbers) as u16,
        });
        for region in members {
            let mut row = row(region);
            if let Some(leading) = region.leading_digits.as_ref().filter(|_| members.len() > 1) {
                row.leading = machine(leading, None, &mut labels, &mut beginnings) as u16;
            }
            if let Some(pattern) =
                region.national_prefix_for_parsing.as_deref().filter(|text| !text.is_empty())
            {
                let key = (pattern, region.transform.as_str());
                let at = known.iter().position(|other| *other == key).unwrap_or_else(|| {
                    let (literal, group) = transform(&region.transform);
                    let root = machine(pattern, group, &mut labels, &mut beginnings) as u16;
                    core.prefixes.push(packed::Prefix { root, literal });
                    known.push(key);
                    known.len() - 1
                });
                row.prefix = at as u16 + 1;
                let mut scratch = Nodes::default();
                let general = language(pattern_of(&region.general), &mut scratch);
                let prefix = u32::from(core.prefixes[at].root);
                if ambiguous(general, &scratch.nodes, prefix, &beginnings.nodes, &labels) {
                    row.general = language(pattern_of(&region.general), &mut generals) as u16;
                }
            }
            core.regions.push(row);
        }
    }
    core.matches = matches(&labels);
    (core.numbers, core.generals, core.beginnings) = (shape(&numbers), shape(&generals), shape(&beginnings));
    in_order(&mut core.numbers, core.codes.iter_mut().map(|code| &mut code.root));
    in_order(&mut core.generals, core.regions.iter_mut().map(|region| &mut region.general));
    let prefixes = core.prefixes.iter_mut().map(|prefix| &mut prefix.root);
    in_order(&mut core.beginnings, prefixes.chain(core.regions.iter_mut().map(|region| &mut region.leading)));
    core
}

pub fn pattern_of(description: &Description) -> &str {
    description.pattern.as_deref().expect("a general pattern")
}

fn row(region: &Region) -> packed::Region {
    let id = match region.id.as_bytes() {
        b"001" => *b"00",
        [first, second] => [*first, *second],
        other => panic!("{other:?} is no region"),
    };
    let lengths = length_set(&region.general.lengths);
    packed::Region {
        id,
        lengths,
        local: length_set(&region.general.local_lengths),
        ..packed::Region::default()
    }
}

/// The tables of all regions of a metadata file.
pub fn compile(version: &str, regions: &[Region]) -> Tables {
    let codes = by_code(regions);
    Tables { core: core(version, &codes), more: writing::more(&codes) }
}

impl Tables {
    /// Both tables as bytes.
    pub fn pack(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut core, mut more) = (Packer::new(Encoder::default()), Packer::new(Encoder::default()));
        self.core.clone().code(&mut core);
        self.more.clone().code(&mut more, &self.core);
        (core.into_coder().finish(), more.into_coder().finish())
    }
}

/// The files that are written: name and content. `origin` is what the manifest says of the metadata's source.
pub fn files(
    metadata: &[u8],
    regions: &[Region],
    version: &str,
    mut origin: serde_json::Value,
) -> Vec<(&'static str, Vec<u8>)> {
    let tables = compile(version, regions);
    let (core, more) = tables.pack();
    origin["bytes"] = metadata.len().into();
    origin["sha1"] = sha1(metadata).into();
    let manifest = manifest(origin, regions, &tables, [&core, &more]);
    vec![("core.bin", core), ("more.bin", more), ("manifest.json", manifest.into_bytes())]
}

/// The files that are committed, of the package's metadata.
pub fn committed_files(metadata: &[u8], regions: &[Region]) -> Vec<(&'static str, Vec<u8>)> {
    let (package, version, metadata_version) = source::PACKAGE;
    let origin = serde_json::json!({
        "metadataVersion": metadata_version,
        "package": package,
        "packageVersion": version,
        "packageSha256": source::package_checksum(),
        "license": "Apache-2.0",
    });
    files(metadata, regions, metadata_version, origin)
}

/// What the tables were made from, and how much is in them.
fn manifest(origin: serde_json::Value, regions: &[Region], tables: &Tables, packed: [&[u8]; 2]) -> String {
    let nodes = |shape: &Shape| shape.labels.len() - 1;
    let manifest = serde_json::json!({
        "source": origin,
        "regions": regions.len(),
        "callingCodes": tables.core.codes.len(),
        "nodes": {
            "numbers": nodes(&tables.core.numbers),
            "beginnings": nodes(&tables.core.beginnings),
            "formats": nodes(&tables.more.selectors),
        },
        "formats": tables.more.writings.iter().map(|writing| writing.formats.len()).sum::<usize>(),
        "bytes": { "core.bin": packed[0].len(), "more.bin": packed[1].len() },
    });
    format!("{manifest:#}\n")
}

fn sha1(bytes: &[u8]) -> String {
    use sha1::Digest;
    sha1::Sha1::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
