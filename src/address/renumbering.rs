//! Renumberings that WhatsApp's ids and people's records did not follow, or not all of them.
//!
//! The rules do not depend on the numbering plans, so that a key made today is the key made tomorrow. A country changes
//! a beginning and keeps what follows, so a rule is a table of beginnings. Sources:
//!
//! - Mexico (a 1 for mobiles until 2019) <https://faq.whatsapp.com/1294841057948784>,
//!   <https://github.com/chatwoot/chatwoot/issues/14048>; Argentina (9 for mobiles) there too;
//! - Brazil (the ninth digit, 2012 to 2016) <https://www.teleco.com.br/num_cel.asp>; which accounts have it:
//!   <https://waha.devlike.pro/docs/how-to/contacts/>; mobiles that began with 5 in area 11, 6 to 9 everywhere: Anatel,
//!   <http://g1.globo.com/sao-paulo/noticia/2011/03/sao-paulo-tera-numeros-de-celulares-comecando-com-digito-5.html>;
//! - Côte d'Ivoire (2021) <https://github.com/devlikeapro/waha/issues/1894>; the operator, which fixes the new prefix, by the
//!   second digit of a mobile and the third one of a landline:
//!   <https://fr.wikipedia.org/wiki/Liste_des_indicatifs_téléphoniques_en_Côte_d'Ivoire>;
//! - Benin (2024, 01 in front) <https://github.com/mobi/telephone_number/issues/138>;
//! - Gabon (2019) <https://news.alibreville.com/h/114469.html>; the old form had its zero from abroad too, often left out;
//! - Vietnam (2018) <https://mobifone.vn>, all operators: <https://lawnet.vn/en/laws/134777.html>;
//! - Mauritius (2013) <https://www.commsupdate.com/articles/2013/09/02/mauritius-migrates-to-a-new-8-digit-mobile-numbering-plan/>;
//! - Togo (2011) <http://www.blog.africantelecomsnews.com/2011/08/extra-digit-inserted-togo.html>;
//! - Ecuador (2012) <http://www.sangay.com/ecuadorguide/ecuador/dialing-mobile-cellular-numbers-in-ecuador-south-america/>;
//! - Colombia (2021, landlines) <https://radionacional.co/actualidad/como-marcar-de-celular-a-fijo-en-colombia>;
//! - Kosovo (2016, another calling code) <https://en.wikipedia.org/wiki/Telephone_numbers_in_Kosovo>;
//! - Egypt (2011, mobiles) <http://www.tra.gov.eg/english/News_NewsDetails.asp?PID=39&ID=186>;
//! - Morocco (2009) <https://www.bladi.net/numero-telephone-maroc.html>, <https://maghress.com/alittihad/86457>;
//! - Cameroon (2014) <https://www.africatopsuccess.com/cameroon-phone-dialing-plan-moved-from-8-to-9-digits/>, landlines:
//!   <https://www.mcpusch.de/2014/11/kamerun-stellt-telefon-nummern-um/>;
//! - Qatar (2010) <https://www.cra.gov.qa/en/press-releases/qatars-phone-numbers-expand-digit-meet-growing-demand>;
//! - San Marino (1996, a calling code of its own; its landlines are reached by Italy's code too, to this day)
//!   <https://en.wikipedia.org/wiki/Telephone_numbers_in_San_Marino>, <http://wtng.info/wtng-378-sm.html>.

use super::renumbered::{
    CAMEROON, EGYPT, GABON, GABON_WITH_ZERO, IVORY_COAST, MOROCCO, QATAR, Rows, TOGO, VIETNAM,
};
use crate::event::names;

/// Whether two ids stand for the same customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// Surely.
    Yes,
    /// It cannot be told from the ids; nothing may be merged without asking.
    Maybe,
    /// They stand for two, as far as the rules know. [`surely_different`](super::whatsapp::surely_different) is stricter.
    No,
}

names!(Match { Yes = "yes", Maybe = "maybe", No = "no" });

/// A renumbering.
pub(super) struct Renumbering {
    /// What the rule is called in answers.
    pub(super) name: &'static str,
    /// How sure the two forms are the same customer.
    pub(super) same: Match,
    /// Whether WhatsApp's ids are known to have kept the old form.
    pub(super) of_ids: bool,
    /// Digits of an old number, calling code included.
    length: usize,
    /// Old beginnings, each with what stands there now, calling code included: `x` is any digit and `N` any but 0, both
    /// kept as they are. Of the old beginnings that fit the first one counts; it may have several rows.
    rows: Rows,
}

/// One whose old form is known of WhatsApp's ids.
const fn of_ids(name: &'static str, same: Match, length: usize, rows: Rows) -> Renumbering {
    Renumbering { name, same, of_ids: true, length, rows }
}

/// One that is known of the plan alone: the old form may stand in people's records.
const fn of_records(name: &'static str, length: usize, rows: Rows) -> Renumbering {
    Renumbering { name, same: Match::Maybe, of_ids: false, length, rows }
}

/// The rules; of those that fit the first one counts.
static RENUMBERINGS: [Renumbering; 19] = [
    of_ids("mexico-1", Match::Yes, 13, &[("521", "52")]),
    // In the areas below 31 every account has the ninth digit.
    of_ids(
        "brazil-9",
        Match::Yes,
        12,
        &[("551N8", "551N98"), ("551N9", "551N99"), ("552N8", "552N98"), ("552N9", "552N99")],
    ),
    // Those that begin with 7 were partly left as they were; 5 is a landline's too.
    of_ids(
        "brazil-9",
        Match::Maybe,
        12,
        &[
            ("55NN9", "55NN99"),
            ("55NN8", "55NN98"),
            ("55NN7", "55NN97"),
            ("55NN6", "55NN96"),
            ("55115", "551195"),
        ],
    ),
    // Without the 9 it is a landline's number, perhaps another customer's; area codes begin with 1 to 3.
    of_ids("argentina-9", Match::Maybe, 12, &[("541", "5491"), ("542", "5492"), ("543", "5493")]),
    of_ids("ivory-coast-2021", Match::Maybe, 11, IVORY_COAST),
    of_ids("benin-2024", Match::Maybe, 11, &[("229", "22901")]),
    of_records("gabon-2019", 11, GABON_WITH_ZERO),
    of_records("gabon-2019", 10, GABON),
    of_records("vietnam-2018", 12, VIETNAM),
    of_records(
        "mauritius-2013",
        10,
        &[("23025", "230525"), ("2304", "23054"), ("2307", "23057"), ("2308", "23058"), ("2309", "23059")],
    ),
    of_records("togo-2011", 10, TOGO),
    of_records("ecuador-2012", 11, &[("5938", "59398"), ("5939", "59399")]),
    of_records(
        "colombia-2021",
        10,
        &[
            ("571", "57601"),
            ("572", "57602"),
            ("574", "57604"),
            ("575", "57605"),
            ("576", "57606"),
            ("577", "57607"),
            ("578", "57608"),
        ],
    ),
    // Mobiles had the codes of Monaco and Slovenia, landlines that of Serbia.
    of_records(
        "kosovo-2016",
        11,
        &[
            ("37744", "38344"),
            ("37745", "38345"),
            ("38643", "38343"),
            ("38649", "38349"),
            ("38128", "38328"),
            ("38129", "38329"),
            ("38138", "38338"),
            ("38139", "38339"),
        ],
    ),
    of_records("egypt-2011", 11, EGYPT),
    of_records("morocco-2009", 11, MOROCCO),
    of_records("cameroon-2014", 11, CAMEROON),
    of_records("qatar-2010", 10, QATAR),
    // Landlines alone, which begin with 8 or 9 behind Italy's area code for San Marino.
    of_records("san-marino-1996", 12, &[("3905498", "37805498"), ("3905499", "37805499")]),
];

/// The number with another beginning, if it begins like that.
fn turned(digits: &str, from: &str, to: &str) -> Option<String> {
    let (start, rest) = digits.split_at_checked(from.len())?;
    let fits = |(digit, wanted): (u8, u8)| match wanted {
        b'x' => digit.is_ascii_digit(),
        b'N' => matches!(digit, b'1'..=b'9'),
        other => digit == other,
    };
    if !start.bytes().zip(from.bytes()).all(fits) {
        return None;
    }
    let open = |wanted: u8| matches!(wanted, b'x' | b'N');
    let mut kept =
        start.bytes().zip(from.bytes()).filter(|(_, wanted)| open(*wanted)).map(|(digit, _)| digit);
    let mut text = String::with_capacity(16);
    for byte in to.bytes() {
        text.push(char::from(if open(byte) { kept.next()? } else { byte }));
    }
    text.push_str(rest);
    Some(text)
}

/// The forms that a number may have got since, with the rule.
pub(super) fn newer(digits: &str) -> Option<(Vec<String>, &'static Renumbering)> {
    RENUMBERINGS.iter().filter(|rule| rule.length == digits.len()).find_map(|rule| {
        let (old, _) = rule.rows.iter().find(|(old, new)| turned(digits, old, new).is_some())?;
        let rows = rule.rows.iter().filter(|(other, _)| other == old);
        Some((rows.filter_map(|(old, new)| turned(digits, old, new)).collect(), rule))
    })
}

/// The forms that a number may have had before.
pub(super) fn older(digits: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for rule in &RENUMBERINGS {
        for (old, new) in rule.rows {
            let form = turned(digits, new, old).filter(|form| form.len() == rule.length);
            // Only what a rule would turn back.
            let turns_back =
                |form: &String| newer(form).is_some_and(|(newer, _)| newer.iter().any(|new| new == digits));
            forms.extend(form.filter(|form| !forms.contains(form) && turns_back(form)));
        }
    }
    forms
}
