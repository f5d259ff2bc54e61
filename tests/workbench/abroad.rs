//! Another computer comes in by a name that is allowed and a password, and is answered by a process of its own.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use mitoshi_workbench::{Abroad, Options, serve};
use serde_json::{Value, json};

use super::client::{Bench, Reply};
use crate::support::{PROGRAM, repository, small_pack};

const PASSWORD: &str = "みなと町の長いパスワード";

fn options(root: &std::path::Path, password: &str, hosts: &[&str]) -> Options {
    let hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
    let abroad = Abroad { address: IpAddr::V4(Ipv4Addr::LOCALHOST), hosts, password: password.to_owned(), program: PROGRAM.into() };
    Options { root: root.to_path_buf(), port: 0, read_only: false, language: None, abroad: Some(abroad) }
}

fn login(bench: &Bench, host: &str, password: &str) -> Reply {
    let body: String = password.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let length = body.len() + "password=".len();
    bench.say(&format!(
        "POST /login HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\npassword={body}"
    ))
}

#[test]
fn without_a_name_or_with_a_short_password_nothing_is_opened() {
    assert!(serve(&options(&small_pack(), PASSWORD, &[])).is_err());
    assert!(serve(&options(&small_pack(), "short", &["plan.example.jp"])).is_err());
}

#[test]
fn the_password_lets_in_by_the_allowed_name_and_guessing_is_slow() {
    let bench = Bench::with(&options(&small_pack(), PASSWORD, &["plan.example.jp"]));
    let wrong = login(&bench, "plan.example.jp", "a wrong password");
    assert_eq!(wrong.status, 401);
    // Nobody is asked for a second after that, who knows the password neither; a busy machine may take that second itself.
    let is_closed = |_| login(&bench, "plan.example.jp", "a wrong password").status == 503 || login(&bench, "plan.example.jp", PASSWORD).status == 503;
    assert!((0..20).any(is_closed));
    std::thread::sleep(Duration::from_millis(1_200));
    let right = login(&bench, "plan.example.jp", PASSWORD);
    assert_eq!(right.status, 303, "{}", right.body);
    assert!(right.header("set-cookie").unwrap().contains("HttpOnly"));
    assert_eq!(login(&bench, "example.com", PASSWORD).status, 403);
}

#[test]
fn questions_are_answered_by_a_process_of_its_own_as_they_are_here() {
    let root = repository(".");
    let (abroad, here) = (Bench::with(&options(&root, PASSWORD, &["plan.example.jp"])), Bench::on(&root, true));
    let questions: [(&str, Value); 3] = [
        ("/api/evaluate", json!({ "draws": 500, "changes": [{ "address": "window_outsourcing.scope", "value": 2 }] })),
        ("/api/explain", json!({ "address": "window_savings@R8" })),
        ("/api/evaluate", json!({ "scenario": "nothing" })),
    ];
    for (path, body) in questions {
        let (there, here) = (abroad.post(path, &body), here.post(path, &body));
        assert_eq!((there.status, &there.body), (here.status, &here.body));
    }
    let kept = abroad.post("/api/report", &json!({ "report": "progress", "format": "xlsx", "draws": 100 }));
    assert_eq!(kept.header("content-disposition"), Some("attachment; filename=\"progress.xlsx\""));
    assert_eq!(abroad.get("/api/assumptions").status, 200);
}
