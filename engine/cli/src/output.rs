//! The two streams: data to stdout, everything else to stderr, both UTF-8.
//!
//! Colour is decided for each stream by `--color` or, if that is `auto`, by whether it is a terminal
//! and by `NO_COLOR` and its kin. A reader that has gone away (a broken pipe) is no error. A command that is run
//! within another one writes into memory instead.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use anstream::stream::{AsLockedWrite, RawStream};
use anstream::{AutoStream, ColorChoice};

/// Where a command writes.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    data: ColorChoice,
    aside: ColorChoice,
    /// Where both go instead of the streams, if anywhere.
    kept: Option<Arc<Mutex<Kept>>>,
}

/// What was written into memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    /// What would have gone to stdout.
    pub(crate) data: String,
    /// What would have gone to stderr.
    pub(crate) aside: String,
}

impl Output {
    /// Decides colour; `Auto` looks at the terminals and the environment.
    pub(crate) fn new(wanted: ColorChoice) -> Self {
        let decide = |found: ColorChoice| if wanted == ColorChoice::Auto { found } else { wanted };
        Self { data: decide(AutoStream::choice(&io::stdout())), aside: decide(AutoStream::choice(&io::stderr())), kept: None }
    }

    /// The same, writing into memory; colour is decided as if it were shown.
    pub(crate) fn keeping(self) -> Self {
        Self { kept: Some(Arc::default()), ..self }
    }

    /// What was written into memory so far.
    pub(crate) fn taken(&self) -> Kept {
        self.kept.as_ref().and_then(|kept| kept.lock().ok()).map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default()
    }

    /// Writes into memory; false if it goes to the streams.
    fn keep(&self, write: impl FnOnce(&mut Kept)) -> bool {
        if let Some(mut kept) = self.kept.as_ref().and_then(|kept| kept.lock().ok()) {
            write(&mut kept);
        }
        self.kept.is_some()
    }

    /// Whether data may be coloured.
    pub(crate) fn colours_data(&self) -> bool {
        self.data != ColorChoice::Never
    }

    /// Whether messages may be coloured.
    pub(crate) fn colours_asides(&self) -> bool {
        self.aside != ColorChoice::Never
    }

    /// Writes data to stdout.
    ///
    /// # Errors
    /// What the system says, a broken pipe excepted.
    pub(crate) fn data(&self, text: &str) -> io::Result<()> {
        if self.keep(|kept| kept.data += text) {
            return Ok(());
        }
        quietly(write(io::stdout().lock(), self.data, text))
    }

    /// Writes a message to stderr; there is nobody to tell if that fails.
    pub(crate) fn aside(&self, text: &str) {
        if self.keep(|kept| kept.aside += text) {
            return;
        }
        let _ = write(io::stderr().lock(), self.aside, text);
    }
}

fn write<S>(mut stream: S, colour: ColorChoice, text: &str) -> io::Result<()>
where
    S: RawStream + AsLockedWrite,
{
    if colour == ColorChoice::Never {
        stream.write_all(text.as_bytes())?;
        return stream.flush();
    }
    let mut stream = AutoStream::new(stream, colour);
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn quietly(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
