//! What is saved: the file that a person would have written, never over somebody else's, never a plan with errors.

use serde_json::{Value, json};

use super::client::{Bench, Reply};
use crate::support::read;

const COMMENTED: &str = "# 会議で決めた想定\ntitle = \"試し\"\nextends = [\"baseline\"]\n\n[assumptions.visitors] # 来場者\ngrowth = { R6 = 0.06, R8 = 0.1 } # 伸び\n";

fn file(bench: &Bench, path: &str) -> String {
    read(&bench.folder.as_ref().unwrap().path().join(path))
}

fn write(bench: &Bench, path: &str, text: &str) {
    bench.folder.as_ref().unwrap().write(path, text);
}

fn stamp(bench: &Bench, kind: &str, id: &str) -> Value {
    bench.get(&format!("/api/text?kind={kind}&id={id}")).json()["stamp"].clone()
}

fn good(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// Waits until the files on the disk are read.
fn seen(bench: &Bench, is: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..200 {
        let state = bench.get("/api/state").json();
        if is(&state) {
            return state;
        }
        std::thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("the files were not read again");
}

#[test]
fn a_new_scenario_says_only_what_differs() {
    let bench = Bench::small("wb-new-scenario");
    let changes = json!([
        { "address": "visitors.growth@R7", "value": 0.08 },
        { "address": "visitors.growth@R6", "value": 0.05 },
        { "address": "visitors.target@R8", "value": 55 },
        { "address": "litter@R6", "value": 3 },
    ]);
    let body = json!({ "name": "faster", "stamp": null, "title": "来場者が増えたら", "note": "会議の想定", "changes": changes });
    let saved = good(&bench.post("/api/scenario", &body));
    assert_eq!(
        file(&bench, "scenarios/faster.toml"),
        "title = \"来場者が増えたら\"\nextends = [\"baseline\"]\nnote = \"会議の想定\"\n\n\
         [assumptions.visitors]\ngrowth = { R7 = 0.08 }\n\n[outcomes]\nlitter = { R6 = 3 }\n\n[targets]\nvisitors = { R8 = 55 }\n"
    );
    assert_eq!(saved["saved"][0]["id"], "faster");
    assert_eq!(saved["saved"][0]["stamp"], stamp(&bench, "scenario", "faster"));
    let tried = bench.post("/api/evaluate", &json!({ "changes": changes, "draws": 0 })).json();
    let kept = bench.post("/api/evaluate", &json!({ "scenario": "faster", "draws": 0 })).json();
    for (tried, kept) in tried["indicators"].as_array().unwrap().iter().zip(kept["indicators"].as_array().unwrap()) {
        for (year, cell) in tried["years"].as_object().unwrap() {
            assert_eq!(cell["outcome"], kept["years"][year]["outcome"]);
            assert_eq!(cell["target"], kept["years"][year]["target"]);
        }
    }
}

#[test]
fn a_number_for_every_year_is_written_once() {
    let bench = Bench::small("wb-scalar");
    good(&bench.post("/api/scenario", &json!({ "name": "all", "changes": [{ "address": "visitors.growth", "value": 0.1 }] })));
    assert!(file(&bench, "scenarios/all.toml").ends_with("[assumptions.visitors]\ngrowth = 0.1\n"));
}

#[test]
fn in_a_scenario_that_is_there_every_other_byte_stays() {
    let bench = Bench::small("wb-old-scenario");
    write(&bench, "scenarios/mine.toml", COMMENTED);
    seen(&bench, |state| state["scenarios"].as_array().unwrap().iter().any(|scenario| scenario["name"] == "mine"));
    let change = |value: f64, stamp: &Value| json!({ "name": "mine", "stamp": stamp, "changes": [{ "address": "visitors.growth@R8", "value": value }] });
    good(&bench.post("/api/scenario", &change(0.2, &stamp(&bench, "scenario", "mine"))));
    assert_eq!(file(&bench, "scenarios/mine.toml"), COMMENTED.replace("R8 = 0.1", "R8 = 0.2"));
    // What is as inherited is taken out.
    good(&bench.post("/api/scenario", &change(0.05, &stamp(&bench, "scenario", "mine"))));
    assert_eq!(file(&bench, "scenarios/mine.toml"), COMMENTED.replace(", R8 = 0.1", ""));
}

#[test]
fn the_second_of_two_people_is_told_and_nothing_is_lost() {
    let bench = Bench::small("wb-two");
    write(&bench, "scenarios/mine.toml", COMMENTED);
    seen(&bench, |state| state["scenarios"].as_array().unwrap().iter().any(|scenario| scenario["name"] == "mine"));
    let shown = stamp(&bench, "scenario", "mine");
    let save = |value: f64, stamp: &Value| {
        bench.post(
            "/api/scenario",
            &json!({ "name": "mine", "stamp": stamp, "changes": [{ "address": "visitors.growth@R7", "value": value }] }),
        )
    };
    good(&save(0.11, &shown));
    let after = file(&bench, "scenarios/mine.toml");
    let refused = save(0.12, &shown);
    assert_eq!(refused.status, 409);
    let told = refused.json();
    assert_eq!((&told["error"], &told["current"]["text"], &told["based_on"]), (&json!("changed"), &json!(after), &json!(COMMENTED)));
    assert_eq!(file(&bench, "scenarios/mine.toml"), after);
    good(&save(0.12, &told["current"]["stamp"]));
    assert!(file(&bench, "scenarios/mine.toml").contains("R7 = 0.12"));
    assert_eq!(bench.post("/api/scenario", &json!({ "name": "mine", "changes": [] })).status, 409);
}

#[test]
fn many_at_once_save_one_after_the_other_and_lose_nothing() {
    let bench = Bench::small("wb-many");
    good(&bench.post("/api/scenario", &json!({ "name": "mine", "title": "0", "changes": [] })));
    let saved: usize = std::thread::scope(|scope| {
        let bench = &bench;
        let writers: Vec<_> = (0..4).map(|writer| scope.spawn(move || (0..3).filter(|turn| add(bench, writer, *turn)).count())).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert_eq!(saved, 12);
    let text = file(&bench, "scenarios/mine.toml");
    assert_eq!(text.matches('+').count(), 12, "{text}");
}

/// Adds a `+` to the note, as often as somebody else was quicker.
fn add(bench: &Bench, writer: usize, turn: usize) -> bool {
    (0..200).any(|_| {
        let now = bench.get("/api/text?kind=scenario&id=mine").json();
        let text = format!("{}# +{writer}{turn}\n", now["text"].as_str().unwrap());
        let reply = bench.post("/api/text", &json!({ "kind": "scenario", "id": "mine", "text": text, "stamp": now["stamp"] }));
        assert!(matches!(reply.status, 200 | 409 | 503), "{}", reply.body);
        reply.status == 200
    })
}

#[test]
fn a_rule_is_tried_before_it_is_saved_and_a_broken_one_is_refused() {
    let bench = Bench::small("wb-rule");
    let old = file(&bench, "rules/visitors.rhai");
    let quicker = old.replace("1.0 + growth", "1.0 + 2.0 * growth");
    let try_it = |text: &str| good(&bench.post("/api/draft", &json!({ "texts": [{ "kind": "rule", "id": "visitors", "text": text }] })));
    let tried = try_it(&quicker);
    let cell = &tried["effect"]["indicators"][0]["years"]["R6"];
    assert_eq!((&cell["outcome"], &cell["base"]["outcome"]), (&json!(41.2 * 1.1), &json!(41.2 * 1.05)));
    let broken = old.replace("last * (1.0", "last * (1.0 + grwth");
    let told = try_it(&broken);
    assert_eq!(told["effect"], Value::Null);
    let diagnostic = &told["diagnostics"][0];
    assert!(diagnostic["code"].as_str().unwrap().starts_with('M') && diagnostic["line"].as_u64().unwrap() >= 3, "{diagnostic}");
    let save = |text: &str| {
        bench.post("/api/text", &json!({ "kind": "rule", "id": "visitors", "text": text, "stamp": stamp(&bench, "rule", "visitors") }))
    };
    let refused = save(&broken);
    assert_eq!((refused.status, &refused.json()["error"]), (422, &json!("problems")));
    assert_eq!(file(&bench, "rules/visitors.rhai"), old);
    good(&save(&quicker));
    assert_eq!(file(&bench, "rules/visitors.rhai"), quicker);
    let outlook = bench.post("/api/evaluate", &json!({ "draws": 0 })).json();
    assert_eq!(outlook["indicators"][0]["years"]["R6"]["outcome"], 41.2 * 1.1);
}

#[test]
fn line_ends_and_marks_of_a_file_stay() {
    let bench = Bench::small("wb-ends");
    let old = format!("\u{FEFF}{}", file(&bench, "rules/visitors.toml").replace('\n', "\r\n"));
    write(&bench, "rules/visitors.toml", &old);
    seen(&bench, |state| state["revision"].as_u64() > Some(1));
    let shown = bench.get("/api/text?kind=sheet&id=visitors").json();
    let text = shown["text"].as_str().unwrap().replace("\r\n", "\n").replace("R8 = 50", "R8 = 51");
    good(&bench.post("/api/text", &json!({ "kind": "sheet", "id": "visitors", "text": text, "stamp": shown["stamp"] })));
    assert_eq!(file(&bench, "rules/visitors.toml"), old.replace("R8 = 50", "R8 = 51"));
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let bench = Bench::small("wb-names");
    for id in ["../x", "a/b", "a\\b", "", ".", "..", "a.b", "a\0b", "CON:", &"x".repeat(65)] {
        for (path, body) in [
            ("/api/scenario", json!({ "name": id, "changes": [] })),
            ("/api/text", json!({ "kind": "rule", "id": id, "text": "" })),
            ("/api/indicator", json!({ "id": id })),
            ("/api/draft", json!({ "texts": [{ "kind": "sheet", "id": id, "text": "" }] })),
        ] {
            assert_eq!(bench.post(path, &body).status, 400, "{path} {id:?}");
        }
    }
    assert_eq!(bench.get("/api/text?kind=sheet&id=..%2f..%2fx").status, 400);
    assert_eq!(bench.get("/api/text?kind=nothing&id=visitors").status, 404);
    assert_eq!(
        bench.post("/api/scenario", &json!({ "name": "faster", "changes": [{ "address": "visitors.achievement", "value": 1 }] })).status,
        400
    );
}

#[test]
fn an_indicator_begins_with_a_sheet_and_a_rule() {
    let bench = Bench::small("wb-indicator");
    let body =
        json!({ "id": "boats", "title": "遊覧船", "unit": "隻", "actuals": { "R5": 3 }, "targets": { "R8": 5 }, "better": "higher" });
    let begun = good(&bench.post("/api/indicator", &body));
    assert_eq!(begun["assumed"], json!([]));
    let state = bench.get("/api/state").json();
    let known = state["indicators"].as_array().unwrap().iter().find(|indicator| indicator["id"] == "boats").unwrap();
    assert_eq!((&known["no"], &known["unit"]), (&json!(4), &json!("隻")));
    assert!(file(&bench, "rules/boats.toml").contains("R8 = 5\n"));
    assert_eq!(bench.post("/api/indicator", &body).status, 409);
    assert_eq!(bench.post("/api/indicator", &json!({ "id": "ships", "kind": "odd" })).status, 400);
}

#[test]
fn what_is_wrong_with_a_new_indicator_is_told_at_its_field_before_anything_is_written() {
    let bench = Bench::small("wb-begin");
    let wrong = json!({ "id": "boats", "no": "3.5", "strategy": "99", "targets": { "R8": "abc", "R20": 3 }, "actuals": { "R5": "1,200" } });
    let draft = good(&bench.post("/api/indicator/draft", &wrong));
    let fields = draft["fields"].as_array().unwrap().iter().map(|each| each["field"].as_str().unwrap());
    assert_eq!(fields.collect::<Vec<_>>(), ["no", "strategy", "targets.R20", "targets.R8"]);
    assert!(draft["files"][0]["text"].as_str().unwrap().contains("R5 = 1200\n"));
    assert_eq!(draft["assumed"], json!(["title", "unit"]));
    let refused = bench.post("/api/indicator", &wrong);
    assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (400, &json!("no")));
    let refused = bench.post("/api/indicator", &json!({ "id": "9 boats" }));
    assert_eq!((refused.status, &refused.json()["fields"][0]["field"]), (400, &json!("id")));
    for id in ["visitors", "last", "9boats", "", "a/b"] {
        let fields = good(&bench.post("/api/indicator/draft", &json!({ "id": id })))["fields"].clone();
        assert_eq!(fields[0]["field"], "id", "{id}: {fields}");
    }
    let right = json!({ "id": "boats", "title": "遊覧船", "unit": "隻", "targets": { "R8": "5" } });
    let draft = good(&bench.post("/api/indicator/draft", &right));
    assert_eq!((&draft["fields"], &draft["diagnostics"]), (&json!([]), &json!([])));
    assert_eq!(bench.get("/api/text?kind=sheet&id=boats").status, 404);
    good(&bench.post("/api/indicator", &right));
    for (at, path) in ["rules/boats.toml", "rules/boats.rhai"].into_iter().enumerate() {
        assert_eq!(draft["files"][at]["text"], file(&bench, path));
    }
}

#[test]
fn files_changed_by_hand_appear_and_a_broken_one_keeps_the_last_good_state() {
    let bench = Bench::small("wb-live");
    let old = file(&bench, "rules/visitors.toml");
    write(&bench, "rules/visitors.toml", &old.replace("R5 = 41.2", "R5 = 50"));
    seen(&bench, |state| state["revision"].as_u64() > Some(1) && state["broken"] == Value::Null);
    let outcome = || bench.post("/api/evaluate", &json!({ "draws": 0 })).json()["indicators"][0]["years"]["R6"]["outcome"].clone();
    assert_eq!(outcome(), 52.5);
    write(&bench, "rules/visitors.toml", &old.replace("R5 = 41.2", "R5 = "));
    let broken = seen(&bench, |state| state["broken"] != Value::Null);
    assert_eq!(broken["broken"]["diagnostics"][0]["path"], "rules/visitors.toml");
    assert_eq!(broken["indicators"].as_array().unwrap().len(), 3);
    assert_eq!(outcome(), 52.5);
    write(&bench, "rules/visitors.toml", &old);
    seen(&bench, |state| state["broken"] == Value::Null);
    assert_eq!(outcome(), 41.2 * 1.05);
}
