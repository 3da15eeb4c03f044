//! How a WebAssembly module exports what a list names. Each module has `wasm-bindgen` as a dependency of its own: an
//! exported function comes out of every module that uses anything of the crate it stands in.

/// Exports functions of the contract: `plain { name => function, }`, or `secret` for what is to be wiped.
#[macro_export]
macro_rules! exports {
    ($($kind:ident { $($name:ident => $function:path,)* })*) => {$($(
        #[doc = concat!("`", stringify!($name), "` of the contract.")]
        #[wasm_bindgen::prelude::wasm_bindgen]
        #[allow(non_snake_case, reason = "the contract's names are JavaScript's")]
        pub fn $name(input: wasm_bindgen::JsValue) -> Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue> {
            $crate::wasm::$kind(input, $function)
        }
    )*)*};
}

/// Exports functions of the hot paths: `name(argument: type, …) -> type => function,`.
#[macro_export]
macro_rules! exports_as_typed {
    ($($name:ident($($argument:ident: $type:ty),*) $(-> $output:ty)? => $function:path,)*) => {$(
        #[doc = concat!("See `", stringify!($function), "`.")]
        #[wasm_bindgen::prelude::wasm_bindgen]
        #[allow(non_snake_case, reason = "the contract's names are JavaScript's")]
        pub fn $name($($argument: $type),*) $(-> $output)? {
            $function($($argument),*)
        }
    )*};
}

/// Indexes of templates, kept under a number.
#[macro_export]
macro_rules! template_index {
    ($receiver:ident) => {
        $receiver! {
            plain {
                buildTemplateIndex => $crate::wasm::index::build,
                searchTemplates => $crate::wasm::index::search,
                dropTemplateIndex => $crate::wasm::index::drop_index,
            }
        }
    };
}

/// Books of windows, kept under a number.
#[macro_export]
macro_rules! window_books {
    ($receiver:ident) => {
        $receiver! {
            openBook(asked: &str) -> Result<u32, wasm_bindgen::JsValue> => $crate::wasm::book::open,
            closeBook(book: u32) => $crate::wasm::book::close,
            judgeBookBy(book: u32, asked: &str) -> Result<(), wasm_bindgen::JsValue> => $crate::wasm::book::judge_by,
            recordInBook(book: u32, told: &str) -> Result<bool, wasm_bindgen::JsValue> => $crate::wasm::book::record,
            removeFromBook(book: u32, places: &[u32]) -> Result<(), wasm_bindgen::JsValue> => $crate::wasm::book::remove,
            bookChanges(book: u32, nowAtMs: f64) -> Result<Vec<f64>, wasm_bindgen::JsValue>
                => $crate::wasm::book::changes,
            bookStatuses(book: u32, places: &[u32], nowAtMs: f64) -> Result<String, wasm_bindgen::JsValue>
                => $crate::wasm::book::statuses,
            bookStates(book: u32, places: &[u32]) -> Result<String, wasm_bindgen::JsValue>
                => $crate::wasm::book::states,
        }
    };
}

/// The verifier's fast path.
#[macro_export]
macro_rules! verifier {
    ($receiver:ident) => {
        $receiver! {
            verifierAdd(input: wasm_bindgen::JsValue) -> Result<u32, wasm_bindgen::JsValue> => $crate::wasm::verify::add,
            verifierRemove(id: u32) => $crate::wasm::verify::remove,
            scratchPointer(length: usize) -> usize => $crate::wasm::verify::scratch_pointer,
            verifyScratch(id: u32, url: usize, signature: usize, body: usize) -> i32 => $crate::wasm::verify::verify,
            verifyScratchAgain(id: u32, url: usize, signature: usize, body: usize, other: usize) -> i32
                => $crate::wasm::verify::verify_again,
            readScratch(body: usize) -> i32 => $crate::wasm::verify::read,
            scratchText() -> String => $crate::wasm::verify::scratch_text,
            scratchLengths() -> Vec<u32> => $crate::wasm::verify::scratch_lengths,
            scratchRefusal(number: usize) -> wasm_bindgen::JsValue => $crate::wasm::verify::scratch_refusal,
        }
    };
}

/// What was verified so, read.
#[macro_export]
macro_rules! verified_inbound {
    ($receiver:ident) => {
        $receiver! {
            readScratchJson(body: usize) -> bool => $crate::wasm::verify::read_json,
            scratchInbound(receiptAtMs: f64) -> Result<Vec<f64>, wasm_bindgen::JsValue>
                => $crate::wasm::verify::scratch_inbound,
            scratchInboundText() -> String => $crate::wasm::verify::scratch_inbound_text,
        }
    };
}

/// What a receiver remembers of a request.
#[macro_export]
macro_rules! digests {
    ($receiver:ident) => {
        $receiver! {
            textDigest(text: &str) -> String => $crate::wasm::digest::text_digest,
            scratchDigest(url: &str) -> String => $crate::wasm::verify::scratch_digest,
        }
    };
}

/// What stores keep.
#[macro_export]
macro_rules! kept_windows {
    ($receiver:ident) => {
        $receiver! {
            packStates(windows: &str) -> Result<String, wasm_bindgen::JsValue> => $crate::wasm::kept::pack_states,
            unpackStates(windows: &str) -> Result<String, wasm_bindgen::JsValue> => $crate::wasm::kept::unpack_states,
            closingTimes(windows: &str, question: &str) -> Result<Vec<f64>, wasm_bindgen::JsValue>
                => $crate::wasm::kept::closing_times,
        }
    };
}

/// Whether a number is valid.
#[macro_export]
macro_rules! number_validity {
    ($receiver:ident) => {
        $receiver! {
            isValidText(text: &str) -> bool => $crate::wasm::numbers::is_valid_text,
            areValidDigits(first: u32, rest: u32) -> bool => $crate::wasm::numbers::are_valid_digits,
        }
    };
}

/// Numbers read and written.
#[macro_export]
macro_rules! numbers {
    ($receiver:ident) => {
        $receiver! {
            readNumber(text: &str, region: u32, styles: u32) -> String => $crate::wasm::numbers::read,
        }
    };
}
