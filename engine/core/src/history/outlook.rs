//! What was foreseen when an outlook was published, kept to be compared with what came.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A published outlook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The scenario's name.
    pub scenario: String,
    /// SHA-256 over the pack's files as they were.
    pub pack: String,
    /// Seed of the draws.
    pub seed: u64,
    /// How many draws.
    pub draws: u32,
    /// The last year whose actuals were known.
    pub actuals_until: String,
    /// By indicator and year, in the sheets' units.
    pub indicators: IndexMap<String, IndexMap<String, Foreseen>>,
}

/// What was foreseen for one indicator in one year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Foreseen {
    /// The projection without draws.
    pub value: f64,
    /// The last actual that was known: the persistence forecast.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persistence: Option<f64>,
    /// The target in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<f64>,
    /// The 10 % point of the draws; absent where nothing was uncertain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    /// The 90 % point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// The chance of meeting the target, from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chance: Option<f64>,
}
