//! The report of `seek --all-targets`: what each missed target of the last year would take.
//!
//! Each indicator is told in words by itself, as if only its own lever were moved; then the lines for
//! a scenario file of those that can be reached.

use mitoshi_core::analysis::seek::targets::{Answer, Missed, Targets};
use mitoshi_core::analysis::seek::{Trial, Verdict};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::projection::Projection;
use mitoshi_core::text;

use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::{ABSENT, number, percent, separate};
use crate::seek::{View, confirmed, named, opening, signed, tone, verdict};
use crate::words::{indicator, say, trial, year};

/// The document of all targets.
pub fn document(targets: &Targets, projection: &Projection, language: Language) -> Document {
    let mut document = Document::new(language);
    document.push(Block::Heading(1, projection.plan.clone()));
    document.blocks.extend(opening(projection, text!("目標に届くために", "What the targets take"), language));
    document.push(Block::Note(say(&trial(), language)));
    document.push(Block::Paragraph(say(&counts(targets, projection), language)));
    if targets.missed.is_empty() {
        return document;
    }
    document.push(Block::Table(table(targets, projection, language)));
    for missed in &targets.missed {
        document.push(Block::Paragraph(format!("{}: {}", name(missed, projection), say(&told(missed, projection, language), language))));
    }
    document.blocks.extend(lines(targets, language));
    document
}

fn counts(targets: &Targets, projection: &Projection) -> Text {
    let (last, met, of, missed) = (year(projection, targets.year), targets.met, targets.of, targets.missed.len());
    match targets.chance {
        None => text!(
            "{last}に数値の目標がある指標{of}件のうち、届く見込みは{met}件、届かないか評価できないものは{missed}件です。",
            "Of {of} indicators with a target in numbers for {last}, {met} will meet it; {missed} will miss it or cannot be evaluated."
        ),
        Some(chance) => {
            let (share, draws, seed) = (percent(Some(chance.share), None), separate(&chance.draws.to_string()), chance.seed);
            text!(
                "{last}に数値の目標がある指標{of}件のうち、{draws}回の試行（種 {seed}）の {share} 以上で届くものは{met}件、そうでないものは{missed}件です。",
                "Of {of} indicators with a target in numbers for {last}, {met} meet it in {share} or more of {draws} draws (seed {seed}); {missed} do not."
            )
        }
    }
}

fn name(missed: &Missed, projection: &Projection) -> String {
    projection.indicators.get(missed.indicator).map(indicator).unwrap_or_default()
}

fn told(missed: &Missed, projection: &Projection, language: Language) -> Text {
    match &missed.answer {
        Answer::Sought(seek) => match seek.best() {
            Some(best) => View { seek, projection, language }.told(best),
            None => text!("動かせる前提がありません。", "There is nothing to move."),
        },
        Answer::NoLever => text!("個票に lever（まず動かす前提）が書かれていません。", "The sheet names no `lever`."),
        Answer::Unmovable(problem) => problem.message.clone(),
        Answer::NotEvaluable => text!("達成率を評価できないので、答えがありません。", "No answer: the achievement cannot be evaluated."),
    }
}

fn table(targets: &Targets, projection: &Projection, language: Language) -> Table {
    let tell = |text: Text| say(&text, language);
    let last = year(projection, targets.year);
    let columns = vec![
        Column::numbers("No."),
        Column::words(tell(text!("指標", "Indicator"))).at_most(24),
        Column::words(tell(text!("単位", "Unit"))),
        Column::numbers(tell(text!("見込", "Outlook"))).under(last.clone()),
        Column::numbers(tell(text!("目標", "Target"))).under(last),
        Column::words(tell(text!("動かす前提", "Lever"))),
        Column::numbers(tell(text!("変化", "Change"))),
        Column::words(tell(text!("単位", "Unit"))),
        Column::words(tell(text!("動かせる範囲", "Bounds"))),
        Column::numbers(tell(if targets.chance.is_some() {
            text!("届く割合", "Share reached")
        } else {
            text!("動かした後", "Then")
        })),
        Column::words(tell(text!("判定", "Verdict"))),
    ];
    Table { columns, rows: targets.missed.iter().filter_map(|missed| row(missed, targets, projection, language)).collect() }
}

fn row(missed: &Missed, targets: &Targets, projection: &Projection, language: Language) -> Option<Vec<Cell>> {
    let sheet = projection.indicators.get(missed.indicator)?;
    let cell = sheet.years.get(&targets.year)?;
    let decimals = usize::from(sheet.decimals);
    let of_unit = |value: Option<f64>| Cell { unit: sheet.unit.clone(), ..Cell::number(value, number(value, decimals)) };
    let mut row =
        vec![Cell::number(Some(f64::from(sheet.no)), sheet.no.to_string()), Cell::words(&sheet.indicator), Cell::words(&sheet.unit)];
    row.extend([of_unit(cell.outcome), of_unit(cell.target)]);
    let sought = match &missed.answer {
        Answer::Sought(seek) => seek.best().and_then(|best| Some((seek, best, seek.levers.first()?, best.moves.first()?))),
        _ => None,
    };
    let Some((seek, best, lever, first)) = sought else {
        row.extend([ABSENT; 5].map(Cell::words));
        row.push(Cell { tone: Tone::Bad, ..Cell::words(say(&text!("答えなし", "no answer"), language)) });
        return Some(row);
    };
    row.push(Cell::words(named(lever)));
    row.push(Cell { unit: lever.unit.clone(), ..Cell::number(Some(first.amount), signed(first.amount)) });
    row.push(Cell::words(&lever.unit));
    row.push(Cell::words(format!("[{}, {}]", lever.bounds.0, lever.bounds.1)));
    row.push(if seek.chance.is_some() {
        Cell::number(best.value, percent(best.value, None))
    } else {
        Cell { unit: seek.unit.clone(), ..Cell::number(best.value, View { seek, projection, language }.number(best.value)) }
    });
    row.push(Cell { tone: tone(best.verdict), ..Cell::words(say(&verdict(best.verdict), language)) });
    Some(row)
}

fn lines(targets: &Targets, language: Language) -> Vec<Block> {
    let best = targets.missed.iter().filter_map(|missed| match &missed.answer {
        Answer::Sought(seek) => seek.best().filter(|best| best.verdict == Verdict::Reached),
        _ => None,
    });
    let best: Vec<&Trial> = best.collect();
    if best.is_empty() {
        return Vec::new();
    }
    let intro = text!("届くものをシナリオのファイルに書くなら:", "As lines of a scenario file, those that can be reached:");
    let typed: Option<Vec<&str>> = best.iter().map(|trial| trial.typed.as_ref().map(|typed| typed.lines.as_str())).collect();
    let checked = match typed {
        Some(_) => text!(
            "届く側へ丸めた値です。計算し直して、届くことを確かめました。",
            "Rounded to the side that reaches; projecting with these values was checked to reach."
        ),
        None => confirmed(best.iter().all(|trial| trial.confirmed)),
    };
    let lines = typed.unwrap_or_else(|| best.iter().map(|trial| trial.lines.as_str()).collect());
    let each = text!(
        "どれも、その指標の前提だけを動かしたときの答えです。まとめて動かすと、指標どうしの影響で結果は変わり得ます。",
        "Each is the answer when only that indicator's own lever moves; moved together, the indicators may act on each other."
    );
    vec![
        Block::Paragraph(say(&intro, language)),
        Block::Code(lines.join("\n")),
        Block::Note(say(&checked, language)),
        Block::Note(say(&each, language)),
    ]
}
