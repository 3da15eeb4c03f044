//! Where the documentation says that nothing is allocated, nothing is: every allocation of this thread is counted.

use crate::vectors::call;
use reply_window::address::numbers::world;
use reply_window::provider::twilio::signature::{KeyRing, Request, Scratch};
use reply_window::signing::key::Key;
use reply_window::signing::secret::Secret;
use serde_json::{Value as Json, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

struct Counting;

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: every call is passed on as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        COUNT.set(COUNT.get() + 1);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn allocations(work: impl FnOnce()) -> usize {
    let before = COUNT.get();
    work();
    COUNT.get() - before
}

#[test]
fn what_allocates_is_counted() {
    assert_eq!(allocations(|| drop(black_box(vec![0_u8; 100]))), 1);
}

#[test]
fn verifying_allocates_nothing_after_the_first_calls() {
    let file: Json = serde_json::from_str(include_str!("../vectors/twilio-signatures.json")).expect("JSON");
    let vectors = file["vectors"].as_array().expect("a list");
    let real = vectors.iter().find(|vector| vector["name"] == "real/whatsapp-inbound").expect("there");
    let text = |name: &str| real[name].as_str().expect("a text");
    let token = Secret::new(text("token").as_bytes()).expect("not empty");
    let ring = KeyRing { keys: vec![Key::auth_token(&token)], require_shared_key: false };
    let good = Request {
        url: text("url"),
        signature: text("signature"),
        body: text("body").as_bytes(),
        ..Request::default()
    };
    let bad = Request { signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=", ..good };
    let mut scratch = Scratch::default();
    let mut both = || {
        assert!(ring.verify(&good, &mut scratch).is_ok());
        assert!(ring.verify(&bad, &mut scratch).is_err());
    };
    // The second call brings the room for the order of the one before.
    both();
    both();
    assert_eq!(allocations(both), 0);
}

#[test]
fn judging_a_number_allocates_nothing_after_the_first_call() {
    let numbers = ["+4915112345678", "0151 12345678", "(415) 555-2671", "no number", "+٩٧١ ٥٠ ١٢٣ ٤٥٦٧"];
    let judge = || {
        numbers.iter().for_each(|number| {
            black_box(world().check(number));
        })
    };
    judge();
    assert_eq!(allocations(judge), 0);
    // The same through the contract allocates, so the count is not blind to this code.
    assert!(allocations(|| drop(call("parseNumber", &json!({ "text": numbers[0] })))) > 0);
}
