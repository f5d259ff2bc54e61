//! 確認票: for each department, what was understood of its answers and what is asked back.

use mitoshi_core::cycle::collect::{Answer, State};
use mitoshi_core::cycle::form::Field;
use mitoshi_core::text;

use super::{Page, state};
use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::forms::file_name;
use crate::number::ABSENT;

/// A document for each department, with the name of its file.
pub fn of_department(page: Page<'_>) -> Vec<(String, Document)> {
    let departments = page.forms.departments().into_iter();
    let all = departments.map(|(_, measures)| {
        let mine = |answer: &&Answer| page.forms.measures.get(answer.measure).is_some_and(|own| measures.iter().any(|m| m.id == own.id));
        let answers: Vec<&Answer> = page.collected.answers.iter().filter(mine).collect();
        let name = measures.first().map(|measure| page.department(measure)).unwrap_or_default();
        let stem = page.say(&text!("確認票_{head}_", "confirmation_{head}_", head = &page.forms.head));
        (format!("{stem}{}.xlsx", file_name(&name)), of(page, &name, &answers))
    });
    all.collect()
}

fn of(page: Page<'_>, department: &str, answers: &[&Answer]) -> Document {
    let mut document = Document::new(page.language);
    let year = page.year();
    document.push(Block::Heading(1, page.say(&text!("{year}の回答の確認票", "What we understood of your answers, {year}"))));
    document.push(Block::Paragraph(page.say(&text!("{department} 御中", "To: {department}"))));
    document.push(Block::Paragraph(page.say(&text!(
        "いただいた回答を次のとおり読み取りました。違いがあれば、また「確かめること」があれば、照会票を直してお返しください。",
        "We read your answers as follows. If anything is wrong, or asked below, please correct the form and return it."
    ))));
    document.push(Block::Table(understood(page, answers)));
    let questions = questions(page, answers);
    if !questions.rows.is_empty() {
        document.push(Block::Heading(2, page.say(&text!("確かめること", "What we ask"))));
        document.push(Block::Table(questions));
    }
    document
}

fn understood(page: Page<'_>, answers: &[&Answer]) -> Table {
    let columns = vec![
        Column::words(page.say(&text!("照会番号", "Reference"))).naming(),
        Column::words(page.say(&text!("指標", "Indicator"))),
        Column::words(page.say(&text!("状態", "State"))),
        Column::numbers(page.say(&text!("実績（読み取り）", "Actual as read"))),
        Column::words(page.say(&text!("速報・確定", "Status"))),
        Column::words(page.say(&Field::Done.title())),
        Column::words(page.say(&Field::Next.title())),
        Column::words(page.say(&Field::Stage.title())),
    ];
    let row = |answer: &&Answer| {
        let (measure, sheet) = page.asked(answer)?;
        let words = |field: Field| Cell::words(answer.items.get(&field).map_or(ABSENT, |item| item.text.as_str()));
        let tone = if answer.state == State::Answered { Tone::Good } else { Tone::Bad };
        Some(vec![
            Cell::words(&measure.reference),
            Cell::words(&sheet.indicator),
            Cell { tone, ..Cell::words(page.say(&state(answer.state))) },
            page.actual(answer, sheet),
            Cell::words(page.status(answer)),
            words(Field::Done),
            words(Field::Next),
            words(Field::Stage),
        ])
    };
    Table { columns, rows: answers.iter().filter_map(row).collect() }
}

fn questions(page: Page<'_>, answers: &[&Answer]) -> Table {
    let columns = vec![
        Column::words(page.say(&text!("照会番号", "Reference"))).naming(),
        Column::words(page.say(&text!("確かめること", "What we ask"))),
        Column::words(page.say(&text!("お願い", "What to do"))),
    ];
    let missing = |answer: &&&Answer| answer.state == State::Missing;
    let asked = answers.iter().flat_map(|answer| {
        let reference = page.asked(answer).map(|(measure, _)| measure.reference.clone()).unwrap_or_default();
        answer.questions.iter().map(move |question| {
            let hints: Vec<String> = question.hints.iter().map(|hint| page.say(hint)).collect();
            let notes = question.notes.iter().map(|note| page.say(note));
            let said: Vec<String> = std::iter::once(page.say(&question.message)).chain(notes).collect();
            vec![Cell::words(&reference), Cell::words(said.join("／")), Cell::words(hints.join(" "))]
        })
    });
    let none = answers.iter().filter(missing).filter_map(|answer| {
        let (measure, _) = page.asked(answer)?;
        let said = page.say(&text!("回答がまだ届いていません", "no answer has arrived yet"));
        let hint = page.say(&text!("照会票に記入してお返しください。", "please fill in the form and return it"));
        Some(vec![Cell::words(&measure.reference), Cell::words(said), Cell::words(hint)])
    });
    Table { columns, rows: asked.chain(none).collect() }
}
