//! A client that keeps its connection, as a browser does.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::server::Server;

/// One connection.
pub struct Client<'a> {
    server: &'a Server,
    stream: TcpStream,
}

impl<'a> Client<'a> {
    /// Connects.
    pub fn new(server: &'a Server) -> io::Result<Self> {
        Ok(Self { server, stream: connect(server)? })
    }

    /// Asks; the status, and milliseconds until the last byte. A connection that was closed meanwhile is opened anew.
    pub fn timed(&mut self, method: &str, path: &str, body: &str) -> io::Result<(u16, f64)> {
        let begun = Instant::now();
        let head = head(self.server, method, path, body);
        let status = match exchange(&mut self.stream, &head) {
            Ok((status, _)) => status,
            Err(_) => {
                self.stream = connect(self.server)?;
                exchange(&mut self.stream, &head)?.0
            }
        };
        Ok((status, begun.elapsed().as_secs_f64() * 1_000.0))
    }
}

/// Exchanges the key of the printed address for the cookie.
pub fn come_in(server: &Server, path: &str) -> io::Result<String> {
    let (status, answer) = exchange(&mut connect(server)?, &head(server, "GET", path, ""))?;
    let line = answer.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    match line.and_then(|line| line.split(';').next()) {
        Some(cookie) if status == 303 => Ok(cookie.to_owned()),
        _ => Err(io::Error::other(format!("the key was answered {status}"))),
    }
}

/// A connection that has said half a sentence.
pub fn half(server: &Server) -> io::Result<TcpStream> {
    let mut stream = connect(server)?;
    stream.write_all(b"GET /api/state HTTP/1.1\r\nHost: ")?;
    Ok(stream)
}

fn connect(server: &Server) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(&server.host)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    Ok(stream)
}

fn head(server: &Server, method: &str, path: &str, body: &str) -> String {
    let (host, cookie) = (&server.host, &server.cookie);
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n");
    if method == "POST" {
        head += &format!("Origin: http://{host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n", body.len());
    }
    head + "\r\n" + body
}

/// Says something and reads the whole answer: its status and its head.
fn exchange(stream: &mut TcpStream, said: &str) -> io::Result<(u16, String)> {
    stream.write_all(said.as_bytes())?;
    let (mut bytes, mut piece) = (Vec::new(), [0; 16 * 1024]);
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        read(stream, &mut piece, &mut bytes)?;
    };
    let head = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).and_then(|length| length.parse::<usize>().ok());
    while bytes.len() < end + length.unwrap_or_default() {
        read(stream, &mut piece, &mut bytes)?;
    }
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Ok((status, head))
}

fn read(stream: &mut TcpStream, piece: &mut [u8], bytes: &mut Vec<u8>) -> io::Result<()> {
    match stream.read(piece)? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        count => {
            bytes.extend_from_slice(piece.get(..count).unwrap_or_default());
            Ok(())
        }
    }
}
