//! `mitoshi serve` as it is typed: the address it prints lets a browser in; what cannot be is told before a port is opened.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::support::{Folder, PROGRAM, run, small_pack};

fn refused(arguments: &[&str], code: i32, told: &str) {
    let output = run(&small_pack(), arguments, &[]);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert!(output.stdout.is_empty());
    assert!(error.contains(told), "{error}");
}

#[test]
fn what_cannot_be_served_is_told() {
    refused(&["serve", "--port", "x"], 2, "--port に「x」は指定できません");
    refused(&["serve", "--port", "70000"], 2, "0 から 65535 まで");
    refused(&["serve", "--address", "here"], 2, "--address に「here」は指定できません");
    refused(&["serve", "--address", "0.0.0.0"], 2, "--allow-host と --password-file の両方が要ります");
    refused(&["serve", "--allow-host", "plan.example.jp"], 2, "--password-file");
    refused(&["serve", "--allow-host", "plan.example.jp", "--password-file", "nowhere.txt"], 2, "nowhere.txt を読めません");
    let empty = Folder::new("serve-nowhere");
    assert_eq!(run(empty.path(), &["serve"], &[]).status.code(), Some(2));
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    refused(&["serve", "--no-open", "--port", &port], 1, "--port で別の番号を指定してください");
}

#[test]
#[cfg(unix)]
fn the_address_is_the_first_line_and_ctrl_c_ends_it_well() {
    let mut command = Command::new(PROGRAM);
    command.args(["serve", "--no-open"]).current_dir(small_pack()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(line.starts_with("http://127.0.0.1:") && line.trim().ends_with(|c: char| c.is_ascii_hexdigit()), "{line}");
}
