//! What can only be seen with all files at hand.
//!
//! In: the pack as read. Out: sheets without rules and rules without sheets, names and numbers used
//! twice, scenarios that name no rule, variants that no scenario names, spreads beside their value, impossible
//! correlations, causes and opinions of indicators that are not there.

mod accounts;
mod correlation;
mod files;
mod names;
mod spread;

use std::collections::BTreeMap;

use super::model::Pack;
use super::table::Log;
use crate::diagnostic::FileId;

/// Checks a pack; `broken_rules` are there but have no text, so they are not missing. What a rule without
/// a sheet would be is unreadable, so that its names are not called unknown.
pub(super) fn check(pack: &mut Pack, broken_rules: &BTreeMap<String, FileId>, log: &Log) {
    let without_sheet = files::check(pack, broken_rules, log);
    pack.unreadable.extend(without_sheet);
    names::check(pack, log);
    spread::check(pack, log);
    correlation::check(pack, log);
    accounts::check(pack, log);
}
