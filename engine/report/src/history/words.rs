//! Items and facts of the history in words: `targets.R7` is 「R7の目標値」.

use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::history::Fact;
use mitoshi_core::pack::{PLAN, Pack, Sheet};
use mitoshi_core::text;

use crate::document::Cell;
use crate::number::{ABSENT, separate};
use crate::words::amount;

/// Whose fact it is.
pub struct Whose<'a> {
    sheet: Option<&'a Sheet>,
    id: &'a str,
}

impl<'a> Whose<'a> {
    /// An indicator by its id, or the plan.
    pub fn of(id: &'a str, pack: &'a Pack) -> Self {
        Self { sheet: pack.sheets.get(id), id }
    }

    /// Its number in the plan; empty for the plan itself.
    pub fn number(&self) -> String {
        self.sheet.map_or_else(String::new, |sheet| sheet.no.value.to_string())
    }

    /// The indicator's name; the id where the pack has none by now.
    pub fn name(&self) -> String {
        match self.sheet {
            Some(sheet) => sheet.indicator.clone(),
            None if self.id == PLAN => "plan.toml".to_owned(),
            None => self.id.to_owned(),
        }
    }

    /// A fact as a cell; numbers carry the sheet's unit.
    pub fn cell(&self, fact: &Fact, language: Language) -> Cell {
        let unit = self.sheet.map_or("", |sheet| &sheet.unit);
        let number = fact.value();
        Cell {
            number,
            unit: if number.is_some() { unit.to_owned() } else { String::new() },
            ..Cell::words(fact_words(fact, unit, language))
        }
    }
}

/// What an item is called.
pub fn item(item: &str) -> Text {
    let parts: Vec<&str> = item.split('.').collect();
    match parts.as_slice() {
        ["targets", year] => text!("{year}の目標値", "target {year}"),
        ["actuals", year] => text!("{year}の実績", "actual {year}"),
        ["process", year] => text!("{year}の工程", "stage {year}"),
        ["narrative", year, "done"] => text!("{year}の取組状況", "done in {year}"),
        ["narrative", year, "next"] => text!("{year}の次年度の取組", "next after {year}"),
        ["goal"] => text!("最終目標", "goal"),
        ["limit"] => text!("限度", "limit"),
        ["baseline"] => text!("基準値", "baseline"),
        ["title"] => text!("取組項目", "measure"),
        ["indicator"] => text!("指標の名称", "name of the indicator"),
        ["unit"] => text!("単位", "unit"),
        ["kind"] => text!("数の種類", "kind"),
        ["better"] => text!("良い向き", "better"),
        ["no"] => text!("番号", "number"),
        ["strategy"] => text!("取組戦略", "strategy"),
        ["category"] => text!("区分", "category"),
        ["department"] => text!("所管課", "department"),
        ["edition"] => text!("版", "edition"),
        ["actuals_until"] => text!("実績を締めた年度", "closed until"),
        ["organisation"] => text!("団体名", "organisation"),
        ["years"] => text!("計画年度", "years of the plan"),
        ["strategy", key] => text!("取組戦略 {key}", "strategy {key}"),
        ["grade", key] => text!("評価の区分 {key}", "grade {key}"),
        _ => Text::same(item),
    }
}

/// A fact as people write it: the number with its unit, the plan's own words in brackets, and what it is not yet.
pub fn fact_words(fact: &Fact, unit: &str, language: Language) -> String {
    if let Some(Fact::Text(why)) = fact.get("absent") {
        return text!("なし（{why}）", "none ({why})").get(language).to_owned();
    }
    let number = fact.value().map(|value| amount(&separate(&value.to_string()), unit, language));
    let words = fact.words().map(str::to_owned);
    let said = match (number, words) {
        (Some(number), Some(words)) => text!("{number}（{words}）", "{number} ({words})").get(language).to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) if *fact == Fact::Absent => ABSENT.to_owned(),
        (None, None) => return raw(fact),
    };
    let provisional = fact.get("provisional") == Some(&Fact::Flag(true));
    let mark = text!("［速報］", " [provisional]");
    if provisional { said + mark.get(language) } else { said }
}

/// Where an actual was taken from.
pub fn source(fact: &Fact) -> Option<String> {
    match fact.get("source") {
        Some(Fact::Text(source)) => Some(source.clone()),
        _ => None,
    }
}

/// A table that is neither a number nor words, key by key.
fn raw(fact: &Fact) -> String {
    match fact {
        Fact::Table(keys) => keys.iter().map(|(key, fact)| format!("{key} {}", raw(fact))).collect::<Vec<_>>().join(", "),
        Fact::Number(number) => separate(&number.to_string()),
        Fact::Flag(flag) => flag.to_string(),
        Fact::Text(words) => words.clone(),
        Fact::Absent => ABSENT.to_owned(),
    }
}
