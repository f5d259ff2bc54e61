//! A workbench on a pack, and a client that says every byte itself, so that it can also say wrong ones.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use mitoshi_workbench::{Options, Running, serve};
use serde_json::Value;

use crate::support::{Folder, small_pack};

/// A server on a pack.
pub struct Bench {
    pub running: Running,
    /// What the printed address led to.
    pub cookie: String,
    /// The pack, if it is a copy.
    pub folder: Option<Folder>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|fault| panic!("{fault}: {} {}", self.head, self.body))
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| line.to_ascii_lowercase().starts_with(&format!("{name}:")))?;
        line.split_once(':').map(|(_, value)| value.trim())
    }
}

impl Bench {
    /// A server on the pack of this folder.
    pub fn on(root: &Path, read_only: bool) -> Self {
        Self::with(&Options { root: root.to_path_buf(), port: 0, read_only, language: None, abroad: None })
    }

    /// A server as asked for.
    pub fn with(options: &Options) -> Self {
        let running = serve(options).map_err(|trouble| trouble.message.en).unwrap();
        let mut bench = Self { running, cookie: String::new(), folder: None };
        let path = bench.running.link.split_once("/start").map(|(_, query)| format!("/start{query}")).unwrap();
        let reply = bench.get(&path);
        assert_eq!(reply.status, 303, "{}", reply.body);
        bench.cookie = reply.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        bench
    }

    /// A server on a copy of the small pack.
    pub fn small(name: &str) -> Self {
        let folder = Folder::quick(name);
        folder.copy(&small_pack());
        let bench = Self::on(folder.path(), false);
        Self { folder: Some(folder), ..bench }
    }

    /// How it is called.
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.running.address.port())
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Reply {
        self.say(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\r\n", self.host(), self.cookie))
    }

    /// Asks, as the page does.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        let (host, cookie, body) = (self.host(), &self.cookie, body.to_string());
        self.say(&format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        ))
    }

    /// Says these bytes and reads what comes back until the end.
    pub fn say(&self, bytes: &str) -> Reply {
        let mut stream = self.open();
        stream.write_all(bytes.as_bytes()).unwrap();
        reply(&mut stream)
    }

    /// A connection.
    pub fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(self.running.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    }
}

/// Reads an answer to its end.
pub fn reply(stream: &mut TcpStream) -> Reply {
    let mut bytes = Vec::new();
    // A refused client may be cut off after the answer.
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}
