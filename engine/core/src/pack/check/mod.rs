//! What can only be seen with all files at hand.
//!
//! In: the pack as read. Out: sheets without rules and rules without sheets, names and numbers used
//! twice, scenarios that name no rule, variants that no scenario names, impossible correlations.

mod correlation;
mod files;
mod names;

use std::collections::BTreeMap;

use super::model::Pack;
use super::table::Log;
use crate::diagnostic::FileId;

/// Checks a pack; `broken_rules` are there but have no text, so they are not missing.
pub(super) fn check(pack: &Pack, broken_rules: &BTreeMap<String, FileId>, log: &Log) {
    files::check(pack, broken_rules, log);
    names::check(pack, log);
    correlation::check(pack, log);
}
