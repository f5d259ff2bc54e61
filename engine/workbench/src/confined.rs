//! Questions from other computers are answered by a process that may do nothing else.
//!
//! The program is started again, is given the files and the question, limits itself (memory, computing time, no files
//! written, an empty environment) and tells the answer. What it sends is bounded. It is ended when its question is
//! overtaken or takes too long. Both sides speak frames: a length of eight bytes, then the bytes.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use mitoshi_core::diagnostic::{Content, Language, RawFile};
use mitoshi_core::text;
use mitoshi_store::confine;

use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::{Outcome, ROUTES, Work};
use crate::turns::Turn;

/// The word that starts it.
const CHILD: &str = "__answer-question";
/// Bytes of memory, and seconds of computing.
const LIMITS: (u64, u64) = (512 << 20, 20);
/// How long an answer may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often to look whether it has ended.
const STEP: Duration = Duration::from_millis(4);
/// The most bytes of a frame.
const MOST: u64 = 64 << 20;

/// Asks a question of a process of its own.
pub(crate) fn ask(program: &Path, path: &str, held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let mut command = Command::new(program);
    command.arg(CHILD).env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|fault| failed(&fault.to_string()))?;
    let question = question(path, held, asked);
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(&question)));
    let listener = std::thread::spawn(move || {
        let mut told = Vec::new();
        let _ = output.map(|output| output.take(MOST).read_to_end(&mut told));
        told
    });
    let is_done = wait(&mut child, turn);
    let _ = writer.join();
    let told = listener.join().unwrap_or_default();
    if turn.is_over() {
        return Err(Refused::superseded());
    }
    let answer = if is_done { read_answer(&told) } else { None };
    answer.ok_or_else(|| failed("limits"))
}

/// Waits; ends it when nobody needs it any more. True if it ended well by itself.
fn wait(child: &mut Child, turn: &Turn) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until && !turn.is_over() {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(STEP),
            Err(_) => break,
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// Answers a question if the arguments ask for it.
pub fn evaluate_child(arguments: &[OsString]) -> Option<ExitCode> {
    let is_asked = arguments.get(1).is_some_and(|word| word == CHILD);
    is_asked.then(|| {
        confine(LIMITS.0, LIMITS.1);
        // Rules nest deeper than a main thread's stack allows on some systems.
        let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(answer_one);
        match thread.map(std::thread::JoinHandle::join) {
            Ok(Ok(Some(()))) => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        }
    })
}

fn answer_one() -> Option<()> {
    let mut input = io::stdin().lock();
    let mut next = || frame(&mut input);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
    let (path, language) = (text(next()?)?, Language::from_tag(&text(next()?)?)?);
    let (query, revision) = (serde_json::from_slice(&next()?).ok()?, text(next()?)?.parse().ok()?);
    let body = next()?;
    let mut files = Vec::new();
    while let Some(path) = next() {
        let (kind, bytes) = (next()?, next()?);
        files.push(RawFile { path: text(path)?, content: content(&kind, bytes) });
    }
    let held = Held::load(revision, files).ok()?;
    let asked = Asked { query, body, language };
    let view = ROUTES.iter().find(|route| route.path == path && matches!(route.work, Work::Model(_)))?;
    let Work::Model(view) = view.work else { return None };
    let answer = view(&held, &asked, &Turn::default()).unwrap_or_else(|refused| refused.answer(language));
    let mut out = Vec::new();
    put(&mut out, answer.status.to_string().as_bytes());
    put(&mut out, answer.kind.as_bytes());
    put(&mut out, &serde_json::to_vec(&answer.headers).ok()?);
    put(&mut out, &answer.body);
    let mut output = io::stdout().lock();
    output.write_all(&out).and_then(|()| output.flush()).ok()
}

fn question(path: &str, held: &Held, asked: &Asked) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, path.as_bytes());
    put(&mut out, asked.language.tag().as_bytes());
    put(&mut out, &serde_json::to_vec(&asked.query).unwrap_or_default());
    put(&mut out, held.revision.to_string().as_bytes());
    put(&mut out, &asked.body);
    for file in &held.files {
        put(&mut out, file.path.as_bytes());
        let (kind, bytes): (&str, &[u8]) = match &file.content {
            Content::Bytes(bytes) => ("bytes", bytes),
            _ => ("link", &[]),
        };
        put(&mut out, kind.as_bytes());
        put(&mut out, bytes);
    }
    out
}

/// What could not be read is told when the pack is loaded here; the child only needs to know that it is there.
fn content(kind: &[u8], bytes: Vec<u8>) -> Content {
    if kind == b"bytes" { Content::Bytes(bytes) } else { Content::Link }
}

fn read_answer(told: &[u8]) -> Option<Answer> {
    let mut input = told;
    let mut next = || frame(&mut input);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).ok();
    let (status, kind) = (text(next()?)?.parse().ok()?, text(next()?)?);
    let headers: Vec<(String, String)> = serde_json::from_slice(&next()?).ok()?;
    let known = |name: &str| ["content-disposition", "retry-after"].into_iter().find(|known| *known == name);
    let headers = headers.into_iter().filter_map(|(name, value)| Some((known(&name)?, value))).collect();
    Some(Answer { status, kind: Answer::known_kind(&kind)?, body: next()?.into(), headers })
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// The next frame; absent at the end, or if it is not whole.
fn frame(input: &mut impl Read) -> Option<Vec<u8>> {
    let mut length = [0; 8];
    input.read_exact(&mut length).ok()?;
    let length = Some(u64::from_le_bytes(length)).filter(|length| *length <= MOST)?;
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

fn failed(why: &str) -> Refused {
    let message = match why {
        "limits" => text!("計算が時間かメモリーの上限を超えました。", "the computation used up its time or memory"),
        why => text!("計算を始められません: {why}", "the computation cannot be started: {why}"),
    };
    Refused::new(503, "limits", message, text!("試行の回数や変更の数を減らしてください。", "ask for fewer draws or changes"))
}
