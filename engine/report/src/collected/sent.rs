//! Which form is for whom.

use mitoshi_core::cycle::form::Forms;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Pack;
use mitoshi_core::text;
use serde_json::json;

use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Format, Table};
use crate::forms::Made;
use crate::number::number;
use crate::words::say;

/// The files of a request in a format.
pub fn sent(pack: &Pack, forms: &Forms, made: &[Made], language: Language, format: Format, colour: bool) -> String {
    let year = pack.plan.write(forms.year);
    if format == Format::Json {
        let files = made.iter().map(|file| json!({ "name": file.name, "department": file.department, "measures": file.measures }));
        return pretty(&json!({ "plan": pack.plan.title, "year": year, "files": files.collect::<Vec<_>>() }));
    }
    let mut document = Document::new(language);
    document.push(Block::Heading(1, say(&text!("{year}の実績照会票", "Forms asking for the actuals of {year}"), language)));
    let columns = vec![
        Column::words(say(&text!("ファイル", "File"), language)).naming(),
        Column::words(say(&text!("送り先", "For"), language)),
        Column::numbers(say(&text!("件数", "Measures"), language)),
    ];
    let everybody = say(&text!("（全件の一覧）", "(list of all)"), language);
    let rows = made.iter().enumerate().map(|(at, file)| {
        let whom = if at + 1 == made.len() { everybody.clone() } else { file.department.clone() };
        #[expect(clippy::cast_precision_loss, reason = "a count of measures")]
        let count = file.measures as f64;
        vec![Cell::words(&file.name), Cell::words(whom), Cell::number(Some(count), number(Some(count), 0))]
    });
    document.push(Block::Table(Table { columns, rows: rows.collect() }));
    document.push(Block::Note(say(
        &text!(
            "戻ったファイルは一つのフォルダーに集め、mitoshi collect フォルダー --dry-run で確かめます。",
            "Put what comes back into one folder and look at it with `mitoshi collect DIR --dry-run`."
        ),
        language,
    )));
    document.print(format, colour)
}
