//! `GET /api/reports` and `POST /api/report`: every document, to look at and to keep.

use mitoshi_core::Request;
use mitoshi_core::analysis::simulate::Settings;
use mitoshi_core::diagnostic::{Language, has_errors};
use mitoshi_core::pack::BASELINE;
use mitoshi_core::text;
use mitoshi_core::year::{Year, YearStyle};
use mitoshi_report::document::{Document, Encoding, html};
use mitoshi_report::reports::printing::{Form, print};
use mitoshi_report::reports::{self, Audience, Material, Report, Scenarios, material};
use serde::Deserialize;
use serde_json::{Value, json};

use super::trial::Trial;
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// What can be kept as a file.
const FORMATS: [&str; 5] = ["html", "xlsx", "md", "csv", "json"];
/// The most draws of a report.
const MOST_DRAWS: u64 = 100_000;
/// The most scenarios of a report.
const MOST_TRIALS: usize = 20;

#[derive(Deserialize)]
struct Wanted {
    report: String,
    format: String,
    #[serde(default)]
    trials: Vec<Trial>,
    year: Option<String>,
    era: Option<String>,
    draws: Option<u64>,
    seed: Option<u64>,
}

/// What there is.
pub(crate) fn reports(_desk: &Desk, asked: &Asked) -> Outcome {
    let all: Vec<Value> = reports::ALL
        .iter()
        .map(|report| {
            let scenarios = match report.needs().scenarios {
                Scenarios::One => "one",
                Scenarios::Several => "several",
                Scenarios::BesideBaseline => "beside_baseline",
            };
            let (title, about) = (report.title(), report.about());
            json!({ "name": report.name(), "title": title.get(asked.language), "about": about.get(asked.language), "scenarios": scenarios })
        })
        .collect();
    Ok(Answer::json(&json!({ "reports": all, "formats": FORMATS })))
}

/// Makes one.
pub(crate) fn report(held: &Held, asked: &Asked, turn: &Turn) -> Outcome {
    let wanted: Wanted = asked.read()?;
    let report = reports::find(&wanted.report).ok_or_else(|| unknown(&wanted.report))?;
    let document = document(held, asked.language, report, &wanted, turn)?;
    if wanted.format == "preview" {
        return Ok(Answer::json(&json!({ "revision": held.revision, "title": document.title(), "html": html::pieces(&document) })));
    }
    let form = FORMATS.contains(&wanted.format.as_str()).then(|| Form::from_name(&wanted.format, Encoding::default())).flatten();
    let form = form.ok_or_else(|| no_format(&wanted.format))?;
    let bytes =
        print(report, document, form, &held.model.pack, false).map_err(|problem| Refused::problems(vec![*problem], &held.sources))?;
    let name = format!("attachment; filename=\"{}.{}\"", report.name(), form.ending());
    Ok(Answer::bytes(kind(form), bytes).header("content-disposition", name))
}

fn document(held: &Held, language: Language, report: &'static dyn Report, wanted: &Wanted, turn: &Turn) -> Result<Document, Refused> {
    let requests = requests(held, report, &wanted.trials)?;
    let usual = reports::settings();
    let draws = wanted.draws.unwrap_or(usual.draws).clamp(1, MOST_DRAWS);
    let draws = Settings { draws, seed: wanted.seed.unwrap_or(usual.seed), ..usual };
    let plan = &held.model.pack.plan;
    let year = wanted.year.as_deref().and_then(Year::parse).filter(|year| (plan.first..=plan.actuals_until).contains(year));
    let year = year.unwrap_or(plan.actuals_until);
    let era = wanted.era.as_deref().map(|era| era_of(era, language));
    let wanted = material::Wanted { requests: &requests, year, era, draws: &draws, report, audience: Audience::Office };
    let build = &mut |material: &Material<'_>| report.document(material);
    let made = material::with((&held.model, &held.sources), &wanted, language, turn, build);
    let (document, odd) = made.map_err(|problems| Refused::problems(problems, &held.sources))?;
    // A document with a hole in it must not leave the house.
    if has_errors(&odd) { Err(Refused::problems(odd, &held.sources)) } else { Ok(document) }
}

/// The trials as requests; a report that compares has the baseline first.
fn requests(held: &Held, report: &dyn Report, trials: &[Trial]) -> Result<Vec<Request>, Refused> {
    let is_baseline = |request: &Request| request.scenario == BASELINE && request.settings.is_empty();
    let mut requests = trials.iter().take(MOST_TRIALS).map(|trial| trial.request(held)).collect::<Result<Vec<_>, _>>()?;
    if requests.is_empty() {
        requests.push(Trial::default().request(held)?);
    }
    match report.needs().scenarios {
        Scenarios::One => requests.truncate(1),
        Scenarios::BesideBaseline if !requests.iter().any(is_baseline) => {
            requests.insert(0, Request { scenario: BASELINE.to_owned(), ..Request::default() });
        }
        _ => {}
    }
    if report.needs().scenarios == Scenarios::BesideBaseline && requests.len() < 2 {
        return Err(Refused::bad(
            text!("比べるシナリオがありません。", "there is nothing to compare with"),
            text!("シナリオを選ぶか、前提を変えてください。", "choose a scenario or change an assumption"),
        ));
    }
    Ok(requests)
}

fn era_of(era: &str, language: Language) -> YearStyle {
    match (era, language) {
        ("wareki", _) => YearStyle::Era,
        ("both", _) => YearStyle::Both,
        (_, Language::Japanese) => YearStyle::WesternNendo,
        (_, Language::English) => YearStyle::Fy,
    }
}

fn kind(form: Form) -> &'static str {
    match form.ending() {
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "html" => "text/html; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    }
}

fn unknown(name: &str) -> Refused {
    Refused::unknown(
        text!("「{name}」という報告書はありません。", "there is no report `{name}`"),
        text!("GET /api/reports にあるものから選んでください。", "choose one of GET /api/reports"),
    )
}

fn no_format(name: &str) -> Refused {
    let all = FORMATS.join(", ");
    Refused::bad(
        text!("「{name}」という形式はありません。", "there is no format `{name}`"),
        text!("{all}, preview のどれかにしてください。", "choose one of {all}, preview"),
    )
}
