//! Reports in a format, with the pack's own template where it has one.
//!
//! A template is `rules/reports/<report>.<format>.j2`, for `html` and `md`. One that cannot be used stops the
//! report (`M871`); one that no report asks for is a warning (`M872`). What a file's encoding cannot write is
//! refused (`M873`), never replaced.

use mitoshi_core::diagnostic::{Code, Diagnostic, FileId, SourceFile, Span, Text};
use mitoshi_core::pack::Pack;
use mitoshi_core::text;

use super::{ALL, Report};
use crate::document::template::Fault;
use crate::document::xlsx::workbook;
use crate::document::{Document, Encoding, Format, encode, html, markdown};

/// The formats that can have templates, with ours.
const TEMPLATES: [(Format, &str); 2] = [(Format::Html, html::PAGE), (Format::Markdown, markdown::PAGE)];

/// Our own template for a format; absent if it has none.
pub fn template(format: Format) -> Option<&'static str> {
    TEMPLATES.iter().find(|(known, _)| *known == format).map(|(_, template)| *template)
}

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As text; CSV in an encoding that Excel opens.
    Text(Format, Encoding),
    /// As a workbook.
    Workbook,
}

impl Form {
    /// The names that may be typed, in order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Format::ALL.iter().map(|format| format.name()).chain(["xlsx"])
    }

    /// The form of a name; absent if there is none.
    pub fn from_name(name: &str, encoding: Encoding) -> Option<Self> {
        if name == "xlsx" { Some(Self::Workbook) } else { Format::from_name(name).map(|format| Self::Text(format, encoding)) }
    }

    /// The ending of a file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text(Format::Table, _) => "txt",
            Self::Text(format, _) => format.name(),
            Self::Workbook => "xlsx",
        }
    }
}

/// Prints a report as the bytes of a file.
///
/// # Errors
/// `BadTemplate`, `Unencodable`.
pub fn print(report: &dyn Report, document: Document, form: Form, pack: &Pack, colour: bool) -> Result<Vec<u8>, Box<Diagnostic>> {
    match form {
        Form::Workbook => workbook(&document).map_err(|fault| Box::new(unwritable(fault.message, fault.hint))),
        Form::Text(Format::Csv, encoding) => {
            let text = report.for_csv(document).print(Format::Csv, colour);
            encode(&text, encoding).map_err(|lost| Box::new(unwritable(lost.message(), lost.hint())))
        }
        Form::Text(format, _) => text(report, &document, format, pack, colour).map(String::into_bytes),
    }
}

fn unwritable(message: Text, hint: Text) -> Diagnostic {
    Diagnostic::new(Code::Unencodable, message).hint(hint)
}

fn text(report: &dyn Report, document: &Document, format: Format, pack: &Pack, colour: bool) -> Result<String, Box<Diagnostic>> {
    let Some(file) = pack.templates.get(&format!("{}.{}", report.name(), format.name())) else {
        return Ok(document.print(format, colour));
    };
    let source = pack.sources.get(*file);
    let printed = match format {
        Format::Html => html::page(document, &source.text),
        Format::Markdown => markdown::page(document, &source.text),
        _ => return Ok(document.print(format, colour)),
    };
    printed.map_err(|fault| Box::new(bad(*file, source, &fault)))
}

fn bad(file: FileId, source: &SourceFile, fault: &Fault) -> Diagnostic {
    let (path, why) = (&source.path, &fault.message);
    let message = text!("テンプレート {path} を使えません（{why}）。", "the template {path} cannot be used: {why}");
    let span = fault.line.map_or(Span::whole(file), |line| line_of(file, &source.text, line));
    Diagnostic::at(Code::BadTemplate, span, message).hint(text!(
        "書き方は Jinja です。もとのテンプレートは `mitoshi report 名前 --print-template` で得られます。",
        "templates are written in Jinja; `mitoshi report NAME --print-template` prints the one we use"
    ))
}

/// A whole line, without its end.
fn line_of(file: FileId, text: &str, line: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let length = text.get(start..).and_then(|rest| rest.lines().next()).map_or(0, str::len);
    Span::new(file, start..start + length)
}

/// Templates whose name is no report's, or no format's that can have one.
pub fn unused(pack: &Pack) -> Vec<Diagnostic> {
    let known: Vec<String> =
        ALL.iter().flat_map(|report| TEMPLATES.iter().map(move |(format, _)| format!("{}.{}", report.name(), format.name()))).collect();
    let stray = pack.templates.iter().filter(|(name, _)| !known.contains(name));
    let told = stray.map(|(name, file)| {
        let message = text!("rules/reports/{name}.j2 を使う報告書はありません。", "no report uses rules/reports/{name}.j2");
        Diagnostic::at(Code::UnusedTemplate, Span::whole(*file), message).suggest(name, known.iter().map(String::as_str)).hint(text!(
            "名前は「報告書.形式.j2」で、形式は html か md です（例: progress.html.j2）。",
            "names are REPORT.FORMAT.j2, with html or md as the format, such as progress.html.j2"
        ))
    });
    told.collect()
}
