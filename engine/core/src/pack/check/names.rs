//! Numbers and names that must differ: measures' `no`, ids, scenarios.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::pack::model::{Pack, Sheet};
use crate::pack::table::Log;
use crate::pack::words;
use crate::text;

pub(super) fn check(pack: &Pack, log: &Log) {
    let mut numbers: BTreeMap<u32, &Sheet> = BTreeMap::new();
    for sheet in pack.sheets.values().filter(|sheet| sheet.no.value != u32::MAX) {
        let no = sheet.no.value;
        if let Some(other) = numbers.insert(no, sheet) {
            let message = text!("番号 {no} の指標が二つあります。", "two indicators have the number {no}");
            let problem = Diagnostic::at(Code::Duplicate, sheet.no.span, message);
            let problem = problem.label(other.no.span, text!("もう一つはここです", "the other one"));
            log.push(problem.hint(text!("どちらかの no を別の番号にしてください。", "give one of them another number")));
        }
    }
    tell_apart(pack.sheets.values().map(|sheet| (sheet.id.as_str(), Span::whole(sheet.file))), log);
    tell_apart(pack.scenarios.values().map(|scenario| (scenario.name.as_str(), Span::whole(scenario.file))), log);
}

fn tell_apart<'p>(names: impl Iterator<Item = (&'p str, Span)>, log: &Log) {
    let mut seen: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    for (name, span) in names {
        if let Some((other, place)) = seen.insert(words::fold(name), (name, span)) {
            let message = text!(
                "ファイル名「{name}」と「{other}」は、大文字と小文字などの違いしかありません。",
                "the file names `{name}` and `{other}` differ in case or width only"
            );
            log.push(
                Diagnostic::at(Code::Duplicate, span, message)
                    .mark(place)
                    .hint(text!("どちらかを改名してください。", "rename one of them")),
            );
        }
    }
}
