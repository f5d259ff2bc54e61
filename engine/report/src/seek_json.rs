//! Goal seeks for programs: numbers unrounded, `null` for absent, years as the plan writes them.

use indexmap::IndexMap;
use mitoshi_core::analysis::seek::targets::{Answer, Missed, Targets};
use mitoshi_core::analysis::seek::{Chance, Lever, Margin, Move, Seek, Trial, Verdict, Wish};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::projection::Projection;
use serde::Serialize;

use crate::document::json::pretty;
use crate::words::year;

#[derive(Serialize)]
struct SeekJson<'a> {
    scenario: &'a str,
    settings: &'a [String],
    goal: GoalJson<'a>,
    draws: Option<DrawsJson>,
    before: Option<f64>,
    already: bool,
    margins: Vec<MarginJson<'a>>,
    trials: Vec<TrialJson<'a>>,
}

#[derive(Serialize)]
struct GoalJson<'a> {
    address: &'a str,
    unit: &'a str,
    wish: &'static str,
    bar: Option<f64>,
}

#[derive(Serialize)]
struct DrawsJson {
    share: f64,
    draws: u64,
    seed: u64,
}

#[derive(Serialize)]
struct TrialJson<'a> {
    verdict: &'static str,
    value: Option<f64>,
    sampling_error: Option<f64>,
    size: f64,
    moves: Vec<MoveJson<'a>>,
    before_jump: Option<JumpJson<'a>>,
    lines: &'a str,
    confirmed: bool,
    typed: Option<TypedJson<'a>>,
}

#[derive(Serialize)]
struct TypedJson<'a> {
    value: f64,
    result: Option<f64>,
    lines: &'a str,
}

#[derive(Serialize)]
struct MarginJson<'a> {
    lever: &'a str,
    unit: &'a str,
    value: f64,
    amount: f64,
    to_the_end: bool,
}

#[derive(Serialize)]
struct MoveJson<'a> {
    lever: &'a str,
    unit: &'a str,
    bounds: [f64; 2],
    amount: f64,
    values: IndexMap<String, f64>,
}

#[derive(Serialize)]
struct JumpJson<'a> {
    amounts: &'a [f64],
    value: Option<f64>,
}

#[derive(Serialize)]
struct TargetsJson<'a> {
    scenario: &'a str,
    settings: &'a [String],
    year: String,
    met: usize,
    with_target: usize,
    draws: Option<DrawsJson>,
    missed: Vec<MissedJson<'a>>,
}

#[derive(Serialize)]
struct MissedJson<'a> {
    id: &'a str,
    no: u32,
    answer: &'static str,
    reason: Option<&'a str>,
    seek: Option<SeekJson<'a>>,
}

/// One goal seek as an object.
pub fn render(seek: &Seek, projection: &Projection) -> String {
    pretty(&object(seek, projection))
}

/// All targets as an object; reasons in `language`.
pub fn render_targets(targets: &Targets, projection: &Projection, language: Language) -> String {
    pretty(&TargetsJson {
        scenario: &projection.scenario,
        settings: &projection.settings,
        year: year(projection, targets.year),
        met: targets.met,
        with_target: targets.of,
        draws: targets.chance.map(draws),
        missed: targets.missed.iter().map(|each| missed(each, projection, language)).collect(),
    })
}

fn missed<'a>(missed: &'a Missed, projection: &'a Projection, language: Language) -> MissedJson<'a> {
    let indicator = projection.indicators.get(missed.indicator);
    let (answer, reason, seek) = match &missed.answer {
        Answer::Sought(seek) => ("sought", None, Some(object(seek, projection))),
        Answer::NoLever => ("no_lever", None, None),
        Answer::Unmovable(problem) => ("unmovable", Some(problem.message.get(language)), None),
        Answer::NotEvaluable => ("not_evaluable", None, None),
    };
    MissedJson { id: indicator.map_or("", |each| &each.id), no: indicator.map_or(0, |each| each.no), answer, reason, seek }
}

fn object<'a>(seek: &'a Seek, projection: &'a Projection) -> SeekJson<'a> {
    let (wish, bar) = match seek.goal.wish {
        Wish::AtMost(bar) => ("at_most", Some(bar)),
        Wish::AtLeast(bar) => ("at_least", Some(bar)),
        Wish::Target => {
            let sheet = seek.goal.quantity.indicator().and_then(|n| projection.indicators.get(n));
            ("target", sheet.and_then(|sheet| sheet.years.get(&seek.goal.year)?.target))
        }
    };
    SeekJson {
        scenario: &projection.scenario,
        settings: &projection.settings,
        goal: GoalJson { address: &seek.address, unit: &seek.unit, wish, bar },
        draws: seek.chance.map(draws),
        before: seek.before,
        already: seek.already,
        margins: seek.margins.iter().filter_map(|each| Some(margin(each, seek.levers.get(each.lever)?))).collect(),
        trials: seek.trials.iter().map(|each| trial(each, seek, projection)).collect(),
    }
}

fn draws(chance: Chance) -> DrawsJson {
    DrawsJson { share: chance.share, draws: chance.draws, seed: chance.seed }
}

fn trial<'a>(trial: &'a Trial, seek: &'a Seek, projection: &Projection) -> TrialJson<'a> {
    let verdict = match trial.verdict {
        Verdict::Reached => "reached",
        Verdict::Best => "best",
        Verdict::Idle => "no_effect",
        Verdict::Blind => "not_evaluable",
    };
    let moves = trial.moves.iter().filter_map(|each| Some(moved(each, seek.levers.get(each.lever)?, projection)));
    TrialJson {
        verdict,
        value: trial.value.map(|value| value + 0.0),
        sampling_error: trial.value.and_then(|share| seek.sampling_error(share)),
        size: trial.size,
        moves: moves.collect(),
        before_jump: trial.before_jump.as_ref().map(|jump| JumpJson { amounts: &jump.amounts, value: jump.value }),
        lines: &trial.lines,
        confirmed: trial.confirmed,
        typed: trial.typed.as_ref().map(|typed| TypedJson { value: typed.value, result: typed.result, lines: &typed.lines }),
    }
}

fn margin<'a>(margin: &Margin, lever: &'a Lever) -> MarginJson<'a> {
    let Margin { value, amount, is_end, .. } = *margin;
    MarginJson { lever: &lever.address, unit: &lever.unit, value, amount, to_the_end: is_end }
}

fn moved<'a>(each: &Move, lever: &'a Lever, projection: &Projection) -> MoveJson<'a> {
    MoveJson {
        lever: &lever.address,
        unit: &lever.unit,
        bounds: [lever.bounds.0, lever.bounds.1],
        amount: each.amount + 0.0,
        values: each.values.iter().map(|(at, value)| (year(projection, *at), *value + 0.0)).collect(),
    }
}
