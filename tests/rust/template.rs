//! Templates as a whole: random fills of every example, hostile input, search over thousands.

use crate::vectors::call;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

const TWILIO: &str = include_str!("../vectors/examples/twilio-content-and-approvals.json");
const META: &str = include_str!("../vectors/examples/meta-message-templates.json");

fn imported(provider: &str, page: &str) -> Vec<Json> {
    let page: Json = serde_json::from_str(page).expect("JSON");
    let answer = call("importTemplates", &json!({ "provider": provider, "page": page })).expect("a page");
    assert_eq!(answer["problems"], json!([]), "the examples have no problem");
    answer["templates"].as_array().expect("templates").clone()
}

fn examples() -> Vec<Json> {
    [imported("twilio", TWILIO), imported("meta", META)].concat()
}

#[test]
fn every_example_is_imported() {
    assert_eq!(imported("twilio", TWILIO).len(), 18);
    assert_eq!(imported("meta", META).len(), 8);
}

/// `{{…}}` of ASCII letters, digits and underscore, written without the code under test.
fn placeholders_of(text: &str, names: &mut Vec<String>) {
    for piece in text.split("{{").skip(1) {
        let Some((name, _)) = piece.split_once("}}") else { continue };
        if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            names.push(name.to_owned());
        }
    }
}

fn placeholders_in(value: &Json, names: &mut Vec<String>) {
    match value {
        Json::String(text) => placeholders_of(text, names),
        Json::Array(items) => items.iter().for_each(|item| placeholders_in(item, names)),
        Json::Object(fields) => fields.values().for_each(|field| placeholders_in(field, names)),
        _ => {}
    }
}

/// The names that a Content resource of the examples needs.
fn needed(resource: &Json) -> Vec<String> {
    let mut names = Vec::new();
    placeholders_in(&resource["types"], &mut names);
    if resource["types"].get("whatsapp/authentication").is_some() {
        names.push("1".into());
    }
    names.sort();
    names.dedup();
    names
}

fn needed_by_examples() -> Vec<Vec<String>> {
    let page: Json = serde_json::from_str(TWILIO).expect("JSON");
    page["contents"].as_array().expect("contents").iter().map(needed).collect()
}

/// What no provider takes in a value; written without the code under test.
fn is_forbidden(value: &str) -> bool {
    let marks = "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    let breaks = "\n\r\t\u{b}\u{c}\u{85}\u{2028}\u{2029}";
    value.trim().is_empty()
        || value.contains("     ")
        || value.contains("{{")
        || value.chars().any(|char| marks.contains(char) || breaks.contains(char))
        || value.encode_utf16().count() > 1600
}

fn a_value() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z0-9]{1,12}",
        2 => "[a-zé 😀'\"\\\\<&/.-]{1,20}",
        1 => "[ a\n\t\r\u{85}\u{2028}\u{202e}\u{2066}{}\u{0}\u{200b}]{0,9}",
        1 => (1_590_usize..1_610).prop_map(|length| "y".repeat(length)),
        1 => (795_usize..805).prop_map(|length| "😀".repeat(length)),
        1 => Just(String::new()),
        1 => Just("https://files.example.com/a.pdf".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ready_fill_holds_exactly_what_was_asked_for(
        at in 0_usize..26,
        values in prop::collection::vec(a_value(), 8),
        drop in 0_usize..24,
        extra in prop::option::weighted(0.1, "[a-z]{1,9}"),
    ) {
        thread_local! {
            static EXAMPLES: Vec<Json> = examples();
            static NEEDED: Vec<Vec<String>> = needed_by_examples();
        }
        let template = EXAMPLES.with(|examples| examples[at].clone());
        let names: Vec<String> = template["variables"].as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap().to_owned()).collect();
        let mut given = Map::new();
        for (index, name) in names.iter().enumerate().filter(|(index, _)| *index != drop) {
            given.insert(name.clone(), json!(values[index]));
        }
        if let Some(extra) = extra {
            given.entry(extra).or_insert_with(|| json!("x"));
        }
        let fill = call("fillTemplate", &json!({ "template": template, "values": given })).expect("an answer");
        let sound = given.len() == names.len() && names.iter().all(|name| given.get(name).is_some_and(|value| !is_forbidden(value.as_str().unwrap())));
        if fill["kind"] == "ready" {
            prop_assert!(sound, "ready with {given:?}");
            if template["source"] == "twilio" {
                let sent: Map<String, Json> = match fill["contentVariables"].as_str() {
                    Some(sent) => serde_json::from_str(sent).expect("ContentVariables is JSON"),
                    None => Map::new(),
                };
                prop_assert_eq!(&sent, &given);
                let mut keys: Vec<String> = sent.keys().cloned().collect();
                keys.sort();
                prop_assert_eq!(keys, NEEDED.with(|needed| needed[at].clone()));
            }
        } else {
            prop_assert!(!fill["problems"].as_array().unwrap().is_empty());
            for problem in fill["problems"].as_array().unwrap() {
                if let Some(repair) = problem["repair"].as_str() {
                    prop_assert!(!is_forbidden(repair), "repair {:?}", repair);
                }
            }
        }
    }
}

/// Any tree of plain data, with the providers' own words among the keys.
fn a_tree() -> impl Strategy<Value = Json> {
    let words = prop::sample::select(vec![
        "contents",
        "data",
        "sid",
        "id",
        "types",
        "twilio/text",
        "twilio/carousel",
        "whatsapp/card",
        "body",
        "cards",
        "actions",
        "media",
        "variables",
        "language",
        "approval_requests",
        "status",
        "meta",
        "next_page_url",
        "paging",
        "next",
        "components",
        "type",
        "text",
        "buttons",
        "example",
        "HEADER",
        "BODY",
        "CAROUSEL",
        "format",
        "name",
        "whatsapp",
        "entry",
        "changes",
        "value",
        "field",
        "template",
        "sub",
        "",
    ]);
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<f64>().prop_map(|n| json!(n)),
        "[{}a1_ ]{0,12}".prop_map(Json::from),
        words.clone().prop_map(Json::from),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Json::from),
            prop::collection::vec((words.clone(), inner), 0..6)
                .prop_map(|pairs| Json::Object(pairs.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_provider_sends_is_read_or_named(tree in a_tree(), inner in prop::collection::vec(a_tree(), 0..4)) {
        for (provider, key) in [("twilio", "contents"), ("meta", "data")] {
            // `null` for a page is a mistake of the caller, not of the provider.
            for page in [tree.clone(), json!({ key: inner })].into_iter().filter(|page| !page.is_null()) {
                let answer = call("importTemplates", &json!({ "provider": provider, "page": page })).expect("never a fault");
                let read = answer["templates"].as_array().unwrap();
                prop_assert!(page[key].as_array().is_none_or(|all| all.is_empty() || !read.is_empty() || answer["problems"] != json!([])));
                for template in read {
                    let fill = call("fillTemplate", &json!({ "template": template, "values": {} })).expect("its own model");
                    prop_assert_eq!(fill["kind"] == "ready", template["variables"] == json!([]));
                }
            }
        }
        let events = call("applyTemplateEvents", &json!({ "templates": [], "payload": tree })) ;
        prop_assert!(tree.is_null() || events.is_ok());
    }

    #[test]
    fn a_repaired_value_needs_no_repair(value in "[ a\n\t\u{85}\u{2028}\u{202e}\u{2066}{}\u{0}\u{200b}é😀\u{301}]{0,40}") {
        use reply_window::template::value::{problems, repaired};
        match repaired(&value) {
            Some(repaired) => prop_assert_eq!(problems(&repaired), []),
            None => prop_assert!(problems(&value).iter().any(|problem| problem.code == "empty") || !value.chars().any(char::is_alphanumeric)),
        }
    }

    #[test]
    fn placeholders_are_where_they_say(text in "[{}1a_ é😀-]{0,40}") {
        let page = json!({ "contents": [{ "sid": "HX1", "language": "en", "types": { "twilio/text": { "body": text } } }] });
        let answer = call("importTemplates", &json!({ "page": page })).expect("a page");
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut end = 0;
        for found in answer["templates"][0]["body"]["placeholders"].as_array().map_or(&[][..], Vec::as_slice) {
            let span = found["start"].as_f64().unwrap() as usize..found["end"].as_f64().unwrap() as usize;
            prop_assert!(span.start >= end);
            end = span.end;
            prop_assert_eq!(String::from_utf16(&units[span]).unwrap(), format!("{{{{{}}}}}", found["name"].as_str().unwrap()));
        }
    }
}

/// 6,000 templates of about 300 characters, from 2,000 words.
fn many() -> Vec<reply_window::template::Template> {
    use reply_window::event::Provider;
    use reply_window::template::model::{Category, Status, Template, Text};
    let mut seed = 1_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let letters = b"etaoinshrdlucmfwypvbgk";
    let lexicon: Vec<String> = (0..2_000)
        .map(|_| (0..3 + next(7)).map(|_| char::from(letters[next(22) as usize])).collect())
        .collect();
    (0..6_000)
        .map(|at| {
            let mut body = String::new();
            while body.len() < 300 {
                body += &lexicon[next(2_000) as usize];
                body.push(' ');
            }
            Template {
                id: format!("HX{at:032x}"),
                source: Provider::Twilio,
                format: None,
                name: format!("{}_{}_{at}", lexicon[next(2_000) as usize], lexicon[next(2_000) as usize]),
                language: ["en", "nl", "pt_BR", "ar"][next(4) as usize].into(),
                category: Category::Utility,
                status: Status::Approved,
                rejection_reason: None,
                rendered: "twilio/text".into(),
                types: vec!["twilio/text".into()],
                header: None,
                body: Some(Text::from(body.as_str())),
                footer: None,
                buttons: vec![],
                cards: vec![],
                variables: vec![],
                audiences: vec![],
                updated_at: None,
            }
        })
        .collect()
}

#[test]
fn a_search_finds_what_a_plain_search_finds() {
    use reply_window::template::{index::Index, rank::Need};
    let templates = many();
    let index = Index::build(&templates);
    for query in ["tea", "e t a", "er ing", "zzzz", "utility"] {
        let wanted = templates.iter().filter(|template| {
            let all = format!(
                "{} {} utility",
                template.name.replace('_', " "),
                template.body.as_ref().unwrap().text
            );
            query.split(' ').all(|word| all.split(' ').any(|known| known.contains(word)))
        });
        let found = index.query(&Need { query, limit: usize::MAX, ..Need::default() });
        assert_eq!(found.total, wanted.count(), "{query}");
        assert_eq!(found.ranked.len(), found.total.min(1_000));
    }
}

#[test]
fn what_is_renamed_stands_once_and_under_its_new_name() {
    use reply_window::event::Provider;
    use reply_window::template::model::Template;
    use reply_window::template::{index::Index, rank::Need};
    let named = |id: &str, name: &str| Template::new(Provider::Twilio, id, name, "en");
    let mut index = Index::build(&[named("1", "b"), named("2", "c")]);
    let ids = |index: &Index| {
        let found = index.query(&Need { limit: 9, ..Need::default() });
        (found.total, found.ranked.iter().map(|ranked| ranked.id.to_owned()).collect::<Vec<_>>())
    };
    for (name, order) in [("d", ["2", "1"]), ("a", ["1", "2"]), ("d", ["2", "1"]), ("b", ["1", "2"])] {
        index.add(&[named("1", name)]);
        assert_eq!(ids(&index), (2, order.map(str::to_owned).to_vec()), "{name}");
    }
}

#[test]
fn an_index_lives_on_under_its_number() {
    use reply_window::wasm::index::{build, drop_index, search};
    let value = |json: Json| serde_json::from_value::<reply_window::data::Value>(json).unwrap();
    let plain = |value: reply_window::data::Value| serde_json::to_value(value).unwrap();
    let templates = imported("twilio", TWILIO);
    let built = plain(build(&value(json!({ "templates": templates[..9] }))).unwrap());
    assert_eq!(built["size"], 9.0);
    let built =
        plain(build(&value(json!({ "index": built["index"], "templates": templates[8..] }))).unwrap());
    assert_eq!(built["size"], 18.0);
    let search = |query: &str, index: &Json| search(&value(json!({ "index": index, "query": query })));
    let found = plain(search("engineer", &built["index"]).unwrap());
    assert_eq!(found["total"], 2.0);
    assert_eq!(build(&value(json!({ "templates": 5 }))).unwrap_err().field, "templates");
    assert_eq!(build(&value(json!({ "index": 99, "templates": [] }))).unwrap_err().code, "unknown-index");
    assert_eq!(plain(drop_index(&value(json!({ "index": built["index"] }))).unwrap()), true);
    assert_eq!(plain(drop_index(&value(json!({ "index": built["index"] }))).unwrap()), false);
    assert_eq!(search("x", &built["index"]).unwrap_err().code, "unknown-index");
    for _ in 0..16 {
        build(&value(json!({ "templates": [] }))).unwrap();
    }
    assert_eq!(build(&value(json!({ "templates": [] }))).unwrap_err().code, "too-many-indexes");
}
