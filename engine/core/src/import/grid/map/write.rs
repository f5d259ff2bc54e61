//! A map as the file that `--guess` proposes: to be read, corrected and used.

use std::fmt::Write;

use super::{Layout, Map, Part, SheetIs, Title, letters};
use crate::cycle::collect::address;
use crate::diagnostic::{Language, Text};
use crate::text;
use crate::year::{Year, YearStyle};

/// Where the comments begin, in letters of half width.
const COMMENT: usize = 24;

impl Map {
    /// The file, with comments in a language.
    pub fn write(&self, language: Language) -> String {
        let mut out = Out { text: String::new(), language };
        out.remark(&text!(
            "表の対応表です。見出しから推定しました。違うところを直してから --map で使ってください。",
            "The map of a table, guessed from its headings. Correct what is wrong, then use it with --map."
        ));
        out.remark(&text!(
            "列は表計算ソフトに出る文字、行は番号で書きます。",
            "Columns are the letters and rows the numbers that a spreadsheet shows."
        ));
        if let Some(title) = &self.title {
            out.text.push('\n');
            out.line(
                "title",
                &quoted(&cell(title)),
                &text!("計画の名称のセル: {words}", "the cell of the plan's title: {words}", words = &title.words),
            );
        }
        self.tables.iter().for_each(|layout| out.layout(layout));
        out.text
    }
}

fn cell(title: &Title) -> String {
    let at = address(title.at.0, title.at.1);
    if title.sheet.is_empty() { at } else { format!("{}!{at}", title.sheet) }
}

struct Out {
    text: String,
    language: Language,
}

impl Out {
    fn remark(&mut self, text: &Text) {
        let text = text.get(self.language);
        let _ = writeln!(self.text, "# {text}");
    }

    /// `key = value    # comment`.
    fn line(&mut self, key: &str, value: &str, comment: &Text) {
        let written = format!("{key} = {value}");
        let comment = comment.get(self.language);
        let comment = comment.split(char::is_control).collect::<Vec<_>>().join(" ");
        let gap = COMMENT.saturating_sub(width(&written)).max(2);
        let _ = match comment.is_empty() {
            true => writeln!(self.text, "{written}"),
            false => writeln!(self.text, "{written}{:gap$}# {comment}", ""),
        };
    }

    fn layout(&mut self, layout: &Layout) {
        self.text.push_str("\n[[table]]\n");
        if !layout.sheets.is_empty() {
            let sheets: Vec<String> = layout.sheets.iter().map(|sheet| quoted(&sheet.value)).collect();
            self.line("sheets", &format!("[{}]", sheets.join(", ")), &text!("読むシート", "the sheets to read"));
        }
        if let Some(is) = layout.sheet_is {
            self.line("sheet_is", &quoted(key(&SheetIs::WORDS, &is)), &sheet_is(is));
        }
        if let Some((first, last)) = layout.headings {
            let rows = if first == last { format!("[{}]", first + 1) } else { format!("[{}, {}]", first + 1, last + 1) };
            self.line("headings", &rows, &text!("見出しの行", "the rows of the headings"));
        }
        self.line("first_row", &(layout.first + 1).to_string(), &text!("見出しの下の最初の行", "the first row below them"));
        if let Some(last) = layout.last {
            self.line("last_row", &(last + 1).to_string(), &text!("表の最後の行", "the last row of the table"));
        }
        if let Some((year, style)) = layout.year {
            self.line("year", &quoted(&year.write(style)), &text!("どの値もこの年度", "the year of every figure"));
        }
        if let Some(holds) = layout.holds {
            let comment = text!("どの値も目標（実績なら \"actual\"）", "every figure is a target");
            let comment = if holds == Part::Target {
                comment
            } else {
                text!("どの値も実績（目標なら \"target\"）", "every figure is an actual")
            };
            self.line("holds", &quoted(key(&Part::HOLDS, &holds)), &comment);
        }
        if let Some(year) = layout.baseline_year {
            self.line("baseline_year", &quoted(&year.write(layout.style())), &text!("基準値の年度", "the year of the baselines"));
        }
        self.columns(layout);
    }

    fn columns(&mut self, layout: &Layout) {
        self.text.push_str("\n[table.columns]\n");
        for (key, part) in Part::KEYS {
            if let Some(column) = layout.column(part) {
                self.line(key, &quoted(&letters(column.at)), &Text::same(&column.heading));
            }
        }
        for (key, part) in Part::BY_YEAR {
            let mut of_part = layout.columns.iter().filter(|column| column.part == part).filter_map(|column| Some((column.year?, column)));
            let mut next = of_part.next();
            if next.is_some() {
                let _ = writeln!(self.text, "\n[table.{key}]");
            }
            while let Some(((year, style), column)) = next {
                self.line(&key_of_year(year, style), &quoted(&letters(column.at)), &Text::same(&column.heading));
                next = of_part.next();
            }
        }
        if !layout.passed.is_empty() {
            let list = layout.passed.iter().map(|(column, heading)| format!("{}（{}）", letters(*column), heading.trim()));
            let list = list.collect::<Vec<_>>().join("、").replace(char::is_control, " ");
            self.text.push('\n');
            self.remark(&text!("読まない列: {list}", "columns that are not read: {list}"));
        }
    }
}

impl Layout {
    /// How its columns write years.
    fn style(&self) -> YearStyle {
        self.columns.iter().find_map(|column| column.year).or(self.year).map(|(_, style)| style).unwrap_or_default()
    }
}

fn key<T: PartialEq>(words: &[(&'static str, T)], meaning: &T) -> &'static str {
    words.iter().find(|(_, known)| known == meaning).map_or("", |(word, _)| word)
}

fn sheet_is(is: SheetIs) -> Text {
    match is {
        SheetIs::Department => text!("シートの名は所管課", "a sheet's name is the department"),
        SheetIs::Strategy => text!("シートの名は戦略", "a sheet's name is the strategy"),
        SheetIs::Year => text!("シートの名は年度", "a sheet's name is the year"),
    }
}

/// A year as a key: `R4`, `"令和4年度"`.
fn key_of_year(year: Year, style: YearStyle) -> String {
    let written = year.write(style);
    if written.is_ascii() { written } else { quoted(&written) }
}

/// A text in quotation marks, as TOML wants it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
