//! The yearly cycle: where it stands, what was done, proposals decided. Each step is a line of the history; figures are
//! put on record in `recording`.

use mitoshi_core::Request;
use mitoshi_core::cycle::decision::{self, Verdict};
use mitoshi_core::cycle::review::{Proposal, proposals};
use mitoshi_core::cycle::status::status;
use mitoshi_core::diagnostic::{Language, has_errors};
use mitoshi_core::history::{Draft, Entry, History, verify};
use mitoshi_core::pack::{BASELINE, Pack};
use mitoshi_core::text;
use mitoshi_core::year::Year;
use mitoshi_report::cycle::{review as page, status as status_page};
use mitoshi_report::document::{Block, Cell, Document, Format};
use mitoshi_report::history::{changes, entries_json};
use mitoshi_report::number::number;
use mitoshi_store::{Ledger, Opening};
use serde::Deserialize;
use serde_json::{Value, json};

use super::begin::Figure;
use super::figures::table as told;
use super::parsed;
use super::saving::saved;
use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::routes::Outcome;
use crate::turns::Turn;

/// Where it stands.
pub(crate) fn cycle(desk: &Desk, asked: &Asked) -> Outcome {
    let held = desk.held()?;
    let pack = &held.model.pack;
    let (mut sources, mut problems) = (held.sources.clone(), Vec::new());
    let history = mitoshi_store::read_history(&desk.root, &mut sources, &mut problems).map_err(|fault| {
        Refused::new(
            500,
            "fault",
            text!("履歴を読めません: {fault}", "cannot read the history: {fault}"),
            text!("ファイルを読む権限を確かめてください。", "check that the file may be read"),
        )
    })?;
    if !problems.is_empty() {
        return Err(Refused::problems(problems, &sources));
    }
    let found = status(pack, &history, &today());
    Ok(Answer::json(&json!({
        "revision": held.revision,
        "status": parsed(&status_page::json(&found, pack)),
        "entries": parsed(&entries_json(history.entries())),
        "steps": steps(&history, pack, asked.language),
    })))
}

/// What was done, newest first, as people read it.
fn steps(history: &History, pack: &Pack, language: Language) -> Vec<Value> {
    let step = |entry: &Entry| {
        let done = &entry.done;
        json!({
            "no": entry.no,
            "on": done.on,
            "what": done.step.label().get(language),
            "year": done.year,
            "edition": done.edition,
            "by": done.decided_by,
            "reason": done.reason,
            "undoes": done.undoes,
            "can_undo": history.undoable(Some(entry.no)).is_some(),
            "table": told(&changes(&done.changes, pack, language)),
        })
    };
    history.entries().rev().map(step).collect()
}

/// What the rules propose after a year.
pub(crate) fn review(held: &Held, asked: &Asked, _turn: &Turn) -> Outcome {
    let plan = &held.model.pack.plan;
    let typed = asked.query("year");
    let year = if typed.is_empty() { Some(plan.actuals_until) } else { Year::parse(typed) };
    let year = year.filter(|year| (plan.first..=plan.actuals_until).contains(year)).ok_or_else(|| not_closed(typed, held))?;
    let found = proposed(held, year)?;
    let all: Vec<Value> = found.iter().map(|proposal| described(&held.model.pack, proposal)).collect();
    Ok(Answer::json(&json!({ "revision": held.revision, "year": plan.write(year), "proposals": all })))
}

fn proposed(held: &Held, year: Year) -> Result<Vec<Proposal>, Refused> {
    let request = Request { scenario: BASELINE.to_owned(), reviewed: Some(vec![year]), ..Request::default() };
    let refuse = |problems| Refused::problems(problems, &held.sources);
    let projection = held.model.project(&request).map_err(refuse)?.projection;
    if has_errors(&projection.diagnostics) {
        return Err(refuse(projection.diagnostics));
    }
    Ok(proposals(&projection, &held.model.pack, year))
}

fn described(pack: &Pack, proposal: &Proposal) -> Value {
    let sheet = pack.sheets.get_index(proposal.indicator).map(|(_, sheet)| sheet);
    let shown = |value: f64| number(Some(value), sheet.map_or(0, |sheet| usize::from(sheet.decimals)));
    json!({
        "id": sheet.map(|sheet| &sheet.id),
        "no": sheet.map(|sheet| sheet.no.value),
        "title": sheet.map(|sheet| &sheet.title),
        "indicator": sheet.map(|sheet| &sheet.indicator),
        "unit": sheet.map(|sheet| &sheet.unit),
        "year": pack.plan.write(proposal.of),
        "now": proposal.from + 0.0,
        "proposed": proposal.to + 0.0,
        "is_change": proposal.is_change(),
        "rule": proposal.rule,
        "reason": proposal.reason,
        "shown": { "now": shown(proposal.from), "proposed": shown(proposal.to) },
    })
}

#[derive(Deserialize)]
struct Adopted {
    decisions: Vec<Decided>,
    year: Option<String>,
    edition: Option<String>,
    by: Option<String>,
    on: Option<String>,
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Decided {
    id: String,
    year: String,
    verdict: String,
    value: Option<Figure>,
    reason: Option<String>,
    by: Option<String>,
}

/// Carries decisions out.
pub(crate) fn adopt(desk: &Desk, asked: &Asked) -> Outcome {
    let adopted: Adopted = asked.read()?;
    let on = day(adopted.on.as_deref())?;
    let mut ledger = open(desk)?;
    let problems = verify(ledger.history(), ledger.pack());
    if !problems.is_empty() {
        return Err(Refused::problems(problems, ledger.sources()));
    }
    let mut sources = ledger.sources().clone();
    let (text, file) = (adopted.table(desk, ledger.pack(), asked)?, sources.next_id());
    sources.add("decisions".to_owned(), &text);
    let by = said(adopted.by.clone());
    let decisions = decision::read(ledger.pack(), file, &text, by.as_deref()).map_err(|problems| Refused::problems(problems, &sources))?;
    let (by, reason) = (by.or_else(|| decision::together(&decisions)), said(adopted.reason.clone()));
    match said(adopted.edition) {
        Some(name) => {
            ledger.open_edition(&name, Draft { on: on.clone(), decided_by: by.clone(), reason: reason.clone(), ..Draft::default() })?;
        }
        None if ledger.is_sealed() => return Err(is_sealed(&ledger.edition())),
        None => {}
    }
    let step = decision::step(&decisions, ledger.pack(), on, by, reason);
    ledger.take(step)?;
    finish(desk, ledger, Vec::new())
}

impl Adopted {
    /// The decisions as the table that `mitoshi adopt` reads, so that both are judged alike.
    fn table(&self, desk: &Desk, pack: &Pack, asked: &Asked) -> Result<String, Refused> {
        let held = desk.held()?;
        let plan = &pack.plan;
        let year = self.year.as_deref().map_or(Some(plan.actuals_until), Year::parse).unwrap_or(plan.actuals_until);
        let mut chosen = Vec::new();
        let all = proposed(&held, year)?;
        for decided in &self.decisions {
            let is_it = |proposal: &&Proposal| {
                let id = pack.sheets.get_index(proposal.indicator).map(|(id, _)| id.as_str());
                id == Some(decided.id.as_str()) && Some(proposal.of) == Year::parse(&decided.year)
            };
            chosen.push(all.iter().find(is_it).cloned().ok_or_else(|| no_proposal(&decided.id, &decided.year))?);
        }
        let mut form = page::form(&chosen, pack, asked.language);
        if let Some(Block::Table(table)) = form.blocks.first_mut() {
            for (row, decided) in table.rows.iter_mut().zip(&self.decisions) {
                decided.fill(row)?;
            }
        }
        Ok(Document { language: asked.language, ..form }.print(Format::Csv, false))
    }
}

impl Decided {
    /// Fills in the columns of the decision.
    fn fill(&self, row: &mut [Cell]) -> Result<(), Refused> {
        let verdicts = [("adopt", Verdict::Adopt), ("change", Verdict::Change), ("reject", Verdict::Reject), ("keep", Verdict::Keep)];
        let verdict = verdicts.iter().find(|(word, _)| *word == self.verdict).ok_or_else(|| no_verdict(&self.verdict))?;
        let words = [
            (decision::Column::Verdict, verdict.1.word().en),
            (decision::Column::Value, self.value.as_ref().map(Figure::words).unwrap_or_default()),
            (decision::Column::Reason, self.reason.clone().unwrap_or_default()),
            (decision::Column::DecidedBy, self.by.clone().unwrap_or_default()),
        ];
        for (column, words) in words {
            let at = decision::Column::ALL.iter().position(|known| *known == column);
            if let Some(cell) = at.and_then(|at| row.get_mut(at)) {
                *cell = Cell::words(words);
            }
        }
        Ok(())
    }
}

pub(super) fn open(desk: &Desk) -> Result<Ledger, Refused> {
    match Ledger::open(&desk.root)? {
        Opening::Ready(ledger) => Ok(*ledger),
        Opening::Broken(problems, sources) => Err(Refused::problems(problems, &sources)),
    }
}

/// Judges and writes a step; the answer has these keys besides.
pub(super) fn finish(desk: &Desk, ledger: Ledger, more: Vec<(&'static str, Value)>) -> Outcome {
    let (problems, sources) = ledger.judge()?;
    if !problems.is_empty() {
        return Err(Refused::problems(problems, &sources));
    }
    let entries = parsed(&entries_json(ledger.added()));
    let paths: Vec<String> = ledger.commit()?.files.into_iter().map(|file| file.path).collect();
    let mut body = saved(desk, &paths)?;
    body["entries"] = entries;
    body["diagnostics"] = json!([]);
    more.into_iter().for_each(|(key, value)| body[key] = value);
    Ok(Answer::json(&body))
}

/// Words that say something.
pub(super) fn said(words: Option<String>) -> Option<String> {
    words.map(|words| words.trim().to_owned()).filter(|words| !words.is_empty())
}

/// The day that was said, or today where the person sits.
pub(super) fn day(said: Option<&str>) -> Result<String, Refused> {
    let Some(words) = said.map(str::trim).filter(|words| !words.is_empty()) else { return Ok(today()) };
    words.parse::<jiff::civil::Date>().map(|date| date.to_string()).map_err(|_| {
        Refused::bad(
            text!("「{words}」は年月日として読めません。", "`{words}` is not a date"),
            text!("2026-06-05 のように書いてください。", "write it as 2026-06-05"),
        )
    })
}

fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

fn not_closed(year: &str, held: &Held) -> Refused {
    let until = held.model.pack.plan.write(held.model.pack.plan.actuals_until);
    Refused::bad(
        text!("「{year}」は点検できません。", "`{year}` cannot be reviewed"),
        text!("締めた年度（{until} まで）を選んでください。", "choose a closed year, up to {until}"),
    )
}

fn no_proposal(id: &str, year: &str) -> Refused {
    Refused::unknown(
        text!("{id} の {year} の見直し案はありません。", "there is no proposal for {id} in {year}"),
        text!("GET /api/cycle/review にあるものから選んでください。", "choose one of GET /api/cycle/review"),
    )
}

fn no_verdict(word: &str) -> Refused {
    Refused::bad(
        text!("「{word}」という採否はありません。", "there is no decision `{word}`"),
        text!("adopt、change、reject、keep のどれかにしてください。", "choose adopt, change, reject or keep"),
    )
}

fn is_sealed(edition: &str) -> Refused {
    Refused::bad(
        text!("版「{edition}」は封印されています。", "the edition `{edition}` is sealed"),
        text!("この決定から始める新しい版の名前を付けてください。", "name the edition that begins with these decisions"),
    )
}
