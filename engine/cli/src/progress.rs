//! A long run: a bar on stderr after a second, and an end within a second after Ctrl-C.
//!
//! The bar is drawn only on a terminal and wiped at the end. The first Ctrl-C (or a polite request of the
//! system to end) asks the run to stop, so that what was done can still be told; a second one ends the
//! program at once, without leaving a half-written file behind.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use mitoshi_core::analysis::watch::Watch;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::number::separate;

/// Set by Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// What the second Ctrl-C removes.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);
/// How long a run stays silent.
const SILENT: Duration = Duration::from_secs(1);
/// How often the bar is drawn.
const EVERY: Duration = Duration::from_millis(100);
/// Signs of a full bar.
const WIDTH: u64 = 30;

/// Watches one run.
pub(crate) struct Progress {
    language: Language,
    total: AtomicU64,
    done: AtomicU64,
    begun: Instant,
    shown: Mutex<Option<Instant>>,
    draws_bar: bool,
    stopped: AtomicBool,
}

impl Progress {
    /// Begins to watch a run, and Ctrl-C.
    pub(crate) fn begin(language: Language) -> Self {
        // Where no handler can be set, Ctrl-C ends the program as always.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                if let Some(path) = UNFINISHED.lock().ok().and_then(|path| path.clone()) {
                    let _ = std::fs::remove_file(path);
                }
                std::process::exit(130);
            }
        });
        Self {
            language,
            total: AtomicU64::new(0),
            done: AtomicU64::new(0),
            begun: Instant::now(),
            shown: Mutex::new(None),
            draws_bar: std::io::stderr().is_terminal(),
            stopped: AtomicBool::new(false),
        }
    }

    /// Asks the run to stop for another reason.
    pub(crate) fn give_up(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether Ctrl-C was pressed.
    pub(crate) fn interrupted(&self) -> bool {
        INTERRUPTED.load(Ordering::Relaxed)
    }

    /// Wipes the bar.
    pub(crate) fn end(&self) {
        if self.shown.lock().is_ok_and(|shown| shown.is_some()) {
            let _ = write!(std::io::stderr(), "\r\u{1B}[K");
        }
    }

    /// What to say of a run whose results are worth nothing before its end.
    pub(crate) fn given_up(&self) -> Text {
        let (done, total) = self.counts();
        if total == "0" {
            return text!(
                "中断しました。{done}回の計算が済んでいますが、途中の結果は示しません。\n",
                "interrupted after {done} runs; no result is shown before the end\n"
            );
        }
        text!(
            "中断しました。{total}回のうち{done}回の計算が済んでいますが、途中の結果は示しません。\n",
            "interrupted: {done} of {total} runs were done; no result is shown before the end\n"
        )
    }

    fn counts(&self) -> (String, String) {
        let count = |number: &AtomicU64| separate(&number.load(Ordering::Relaxed).to_string());
        (count(&self.done), count(&self.total))
    }

    fn line(&self) -> String {
        let (done, total) = (self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed));
        let full = (done.min(total) * WIDTH).checked_div(total);
        let (done, total) = self.counts();
        let line = match full {
            None => text!("{done}回（Ctrl-C で止める）", "{done} runs (Ctrl-C stops)"),
            Some(full) => {
                let bar: String = (0..WIDTH).map(|at| if at < full { '#' } else { '.' }).collect();
                text!("[{bar}] {done} / {total}回（Ctrl-C で止める）", "[{bar}] {done} of {total} (Ctrl-C stops)")
            }
        };
        line.get(self.language).to_owned()
    }
}

/// Names the file that a second Ctrl-C removes; none when it is finished.
pub(crate) fn unfinished(path: Option<&Path>) {
    if let Ok(mut place) = UNFINISHED.lock() {
        *place = path.map(Path::to_path_buf);
    }
}

impl Watch for Progress {
    fn expect(&self, runs: u64) {
        self.total.store(runs, Ordering::Relaxed);
    }

    fn done(&self, runs: u64) {
        self.done.store(runs, Ordering::Relaxed);
        if !self.draws_bar || self.begun.elapsed() < SILENT {
            return;
        }
        let Ok(mut shown) = self.shown.lock() else { return };
        if shown.is_none_or(|shown| shown.elapsed() >= EVERY) {
            *shown = Some(Instant::now());
            let _ = write!(std::io::stderr(), "\r{}\u{1B}[K", self.line());
        }
    }

    fn stop(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.interrupted()
    }
}
