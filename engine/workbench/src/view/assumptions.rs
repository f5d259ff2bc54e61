//! `GET /api/assumptions?scenario=NAME`: the assumptions with their values in a scenario.

use std::collections::BTreeSet;

use mitoshi_report::inventory::{What, list};
use serde_json::json;

use super::ask;
use super::trial::Trial;
use crate::asked::Asked;
use crate::desk::Held;
use crate::routes::Outcome;
use crate::turns::Turn;

/// Answers.
pub(crate) fn assumptions(held: &Held, asked: &Asked, _turn: &Turn) -> Outcome {
    let scenario = Some(asked.query("scenario").to_owned()).filter(|name| !name.is_empty());
    let chosen: BTreeSet<usize> = (0..held.model.pack.sheets.len()).collect();
    ask(held, asked, &Trial { scenario, ..Trial::default() }, |parts, _| {
        Ok((vec![("assumptions", json!(list(What::Assumptions, parts, &chosen).objects()))], Vec::new()))
    })
}
