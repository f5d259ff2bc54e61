//! The report of `check --kernels`: which functions are lowered and which are walked.
//!
//! One row for each function in its role, with file, line and column: of the expression that cannot be
//! lowered, else of the function. JSON keys: `lowered`, `walked`, `functions` (`indicator`, `role`,
//! `function`, `rule`, `state`, `place`, `reason`); keys may be added, not renamed.

use mitoshi_core::analysis::kernels::Kernel;
use mitoshi_core::diagnostic::{Language, Sources, Text};
use mitoshi_core::text;
use serde::Serialize;

use crate::document::json::pretty;
use crate::document::{Block, Cell, Column, Document, Table};
use crate::words::{plural, say};

#[derive(Serialize)]
struct Kernels<'a> {
    lowered: usize,
    walked: usize,
    functions: Vec<Function<'a>>,
}

#[derive(Serialize)]
struct Function<'a> {
    indicator: &'a str,
    role: &'a str,
    function: &'a str,
    rule: &'a str,
    state: &'static str,
    place: String,
    reason: Option<&'a str>,
}

/// How many are lowered, and how many walked.
pub fn counts(kernels: &[Kernel]) -> (usize, usize) {
    let walked = kernels.iter().filter(|kernel| kernel.residue.is_some()).count();
    (kernels.len() - walked, walked)
}

/// `関数 57: 列の計算 57、逐次の計算 0`.
pub fn sentence(kernels: &[Kernel]) -> Text {
    let (count, (lowered, walked)) = (kernels.len(), counts(kernels));
    let s = plural(count);
    text!("関数 {count}: 列の計算 {lowered}、逐次の計算 {walked}", "{count} function{s}: {lowered} lowered, {walked} walked")
}

/// The table of all functions.
pub fn document(kernels: &[Kernel], sources: &Sources, language: Language) -> Document {
    let tell = |text: Text| say(&text, language);
    let columns = vec![
        Column::words(tell(text!("指標", "Indicator"))),
        Column::words(tell(text!("役割", "Role"))),
        Column::words(tell(text!("関数", "Function"))),
        Column::words(tell(text!("計算", "State"))),
        Column::words(tell(text!("場所", "Place"))),
        Column::words(tell(text!("理由", "Reason"))),
    ];
    let rows = kernels.iter().map(|kernel| {
        let reason = kernel.residue.as_ref().map(|residue| say(&residue.reason, language)).unwrap_or_default();
        let state = if kernel.residue.is_some() { text!("逐次", "walked") } else { text!("列", "lowered") };
        let words = [&kernel.indicator, &kernel.role, &kernel.function, &tell(state), &place(kernel, sources), &reason];
        words.map(Cell::words).to_vec()
    });
    let table = Table { columns, rows: rows.collect() };
    Document { language, blocks: vec![Block::Table(table), Block::Paragraph(tell(sentence(kernels)))] }
}

/// The same as one object.
pub fn json(kernels: &[Kernel], sources: &Sources, language: Language) -> String {
    let (lowered, walked) = counts(kernels);
    let functions = kernels.iter().map(|kernel| Function {
        indicator: &kernel.indicator,
        role: &kernel.role,
        function: &kernel.function,
        rule: &kernel.rule,
        state: if kernel.residue.is_some() { "walked" } else { "lowered" },
        place: place(kernel, sources),
        reason: kernel.residue.as_ref().map(|residue| residue.reason.get(language)),
    });
    pretty(&Kernels { lowered, walked, functions: functions.collect() })
}

fn place(kernel: &Kernel, sources: &Sources) -> String {
    sources.place(kernel.residue.as_ref().map_or(kernel.span, |residue| residue.span))
}
