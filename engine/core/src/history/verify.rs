//! Whether the history leads from its first line to what the files say today.
//!
//! Asked after [`super::History::read`] found the chain whole: each change must start from what was there,
//! a sealed edition may not change, and the files must say what the last line left. What is in the files and
//! not in the history was changed by hand without a record.

use super::chain::{History, Line};
use super::entry::{Change, Fact, Step};
use super::facts::facts_with_places;
use super::state::{State, is_promise};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::pack::PLAN;
use crate::pack::Pack;
use crate::text;

/// Everything in which the history contradicts itself or the files.
pub fn verify(history: &History, pack: &Pack) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut state: Option<State> = None;
    let mut sealed = None;
    for line in &history.lines {
        let done = &line.entry.done;
        let is_new_edition = done.step.begins_edition() || done.undoes.is_some_and(|no| is_roll(history, no));
        let replayed = state.get_or_insert_with(|| done.state.clone().unwrap_or_default());
        for change in &done.changes {
            found.extend(contradiction(line, change, replayed.get(&change.indicator, &change.item)));
            if sealed.is_some() && is_promise(&change.indicator, &change.item) && !is_new_edition {
                found.push(after_seal(line, change, sealed.unwrap_or_default()));
            }
            replayed.change(change);
        }
        match done.step {
            Step::Edition | Step::Roll => {
                sealed = sealed.filter(|_| history.is_taken_back(line));
                let said = done.state.as_ref().filter(|said| !replayed.differences(said).is_empty());
                found.extend(said.map(|said| other_state(line, replayed, said)));
            }
            Step::Seal => sealed = Some(done.edition.as_str()),
            _ => {}
        }
    }
    found.extend(state.iter().flat_map(|state| unrecorded(state, pack)));
    found
}

/// Whether an entry prepared the next plan period: taking it back leaves the edition before as it was.
fn is_roll(history: &History, no: u32) -> bool {
    history.entries().any(|entry| entry.no == no && entry.done.step == Step::Roll)
}

/// What the files say and the history does not, with the place in the files.
fn unrecorded(state: &State, pack: &Pack) -> Vec<Diagnostic> {
    let places = facts_with_places(pack);
    let now = super::facts(pack);
    let problem = |difference: super::Difference| {
        let item = named(&difference.indicator, &difference.item);
        let (old, new) = (written(&difference.old), written(&difference.new));
        let message = Text {
            ja: format!("{item} が、記録なしに変えられています（記録では {}、いまは {}）。", old.ja, new.ja),
            en: format!("{item} was changed without a record (on record {}, now {})", old.en, new.en),
        };
        let sheet = pack.sheets.get(&difference.indicator).map_or(pack.plan.file, |sheet| sheet.file);
        let place = places.get(&difference.indicator).and_then(|items| items.get(&difference.item));
        let span = place.map_or(crate::diagnostic::Span::whole(sheet), |placed| placed.span);
        Diagnostic::at(Code::UnrecordedChange, span, message).hint(text!(
            "正しい変更なら `mitoshi edition amend --reason 理由 --decided-by 決定者` で記録し、誤りなら元に戻してください。",
            "if it is right, put it on record with `mitoshi edition amend --reason WHY --decided-by WHO`; if not, restore it"
        ))
    };
    state.differences(&now).into_iter().map(problem).collect()
}

fn contradiction(line: &Line, change: &Change, known: &Fact) -> Option<Diagnostic> {
    if change.old == *known {
        return None;
    }
    let item = named(&change.indicator, &change.item);
    let (said, known) = (written(&change.old), written(known));
    let message = Text {
        ja: format!("{item} のもとの値が、これまでの履歴と合いません（この行では {}、履歴では {}）。", said.ja, known.ja),
        en: format!("the old value of {item} does not fit the history so far (this line says {}, the history {})", said.en, known.en),
    };
    Some(contradicts(line, message))
}

fn after_seal(line: &Line, change: &Change, edition: &str) -> Diagnostic {
    let item = named(&change.indicator, &change.item);
    contradicts(
        line,
        text!("封印された版「{edition}」で {item} が変えられています。", "{item} was changed in the sealed edition `{edition}`"),
    )
}

fn other_state(line: &Line, replayed: &State, said: &State) -> Diagnostic {
    let first = replayed.differences(said).into_iter().next();
    let item = first.map_or_else(String::new, |first| named(&first.indicator, &first.item));
    contradicts(
        line,
        text!(
            "版のはじめの状態が、それまでの履歴と合いません（{item} など）。",
            "the edition begins with another state than the history leads to ({item})"
        ),
    )
}

fn contradicts(line: &Line, message: Text) -> Diagnostic {
    Diagnostic::at(Code::EntryContradicts, line.span, message).hint(text!(
        "履歴の控えと見比べ、誤って作られた行なら、控えに戻してください。",
        "compare it with a copy of the history; restore the copy if the line was made by mistake"
    ))
}

/// An item as addresses are written.
fn named(indicator: &str, item: &str) -> String {
    if indicator == PLAN { format!("plan.toml {item}") } else { format!("{indicator} {item}") }
}

/// A fact in a message.
pub(super) fn written(fact: &Fact) -> Text {
    match fact {
        Fact::Absent => text!("なし", "nothing"),
        Fact::Number(number) => Text::same(number.to_string()),
        Fact::Flag(flag) => Text::same(flag.to_string()),
        Fact::Text(words) => Text::same(format!("「{words}」")),
        Fact::Table(keys) => {
            let parts = |language| {
                let part = |(key, fact): (&String, &Fact)| format!("{key} = {}", written(fact).get(language));
                keys.iter().map(part).collect::<Vec<_>>().join(", ")
            };
            Text { ja: parts(crate::diagnostic::Language::Japanese), en: parts(crate::diagnostic::Language::English) }
        }
    }
}
