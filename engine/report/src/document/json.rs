//! The `json` format of a document: `{"blocks": […]}`, each block one object with its `kind`.
//!
//! A cell is `{text, mark, number, unit, status}`; numbers are unrounded, what is absent is `null`.

use serde_json::{Value, json};

use super::{Block, Cell, Document, Figure, Table};

/// Prints a document.
pub(super) fn print(document: &Document) -> String {
    let blocks: Vec<Value> = document.blocks.iter().map(block).collect();
    pretty(&json!({ "blocks": blocks }))
}

/// Any value as indented JSON with a line break at the end.
pub(crate) fn pretty(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).map_or_else(|fault| format!("{{\"fault\": \"{fault}\"}}\n"), |text| text + "\n")
}

/// One block as data.
pub(super) fn block(block: &Block) -> Value {
    match block {
        Block::Heading(level, text) => json!({ "kind": "heading", "level": level, "text": text }),
        Block::Paragraph(text) => json!({ "kind": "paragraph", "text": text }),
        Block::Banner(text) => json!({ "kind": "banner", "text": text }),
        Block::Note(text) => json!({ "kind": "note", "text": text }),
        Block::Code(text) => json!({ "kind": "code", "text": text }),
        Block::Lines(text) => json!({ "kind": "lines", "text": text }),
        Block::Links(links) => {
            let links: Vec<Value> = links.iter().map(|(text, target)| json!({ "text": text, "target": target })).collect();
            json!({ "kind": "links", "links": links })
        }
        Block::Table(table) => self::table(table),
        Block::PageBreak => json!({ "kind": "page_break" }),
        Block::Figure(figure) => self::figure(figure),
    }
}

fn figure(figure: &Figure) -> Value {
    let mut value = table(&figure.table);
    value["kind"] = json!("figure");
    value["id"] = json!(figure.id);
    value["title"] = json!(figure.title);
    value["description"] = json!(figure.description);
    value
}

fn table(table: &Table) -> Value {
    let columns: Vec<Value> = table.columns.iter().map(|column| json!({ "group": column.group, "title": column.title })).collect();
    let rows: Vec<Vec<Value>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    json!({ "kind": "table", "columns": columns, "rows": rows })
}

fn cell(cell: &Cell) -> Value {
    json!({
        "text": cell.text,
        "mark": cell.mark,
        "number": cell.number.map(|number| number + 0.0),
        "unit": cell.unit,
        "status": cell.status.map(|status| status.word()),
    })
}
