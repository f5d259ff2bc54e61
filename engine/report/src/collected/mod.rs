//! What came back: by department, by measure, and as a sheet for each department to confirm (確認票).

mod confirmation;
mod sent;

use mitoshi_core::amount::{Amount, Reading};
use mitoshi_core::cycle::collect::{Answer, Collected, Place, State};
use mitoshi_core::cycle::form::{Field, Forms, Measure};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Pack, Sheet};
use mitoshi_core::text;
use serde_json::{Value, json};

use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::{ABSENT, number};
use crate::words::{amount, say};

pub use confirmation::of_department;
pub use sent::sent;

/// What the pages are made of.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// What was asked.
    pub forms: &'a Forms,
    /// What was answered.
    pub collected: &'a Collected,
    /// The language of the page.
    pub language: Language,
}

/// The state of a measure in words.
pub(crate) fn state(state: State) -> Text {
    match state {
        State::Answered => text!("回答済", "answered"),
        State::Missing => text!("未回答", "missing"),
        State::Question => text!("要確認", "to be asked"),
    }
}

fn key(state: State) -> &'static str {
    match state {
        State::Answered => "answered",
        State::Missing => "missing",
        State::Question => "question",
    }
}

impl<'a> Page<'a> {
    fn say(self, text: &Text) -> String {
        say(text, self.language)
    }

    fn year(self) -> String {
        self.pack.plan.write(self.forms.year)
    }

    /// An answer with its measure and sheet.
    fn asked(self, answer: &Answer) -> Option<(&'a Measure, &'a Sheet)> {
        let measure = self.forms.measures.get(answer.measure)?;
        Some((measure, self.pack.sheets.get_index(measure.sheet)?.1))
    }

    fn department(self, measure: &Measure) -> String {
        if measure.department.is_empty() { self.say(&text!("担当なし", "no department")) } else { measure.department.clone() }
    }

    /// The actual as it was understood, with what was written where that reads differently.
    fn actual(self, answer: &Answer, sheet: &Sheet) -> Cell {
        let written = answer.items.get(&Field::Actual).map(|item| item.text.trim().to_owned());
        match (&answer.actual, written) {
            (Some(actual), Some(written)) if actual.is_absent() => {
                Cell::words(self.say(&text!("実績なし（{written}）", "none (`{written}`)")))
            }
            (Some(actual), Some(written)) => {
                let value = actual.value();
                let shown = crate::forms::shown(value.unwrap_or_default(), sheet);
                let text = amount(&shown, &sheet.unit, self.language);
                let is_other = match &actual.reading {
                    Reading::Number(number) => number.converted.is_some() || !number.words.is_empty(),
                    _ => shown != written,
                };
                let text = if is_other { self.say(&text!("{text}（「{written}」）", "{text} (`{written}`)")) } else { text };
                Cell { unit: sheet.unit.clone(), ..Cell::number(value, text) }
            }
            (None, Some(written)) => Cell::words(format!("？{written}")),
            (_, None) => Cell::words(ABSENT),
        }
    }

    fn status(self, answer: &Answer) -> String {
        match answer.provisional {
            Some(true) => self.say(&text!("速報", "provisional")),
            Some(false) => self.say(&text!("確定", "final")),
            None => ABSENT.to_owned(),
        }
    }
}

/// The page for the office.
pub fn document(page: Page<'_>) -> Document {
    let mut document = Document::new(page.language);
    let year = page.year();
    document.push(Block::Heading(1, page.say(&text!("{year}の照会への回答", "Answers to the request of {year}"))));
    document.push(Block::Paragraph(page.say(&summary(page))));
    document.push(Block::Table(departments(page)));
    document.push(Block::Heading(2, page.say(&text!("取組項目ごと", "By measure"))));
    document.push(Block::Table(measures(page)));
    document
}

fn summary(page: Page<'_>) -> Text {
    let count = |state| page.collected.count(state);
    let (all, files) = (page.collected.answers.len(), page.collected.files.len());
    let unread = page.collected.files.iter().filter(|(_, answers)| answers.is_none()).count();
    let (answered, missing, asked) = (count(State::Answered), count(State::Missing), count(State::Question));
    let s = crate::words::plural(files);
    let (ja, en) = match unread {
        0 => (String::new(), String::new()),
        _ => (format!("（うち読めないもの {unread}件）"), format!(" ({unread} of them not read)")),
    };
    text!(
        "ファイル {files}件{ja}。{all}件の照会のうち 回答済 {answered}件、未回答 {missing}件、要確認 {asked}件です。",
        "{files} file{s}{en}. Of {all} measures: answered {answered}, missing {missing}, to be asked about {asked}."
    )
}

fn departments(page: Page<'_>) -> Table {
    let heading = |text: &Text| Column::numbers(page.say(text));
    let columns = vec![
        Column::words(page.say(&text!("担当", "Department"))).naming(),
        heading(&text!("照会", "Asked")),
        heading(&state(State::Answered)),
        heading(&state(State::Missing)),
        heading(&state(State::Question)),
    ];
    let rows = page.forms.departments().into_iter().map(|(_, measures)| {
        let of = |wanted: Option<State>| {
            let mine =
                |answer: &&Answer| page.forms.measures.get(answer.measure).is_some_and(|own| measures.iter().any(|m| m.id == own.id));
            let count =
                page.collected.answers.iter().filter(mine).filter(|answer| wanted.is_none_or(|state| answer.state == state)).count();
            let tone = match wanted {
                Some(State::Question) if count > 0 => Tone::Bad,
                Some(State::Missing) if count > 0 => Tone::Fair,
                _ => Tone::Plain,
            };
            #[expect(clippy::cast_precision_loss, reason = "a count of measures")]
            let value = count as f64;
            Cell { tone, ..Cell::number(Some(value), number(Some(value), 0)) }
        };
        let name = measures.first().map(|measure| page.department(measure)).unwrap_or_default();
        let states = [None, Some(State::Answered), Some(State::Missing), Some(State::Question)];
        std::iter::once(Cell::words(name)).chain(states.into_iter().map(of)).collect()
    });
    Table { columns, rows: rows.collect() }
}

fn measures(page: Page<'_>) -> Table {
    let word = |text: &Text| Column::words(page.say(text));
    let columns = vec![
        word(&text!("照会番号", "Reference")).naming(),
        word(&text!("担当", "Department")),
        word(&text!("指標", "Indicator")).at_most(36),
        word(&text!("状態", "State")),
        Column::numbers(page.say(&text!("実績（読み取り）", "Actual as read"))),
        word(&text!("速報・確定", "Status")),
        word(&text!("場所", "Where")),
    ];
    let row = |answer: &Answer| {
        let (measure, sheet) = page.asked(answer)?;
        let tone = match answer.state {
            State::Answered => Tone::Good,
            State::Missing => Tone::Fair,
            State::Question => Tone::Bad,
        };
        let place = answer.items.values().find_map(|item| item.places.first());
        Some(vec![
            Cell::words(&measure.reference),
            Cell::words(page.department(measure)),
            Cell::words(&sheet.indicator),
            Cell { tone, ..Cell::words(page.say(&state(answer.state))) },
            page.actual(answer, sheet),
            Cell::words(page.status(answer)),
            Cell::words(place.map_or_else(|| ABSENT.to_owned(), shown)),
        ])
    };
    Table { columns, rows: page.collected.answers.iter().filter_map(row).collect() }
}

/// `回答.xlsx［No.6］C20`.
fn shown(place: &Place) -> String {
    let Place { file, sheet, cell } = place;
    if sheet.is_empty() { format!("{file} {cell}") } else { format!("{file}［{sheet}］{cell}") }
}

/// The same for programs: `year`, `files`, `departments`, `answers` with `items`, `questions` (`code`, `message`). Numbers
/// are unrounded; what was not answered is `null`. Keys may be added, not renamed.
pub fn json(page: Page<'_>) -> String {
    let files = page.collected.files.iter().map(|(name, answers)| json!({ "name": name, "answers": answers }));
    let answers = page.collected.answers.iter().filter_map(|answer| {
        let (measure, sheet) = page.asked(answer)?;
        Some(json!({
            "reference": measure.reference,
            "id": measure.id,
            "no": measure.no,
            "department": measure.department,
            "unit": sheet.unit,
            "state": key(answer.state),
            "actual": answer.actual.as_ref().and_then(Amount::value),
            "declared_absent": answer.actual.as_ref().is_some_and(Amount::is_absent),
            "provisional": answer.provisional,
            "items": items(answer),
            "questions": answer.questions.iter().map(|question| json!({
                "code": question.code.id(),
                "message": question.message.get(page.language),
            })).collect::<Vec<_>>(),
        }))
    });
    let answers: Vec<Value> = answers.collect();
    pretty(&json!({
        "plan": page.pack.plan.title,
        "edition": page.pack.plan.edition,
        "year": page.year(),
        "files": files.collect::<Vec<_>>(),
        "answered": page.collected.count(State::Answered),
        "missing": page.collected.count(State::Missing),
        "questions": page.collected.count(State::Question),
        "answers": answers,
    }))
}

fn items(answer: &Answer) -> Value {
    let item = |field: &Field| {
        answer.items.get(field).map(|item| {
            let places = item.places.iter().map(|place| json!({ "file": place.file, "sheet": place.sheet, "cell": place.cell }));
            json!({ "text": item.text, "places": places.collect::<Vec<_>>() })
        })
    };
    Value::Object(Field::ALL.iter().map(|field| (field.key().to_owned(), item(field).unwrap_or(Value::Null))).collect())
}
