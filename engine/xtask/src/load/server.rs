//! The release program, serving the plan of this repository until it goes out of scope.

use std::env;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A server of its own.
pub struct Server {
    child: Child,
    /// `127.0.0.1:PORT`.
    pub host: String,
    /// What lets a client in.
    pub cookie: String,
}

impl Server {
    /// Builds the program, starts it, and goes in by the address that it prints.
    pub fn start(root: &Path) -> io::Result<Self> {
        let mut build = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()));
        if !build.args(["build", "--release", "--quiet"]).current_dir(root).status()?.success() {
            return Err(io::Error::other("the program cannot be built"));
        }
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
        let program = target.join("release").join("mitoshi");
        let mut command = Command::new(program);
        command.args(["serve", "--no-open", "--read-only", "--port", "0"]).current_dir(root);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut link = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut link)?;
        }
        let (host, path) = link.trim().strip_prefix("http://").and_then(|link| link.split_once('/')).unwrap_or_default();
        let mut server = Self { child, host: host.to_owned(), cookie: String::new() };
        server.cookie = super::client::come_in(&server, &format!("/{path}"))?;
        Ok(server)
    }

    /// Kilobytes of memory in use; absent where the system does not tell.
    pub fn memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
