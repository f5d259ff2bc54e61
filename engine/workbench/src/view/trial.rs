//! What is tried out: a scenario and numbers that are set for one question only.

use mitoshi_core::Request;
use mitoshi_core::text;
use serde::{Deserialize, Serialize};

use super::state::first_scenario;
use crate::desk::Held;
use crate::refused::Refused;

/// The most changes of one request.
const MOST_CHANGES: usize = 2_000;

/// A scenario and what is changed in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Trial {
    /// Its name; absent: the baseline.
    pub(crate) scenario: Option<String>,
    /// What is changed for this request only.
    pub(crate) changes: Vec<Change>,
}

/// One number set.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Change {
    /// `ID[.NAME][@YEAR]`.
    pub(crate) address: String,
    /// The number.
    pub(crate) value: f64,
}

impl Trial {
    /// As a request on a model; a change is what `--set` takes.
    ///
    /// # Errors
    /// Too many changes.
    pub(crate) fn request(&self, held: &Held) -> Result<Request, Refused> {
        if self.changes.len() > MOST_CHANGES {
            return Err(Refused::bad(
                text!("変更は一度に {MOST_CHANGES} 件までです。", "at most {MOST_CHANGES} changes are taken at once"),
                text!("シナリオとして保存してから続けてください。", "save them as a scenario and go on from there"),
            ));
        }
        let scenario = self.scenario.clone().unwrap_or_else(|| first_scenario(held));
        let settings = self.changes.iter().map(|change| format!("{}={}", change.address, change.value)).collect();
        Ok(Request { scenario, settings, ..Request::default() })
    }
}
