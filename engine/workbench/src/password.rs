//! The password of a workbench that other computers can reach: kept as a slow hash, asked for slowly.
//!
//! PBKDF2 with SHA-256 and a salt of this run; the password itself is forgotten. After a wrong one nobody is asked
//! for [`PENALTY`], so that guessing takes a second for each guess, however many guess at once.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::door::same;

/// Rounds of the hash.
const ROUNDS: u32 = 600_000;
/// How long nobody is asked after a wrong password.
const PENALTY: Duration = Duration::from_secs(1);
/// The fewest letters.
pub(crate) const LEAST: usize = 12;

/// A password that can be compared, and not be read.
pub(crate) struct Password {
    salt: [u8; 16],
    hash: String,
    closed: Mutex<Option<Instant>>,
}

/// What came of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is the password.
    Right,
    /// It is not.
    Wrong,
    /// Somebody was wrong a moment ago; it was not looked at.
    Later,
}

impl Password {
    /// Keeps a password.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub(crate) fn new(words: &str) -> std::io::Result<Self> {
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        Ok(Self { hash: hash(words, &salt), salt, closed: Mutex::new(None) })
    }

    /// Judges an answer; one at a time.
    pub(crate) fn judge(&self, words: &str) -> Verdict {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        if closed.is_some_and(|until| Instant::now() < until) {
            return Verdict::Later;
        }
        if same(&hash(words, &self.salt), &self.hash) {
            return Verdict::Right;
        }
        *closed = Some(Instant::now() + PENALTY);
        Verdict::Wrong
    }
}

fn hash(words: &str, salt: &[u8]) -> String {
    let bytes: [u8; 32] = pbkdf2::pbkdf2_hmac_array::<sha2::Sha256, 32>(words.as_bytes(), salt, ROUNDS);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
