//! A workbook as its parts, so that a test can write into cells, move rows and lose names.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The parts of a workbook by name.
#[derive(Clone)]
pub struct Form(pub BTreeMap<String, Vec<u8>>);

impl Form {
    /// Takes a workbook apart.
    pub fn open(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            parts.insert(part.name().unwrap().into_owned(), content);
        }
        Self(parts)
    }

    /// Puts it together again.
    pub fn bytes(&self) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            writer.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// A part as text.
    pub fn text(&self, part: &str) -> String {
        String::from_utf8(self.0[part].clone()).unwrap()
    }

    /// Changes a part's text.
    pub fn change(&mut self, part: &str, with: impl FnOnce(String) -> String) {
        let text = with(self.text(part));
        self.0.insert(part.to_owned(), text.into_bytes());
    }

    /// The sheets by name, with their parts.
    pub fn sheets(&self) -> Vec<(String, String)> {
        let book = self.text("xl/workbook.xml");
        let names = book.split("<sheet name=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
        names.enumerate().map(|(at, name)| (name, format!("xl/worksheets/sheet{}.xml", at + 1))).collect()
    }

    /// The names it defines and what they refer to: `mitoshi_R6_06_1` → (`No.6`, `C20`).
    pub fn names(&self) -> Vec<(String, String, String)> {
        let book = self.text("xl/workbook.xml");
        let names = book.split("<definedName name=\"").skip(1).filter(|rest| rest.starts_with("mitoshi_"));
        let read = |rest: &str| {
            let (name, rest) = rest.split_once('"').unwrap();
            let target = rest.split_once('>').unwrap().1.split('<').next().unwrap();
            let (sheet, cell) = target.rsplit_once('!').unwrap();
            (name.to_owned(), sheet.trim_matches('\'').to_owned(), cell.replace('$', ""))
        };
        names.map(read).collect()
    }

    /// Writes words into a cell, as a spreadsheet saves them.
    pub fn write(&mut self, sheet: &str, cell: &str, words: &str) {
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        self.put(sheet, cell, " t=\"inlineStr\"", &format!("<is><t xml:space=\"preserve\">{words}</t></is>"));
    }

    /// Puts the inside of a cell and its kind.
    pub fn put(&mut self, sheet: &str, cell: &str, kind: &str, inside: &str) {
        let part = self.sheets().into_iter().find(|(name, _)| name == sheet).unwrap().1;
        self.change(&part, |text| {
            let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{sheet} has no {cell}"));
            let head = &text[start..start + text[start..].find('>').unwrap()];
            let head = head.trim_end_matches('/').split(" t=\"").next().unwrap();
            let end = if text[start..].starts_with(&format!("{head}/>")) {
                start + head.len() + 2
            } else {
                start + text[start..].find("</c>").unwrap() + 4
            };
            format!("{}{head}{kind}>{inside}</c>{}", &text[..start], &text[end..])
        });
    }

    /// Writes words into an input by the measure's and the item's number: `R6_06_1`.
    pub fn answer(&mut self, item: &str, words: &str) {
        let (sheet, cell) = self.input(item);
        self.write(&sheet, &cell, words);
    }

    /// Where an input stands.
    pub fn input(&self, item: &str) -> (String, String) {
        let name = format!("mitoshi_{item}");
        let found = self.names().into_iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("no {name}"));
        (found.1, found.2)
    }

    /// Moves every row of a sheet down, as somebody who inserts rows above does, and forgets all names.
    pub fn move_rows(&mut self, sheet: &str, by: u32) {
        let part = self.sheets().into_iter().find(|(name, _)| name == sheet).unwrap().1;
        self.change(&part, |text| {
            let (before, rows) = text.split_once("<sheetData>").unwrap();
            let (rows, after) = rows.split_once("</sheetData>").unwrap();
            let moved = rows.split(" r=\"").enumerate().map(|(at, piece)| match at {
                0 => piece.to_owned(),
                _ => {
                    let (place, rest) = piece.split_once('"').unwrap();
                    let digits = place.find(|c: char| c.is_ascii_digit()).unwrap();
                    let row: u32 = place[digits..].parse().unwrap();
                    format!(" r=\"{}{}\"{rest}", &place[..digits], row + by)
                }
            });
            format!("{before}<sheetData>{}</sheetData>{after}", moved.collect::<String>())
        });
        self.forget_names();
    }

    /// Removes all defined names, as a copy into another workbook does.
    pub fn forget_names(&mut self) {
        self.change("xl/workbook.xml", |text| match text.split_once("<definedNames>") {
            Some((before, rest)) => format!("{before}{}", rest.split_once("</definedNames>").unwrap().1),
            None => text,
        });
    }
}
