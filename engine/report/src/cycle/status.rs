//! Where the yearly cycle stands, as one page: the stages, the figures that are missing by department, what to do next.

use mitoshi_core::cycle::status::{Department, Stage, Status};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Opinion, Pack};
use mitoshi_core::text;
use serde_json::{Value, json};

use super::names;
use crate::accounts;
use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::ABSENT;
use crate::words::{join, say};

/// The page.
pub fn document(status: &Status, pack: &Pack, language: Language) -> Document {
    let tell = |text: &Text| say(text, language);
    let mut document = Document::new(language);
    let edition = &status.edition;
    let Some(year) = status.year.map(|year| pack.plan.write(year)) else {
        document.push(Block::Heading(2, tell(&text!("年次の進み具合", "The yearly cycle"))));
        document.push(Block::Paragraph(tell(&text!("計画のすべての年度を締めました。", "Every year of the plan is closed."))));
        document.blocks.extend(opinions(status, pack, language));
        let plan = &pack.plan;
        let to = plan.write(plan.last.plus(plan.last.since(plan.first) + 1));
        document.push(Block::Note(tell(&text!(
            "次: `mitoshi roll --to {to}` で次の計画を用意します（--dry-run で先に確かめられます）。",
            "Next: prepare the next plan with `mitoshi roll --to {to}` (look first with --dry-run)."
        ))));
        return document;
    };
    document.push(Block::Heading(2, tell(&text!("{year} の進み具合（{edition}）", "The cycle of {year} ({edition})"))));
    document.push(Block::Table(stages(status, language)));
    let missing = status.missing();
    if missing > 0 {
        document.push(Block::Heading(3, tell(&text!("まだない実績: {missing} 件", "Figures still missing: {missing}"))));
        document.push(Block::Table(departments(status, pack, language)));
    }
    document.blocks.extend(opinions(status, pack, language));
    for remark in remarks(status, &year) {
        document.push(Block::Note(tell(&remark)));
    }
    document
}

/// The page as data: `{edition, sealed, year, stages: [{stage, on}], departments: [{name, all, missing, provisional}], opinions: [{no, overdue, due, owner}], unrecorded, next}`.
pub fn json(status: &Status, pack: &Pack) -> String {
    let ids = |numbers: &[usize]| -> Vec<&String> { numbers.iter().filter_map(|n| pack.sheets.get_index(*n)).map(|(id, _)| id).collect() };
    let department = |(name, department): (&String, &Department)| json!({ "name": name, "all": department.all, "missing": ids(&department.missing), "provisional": ids(&department.provisional) });
    let opinion = |(at, is_overdue): &(usize, bool)| {
        let opinion = pack.opinions.get(*at)?;
        let due = opinion.due.as_ref().map(|due| &due.value);
        Some(json!({ "no": opinion.no.value, "overdue": is_overdue, "due": due, "owner": opinion.owner }))
    };
    let stages: Vec<Value> = status.stages.iter().map(|(stage, on)| json!({ "stage": key(*stage), "on": on })).collect();
    pretty(&json!({
        "edition": status.edition, "sealed": status.sealed, "year": status.year.map(|year| pack.plan.write(year)),
        "stages": stages, "departments": status.departments.iter().map(department).collect::<Vec<_>>(),
        "opinions": status.opinions.iter().filter_map(opinion).collect::<Vec<_>>(),
        "unrecorded": status.unrecorded, "entries": status.entries, "next": status.next().map(key),
    }))
}

fn key(stage: Stage) -> &'static str {
    match stage {
        Stage::Request => "request",
        Stage::Record => "record",
        Stage::Close => "close",
        Stage::Adopt => "adopt",
        Stage::Publish => "publish",
    }
}

fn name(stage: Stage) -> Text {
    match stage {
        Stage::Request => text!("1 照会", "1 Request"),
        Stage::Record => text!("2 実績の記録", "2 Record"),
        Stage::Close => text!("3 年度の締め", "3 Close"),
        Stage::Adopt => text!("4 見直しの採択", "4 Review and adopt"),
        Stage::Publish => text!("5 見通しの公表", "5 Publish"),
    }
}

fn stages(status: &Status, language: Language) -> Table {
    let tell = |text: &Text| say(text, language);
    let columns = vec![
        Column::words(tell(&text!("段階", "Stage"))),
        Column::words(tell(&text!("状態", "State"))),
        Column::words(tell(&text!("日付", "Day"))),
    ];
    let recorded = status.departments.values().map(|department| department.all).sum::<usize>() - status.missing();
    let all = recorded + status.missing();
    let next = status.next();
    let row = |(stage, on): &(Stage, Option<String>)| {
        let state = match (on, *stage) {
            (Some(_), _) => text!("済み", "done"),
            (None, Stage::Record) if recorded > 0 => text!("{all} 件中 {recorded} 件", "{recorded} of {all}"),
            (None, stage) if Some(stage) == next => text!("次にすること", "next"),
            (None, _) => text!("まだ", "not yet"),
        };
        vec![Cell::words(tell(&name(*stage))), Cell::words(tell(&state)), Cell::words(on.clone().unwrap_or_else(|| ABSENT.to_owned()))]
    };
    Table { columns, rows: status.stages.iter().map(row).collect() }
}

fn departments(status: &Status, pack: &Pack, language: Language) -> Table {
    let tell = |text: &Text| say(text, language);
    let columns = vec![
        Column::words(tell(&text!("所管課", "Department"))),
        Column::numbers(tell(&text!("未記録", "Missing"))),
        Column::words(tell(&text!("指標", "Indicators"))).at_most(56),
        Column::words(tell(&text!("入力の時期", "When it is due"))),
    ];
    let asked = status.stages.iter().find(|(stage, _)| *stage == Stage::Request).and_then(|(_, on)| on.clone());
    let row = |(who, department): (&String, &Department)| {
        let count = department.missing.len();
        let mut when: Vec<String> = department
            .missing
            .iter()
            .filter_map(|number| pack.sheets.get_index(*number))
            .filter_map(|(_, sheet)| sheet.entry.as_ref().map(|(_, when)| when.clone()))
            .filter(|when| !when.is_empty())
            .collect();
        when.dedup();
        let asked = asked.as_ref().map(|on| tell(&text!("{on} に照会", "asked on {on}")));
        when.extend(asked);
        vec![
            Cell::words(if who.is_empty() { ABSENT } else { who }),
            Cell::number(Some(count as f64), count.to_string()),
            Cell::words(join(&names(pack, &department.missing), language)),
            Cell::words(join(&when, language)),
        ]
    };
    Table { columns, rows: status.departments.iter().filter(|(_, department)| !department.missing.is_empty()).map(row).collect() }
}

/// Opinions that nobody has answered; nothing where there are none.
fn opinions(status: &Status, pack: &Pack, language: Language) -> Vec<Block> {
    let (all, late) = (status.opinions.len(), status.overdue());
    let title = match (all, late) {
        (0, _) => return Vec::new(),
        (_, 0) => text!("未了の意見: {all} 件", "Open opinions: {all}"),
        _ => text!("未了の意見: {all} 件（期限を過ぎたもの {late} 件）", "Open opinions: {all} ({late} past due)"),
    };
    let titles = [text!("会議", "Meeting"), text!("対象", "About"), text!("意見", "Opinion"), text!("担当", "Owner"), text!("期限", "Due")];
    let mut columns = vec![Column::numbers("No.")];
    columns.extend(titles.iter().map(|title| Column::words(say(title, language)).at_most(40)));
    let row = |(at, is_overdue): &(usize, bool)| Some(open_opinion(pack.opinions.get(*at)?, *is_overdue, pack, language));
    let table = Table { columns, rows: status.opinions.iter().filter_map(row).collect() };
    vec![Block::Heading(3, say(&title, language)), Block::Table(table)]
}

fn open_opinion(opinion: &Opinion, is_overdue: bool, pack: &Pack, language: Language) -> Vec<Cell> {
    let (no, due) = (opinion.no.value, accounts::due(opinion));
    let due = if is_overdue { text!("{due}（期限超過）", "{due} (past due)") } else { Text::same(due) };
    vec![
        Cell::number(Some(f64::from(no)), no.to_string()),
        Cell::words(say(&accounts::meeting(opinion), language)),
        Cell::words(accounts::about(opinion, pack, language)),
        Cell::words(&opinion.opinion),
        Cell::words(accounts::or_absent(&opinion.owner)),
        Cell { tone: if is_overdue { Tone::Bad } else { Tone::Plain }, ..Cell::words(say(&due, language)) },
    ]
}

/// What to do next, and what should not be overlooked.
fn remarks(status: &Status, year: &str) -> Vec<Text> {
    let unrecorded = status.unrecorded;
    let mut found = Vec::new();
    if unrecorded > 0 {
        found.push(text!(
            "記録なしに変えられた箇所が {unrecorded} あります。`mitoshi edition verify` で確かめてください。",
            "{unrecorded} facts were changed without a record; see `mitoshi edition verify`."
        ));
    }
    found.extend(status.next().map(|next| match next {
        Stage::Request => text!(
            "次: `mitoshi request --year {year} -o 照会` で照会の様式を作り、各課に送ります。",
            "Next: make the forms with `mitoshi request --year {year} -o DIR` and send them out."
        ),
        Stage::Record => text!(
            "次: 回答を `mitoshi collect フォルダー` で取り込むか、`mitoshi record 指標@{year} 値 --source 出典` で記録します。",
            "Next: read the answers with `mitoshi collect DIR`, or record figures with `mitoshi record ID@{year} VALUE --source SOURCE`."
        ),
        Stage::Close => text!("次: `mitoshi close {year}` で年度を締めます。", "Next: close the year with `mitoshi close {year}`."),
        Stage::Adopt => text!(
            "次: `mitoshi review --year {year} -o 見直し案.csv` で見直し案を作り、決定を書き入れて `mitoshi adopt 見直し案.csv` とします。",
            "Next: make the proposals with `mitoshi review --year {year} -o FILE.csv`, fill in the decisions, then `mitoshi adopt FILE.csv`."
        ),
        Stage::Publish => text!(
            "次: `mitoshi publish -o 公表 -s baseline` で公表する一式を作ります。",
            "Next: make what is published with `mitoshi publish -o DIR -s baseline`."
        ),
    }));
    found
}
