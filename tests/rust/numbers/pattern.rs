//! The regular expressions of the metadata: digits, classes, groups, alternatives, counted repeats and `$`.

/// A parsed pattern.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// One digit out of a set (bit 0 is `0`).
    Digit(u16),
    Sequence(Vec<Pattern>),
    /// Tried in order.
    Either(Vec<Pattern>),
    /// Greedy.
    Repeat(Box<Pattern>, u32, u32),
    Group(usize, Box<Pattern>),
    End,
}

struct Parser<'a> {
    rest: &'a [u8],
    groups: usize,
}

/// Parses a pattern; one that holds anything else is refused loudly.
pub fn parse(text: &str) -> Pattern {
    let mut parser = Parser { rest: text.as_bytes(), groups: 0 };
    let pattern = parser.either();
    assert!(parser.rest.is_empty(), "cannot read `{text}`");
    pattern
}

impl Parser<'_> {
    fn take(&mut self, wanted: &str) -> bool {
        let taken = self.rest.starts_with(wanted.as_bytes());
        if taken {
            self.rest = &self.rest[wanted.len()..];
        }
        taken
    }

    fn either(&mut self) -> Pattern {
        let mut branches = vec![self.sequence()];
        while self.take("|") {
            branches.push(self.sequence());
        }
        if branches.len() == 1 { branches.remove(0) } else { Pattern::Either(branches) }
    }

    fn sequence(&mut self) -> Pattern {
        let mut parts = Vec::new();
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let atom = self.atom();
            parts.push(self.repeated(atom));
        }
        Pattern::Sequence(parts)
    }

    fn repeated(&mut self, atom: Pattern) -> Pattern {
        if self.take("?") {
            return Pattern::Repeat(Box::new(atom), 0, 1);
        }
        if !self.take("{") {
            return atom;
        }
        let least = self.number();
        let most = if self.take(",") { self.number() } else { least };
        assert!(self.take("}"));
        Pattern::Repeat(Box::new(atom), least, most)
    }

    fn number(&mut self) -> u32 {
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        std::str::from_utf8(number).unwrap().parse().expect("a count")
    }

    fn atom(&mut self) -> Pattern {
        if self.take("(?:") {
            let inner = self.either();
            assert!(self.take(")"));
            return inner;
        }
        if self.take("(") {
            self.groups += 1;
            let group = self.groups;
            let inner = self.either();
            assert!(self.take(")"));
            return Pattern::Group(group, Box::new(inner));
        }
        if self.take("\\d") {
            return Pattern::Digit(0x3ff);
        }
        if self.take("$") {
            return Pattern::End;
        }
        if self.take("[") {
            return self.class();
        }
        let byte = self.rest[0];
        self.rest = &self.rest[1..];
        // A tilde (a wait for the dial tone) is never part of a number: nothing matches it.
        assert!(byte.is_ascii_digit() || byte == b'~', "`{}` is not understood", byte as char);
        Pattern::Digit(if byte == b'~' { 0 } else { 1 << (byte - b'0') })
    }

    fn class(&mut self) -> Pattern {
        let mut set = 0;
        while !self.take("]") {
            let first = self.rest[0] - b'0';
            self.rest = &self.rest[1..];
            let last = if self.take("-") {
                let last = self.rest[0] - b'0';
                self.rest = &self.rest[1..];
                last
            } else {
                first
            };
            assert!(first <= last && last <= 9);
            (first..=last).for_each(|digit| set |= 1 << digit);
        }
        Pattern::Digit(set)
    }
}

/// One instruction of a program; the order of `Split` is the order of preference.
#[derive(Clone, Debug)]
pub enum Step {
    Digit(u16, usize),
    Split(usize, usize),
    /// Begin (`2 * group`) or end of a group.
    Save(usize, usize),
    End(usize),
    Match,
}

/// A program: what [`Pattern`] compiles to. Several patterns may share one list of steps.
pub fn compile(pattern: &Pattern, steps: &mut Vec<Step>) -> usize {
    steps.push(Step::Match);
    let last = steps.len() - 1;
    emit(pattern, last, steps)
}

/// Emits `pattern` so that it goes on at `next`; answers its entry.
fn emit(pattern: &Pattern, next: usize, steps: &mut Vec<Step>) -> usize {
    let push = |step, steps: &mut Vec<Step>| {
        steps.push(step);
        steps.len() - 1
    };
    match pattern {
        Pattern::Digit(set) => push(Step::Digit(*set, next), steps),
        Pattern::End => push(Step::End(next), steps),
        Pattern::Sequence(parts) => parts.iter().rev().fold(next, |next, part| emit(part, next, steps)),
        Pattern::Either(branches) => {
            let mut entries = branches.iter().map(|branch| emit(branch, next, steps)).collect::<Vec<_>>();
            let last = entries.pop().unwrap();
            entries.into_iter().rev().fold(last, |after, entry| push(Step::Split(entry, after), steps))
        }
        Pattern::Repeat(inner, least, most) => {
            let mut entry = next;
            for _ in *least..*most {
                let once = emit(inner, entry, steps);
                entry = push(Step::Split(once, next), steps);
            }
            (0..*least).fold(entry, |next, _| emit(inner, next, steps))
        }
        Pattern::Group(group, inner) => {
            let end = push(Step::Save(2 * group + 1, next), steps);
            let inner = emit(inner, end, steps);
            push(Step::Save(2 * group, inner), steps)
        }
    }
}
