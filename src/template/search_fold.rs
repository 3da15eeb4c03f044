//! Folding for search: case, accents and the forms of Arabic letters make no difference.
//!
//! A full Unicode table would outweigh the search; these are the scripts of the languages that WhatsApp takes
//! templates in (<https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages>).

/// U+00C0 to U+017F without accents and capitals; `.` for those that become two letters or none.
const LATIN: &str = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllllllllnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// U+1E00 to U+1EFF likewise (Vietnamese among others).
const LATIN_ADDITIONAL: &str = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyasss..aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyllvvyy";

/// Letters that become two.
#[rustfmt::skip]
const DOUBLE: &[(char, &str)] = &[
    ('\u{c6}', "ae"), ('\u{e6}', "ae"), ('\u{de}', "th"), ('\u{fe}', "th"), ('\u{df}', "ss"), ('\u{1e9e}', "ss"),
    ('\u{132}', "ij"), ('\u{133}', "ij"), ('\u{152}', "oe"), ('\u{153}', "oe"), ('\u{138}', "k"), ('\u{149}', "n"),
    ('\u{fb00}', "ff"), ('\u{fb01}', "fi"), ('\u{fb02}', "fl"), ('\u{fb03}', "ffi"), ('\u{fb04}', "ffl"),
    ('\u{fb05}', "st"), ('\u{fb06}', "st"),
    ('\u{fef5}', "لا"), ('\u{fef6}', "لا"), ('\u{fef7}', "لا"), ('\u{fef8}', "لا"), ('\u{fef9}', "لا"), ('\u{fefa}', "لا"),
    ('\u{fefb}', "لا"), ('\u{fefc}', "لا"),
];

/// Single letters: Vietnamese horns, Romanian commas, Greek with tonos, Cyrillic, Arabic and Persian forms.
#[rustfmt::skip]
const SINGLE: &[(char, char)] = &[
    ('Ơ', 'o'), ('ơ', 'o'), ('Ư', 'u'), ('ư', 'u'), ('Ș', 's'), ('ș', 's'), ('Ț', 't'), ('ț', 't'),
    ('Ə', 'ə'), ('Ά', 'α'), ('Έ', 'ε'), ('Ή', 'η'), ('Ί', 'ι'), ('Ό', 'ο'), ('Ύ', 'υ'), ('Ώ', 'ω'), ('ΐ', 'ι'),
    ('ά', 'α'), ('έ', 'ε'), ('ή', 'η'), ('ί', 'ι'), ('ΰ', 'υ'), ('ς', 'σ'), ('ϊ', 'ι'), ('ϋ', 'υ'), ('ό', 'ο'),
    ('ύ', 'υ'), ('ώ', 'ω'), ('Ϊ', 'ι'), ('Ϋ', 'υ'), ('Й', 'и'), ('й', 'и'), ('Ё', 'е'), ('ё', 'е'), ('Ї', 'і'),
    ('ї', 'і'), ('Ў', 'у'), ('ў', 'у'), ('Ґ', 'ґ'),
    ('آ', 'ا'), ('أ', 'ا'), ('إ', 'ا'), ('ٱ', 'ا'), ('ى', 'ي'), ('ی', 'ي'), ('ئ', 'ي'), ('ؤ', 'و'), ('ة', 'ه'),
    ('ۀ', 'ه'), ('ک', 'ك'),
];

/// First, last and distance to the small letter of scripts with capitals; of digits and wide forms to ASCII.
#[rustfmt::skip]
const SHIFTED: &[(u32, u32, i32)] = &[
    (0x41, 0x5a, 0x20), (0x391, 0x3a9, 0x20), (0x400, 0x40f, 0x50), (0x410, 0x42f, 0x20), (0x531, 0x556, 0x30),
    (0x660, 0x669, -0x630), (0x6f0, 0x6f9, -0x6c0), (0x966, 0x96f, -0x936), (0x10a0, 0x10c5, 0x1c60),
    (0xff10, 0xff19, -0xfee0), (0xff21, 0xff3a, -0xfec0), (0xff41, 0xff5a, -0xfee0),
];

/// Letters in the forms that they take in a word, as old systems and copies from PDF files write them: the first code of
/// each letter; the next row's is where its forms end.
#[rustfmt::skip]
const SHAPED: &[(u16, char)] = &[
    (0xfb50, 'ا'), (0xfb52, 'ٻ'), (0xfb56, 'پ'), (0xfb5a, 'ڀ'), (0xfb5e, 'ٺ'), (0xfb62, 'ٿ'), (0xfb66, 'ٹ'),
    (0xfb6a, 'ڤ'), (0xfb6e, 'ڦ'), (0xfb72, 'ڄ'), (0xfb76, 'ڃ'), (0xfb7a, 'چ'), (0xfb7e, 'ڇ'), (0xfb82, 'ڍ'),
    (0xfb84, 'ڌ'), (0xfb86, 'ڎ'), (0xfb88, 'ڈ'), (0xfb8a, 'ژ'), (0xfb8c, 'ڑ'), (0xfb8e, 'ك'), (0xfb92, 'گ'),
    (0xfb96, 'ڳ'), (0xfb9a, 'ڱ'), (0xfb9e, 'ں'), (0xfba0, 'ڻ'), (0xfba4, 'ه'), (0xfba6, 'ہ'), (0xfbaa, 'ھ'),
    (0xfbae, 'ے'), (0xfbb0, 'ۓ'), (0xfbb2, '\0'), (0xfbd3, 'ڭ'), (0xfbd7, 'ۇ'), (0xfbd9, 'ۆ'), (0xfbdb, 'ۈ'),
    (0xfbdd, '\0'), (0xfbde, 'ۋ'), (0xfbe0, '\0'), (0xfbe4, 'ې'), (0xfbe8, 'ي'), (0xfbea, '\0'),
    (0xfbfc, 'ي'), (0xfc00, '\0'), (0xfe80, 'ء'), (0xfe81, 'ا'),
    (0xfe85, 'و'), (0xfe87, 'ا'), (0xfe89, 'ي'), (0xfe8d, 'ا'), (0xfe8f, 'ب'), (0xfe93, 'ه'), (0xfe95, 'ت'),
    (0xfe99, 'ث'), (0xfe9d, 'ج'), (0xfea1, 'ح'), (0xfea5, 'خ'), (0xfea9, 'د'), (0xfeab, 'ذ'), (0xfead, 'ر'),
    (0xfeaf, 'ز'), (0xfeb1, 'س'), (0xfeb5, 'ش'), (0xfeb9, 'ص'), (0xfebd, 'ض'), (0xfec1, 'ط'), (0xfec5, 'ظ'),
    (0xfec9, 'ع'), (0xfecd, 'غ'), (0xfed1, 'ف'), (0xfed5, 'ق'), (0xfed9, 'ك'), (0xfedd, 'ل'), (0xfee1, 'م'),
    (0xfee5, 'ن'), (0xfee9, 'ه'), (0xfeed, 'و'), (0xfeef, 'ي'), (0xfef5, '\0'),
];

/// Marks that say nothing here: combining accents, Hebrew points, Arabic vowels and tatweel, joiners, direction marks.
const fn is_passed_over(char: char) -> bool {
    matches!(char, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// What stands between words: blanks, punctuation and signs of the scripts above.
pub(super) const fn is_separator(char: char) -> bool {
    match char {
        '\0'..='\u{7f}' => !char.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}'
        | '\u{d7}'
        | '\u{f7}'
        | '\u{5be}'
        | '\u{5c0}'
        | '\u{5c3}'
        | '\u{60c}'
        | '\u{61b}'
        | '\u{61f}'
        | '\u{66a}'..='\u{66d}'
        | '\u{6d4}'
        | '\u{964}'
        | '\u{965}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2010}'..='\u{2029}'
        | '\u{202f}'..='\u{205f}'
        | '\u{3000}'..='\u{303f}'
        | '\u{ff01}'..='\u{ff0f}' => true,
        _ => false,
    }
}

fn from_table(table: &str, char: char, first: u32) -> Option<char> {
    let at = u32::from(char).checked_sub(first)?;
    table.as_bytes().get(at as usize).map(|byte| char::from(*byte))
}

/// The letter of a form.
fn unshaped(char: char) -> Option<char> {
    // Nearly every letter stands before all of them.
    if char < '\u{fb50}' {
        return None;
    }
    let row = SHAPED.iter().rev().find(|(first, _)| u32::from(*first) <= u32::from(char));
    row.map(|(_, letter)| *letter).filter(|letter| *letter != '\0')
}

fn shifted(char: char) -> char {
    let code = u32::from(char);
    let row = SHIFTED.iter().find(|(first, last, _)| (*first..=*last).contains(&code));
    row.and_then(|(.., by)| char::from_u32(code.saturating_add_signed(*by))).unwrap_or(char)
}

fn push_folded(out: &mut String, char: char) {
    if char.is_ascii() {
        return out.push(char.to_ascii_lowercase());
    }
    if is_passed_over(char) {
        return;
    }
    if let Some((_, two)) = DOUBLE.iter().find(|(from, _)| *from == char) {
        return out.push_str(two);
    }
    let latin = from_table(LATIN, char, 0xc0).or_else(|| from_table(LATIN_ADDITIONAL, char, 0x1e00));
    let single = || SINGLE.iter().find(|(from, _)| *from == char).map(|(_, to)| *to);
    let letter = latin.filter(|letter| *letter != '.').or_else(single).or_else(|| unshaped(char));
    out.push(letter.unwrap_or_else(|| shifted(char)));
}

/// The small letter alone, and one form of Arabic letters that are typed either way: for keywords, whose spellings can be listed.
fn push_small(out: &mut String, char: char) {
    match char {
        _ if is_passed_over(char) => {}
        'À'..='Þ' => out.extend(char::from_u32(u32::from(char).saturating_add(0x20))),
        'İ' => out.push('i'),
        'آ' | 'أ' | 'إ' => out.push('ا'),
        'ى' | 'ئ' => out.push('ي'),
        _ => out.push(shifted(char)),
    }
}

/// The words of a text in small letters, in order. Without the tables of accents, which are larger than all that reads webhooks.
pub(super) fn small_words(text: &str) -> Vec<String> {
    split(text, push_small)
}

/// The folded words of a text, in order.
///
/// ```
/// use reply_window::template::search_fold::words;
/// assert_eq!(words("Café_ÉTÉ, fin"), ["cafe", "ete", "fin"]);
/// assert_eq!(words("أُسْرَة"), words("اسره"));
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    split(text, push_folded)
}

fn split(text: &str, push: fn(&mut String, char)) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for char in text.chars() {
        if is_separator(char) {
            if !word.is_empty() {
                words.push(core::mem::take(&mut word));
            }
        } else {
            push(&mut word, char);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}
