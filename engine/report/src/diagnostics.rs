//! Diagnostics for people: the sentence, the line shown and marked, facts, and what to do.
//!
//! In come diagnostics in their order, the sources they point into, a language and whether colour is
//! wanted; out comes text for a terminal, closed by a line of counts (`誤り 2 件、警告 1 件`). Columns
//! count characters and marks stand right under full-width text. A place on the command line or in a
//! file without text shows no line. Ranges that do not fit their text are clipped, so nothing here can
//! fail. The machine-readable form is in `diagnostics_json`.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use mitoshi_core::diagnostic::{Diagnostic, FileId, Label, Language, Severity, SourceFile, Sources, Span, Text};
use mitoshi_core::text;

use crate::words::{problem_count, say};

/// Columns that a shown line may take.
const WIDTH: usize = 120;

/// Renders all of `diagnostics` and a closing line of counts; empty if there are none.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, language: Language, colour: bool) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let (errors, warnings) = count(diagnostics);
    render_each(diagnostics, sources, language, colour) + problem_count(errors, warnings).get(language) + "\n"
}

/// Renders all of `diagnostics`, each with an empty line after it.
pub fn render_each(diagnostics: &[Diagnostic], sources: &Sources, language: Language, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
    let mut out = String::new();
    for diagnostic in diagnostics {
        let rendered = renderer.render(&[group(diagnostic, sources, language)]);
        let bar = if diagnostic.labels.iter().all(|label| sources.get(label.span.file).path.is_empty()) { 1 } else { usize::MAX };
        for (_, line) in rendered.lines().enumerate().filter(|(at, line)| *at != bar || !is_bar(line)) {
            out += line;
            out += "\n";
        }
        out += "\n";
    }
    out
}

/// True for the bar that joins a sentence to the lines of a file; without a file it joins nothing.
fn is_bar(line: &str) -> bool {
    let mut styled = false;
    let seen = line.chars().filter(|c| {
        let hidden = styled || *c == '\u{1b}';
        styled = hidden && *c != 'm';
        !hidden
    });
    seen.collect::<String>().trim() == "|"
}

/// How many errors and how many warnings there are.
pub fn count(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Group<'a> {
    let title = level(diagnostic.severity(), language).primary_title(diagnostic.message.get(language)).id(diagnostic.code.id());
    let note = Level::NOTE.with_name(say(&text!("補足", "note"), language));
    let help = Level::HELP.with_name(say(&text!("対処", "help"), language));
    let message = |level: &Level<'a>, text: &Text| level.clone().message(clean(text, language));
    let mut group = Group::with_title(title);
    for file in files(&diagnostic.labels) {
        group = place(group, file, diagnostic, sources, language);
    }
    let loose = diagnostic.labels.iter().filter(|label| !is_shown(label.span, sources));
    group
        .elements(loose.filter_map(|label| label.text.as_ref()).map(|text| message(&note, text)))
        .elements(diagnostic.notes.iter().map(|text| message(&note, text)))
        .elements(diagnostic.hints.iter().map(|text| message(&help, text)))
}

fn level(severity: Severity, language: Language) -> Level<'static> {
    let (level, name) = match severity {
        Severity::Error => (Level::ERROR, text!("誤り", "error")),
        Severity::Warning => (Level::WARNING, text!("警告", "warning")),
        Severity::Finding => (Level::INFO, text!("点検", "finding")),
    };
    level.with_name(say(&name, language))
}

/// The files that labels point into, each once, in the order of the labels.
fn files(labels: &[Label]) -> Vec<FileId> {
    let mut files = Vec::new();
    for label in labels {
        if !files.contains(&label.span.file) {
            files.push(label.span.file);
        }
    }
    files
}

/// Adds what can be shown of one file: its lines, its path alone, or nothing.
fn place<'a>(group: Group<'a>, id: FileId, diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Group<'a> {
    let file = sources.get(id);
    if file.path.is_empty() {
        return group;
    }
    if file.text.is_empty() {
        return group.element(Origin::path(file.path.as_str()));
    }
    let marks = diagnostic.labels.iter().enumerate().filter(|(_, label)| label.span.file == id);
    let marks = marks.map(|(at, label)| annotation(label, at == 0, file, language));
    group.element(Snippet::source(file.text.as_str()).path(file.path.as_str()).annotations(marks))
}

fn annotation<'a>(label: &'a Label, main: bool, file: &SourceFile, language: Language) -> Annotation<'a> {
    let kind = if main { AnnotationKind::Primary } else { AnnotationKind::Context };
    let mark = kind.span(clip(label.span, &file.text));
    match &label.text {
        Some(text) => mark.label(clean(text, language)),
        None => mark,
    }
}

fn is_shown(span: Span, sources: &Sources) -> bool {
    !sources.get(span.file).text.is_empty()
}

/// The bytes of a span that lie in the text, on whole characters.
pub(crate) fn clip(span: Span, text: &str) -> std::ops::Range<usize> {
    let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = boundary(span.range().start);
    start..boundary(span.range().end).max(start)
}

/// Without characters that would steer a terminal.
fn clean(text: &Text, language: Language) -> String {
    normalize_untrusted_str(text.get(language))
}
