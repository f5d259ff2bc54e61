//! The yearly cycle on the page: figures put on record or declared absent, what looks like a slip, closing, taking back.

use serde_json::{Value, json};

use super::client::{Bench, Reply};
use crate::support::read;

fn sheet(bench: &Bench, id: &str) -> String {
    read(&bench.folder.as_ref().unwrap().path().join(format!("rules/{id}.toml")))
}

fn good(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

fn record(bench: &Bench, address: &str, figure: &Value) -> Reply {
    let mut body = json!({ "address": address, "by": "企画課", "on": "2025-06-05" });
    body.as_object_mut().unwrap().extend(figure.as_object().unwrap().clone());
    bench.post("/api/cycle/record", &body)
}

fn closed(bench: &Bench, year: &str) -> Reply {
    bench.post("/api/cycle/close", &json!({ "year": year, "by": "企画課", "on": "2025-06-30" }))
}

#[test]
fn that_there_is_no_figure_is_recorded_with_its_reason_and_taken_back_to_the_byte() {
    let bench = Bench::small("wb-absent");
    let before = sheet(&bench, "litter");
    good(&record(&bench, "litter@R6", &json!({ "absent": "調査を行わなかった" })));
    assert!(sheet(&bench, "litter").contains("調査を行わなかった"));
    let told = good(&bench.get("/api/cycle"));
    let step = &told["steps"][0];
    assert_eq!((&step["what"], &step["by"], &step["can_undo"]), (&json!("実績の記録"), &json!("企画課"), &json!(true)));
    assert_eq!(step["table"]["rows"].as_array().unwrap().len(), 1);
    let undo = || bench.post("/api/cycle/undo", &json!({ "no": step["no"], "on": "2025-06-06" }));
    good(&undo());
    assert_eq!(sheet(&bench, "litter"), before);
    let told = good(&bench.get("/api/cycle"));
    assert_eq!((&told["steps"][0]["undoes"], &told["steps"][1]["can_undo"]), (&step["no"], &json!(false)));
    assert_eq!(undo().status, 404);
}

#[test]
fn a_record_is_not_taken_back_when_its_sheet_has_changed_since() {
    let bench = Bench::small("wb-undo-late");
    good(&record(&bench, "visitors@R6", &json!({ "value": "43", "source": "観光統計" })));
    let changed = format!("{}# 追記\n", sheet(&bench, "visitors")).replace("観光統計", "観光統計年報");
    bench.folder.as_ref().unwrap().write("rules/visitors.toml", &changed);
    let no = good(&bench.get("/api/cycle"))["steps"][0]["no"].clone();
    let refused = bench.post("/api/cycle/undo", &json!({ "no": no }));
    assert_eq!((refused.status, &refused.json()["error"]), (409, &json!("changed")));
    assert_eq!(sheet(&bench, "visitors"), changed);
}

#[test]
fn a_figure_that_looks_like_a_slip_is_asked_about_once() {
    let bench = Bench::small("wb-slip");
    let slip = json!({ "value": "4120", "source": "観光統計" });
    let refused = record(&bench, "visitors@R6", &slip);
    assert_eq!((refused.status, &refused.json()["diagnostics"][0]["code"]), (422, &json!("M947")));
    assert!(!sheet(&bench, "visitors").contains("4120"));
    let meant = json!({ "value": "4120", "source": "観光統計", "confirmed": true });
    good(&record(&bench, "visitors@R6", &meant));
    assert!(sheet(&bench, "visitors").contains("4120"));
}

#[test]
fn a_year_is_closed_when_every_figure_is_there_or_declared_absent() {
    let bench = Bench::small("wb-close");
    assert_eq!(closed(&bench, "R6").status, 422);
    assert_eq!(closed(&bench, "next").status, 400);
    good(&record(&bench, "visitors@R6", &json!({ "value": "43", "source": "観光統計", "provisional": true })));
    good(&record(&bench, "litter@R6", &json!({ "absent": "調査を行わなかった" })));
    assert_eq!(closed(&bench, "R6").status, 422);
    good(&record(&bench, "stall_fees@R6", &json!({ "absent": "出店がなかった" })));
    assert_eq!(closed(&bench, "R7").status, 422);
    let done = good(&closed(&bench, "R6"));
    assert_eq!((&done["provisional"], done["absent"].as_array().unwrap().len()), (&json!(["visitors"]), 2));
    assert_eq!(bench.get("/api/state").json()["plan"]["actuals_until"], "R6");
    let correction = json!({ "value": "44", "source": "観光統計" });
    assert_eq!(record(&bench, "visitors@R6", &correction).status, 400);
    let correction = json!({ "value": "44", "source": "観光統計", "reason": "確定値" });
    good(&record(&bench, "visitors@R6", &correction));
    assert_eq!(closed(&bench, "R6").status, 422);
}

#[test]
fn the_cycle_records_reviews_and_adopts() {
    let folder = crate::support::Folder::quick("wb-cycle");
    folder.copy_plan();
    let bench = Bench { folder: None, ..Bench::on(folder.path(), false) };
    let status = good(&bench.get("/api/cycle"));
    assert_eq!((&status["status"]["year"], &status["entries"]), (&json!("R6"), &json!([])));
    let record = |body: Value| bench.post("/api/cycle/record", &body);
    let figure = json!({ "address": "arrears@R6", "value": "412", "source": "決算書", "by": "税務債権課", "on": "2025-06-05" });
    let without = json!({ "address": "arrears@R6", "value": "412" });
    assert_eq!(record(without).status, 400);
    let taken = good(&record(figure));
    assert_eq!(taken["entries"].as_array().unwrap().last().unwrap()["changes"][0]["item"], "actuals.R6");
    assert!(read(&folder.path().join("rules/arrears.toml")).contains("412"));
    assert_eq!(record(json!({ "address": "arrears@R6", "value": "-1", "source": "x" })).status, 422);
    let proposals = good(&bench.get("/api/cycle/review"));
    let proposal = &proposals["proposals"][0];
    let decide = |verdict: &str, by: Value| {
        let decision =
            json!({ "id": proposal["id"], "year": proposal["year"], "verdict": verdict, "value": "777", "reason": "会議の決定", "by": by });
        bench.post("/api/cycle/adopt", &json!({ "decisions": [decision], "on": "2025-06-20" }))
    };
    assert_eq!(decide("perhaps", json!("推進本部")).status, 400);
    assert_eq!(decide("change", Value::Null).status, 422);
    good(&decide("change", json!("推進本部")));
    let sheet = read(&folder.path().join(format!("rules/{}.toml", proposal["id"].as_str().unwrap())));
    assert!(sheet.contains("777"), "{sheet}");
    let entries = good(&bench.get("/api/cycle"))["entries"].as_array().unwrap().len();
    assert_eq!(entries, 3);
}
