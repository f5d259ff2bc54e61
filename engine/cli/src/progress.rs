//! A long run: a bar on stderr after a second, and an end within a second after Ctrl-C.
//!
//! The bar is drawn only on a terminal and wiped at the end. The first Ctrl-C asks the run to stop, so
//! that what was done can still be told; a second one ends the program at once.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use mitoshi_core::analysis::simulate::Watch;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;
use mitoshi_report::number::separate;

/// Set by Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);
/// How long a run stays silent.
const SILENT: Duration = Duration::from_secs(1);
/// How often the bar is drawn.
const EVERY: Duration = Duration::from_millis(100);
/// Signs of a full bar.
const WIDTH: u64 = 30;

/// Watches one run.
pub(crate) struct Progress {
    language: Language,
    total: u64,
    begun: Instant,
    shown: Mutex<Option<Instant>>,
    draws_bar: bool,
    stopped: AtomicBool,
}

impl Progress {
    /// Begins to watch a run of `total` draws, and Ctrl-C.
    pub(crate) fn begin(total: u64, language: Language) -> Self {
        // Where no handler can be set, Ctrl-C ends the program as always.
        let _ = ctrlc::set_handler(|| {
            if INTERRUPTED.swap(true, Ordering::Relaxed) {
                std::process::exit(130);
            }
        });
        let draws_bar = std::io::stderr().is_terminal();
        Self { language, total, begun: Instant::now(), shown: Mutex::new(None), draws_bar, stopped: AtomicBool::new(false) }
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

    fn line(&self, done: u64) -> String {
        let full = (done.min(self.total) * WIDTH).checked_div(self.total).unwrap_or(WIDTH);
        let bar: String = (0..WIDTH).map(|at| if at < full { '#' } else { '.' }).collect();
        let (done, total) = (separate(&done.to_string()), separate(&self.total.to_string()));
        let line = text!("[{bar}] {done} / {total}回（Ctrl-C で止める）", "[{bar}] {done} of {total} draws (Ctrl-C stops)");
        line.get(self.language).to_owned()
    }
}

impl Watch for Progress {
    fn done(&self, draws: u64) {
        if !self.draws_bar || self.begun.elapsed() < SILENT {
            return;
        }
        let Ok(mut shown) = self.shown.lock() else { return };
        if shown.is_none_or(|shown| shown.elapsed() >= EVERY) {
            *shown = Some(Instant::now());
            let _ = write!(std::io::stderr(), "\r{}\u{1B}[K", self.line(draws));
        }
    }

    fn stop(&self) -> bool {
        self.stopped.load(Ordering::Relaxed) || self.interrupted()
    }
}
