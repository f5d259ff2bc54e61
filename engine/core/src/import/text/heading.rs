//! Headings of a plan's text: of a measure (`No.6 【①税収の確保】債権管理の一元化（税務債権課）`) and of a section.

use super::line::{Line, folded, joined};

/// What stands before the number of a measure.
const BEFORE_NUMBER: [&str; 10] = ["No", "NO", "no", "Ｎｏ", "ＮＯ", "№", "取組項目", "取組", "施策", "事業"];
/// How the names of departments end.
const DEPARTMENT_ENDS: [&str; 17] =
    ["課", "室", "係", "局", "部", "所", "館", "署", "班", "院", "園", "校", "担当", "センター", "委員会", "事務局", "ほか"];
/// What may stand before a department on a line of its own.
const DEPARTMENT_LABELS: [&str; 6] = ["所管課", "担当課", "主管課", "所管部署", "担当部署", "所管"];

/// The heading of a measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Measure {
    pub(super) no: String,
    pub(super) category: String,
    pub(super) title: String,
    pub(super) department: String,
}

/// A heading above measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// `Ⅱ 具体的な取組項目`: what came before does not count any more.
    Part,
    /// `1 最適な公共サービスの提供`.
    First(String, String),
    /// `(1) 事務処理の効率化`.
    Second(String, String),
}

/// The heading of a measure, if the line is one.
pub(super) fn measure(line: &Line<'_>) -> Option<Measure> {
    let words = line.words()?;
    let rest = BEFORE_NUMBER.iter().find_map(|word| words.strip_prefix(word))?;
    let rest = rest.trim_start_matches(['.', '．', ':', '：']).trim_start();
    let (no, rest) = number(rest)?;
    let rest = rest.trim_start_matches(['.', '．', ':', '：', '、']).trim_start();
    let (category, rest) = match rest.strip_prefix('【').and_then(|inner| inner.split_once('】')) {
        Some((category, rest)) => (category.trim(), rest.trim_start()),
        None => ("", rest),
    };
    let (title, department) = title_and_department(rest);
    (!title.is_empty() || !category.is_empty()).then(|| Measure {
        no,
        category: joined(category),
        title: joined(title),
        department: joined(department),
    })
}

/// The department, where a line says nothing else: `(市民サービス課)`, `所管課：財政課`.
pub(super) fn department(line: &Line<'_>) -> Option<String> {
    let words = line.alone().filter(|_| line.cells.len() == 1)?;
    let labelled =
        DEPARTMENT_LABELS.iter().find_map(|label| words.strip_prefix(label)).map(|rest| rest.trim_start_matches([':', '：', ' ', '　']));
    let inner = labelled.or_else(|| in_brackets(words))?;
    (labelled.is_some() || is_department(inner)).then(|| joined(inner)).filter(|name| !name.is_empty())
}

/// The heading of a section, if the line is one.
pub(super) fn section(line: &Line<'_>) -> Option<Section> {
    let words = line.words().filter(|words| words.chars().count() <= 60)?;
    if let Some(rest) = words.strip_prefix(['(', '（']) {
        let (no, rest) = number(rest)?;
        let title = rest.strip_prefix([')', '）'])?.trim();
        return is_title(title).then(|| Section::Second(no, joined(title)));
    }
    if let Some((no, rest)) = number(words) {
        let title = rest.strip_prefix([' ', '　', '.', '．', '、'])?.trim();
        return is_title(title).then(|| Section::First(no, joined(title)));
    }
    let rest = words.trim_start_matches(|c: char| matches!(c, 'I' | 'V' | 'X' | 'Ⅰ'..='Ⅻ' | 'Ｉ' | 'Ｖ' | 'Ｘ'));
    (rest.len() < words.len() && rest.starts_with([' ', '　', '.', '．', '\t']) && is_title(rest.trim())).then_some(Section::Part)
}

/// A title, not a sentence and not a figure.
fn is_title(words: &str) -> bool {
    words.chars().any(char::is_alphabetic) && !words.ends_with(['。', '、', '.'])
}

/// The figures that a text begins with, half width.
fn number(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !('０'..='９').contains(&c)).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let digits = folded(digits);
    (1..=3).contains(&digits.len()).then_some((digits, rest))
}

/// Parts `title（department）`; brackets that end otherwise belong to the title.
fn title_and_department(text: &str) -> (&str, &str) {
    let text = text.trim();
    let open = text.rfind(['（', '(']);
    match open.map(|open| (text[..open].trim(), &text[open..])).and_then(|(title, tail)| Some((title, in_brackets(tail)?))) {
        Some((title, inner)) if is_department(inner) => (title, inner),
        _ => (text, ""),
    }
}

fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    Some(inner.trim())
}

fn is_department(words: &str) -> bool {
    let last = words.split(['・', '、', ',', '，', '/']).next_back().unwrap_or_default().trim();
    !last.is_empty() && words.chars().count() <= 40 && (DEPARTMENT_ENDS.iter().any(|end| last.ends_with(end)) || is_mayor(last))
}

/// 市長室 and the like end as departments do; 総務 alone does not.
fn is_mayor(words: &str) -> bool {
    ["市長", "町長", "村長"].contains(&words)
}
