//! The tables, and how they are packed. One function for each reads and writes.
#![allow(clippy::arithmetic_side_effects, reason = "contexts are constants, quantities those of the tables")]

use super::coder::{Coder, Contexts, Decoder, Packer};
use super::packing::{FREE, Packing};
use super::shape::Shape;

pub use super::tables::{Action, Code, Core, Format, Match, More, Prefix, Region, Writing};

fn number<C: Coder>(coder: &mut Packer<C>, kind: u32, contexts: Contexts<'_>, value: &mut u16) {
    *value = coder.number(FREE + kind, contexts, u32::from(*value)) as u16;
}

fn small<C: Coder>(coder: &mut Packer<C>, kind: u32, contexts: Contexts<'_>, value: &mut u8) {
    *value = coder.number(FREE + kind, contexts, u32::from(*value)) as u8;
}

/// The length of a list, which is then filled.
fn length<C: Coder, T: Default>(coder: &mut Packer<C>, kind: u32, items: &mut Vec<T>) {
    let length = coder.number(FREE, &[kind, kind], items.len() as u32) as usize;
    items.resize_with(length, T::default);
}

fn text<C: Coder>(coder: &mut Packer<C>, bytes: &mut Vec<u8>) {
    length(coder, 0, bytes);
    let mut before = 0;
    for byte in bytes {
        let seen = u32::from(before);
        small(coder, 1, &[seen & 0xff, seen], byte);
        before = before << 8 | u16::from(*byte);
    }
}

/// A set of lengths; most sets resemble the one before.
fn lengths<C: Coder>(coder: &mut Packer<C>, kind: u32, before: u32, set: &mut u32) {
    for at in 0..18 {
        let below = (*set << 2 >> at) & 3;
        let place = kind << 5 | at;
        let contexts =
            &[place << 3 | below << 1 | before >> at & 1, place << 5 | (before >> at & 7) << 2 | below];
        let bit = coder.bit(FREE + 18, contexts, *set >> at & 1 == 1);
        *set = *set & !(1 << at) | u32::from(bit) << at;
    }
}

fn matches<C: Coder>(coder: &mut Packer<C>, items: &mut Vec<Match>) {
    fn one<C: Coder>(coder: &mut Packer<C>, action: &mut Option<Action>) {
        if !coder.bit(FREE + 19, &[0, 0], action.is_some()) {
            return;
        }
        let mut known = action.unwrap_or_default();
        small(coder, 3, &[0, 0], &mut known.end);
        small(coder, 4, &[0, 0], &mut known.start);
        small(coder, 5, &[0, 0], &mut known.stop);
        *action = Some(known);
    }
    length(coder, 1, items);
    for (always, at_end) in items {
        one(coder, always);
        one(coder, at_end);
    }
}

fn region<C: Coder>(coder: &mut Packer<C>, region: &mut Region, before: &Region) {
    let [first, second] = &mut region.id;
    small(coder, 6, &[0, before.id[0].into()], first);
    small(coder, 7, &[0, (*first).into()], second);
    lengths(coder, 0, before.lengths, &mut region.lengths);
    if coder.bit(FREE + 20, &[0, region.lengths], region.local != 0) {
        lengths(coder, 1, before.local, &mut region.local);
    }
    number(coder, 8, &[0, before.prefix.into()], &mut region.prefix);
}

impl Core {
    /// Reads or writes everything.
    pub fn code<C: Coder>(&mut self, coder: &mut Packer<C>) {
        text(coder, &mut self.version);
        let (mut previous, mut regions) = (0, 0);
        length(coder, 2, &mut self.codes);
        for code in &mut self.codes {
            let mut step = code.code.saturating_sub(previous);
            number(coder, 9, &[0, 0], &mut step);
            previous += step;
            number(coder, 10, &[0, 0], &mut code.count);
            code.code = previous;
            code.first = regions;
            regions += code.count;
        }
        self.regions.resize_with(usize::from(regions), Region::default);
        let mut before = Region::default();
        for item in &mut self.regions {
            region(coder, item, &before);
            before = item.clone();
        }
        length(coder, 3, &mut self.prefixes);
        self.prefixes.iter_mut().for_each(|prefix| text(coder, &mut prefix.literal));
        length(coder, 4, &mut self.kinds);
        let mut last = 0;
        for (kind, place) in &mut self.kinds {
            small(coder, 11, &[0, last], place);
            small(coder, 12, &[0, (*place).into()], kind);
            last = u32::from(*place);
        }
        matches(coder, &mut self.matches);
        let none = Shape::default();
        let mut packing = Packing::new(coder, &mut self.numbers, &none);
        self.codes.iter_mut().for_each(|code| packing.root(&mut code.root, 0));
        packing.nodes();
        let mut packing = Packing::new(coder, &mut self.generals, &self.numbers);
        self.regions.iter_mut().for_each(|region| packing.root(&mut region.general, 0));
        packing.nodes();
        // Prefixes and leading digits share one shape.
        let mut packing = Packing::new(coder, &mut self.beginnings, &none);
        self.prefixes.iter_mut().for_each(|prefix| packing.root(&mut prefix.root, 0));
        self.regions.iter_mut().for_each(|region| packing.root(&mut region.leading, 0));
        packing.nodes();
    }

    /// Unpacks.
    #[must_use]
    pub fn unpack(bytes: &[u8]) -> Self {
        let mut core = Core::default();
        core.code(&mut Packer::new(Decoder::new(bytes)));
        core
    }
}

/// The format before this one: groups, and the three templates.
fn format<C: Coder>(coder: &mut Packer<C>, format: &mut Format, before: &Format, first: bool) {
    length(coder, 5, &mut format.groups);
    let count = format.groups.len() as u32;
    let mut last = 0;
    for ((least, most), at) in format.groups.iter_mut().zip(0..) {
        let other = before.groups.get(at as usize).map_or(0, |group| u32::from(group.0));
        small(coder, 13, &[count << 4 | at, (other << 4 | at) << 8 | last], least);
        let mut more = most.saturating_sub(*least);
        let left = count - at;
        small(coder, 14, &[left, (*least).into()], &mut more);
        *most = *least + more;
        last = u32::from(*least) << 4 | u32::from(more);
    }
    let above = u32::from(before.national);
    number(coder, 15, &[count << 1 | u32::from(first), above << 4 | count], &mut format.national);
    let national = u32::from(format.national);
    number(coder, 16, &[national, national << 8 | above], &mut format.bare);
    let bare = u32::from(format.bare);
    let abroad = u32::from(before.international != 0);
    number(coder, 17, &[bare << 4 | abroad << 3 | count, bare << 8 | national], &mut format.international);
}

impl More {
    /// Reads or writes everything; `core` is what was packed with it.
    pub fn code<C: Coder>(&mut self, coder: &mut Packer<C>, core: &Core) {
        length(coder, 6, &mut self.texts);
        self.texts.iter_mut().for_each(|item| text(coder, item));
        length(coder, 7, &mut self.choices);
        for choice in &mut self.choices {
            length(coder, 8, choice);
            let mut last = 0;
            for at in choice {
                // In rising order.
                let mut step = at.wrapping_sub(last as u8);
                small(coder, 1, &[1 << 9, 1 << 9 | last], &mut step);
                *at = step.wrapping_add(last as u8);
                last = u32::from(*at);
            }
        }
        matches(coder, &mut self.matches);
        self.writings.resize_with(core.regions.len(), Writing::default);
        let mut before = Format::default();
        for writing in &mut self.writings {
            number(coder, 2, &[0, 0], &mut writing.extension);
            length(coder, 9, &mut writing.formats);
            for (item, at) in writing.formats.iter_mut().zip(0..) {
                format(coder, item, &before, at == 0);
                before = item.clone();
            }
        }
        let mut packing = Packing::new(coder, &mut self.selectors, &core.numbers);
        for code in &core.codes {
            if let Some(writing) = self.writings.get_mut(usize::from(code.first)) {
                packing.root(&mut writing.selector, code.root);
            }
        }
        packing.nodes();
        let mut packing = Packing::new(coder, &mut self.generals, &core.numbers);
        self.writings.iter_mut().for_each(|writing| packing.root(&mut writing.general, 0));
        packing.nodes();
        let mut packing = Packing::new(coder, &mut self.beginnings, &core.numbers);
        self.writings.iter_mut().for_each(|writing| packing.root(&mut writing.international_prefix, 0));
        packing.nodes();
    }

    /// Unpacks.
    #[must_use]
    pub fn unpack(bytes: &[u8], core: &Core) -> Self {
        let mut more = More::default();
        more.code(&mut Packer::new(Decoder::new(bytes)), core);
        more
    }
}
