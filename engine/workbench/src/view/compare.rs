//! `POST /api/compare`: several trials against the first one, with only what differs.

use std::collections::BTreeSet;

use mitoshi_core::Request;
use mitoshi_core::analysis::compare::{Comparison, Member, compare as compared};
use mitoshi_core::diagnostic::merge;
use mitoshi_core::text;
use mitoshi_report::comparison_json;
use serde::Deserialize;

use super::trial::Trial;
use super::{answer, parsed};
use crate::asked::Asked;
use crate::desk::Held;
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// The most trials side by side.
const MOST: usize = 50;

#[derive(Deserialize)]
struct Compare {
    trials: Vec<Trial>,
}

/// Answers.
pub(crate) fn compare(held: &Held, asked: &Asked, _turn: &Turn) -> Outcome {
    let Compare { trials } = asked.read()?;
    if trials.len() < 2 || trials.len() > MOST {
        return Err(Refused::bad(
            text!("比べるものは 2 から {MOST} までです。", "from 2 to {MOST} can be compared"),
            text!("trials に、基準とするものを先頭にして並べてください。", "list them in `trials`, the base first"),
        ));
    }
    let requests = trials.iter().map(|trial| trial.request(held)).collect::<Result<Vec<Request>, _>>()?;
    let refuse = |problems| Refused::problems(problems, &held.sources);
    let (projections, mut odd) = held.model.project_all(&requests).map_err(refuse)?;
    let chosen: BTreeSet<usize> = (0..held.model.pack.sheets.len()).collect();
    let comparison = held.model.with_all_parts(&requests, &mut |parts| {
        let members = parts.iter().zip(&projections).map(|(parts, projection)| Member { schedule: parts.schedule, projection });
        let members: Vec<Member<'_>> = members.collect();
        members.split_first().map(|(base, others)| compared(*base, others, &chosen))
    });
    let comparison = comparison.map_err(refuse)?.unwrap_or(Comparison { differences: Vec::new() });
    let text = comparison_json::render(&comparison, &projections, &held.sources);
    merge(&mut odd, projections.into_iter().flat_map(|projection| projection.diagnostics));
    Ok(answer(held, asked, vec![("comparison", parsed(&text))], &odd))
}
