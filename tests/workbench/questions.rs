//! What is answered: each question on the reference plan, with the figures that the commands give.

use std::sync::OnceLock;

use serde_json::{Value, json};

use super::client::Bench;
use crate::support::{repository, run};

/// One server on the reference plan for all questions.
fn reference() -> &'static Bench {
    static BENCH: OnceLock<Bench> = OnceLock::new();
    BENCH.get_or_init(|| Bench::on(&repository("."), true))
}

fn ask(path: &str, body: &Value) -> Value {
    let reply = reference().post(path, body);
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// What the command prints as JSON.
fn command(arguments: &[&str]) -> Value {
    let output = run(&repository("."), arguments, &[]);
    serde_json::from_slice(&output.stdout).unwrap()
}

fn cell<'a>(answer: &'a Value, id: &str, year: &str) -> &'a Value {
    let indicator = answer["indicators"].as_array().unwrap().iter().find(|indicator| indicator["id"] == id).unwrap();
    &indicator["years"][year]
}

/// Outsourcing doubled from R7: is No.12's target met, and how surely?
fn doubled() -> Value {
    json!([{ "address": "window_outsourcing.scope@R7", "value": 2 }, { "address": "window_outsourcing.scope@R8", "value": 2.0 }])
}

#[test]
fn the_state_is_that_of_the_plan() {
    let state = reference().get("/api/state").json();
    assert_eq!(state["broken"], Value::Null);
    assert_eq!(state["indicators"].as_array().unwrap().len(), 16);
    assert_eq!(state["plan"]["projected"], json!(["R6", "R7", "R8"]));
    assert_eq!(state["assumptions"], command(&["list", "assumptions", "--format", "json"]));
    let english = reference().get("/api/state?lang=en").json();
    assert_eq!(english["language"], "en");
    let own = reference().get("/api/assumptions?scenario=outsourcing_expanded").json();
    assert_eq!(own["assumptions"], command(&["list", "assumptions", "outsourcing_expanded", "--format", "json"]));
}

#[test]
fn an_evaluation_has_the_figures_of_project_and_simulate() {
    let set = ["--set", "window_outsourcing.scope@R7=2", "--set", "window_outsourcing.scope@R8=2", "--format", "json"];
    let (projected, simulated) = (command(&[&["project"], &set[..]].concat()), command(&[&["simulate"], &set[..]].concat()));
    let answer = ask("/api/evaluate", &json!({ "changes": doubled() }));
    let drawn = simulated["scenarios"][0]["indicators"].as_array().unwrap();
    for (indicator, drawn) in projected["indicators"].as_array().unwrap().iter().zip(drawn) {
        for (year, expected) in indicator["years"].as_object().unwrap() {
            let found = cell(&answer, indicator["id"].as_str().unwrap(), year);
            for key in ["status", "outcome", "target", "achievement", "grade", "met", "goal_progress"] {
                assert_eq!(found[key], expected[key], "{} {year} {key}", indicator["id"]);
            }
            let drawn = &drawn["years"][year];
            assert_eq!(found["chance"], drawn["met"]["probability"], "{} {year}", indicator["id"]);
            assert_eq!(found["mean"], drawn["mean"]);
        }
    }
    let savings = cell(&answer, "window_savings", "R8");
    assert_eq!((&savings["shown"]["outcome"], &savings["base"]["shown"]["outcome"]), (&json!("6.7"), &json!("4.0")));
    assert_eq!(savings["base"]["shown"]["change"], "+2.7");
    assert_eq!(cell(&answer, "arrears", "R8")["base"], Value::Null);
}

#[test]
fn the_same_question_has_the_same_answer_to_the_byte() {
    let body = json!({ "changes": doubled(), "figures": [{ "kind": "trend", "id": "window_savings" }], "draws": 2000 });
    let first = reference().post("/api/evaluate", &body).body;
    assert_eq!(first, reference().post("/api/evaluate", &body).body);
    assert!(first.contains("<svg "));
}

#[test]
fn what_cannot_be_set_is_said_with_its_code() {
    let reply = reference().post("/api/evaluate?lang=en", &json!({ "changes": [{ "address": "window_outsourcing.scop@R7", "value": 2 }] }));
    assert_eq!(reply.status, 422);
    let told = reply.json();
    assert_eq!(told["diagnostics"][0]["code"], "M501");
    assert_eq!(told["diagnostics"][0]["hints"][0], "did you mean `scope`?");
    let reply = reference().post("/api/evaluate", &json!({ "changes": 3 }));
    assert_eq!((reply.status, &reply.json()["error"]), (400, &json!("bad_request")));
    assert_eq!(reference().post("/api/evaluate", &json!({ "scenario": "nothing" })).status, 422);
    assert_eq!(reference().post("/api/evaluate", &json!({ "draws": 1e9 })).status, 400);
}

#[test]
fn questions_have_the_answers_of_their_commands() {
    let explained = ask("/api/explain", &json!({ "address": "window_savings@R8" }));
    assert_eq!(explained["explanation"], command(&["explain", "window_savings@R8", "--format", "json"]));
    let compared = ask("/api/compare", &json!({ "trials": [{}, { "scenario": "outsourcing_expanded" }] }));
    assert_eq!(compared["comparison"], command(&["compare", "baseline", "outsourcing_expanded", "--format", "json"]));
    let swung = ask("/api/sensitivity", &json!({ "of": ["window_savings@R8"] }));
    assert_eq!(swung["sensitivity"], command(&["sensitivity", "--of", "window_savings@R8", "--format", "json"]));
    assert!(swung["figures"][0]["svg"].as_str().unwrap().starts_with("<svg "));
    let graph = ask("/api/graph", &json!({}));
    assert_eq!(graph["graph"], command(&["graph", "--format", "json"]));
}

#[test]
fn a_goal_seek_gives_changes_that_reach_the_goal() {
    let goal = "window_savings@R8 >= 5";
    let sought = ask("/api/seek", &json!({ "goal": goal }));
    let by = ["seek", "--goal", goal, "--by", "window_savings.saving_per_year", "--format", "json"];
    assert_eq!(sought["seek"], command(&by));
    let changes = &sought["accept"][0];
    let answer = ask("/api/evaluate", &json!({ "changes": changes, "draws": 0 }));
    assert!(cell(&answer, "window_savings", "R8")["outcome"].as_f64().unwrap() >= 5.0 - 1e-9, "{changes}");
}

#[test]
fn strength_is_told_for_links_of_which_both_ends_have_numbers() {
    let graph = ask("/api/graph", &json!({}));
    let found = graph["elasticities"].as_array().unwrap();
    let saved = found.iter().find(|each| each["from"] == "window_outsourcing" && each["to"] == "window_savings").unwrap();
    // A third of the savings of R8 arises in R8, and doubles with the outsourcing of R8.
    assert!((saved["value"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-6, "{saved}");
    assert_eq!(saved["shown"], "0.33");
}

#[test]
fn the_drawing_of_the_network_says_which_box_and_line_is_which() {
    let graph = ask("/api/graph", &json!({}));
    let svg = graph["figure"]["svg"].as_str().unwrap();
    let nodes = graph["graph"]["nodes"].as_array().unwrap();
    let links = graph["graph"]["links"].as_array().unwrap();
    let place = |id: &Value| nodes.iter().position(|node| node["id"] == *id).unwrap();
    for (at, node) in nodes.iter().enumerate() {
        assert_eq!(svg.matches(&format!("<g data-node=\"{at}\">")).count(), 1, "{node}");
    }
    for link in links {
        let line = format!("<g data-from=\"{}\" data-to=\"{}\">", place(&link["from"]), place(&link["to"]));
        assert_eq!(svg.matches(&line).count(), 1, "{link}");
    }
    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
}

#[test]
fn every_report_can_be_seen_and_kept_in_every_format() {
    let listed = reference().get("/api/reports").json();
    for report in listed["reports"].as_array().unwrap() {
        let trials = json!([{ "scenario": "outsourcing_expanded" }]);
        let seen = ask("/api/report", &json!({ "report": report["name"], "format": "preview", "trials": trials, "draws": 200 }));
        let html = seen["html"].as_str().unwrap();
        assert!(html.contains("<table") && !html.contains("style=") && !html.contains("<script"), "{}", report["name"]);
        for format in listed["formats"].as_array().unwrap() {
            let body = json!({ "report": report["name"], "format": format, "trials": trials, "draws": 200 });
            let kept = reference().post("/api/report", &body);
            assert_eq!(kept.status, 200, "{} {format}", report["name"]);
            let name = format!("attachment; filename=\"{}.{}\"", report["name"].as_str().unwrap(), format.as_str().unwrap());
            assert_eq!(kept.header("content-disposition"), Some(name.as_str()));
        }
    }
}
