//! Every function of the contract, in lists: a WebAssembly module makes its exports from those that it takes.

use crate::data::{Fault, Value};

/// A function of the contract.
pub type Function = fn(&Value) -> Result<Value, Fault>;

/// Windows: folding of evidence, status, verdict. Each list holds `name => function`; the WebAssembly modules make their
/// exports from the lists that they need, see `src/wasm/modules`.
#[macro_export]
macro_rules! session {
    ($receiver:ident) => {
        $receiver! {
            plain {
                foldEvents => $crate::wire::session::fold_events,
                mergeStates => $crate::wire::session::merge_states,
                compactState => $crate::wire::session::compact_state,
                windowStatus => $crate::wire::session::window_status,
                windowStatuses => $crate::wire::session::window_statuses,
                judge => $crate::wire::session::judge,
                policyFor => $crate::wire::policy::policy_for,
                windowKeys => $crate::wire::key::window_keys,
            }
        }
    };
}

/// What one window is told.
#[macro_export]
macro_rules! told {
    ($receiver:ident) => {
        $receiver! {
            plain {
                recordEvents => $crate::wire::session::record_events,
            }
        }
    };
}

/// What arrives at a server, of any windows.
#[macro_export]
macro_rules! received {
    ($receiver:ident) => {
        $receiver! {
            plain {
                recordReceived => $crate::wire::received::record_received,
            }
        }
    };
}

/// Whom a message goes to or came from.
#[macro_export]
macro_rules! addresses {
    ($receiver:ident) => {
        $receiver! {
            plain {
                parseAddress => $crate::wire::address::parse_address,
            }
        }
    };
}

/// What may be sent besides templates.
#[macro_export]
macro_rules! session_messages {
    ($receiver:ident) => {
        $receiver! {
            plain {
                checkSessionMessage => $crate::wire::template::check_session_message,
                joinMessages => $crate::wire::template::join_messages,
            }
        }
    };
}

/// Choosing a template and filling it in.
#[macro_export]
macro_rules! templates {
    ($receiver:ident) => {
        $receiver! {
            plain {
                templateEligibility => $crate::wire::template::eligibility,
                fillTemplate => $crate::wire::template::fill,
                rankTemplates => $crate::wire::template::rank,
                suitableForDraft => $crate::wire::template::suitable_for_draft,
                templatePrompts => $crate::wire::template::prompts,
                templateAudience => $crate::wire::template::audience,
            }
        }
    };
}

/// What a customer's words ask.
#[macro_export]
macro_rules! answers {
    ($receiver:ident) => {
        $receiver! {
            plain {
                readAnswer => $crate::wire::template::read_answer,
            }
        }
    };
}

/// What a provider's codes mean.
#[macro_export]
macro_rules! provider_codes {
    ($receiver:ident) => {
        $receiver! {
            plain {
                explainProviderError => $crate::wire::provider_error::explain_provider_error,
                providerVerdict => $crate::wire::provider_error::provider_verdict,
                explainError => $crate::wire::provider_error::explain_error,
            }
        }
    };
}

/// What reads the providers' pages of templates, usually in the middleware.
#[macro_export]
macro_rules! template_pages {
    ($receiver:ident) => {
        $receiver! {
            plain {
                importTemplates => $crate::wire::template::import,
                mergeApproval => $crate::wire::template::merge_approval,
                applyTemplateEvents => $crate::wire::template::apply_events,
            }
        }
    };
}

/// What webhooks say.
#[macro_export]
macro_rules! inbound {
    ($receiver:ident) => {
        $receiver! {
            plain {
                parseInbound => $crate::wire::inbound::parse_inbound,
            }
        }
    };
}

/// What a provider's list of messages says, for a server that asks for it.
#[macro_export]
macro_rules! history {
    ($receiver:ident) => {
        $receiver! {
            plain {
                readTwilioMessage => $crate::wire::inbound::read_twilio_message,
            }
        }
    };
}

/// What a file is, by its content type.
#[macro_export]
macro_rules! files {
    ($receiver:ident) => {
        $receiver! {
            plain {
                kindOfFile => $crate::wire::inbound::kind_of_file,
            }
        }
    };
}

/// Who signed a webhook. What went through these is wiped.
#[macro_export]
macro_rules! signatures {
    ($receiver:ident) => {
        $receiver! {
            secret {
                verifyTwilio => $crate::wire::webhook::verify_twilio,
                verifyMeta => $crate::wire::webhook::verify_meta,
            }
        }
    };
}

/// What goes before a signature is verified, and what is asked where it was not. What went through these is wiped.
#[macro_export]
macro_rules! signature_aids {
    ($receiver:ident) => {
        $receiver! {
            secret {
                deriveKey => $crate::wire::webhook::derive_key,
                diagnoseTwilio => $crate::wire::webhook::diagnose_twilio,
            }
        }
    };
}

/// A signature for whoever a webhook is handed on to. What went through it is wiped.
#[macro_export]
macro_rules! signing {
    ($receiver:ident) => {
        $receiver! {
            secret {
                signTwilio => $crate::wire::webhook::sign_twilio,
            }
        }
    };
}

/// Whom WhatsApp means by a number.
#[macro_export]
macro_rules! customers {
    ($receiver:ident) => {
        $receiver! {
            plain {
                identifyCustomer => $crate::wire::address::identify_customer,
                sameCustomer => $crate::wire::address::same_customer,
                lookupCandidates => $crate::wire::address::lookup_candidates,
                checkNumberText => $crate::wire::address::check_number_text,
            }
        }
    };
}

/// What only an administrator's set-up form and its middleware need. The record holds the Auth Token, so it is wiped.
#[macro_export]
macro_rules! setup {
    ($receiver:ident) => {
        $receiver! {
            secret {
                checkChannel => $crate::wire::account::check_channel,
                checkNumber => $crate::wire::account::check_number,
                checkOutage => $crate::wire::account::check_outage,
            }
        }
    };
}

/// What the tables of Dynamics 365 say.
#[macro_export]
macro_rules! dataverse {
    ($receiver:ident) => {
        $receiver! {
            plain {
                dataverseEvidence => $crate::wire::dataverse::evidence,
                dataverseParties => $crate::wire::dataverse::read_parties,
                dataverseOutbound => $crate::wire::dataverse::read_outbound,
                dataverseGuid => $crate::wire::dataverse::read_guid,
                dataverseLowerBound => $crate::wire::dataverse::lower_bound,
            }
        }
    };
}

/// How old the rules are, for modules that have not all of them.
#[macro_export]
macro_rules! dates {
    ($receiver:ident) => {
        $receiver! {
            plain {
                rulesAsOf => $crate::wire::rules::rules_as_of,
            }
        }
    };
}

/// What every rule rests on.
#[macro_export]
macro_rules! rules {
    ($receiver:ident) => {
        $receiver! {
            plain {
                listRules => $crate::wire::rules::list_rules,
            }
        }
    };
}

macro_rules! table {
    ($($_kind:ident { $($name:ident => $function:path,)* })*) => { &[$($((stringify!($name), $function)),*),*] };
}

/// Every function of the contract by its name, list by list.
pub const FUNCTIONS: &[&[(&str, Function)]] = &[
    session!(table),
    told!(table),
    received!(table),
    addresses!(table),
    session_messages!(table),
    templates!(table),
    answers!(table),
    provider_codes!(table),
    template_pages!(table),
    inbound!(table),
    history!(table),
    files!(table),
    signatures!(table),
    signature_aids!(table),
    signing!(table),
    customers!(table),
    setup!(table),
    dataverse!(table),
    dates!(table),
    rules!(table),
];
