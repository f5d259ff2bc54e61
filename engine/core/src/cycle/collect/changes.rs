//! What the answers change in the sheets: the actual, what was done and comes next, next year's stage.
//!
//! Only of measures about which nothing has to be asked. An answer that a sheet has already changes nothing.

use super::{Answer, Collected, State};
use crate::amount::{Amount, Reading};
use crate::cycle::form::{Field, Forms, Measure};
use crate::cycle::intake::Actual;
use crate::history::{Change, Fact, fact_of};
use crate::pack::{Pack, Sheet};

/// The changes, in the order of the plan.
pub fn changes(pack: &Pack, forms: &Forms, collected: &Collected) -> Vec<Change> {
    let answered = collected.answers.iter().filter(|answer| answer.state == State::Answered);
    let of = |answer: &Answer| {
        let measure = forms.measures.get(answer.measure)?;
        let (_, sheet) = pack.sheets.get_index(measure.sheet)?;
        Some(of_measure(pack, forms, (measure, sheet), answer))
    };
    answered.filter_map(of).flatten().collect()
}

fn of_measure(pack: &Pack, forms: &Forms, (measure, sheet): (&Measure, &Sheet), answer: &Answer) -> Vec<Change> {
    let year = forms.year;
    let actual = answer.actual.as_ref().and_then(|amount| actual(measure, answer, amount).change(pack, sheet, year));
    let next = year.plus(1);
    let written = pack.plan.write(year);
    let mut texts = vec![(Field::Done, format!("narrative.{written}.done")), (Field::Next, format!("narrative.{written}.next"))];
    if next <= pack.plan.last {
        texts.push((Field::Stage, format!("process.{}", pack.plan.write(next))));
    }
    let texts = texts.into_iter().filter_map(|(field, item)| {
        let new = Fact::text(answer.items.get(&field)?.text.trim());
        let old = fact_of(sheet, &pack.plan, &item);
        (old != new).then(|| Change::new(&sheet.id, item, old, new))
    });
    actual.into_iter().chain(texts).collect()
}

/// The actual as it is recorded; its source is the evidence, or else the answer itself.
fn actual(measure: &Measure, answer: &Answer, amount: &Amount) -> Actual {
    let words = |field: Field| answer.items.get(&field).map(|item| item.text.trim().to_owned()).filter(|text| !text.is_empty());
    let source = words(Field::Evidence).or_else(|| Some(format!("照会への回答（{}）", measure.reference)));
    if amount.is_absent() {
        return Actual { absent: source, ..Actual::default() };
    }
    let says_more = match &amount.reading {
        Reading::Number(number) => number.converted.is_some() || !number.words.is_empty(),
        Reading::Label(_) => true,
        Reading::Absent | Reading::Doubtful(_) => false,
    };
    Actual {
        value: amount.value(),
        text: Some(amount.text.trim().to_owned()).filter(|_| says_more),
        source,
        provisional: answer.provisional == Some(true),
        absent: None,
    }
}
