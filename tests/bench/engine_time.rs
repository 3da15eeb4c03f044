//! The engine's own time, without the boundary: the same windows that `session.mjs` sends across, made and judged
//! inside WebAssembly. Built and called by `npm run bench:session` only.

use reply_window::event::{Channel, Kind, Log, Times};
use reply_window::session::{Draft, Entry, Permission, Policy, Record, Window, judge, status};
use reply_window::time::Instant;
use std::cell::RefCell;

thread_local! {
    static WINDOWS: RefCell<Vec<Window>> = const { RefCell::new(Vec::new()) };
}

fn entry(id: String, ms: i64) -> Entry {
    let times = Times { receipt: Instant::from_ms(ms).ok(), ..Times::default() };
    Entry { log: Log::Customer, id, record: Record { kind: Kind::Text, times } }
}

/// Makes `windows` windows of `records` records each, a minute apart, the first at `start`.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(windows: u32, records: u32, start: f64) {
    let window = |n: u32| {
        let at = |r: u32| start as i64 + i64::from(n) * 60_000 + i64::from(r) * 1_000;
        Window::fold((0..records).map(|r| entry(format!("SM{n:08}{r:08}"), at(r))))
    };
    WINDOWS.with_borrow_mut(|all| *all = (0..windows).map(window).collect());
}

/// Judges every window once at `now`; how many allow free text.
#[unsafe(no_mangle)]
pub extern "C" fn judge_all(now: f64) -> u32 {
    let policy = Policy::of(Channel::Whatsapp);
    let now = Instant::from_f64(now).expect("a time");
    let allowed = |window: &Window| {
        let status = status(window, &policy, now, None);
        judge(&status, &policy, now, Draft::Text, false).permission == Permission::Allowed
    };
    WINDOWS.with_borrow(|all| all.iter().filter(|window| allowed(window)).count() as u32)
}

/// Folds `events` events into one window, one by one, as webhooks arrive; how many records it holds.
#[unsafe(no_mangle)]
pub extern "C" fn fold_all(events: u32, start: f64) -> u32 {
    let mut window = Window::fold([]);
    for n in 0..events {
        // Every fourth is a retry of an earlier one, and the window is kept as storage keeps it.
        let n = if n % 4 == 3 { n - 2 } else { n };
        window.add([entry(format!("SM{n:08}"), start as i64 + i64::from(n))]);
        if window.len(Log::Customer) > 128 {
            window = window.compact();
        }
    }
    window.len(Log::Customer) as u32
}

fn main() {}
