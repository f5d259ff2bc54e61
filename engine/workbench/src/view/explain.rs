//! `POST /api/explain`: why a number is what it is, with the addresses of everything it came from.

use mitoshi_core::analysis::address::parse;
use mitoshi_core::analysis::explain::Explainer;
use mitoshi_report::explain::{Page, json};
use serde::Deserialize;

use super::trial::Trial;
use super::{ask, parsed};
use crate::asked::Asked;
use crate::desk::Held;
use crate::routes::Outcome;
use crate::turns::Turn;

/// How deep the page goes upstream, if nothing else is asked.
const DEPTH: usize = 2;
/// The deepest.
const MOST_DEPTH: usize = 20;

#[derive(Deserialize)]
struct Explain {
    #[serde(flatten)]
    trial: Trial,
    address: String,
    depth: Option<usize>,
}

/// Answers.
pub(crate) fn explain(held: &Held, asked: &Asked, _turn: &Turn) -> Outcome {
    let Explain { trial, address, depth } = asked.read()?;
    ask(held, asked, &trial, |parts, settings| {
        let explainer = Explainer::new(parts, settings, depth.unwrap_or(DEPTH).clamp(1, MOST_DEPTH));
        let address = parse(parts.schedule.pack, &address).map_err(|problem| vec![*problem])?;
        let explanation = explainer.explain(address);
        let lineage = explainer.lineage();
        let page = Page { explanation: &explanation, projection: &explainer.projection, lineage: &lineage, language: asked.language };
        let text = json::render(page);
        Ok((vec![("explanation", parsed(&text))], explanation.failure.into_iter().collect()))
    })
}
