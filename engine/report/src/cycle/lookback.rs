//! 予実検証: published outlooks beside what came, with the errors of two naive forecasts.

use mitoshi_core::cycle::lookback::{Compared, score};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Pack, Sheet};
use mitoshi_core::text;
use serde_json::json;

use super::leading;
use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::number::{ABSENT, number, separate};
use crate::words::{plural, say};

/// The page.
pub fn document(compared: &[Compared], pack: &Pack, language: Language) -> Document {
    let tell = |text: &Text| say(text, language);
    let mut document = Document::new(language);
    document.push(Block::Heading(2, tell(&text!("予実検証（公表した見通しと実績）", "Looking back: published outlooks and what came"))));
    if compared.is_empty() {
        document.push(Block::Paragraph(tell(&text!(
            "比べられるものはまだありません。見通しは `mitoshi publish -s シナリオ` で公表したときに残り、その年度の実績が記録されると比べられます。",
            "There is nothing to compare yet. An outlook is kept when it is published with `mitoshi publish -s SCENARIO`, and compared once an actual is recorded."
        ))));
        return document;
    }
    document.push(Block::Table(table(compared, pack, language)));
    document.push(Block::Paragraph(tell(&summary(compared))));
    document.push(Block::Note(tell(&text!(
        "誤差は 予測 − 実績。据え置きは、公表の時点で分かっていた最後の実績をそのまま予測とみなしたもの。幅は試行の10%から90%までで、10回に8回は入るはずのもの。件数が少ないうちは、当たり外れを言うには足りない。",
        "Errors are forecast − actual. Persistence takes the last actual that was known as the forecast. Bands run from 10 % to 90 % of the draws and should hold eight actuals in ten; a few cases prove little."
    ))));
    document
}

/// The page as data: one object for each forecast with an actual.
pub fn json(compared: &[Compared], pack: &Pack) -> String {
    let one = |compared: &Compared| {
        let id = pack.sheets.get_index(compared.indicator).map(|(id, _)| id.as_str());
        json!({
            "entry": compared.entry, "on": compared.on, "scenario": compared.scenario, "indicator": id,
            "year": pack.plan.write(compared.year), "ahead": compared.ahead, "foreseen": compared.foreseen,
            "actual": compared.actual, "provisional": compared.provisional, "error": compared.error(),
            "error_of_persistence": compared.error_of_persistence(), "error_of_target": compared.error_of_target(),
            "inside": compared.is_inside(),
        })
    };
    pretty(&compared.iter().map(one).collect::<Vec<_>>())
}

fn table(compared: &[Compared], pack: &Pack, language: Language) -> Table {
    let tell = |text: &Text| say(text, language);
    let error = tell(&text!("誤差", "Error"));
    let columns = vec![
        Column::numbers("No."),
        Column::words(tell(&text!("指標", "Indicator"))).naming().at_most(30),
        Column::words(tell(&text!("年度", "Year"))),
        Column::words(tell(&text!("公表", "Published"))),
        Column::words(tell(&text!("シナリオ", "Scenario"))),
        Column::numbers(tell(&text!("見通し", "Outlook"))),
        Column::words(tell(&text!("幅", "Band"))),
        Column::numbers(tell(&text!("実績", "Actual"))),
        Column::numbers(tell(&text!("見通し", "outlook"))).under(error.clone()),
        Column::numbers(tell(&text!("据え置き", "persistence"))).under(error.clone()),
        Column::numbers(tell(&text!("目標", "target"))).under(error),
        Column::words(tell(&text!("幅の内か", "In band"))),
    ];
    let rows = compared.iter().filter_map(|one| Some(row(one, pack.sheets.get_index(one.indicator)?.1, pack, language)));
    Table { rows: rows.collect(), columns }
}

fn row(one: &Compared, sheet: &Sheet, pack: &Pack, language: Language) -> Vec<Cell> {
    let decimals = usize::from(sheet.decimals);
    let cell = |value: Option<f64>| Cell { unit: sheet.unit.clone(), ..Cell::number(value, number(value, decimals)) };
    let band = match (one.foreseen.low, one.foreseen.high) {
        (Some(low), Some(high)) => format!("{}～{}", number(Some(low), decimals), number(Some(high), decimals)),
        _ => ABSENT.to_owned(),
    };
    let inside = match one.is_inside() {
        Some(true) => say(&text!("○ 内", "○ in"), language),
        Some(false) => say(&text!("× 外", "× out"), language),
        None => ABSENT.to_owned(),
    };
    let mark = if one.provisional { say(&text!("［速報］", " [provisional]"), language) } else { String::new() };
    let actual = Cell { text: separate(&one.actual.to_string()), mark, ..cell(Some(one.actual)) };
    let mut cells = leading(sheet);
    cells.extend([
        Cell::words(pack.plan.write(one.year)),
        Cell::words(&one.on),
        Cell::words(&one.scenario),
        cell(Some(one.foreseen.value)),
        Cell::words(band),
        actual,
        cell(Some(one.error())),
        cell(one.error_of_persistence()),
        cell(one.error_of_target()),
        Cell::words(inside),
    ]);
    cells
}

fn summary(compared: &[Compared]) -> Text {
    let score = score(compared);
    let (all, band, inside) = (score.compared, score.with_band, score.inside);
    let (persistence, target, s) = (score.beats_persistence, score.beats_target, plural(score.compared));
    text!(
        "{all} 件のうち、幅を示した {band} 件では {inside} 件の実績が幅に入った。据え置きより近かったのは {persistence} 件、目標より近かったのは {target} 件。",
        "{all} forecast{s}: of {band} with a band, {inside} hold the actual; {persistence} came nearer than persistence, {target} nearer than the target."
    )
}
