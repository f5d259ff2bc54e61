//! Nobody comes in who should not: every route of the router's own table against every kind of stranger.
//!
//! A stranger is a request that is right but for one thing. Routes are read from the table that the router is made
//! of, so that a new one is tested without a line here.

use std::io::Write;
use std::time::{Duration, Instant};

use mitoshi_workbench::{Access, ROUTES, Route};

use super::client::{Bench, reply};
use crate::support::small_pack;

/// The kind of a body, and of a form's.
const RIGHT: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// A request's head, right in everything.
struct Head {
    host: String,
    origin: Option<String>,
    cookie: Option<String>,
    kind: &'static str,
    site: Option<&'static str>,
    length: usize,
}

impl Head {
    fn right(bench: &Bench) -> Self {
        let host = bench.host();
        Self { origin: Some(format!("http://{host}")), host, cookie: Some(bench.cookie.clone()), kind: RIGHT, site: None, length: 2 }
    }

    fn write(&self, route: &Route) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", route.method, address(route), self.host);
        for (name, value) in [("Origin", &self.origin), ("Cookie", &self.cookie)] {
            if let Some(value) = value {
                head += &format!("{name}: {value}\r\n");
            }
        }
        if let Some(site) = self.site {
            head += &format!("Sec-Fetch-Site: {site}\r\n");
        }
        if route.method == "POST" {
            let kind = if route.access == Access::Password && self.kind == RIGHT { FORM } else { self.kind };
            head += &format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", self.length);
        }
        head + "\r\n" + if route.method == "POST" && self.length == 2 { "{}" } else { "" }
    }
}

fn address(route: &Route) -> String {
    route.path.replace("{name}", "index.html")
}

fn inside() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| !matches!(route.access, Access::Key | Access::Password))
}

fn posts() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().filter(|route| route.method == "POST")
}

/// Every one of `routes` must answer this.
fn refused<'a>(bench: &Bench, routes: impl Iterator<Item = &'a Route>, head: &Head, status: u16) {
    for route in routes {
        let reply = bench.say(&head.write(route));
        assert_eq!(reply.status, status, "{} {}: {} {}", route.method, route.path, reply.head, reply.body);
        assert!(reply.header("set-cookie").is_none(), "{}", route.path);
    }
}

#[test]
fn strangers_are_refused_on_every_route() {
    let bench = Bench::on(&small_pack(), false);
    let right = || Head::right(&bench);
    let port = bench.running.address.port();
    refused(&bench, inside(), &Head { cookie: None, ..right() }, 401);
    let name = bench.cookie.split('=').next().unwrap();
    for wrong in ["", "0", &"0".repeat(64), &"é".repeat(64)] {
        refused(&bench, inside(), &Head { cookie: Some(format!("{name}={wrong}")), ..right() }, 401);
    }
    refused(&bench, inside(), &Head { cookie: Some(bench.cookie.replace(name, "mitoshi_1")), ..right() }, 401);
    // A foreign name, one that was pointed at this machine, and our own on another port.
    for host in
        ["example.com".to_owned(), format!("example.com:{port}"), "127.0.0.1:1".to_owned(), format!("127.0.0.2:{port}"), String::new()]
    {
        refused(&bench, ROUTES.iter(), &Head { host, ..right() }, 403);
    }
    for origin in [
        "null".to_owned(),
        "http://example.com".to_owned(),
        format!("https://127.0.0.1:{port}"),
        format!("http://127.0.0.1:{port}.example.com"),
    ] {
        refused(&bench, ROUTES.iter(), &Head { origin: Some(origin), ..right() }, 403);
    }
    refused(&bench, posts(), &Head { origin: None, ..right() }, 403);
    for site in ["cross-site", "same-site"] {
        refused(&bench, ROUTES.iter(), &Head { site: Some(site), ..right() }, 403);
    }
}

#[test]
fn forms_of_other_sites_and_bodies_without_measure_are_refused() {
    let bench = Bench::on(&small_pack(), false);
    let right = || Head::right(&bench);
    for kind in [FORM, "text/plain", "multipart/form-data; boundary=x", ""] {
        // Only the password comes by a form, and that of our own page.
        let others = posts().filter(|route| kind != FORM || route.access != Access::Password);
        refused(&bench, others, &Head { kind, ..right() }, 415);
        let foreign = Head { kind, origin: Some("http://example.com".to_owned()), site: Some("cross-site"), ..right() };
        refused(&bench, posts(), &foreign, 403);
    }
    refused(&bench, posts(), &Head { length: (1 << 20) + 1, ..right() }, 413);
}

/// Without telling its length: what is read stops at the limit.
#[test]
fn a_body_that_does_not_end_is_cut_off() {
    let bench = Bench::on(&small_pack(), false);
    let head = Head::right(&bench);
    for route in posts() {
        let mut stream = bench.open();
        let chunked = head.write(route).replace("Content-Length: 2", "Transfer-Encoding: chunked").replace("{}", "");
        stream.write_all(chunked.as_bytes()).unwrap();
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        // The other side may close while we still write.
        let _ = (0..20).try_for_each(|_| stream.write_all(chunk.as_bytes()));
        let reply = reply(&mut stream);
        assert!(reply.status == 413 || reply.status == 0, "{}: {}", route.path, reply.head);
    }
}

/// All of them at once: slow heads and slow bodies end, and hold up nobody.
#[test]
fn slow_clients_are_cut_off_and_hold_up_nobody() {
    let bench = Bench::on(&small_pack(), false);
    let head = Head { length: 100, ..Head::right(&bench) };
    let slow: Vec<_> = posts()
        .map(|route| {
            let mut stream = bench.open();
            stream.write_all(head.write(route).as_bytes()).unwrap();
            stream.write_all(b"{").unwrap();
            (route, stream)
        })
        .collect();
    let mut half = bench.open();
    half.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    let begun = Instant::now();
    assert_eq!(bench.get("/api/state").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5));
    for (route, mut stream) in slow {
        assert_eq!(reply(&mut stream).status, 408, "{}", route.path);
    }
    assert!(matches!(reply(&mut half).status, 0 | 408));
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn every_answer_is_dressed() {
    let bench = Bench::on(&small_pack(), false);
    let foreign = bench.say("GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n");
    for reply in [bench.get("/"), bench.get("/api/state"), bench.get("/nothing"), foreign] {
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn the_key_is_exchanged_for_a_cookie_that_scripts_cannot_read() {
    let bench = Bench::on(&small_pack(), false);
    let key = bench.running.link.split_once("key=").unwrap().1;
    assert_eq!(key.len(), 64);
    let reply = bench.get(&format!("/start?key={key}"));
    let cookie = reply.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains(key));
    assert_eq!(reply.header("location"), Some("/"));
    for wrong in ["", "0", &key[1..], &format!("{key}0")] {
        assert_eq!(bench.get(&format!("/start?key={wrong}")).status, 401);
    }
    let other = Bench::on(&small_pack(), false);
    assert_eq!(other.get(&format!("/start?key={key}")).status, 401);
}

#[test]
fn what_is_not_there_needs_the_key_too_and_reading_changes_nothing() {
    let bench = Bench::on(&small_pack(), false);
    let stranger = format!("GET /api/nothing HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", bench.host());
    assert_eq!(bench.say(&stranger).status, 401);
    assert_eq!(bench.get("/api/nothing").status, 404);
    assert_eq!(bench.get("/assets/..%2f..%2fCargo.toml").status, 404);
    assert_eq!(bench.get("/assets/../src/lib.rs").status, 404);
    for route in posts() {
        assert_eq!(bench.get(route.path).status, 404, "{}", route.path);
    }
}

#[test]
fn read_only_saves_nothing() {
    let bench = Bench::on(&small_pack(), true);
    let writing = ROUTES.iter().filter(|route| route.access == Access::Writing);
    refused(&bench, writing, &Head::right(&bench), 403);
    assert_eq!(bench.get("/api/state").json()["read_only"], true);
}
