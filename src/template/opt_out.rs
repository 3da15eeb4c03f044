//! What a customer's words ask of us: to stop, or to begin again.
//!
//! A message that is nothing but an opt-out keyword is recorded as one. A word among others records nothing: it only says that
//! nothing may go out by itself, until a person has read it.
//!
//! Sources: Twilio's default keywords (STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, REVOKE, OPTOUT; START, UNSTOP):
//! <https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out>; ARRET, ARRETE:
//! <https://www.twilio.com/docs/proxy/opt-out-keywords>; REMOVE, OPT-OUT:
//! <https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html>; STOP ALL:
//! <https://developers.telnyx.com/docs/messaging/messages/advanced-opt-in-out>; "Stop promotions", the button of marketing
//! templates. The words of other languages say the same and are inferred. YES, which Twilio takes for an opt-in, is not: it
//! answers any question.

use super::search_fold::small_words;

/// Keywords in small letters, one on a line.
const OPT_OUT: &str = "stop
stopall
stop all
unsubscribe
cancel
end
quit
revoke
optout
opt out
remove
stop promotions
stop marketing
arret
arrete
arrêt
arrête
arrêter
désabonner
désinscrire
stopp
abmelden
abbestellen
baja
darse de baja
parar
cancelar
sair
descadastrar
disiscrivi
stoppen
afmelden
uitschrijven
iptal
стоп
отписаться
הסר
הסרה
توقف
توقفوا
اوقف
وقف
ايقاف
الغاء
الغاء الاشتراك
الغ الاشتراك
ايقاف الرسايل
اوقفوا الرسايل";

const OPT_IN: &str = "start
unstop
subscribe
resubscribe
اشترك";

/// Words that say neither, and after which a person should read on.
const HOLD: &str = "dont
no
not
wait
halt
non
attendez
annuler
alto
espera
esperar
não
nao
nein
nicht
warte
warten
niet
wacht
dur
bekle
нет
подождите
לא
لا
الغ
الغي
كفي
انتظر
انتظري
انتظروا";

/// What a customer said of marketing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptOut {
    /// None of it.
    Stop,
    /// Again.
    Resume,
}

/// A text as it is compared: words in small letters, apostrophes gone.
fn folded(text: &str) -> Vec<String> {
    let text: String = text.chars().filter(|char| !matches!(char, '\'' | '\u{2019}')).collect();
    small_words(&text)
}

fn is_in(list: &str, word: &str) -> bool {
    list.lines().any(|known| known == word)
}

/// What a message says of marketing, if it is nothing but a keyword.
///
/// ```
/// use reply_window::template::opt_out::{OptOut, keyword};
/// assert_eq!(keyword(" Stop! "), Some(OptOut::Stop));
/// assert_eq!(keyword("إيقاف"), Some(OptOut::Stop));
/// assert_eq!(keyword("START"), Some(OptOut::Resume));
/// assert_eq!(keyword("stop by tomorrow"), None);
/// ```
#[must_use]
pub fn keyword(text: &str) -> Option<OptOut> {
    let said = folded(text).join(" ");
    if is_in(OPT_OUT, &said) {
        return Some(OptOut::Stop);
    }
    is_in(OPT_IN, &said).then_some(OptOut::Resume)
}

/// Whether a word of it asks to stop or to wait.
///
/// ```
/// use reply_window::template::opt_out::asks_to_stop;
/// assert!(asks_to_stop("Stop! Cancel everything"));
/// assert!(asks_to_stop("please don’t"));
/// assert!(!asks_to_stop("The endless road"));
/// ```
#[must_use]
pub fn asks_to_stop(text: &str) -> bool {
    folded(text).iter().any(|word| is_in(OPT_OUT, word) || is_in(HOLD, word))
}
