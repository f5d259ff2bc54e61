//! Long questions: a newer one of the same page takes the place of the older, and who goes away is not computed for.

use std::io::Write;
use std::time::{Duration, Instant};

use serde_json::json;

use super::client::{Bench, reply};
use crate::support::repository;

/// A question that takes long.
fn long(bench: &Bench, page: &str, seed: u64) -> String {
    let body = json!({ "page": page, "draws": 20_000, "seed": seed, "changes": [{ "address": "window_outsourcing.scope", "value": 2 }] })
        .to_string();
    let (host, cookie) = (bench.host(), &bench.cookie);
    format!(
        "POST /api/evaluate HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn a_newer_question_of_a_page_takes_the_place_of_the_older() {
    let bench = Bench::on(&repository("."), true);
    let mut older: Vec<_> = (0..8)
        .map(|seed| {
            let mut stream = bench.open();
            stream.write_all(long(&bench, "a", seed).as_bytes()).unwrap();
            // Sent one after the other, as a slider does.
            std::thread::sleep(Duration::from_millis(20));
            stream
        })
        .collect();
    let answered: Vec<u16> = older.iter_mut().map(|stream| reply(stream).status).collect();
    // A busy machine may take them up in another order; most are overtaken all the same, and one is answered.
    assert!(answered.iter().all(|status| matches!(status, 200 | 409)), "{answered:?}");
    let overtaken = answered.iter().filter(|status| **status == 409).count();
    assert!((4..8).contains(&overtaken), "{answered:?}");
}

#[test]
fn pages_do_not_disturb_each_other() {
    let bench = Bench::on(&repository("."), true);
    let ask = |page: &'static str| {
        let mut stream = bench.open();
        stream.write_all(long(&bench, page, 1).replace("20000", "2000 ").as_bytes()).unwrap();
        stream
    };
    let mut streams = [ask("a"), ask("b"), ask("")];
    assert_eq!(streams.each_mut().map(|stream| reply(stream).status), [200; 3]);
}

#[test]
fn nothing_is_computed_for_who_has_gone() {
    let bench = Bench::on(&repository("."), true);
    for seed in 0..20 {
        let mut stream = bench.open();
        stream.write_all(long(&bench, "", seed).as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(5));
    }
    let begun = Instant::now();
    assert_eq!(bench.post("/api/evaluate", &json!({ "draws": 100 })).status, 200);
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
}
