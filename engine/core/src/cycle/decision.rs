//! What people decided on proposals: the table of `review` read back, and the changes that follow.
//!
//! Each row says adopt, change or reject. A change needs its number, a change and a rejection their reason;
//! somebody must have decided. The old target must still be the one in force, else the table was made from
//! another state of the plan. All rows must be right before anything follows from one.

use std::collections::BTreeSet;

use crate::amount::{Amount, Scale};
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::history::{Change, Draft, Fact, Step};
use crate::pack::{Pack, Sheet};
use crate::table::{Cell, rows};
use crate::text;
use crate::year::Year;

/// The columns, as `review` writes them; those of the decision are filled in by people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Number of the measure.
    No,
    /// Id.
    Id,
    /// Name of the indicator.
    Indicator,
    /// Unit.
    Unit,
    /// The year whose target it is.
    Year,
    /// The target in force.
    Old,
    /// The proposal.
    Proposed,
    /// The rule that proposed it.
    Rule,
    /// The rule's reason.
    Why,
    /// Adopt, change or reject.
    Verdict,
    /// The number, where it is another one.
    Value,
    /// Why people decided so.
    Reason,
    /// Who decided.
    DecidedBy,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 13] = [
        Self::No,
        Self::Id,
        Self::Indicator,
        Self::Unit,
        Self::Year,
        Self::Old,
        Self::Proposed,
        Self::Rule,
        Self::Why,
        Self::Verdict,
        Self::Value,
        Self::Reason,
        Self::DecidedBy,
    ];

    /// Its heading.
    pub fn heading(self) -> Text {
        match self {
            Self::No => text!("No.", "No."),
            Self::Id => text!("ID", "id"),
            Self::Indicator => text!("指標", "indicator"),
            Self::Unit => text!("単位", "unit"),
            Self::Year => text!("年度", "year"),
            Self::Old => text!("現行目標", "target"),
            Self::Proposed => text!("見直し案", "proposal"),
            Self::Rule => text!("規則", "rule"),
            Self::Why => text!("規則の理由", "rule's reason"),
            Self::Verdict => text!("採否", "decision"),
            Self::Value => text!("決定値", "decided value"),
            Self::Reason => text!("決定理由", "reason"),
            Self::DecidedBy => text!("決定者", "decided by"),
        }
    }
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The proposal is adopted.
    Adopt,
    /// Another number is.
    Change,
    /// The target stays though the rule proposed another.
    Reject,
    /// The target stays, as the rule proposed.
    Keep,
}

impl Verdict {
    /// The word to write.
    pub fn word(self) -> Text {
        match self {
            Self::Adopt => text!("採用", "adopt"),
            Self::Change => text!("修正", "change"),
            Self::Reject => text!("不採用", "reject"),
            Self::Keep => text!("据置", "keep"),
        }
    }

    fn read(words: &str) -> Option<Self> {
        [Self::Adopt, Self::Change, Self::Reject, Self::Keep].into_iter().find(|verdict| {
            let word = verdict.word();
            word.ja == words || word.en.eq_ignore_ascii_case(words)
        })
    }
}

/// One row, decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// The change of the target; its old and new value are equal where the target stays.
    pub change: Change,
    /// Who decided it.
    pub decided_by: String,
}

/// The step that carries decisions out, in the name of `decided_by` or of everybody who decided.
pub fn step(decisions: &[Decision], pack: &Pack, on: String, decided_by: Option<String>, reason: Option<String>) -> Draft {
    let carried = decisions.iter().filter(|decision| decision.verdict != Verdict::Keep);
    Draft {
        step: Step::Adopt,
        on,
        year: Some(pack.plan.write(pack.plan.actuals_until)),
        decided_by: decided_by.or_else(|| together(decisions)),
        reason,
        changes: carried.map(|decision| decision.change.clone()).collect(),
        ..Draft::default()
    }
}

/// Everybody who decided, each once.
pub fn together(decisions: &[Decision]) -> Option<String> {
    let names: BTreeSet<&str> = decisions.iter().map(|decision| decision.decided_by.as_str()).collect();
    Some(names.into_iter().collect::<Vec<_>>().join("、")).filter(|names| !names.is_empty())
}

/// Reads a table of decisions; `decided_by` holds for rows that name nobody.
///
/// # Errors
/// `BadDecision` and its kin for every row that cannot be carried out.
pub fn read(pack: &Pack, file: FileId, text: &str, decided_by: Option<&str>) -> Result<Vec<Decision>, Vec<Diagnostic>> {
    let mut rows = rows(file, text).map_err(|problem| vec![*problem])?.into_iter();
    let header = columns(&rows.next().unwrap_or_default(), file)?;
    let (mut found, mut problems, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in rows.filter(|row| row.iter().any(|cell| !cell.words.trim().is_empty())) {
        let row = Row { pack, header: &header, cells: &row, decided_by };
        match row.decision() {
            Ok(decision) if !seen.insert((decision.change.indicator.clone(), decision.change.item.clone())) => {
                let message = text!("同じ指標と年度の行が2度あります。", "this indicator and year is decided twice");
                problems.push(row.bad(Column::Year, message, text!("どちらか一方を消してください。", "delete one of the two rows")));
            }
            Ok(decision) => found.push(decision),
            Err(problem) => problems.push(*problem),
        }
    }
    if found.is_empty() && problems.is_empty() {
        let message = text!("決定の行がありません。", "there is no decision in the table");
        problems.push(Diagnostic::at(Code::BadDecision, Span::whole(file), message).hint(how()));
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn how() -> Text {
    text!(
        "`mitoshi review 年度 -o 見直し案.csv` で作った表の、採否から右の列を埋めてください。",
        "fill in the columns from `decision` on, in the table that `mitoshi review YEAR -o FILE.csv` makes"
    )
}

fn columns(header: &[Cell], file: FileId) -> Result<Vec<Option<Column>>, Vec<Diagnostic>> {
    let known = |cell: &Cell| {
        let words = cell.words.trim();
        Column::ALL.into_iter().find(|column| column.heading().ja == words || column.heading().en == words)
    };
    let found: Vec<Option<Column>> = header.iter().map(known).collect();
    let needed = [Column::Id, Column::Year, Column::Old, Column::Proposed, Column::Verdict];
    let missing = needed.into_iter().find(|column| found.iter().filter(|known| **known == Some(*column)).count() != 1);
    match missing {
        None => Ok(found),
        Some(column) => {
            let heading = column.heading();
            let (ja, en) = (heading.ja, heading.en);
            let message = text!("「{ja}」の列がないか、2列あります。", "the column `{en}` is missing, or there are two");
            let span = header.first().map_or(Span::whole(file), |cell| cell.span);
            Err(vec![Diagnostic::at(Code::BadDecision, span, message).hint(how())])
        }
    }
}

struct Row<'a> {
    pack: &'a Pack,
    header: &'a [Option<Column>],
    cells: &'a [Cell],
    decided_by: Option<&'a str>,
}

impl Row<'_> {
    fn decision(&self) -> Result<Decision, Box<Diagnostic>> {
        let (sheet, year) = (self.sheet()?, self.year()?);
        let written = self.pack.plan.write(year);
        let old = sheet.targets.get(&year).and_then(|entry| entry.value);
        let Some(target) = old.filter(|target| Some(*target) == self.number(Column::Old, sheet)) else {
            return Err(self.is_old(&sheet.id, &written, old));
        };
        let verdict = self.verdict()?;
        let new = match verdict {
            Verdict::Adopt => self.number(Column::Proposed, sheet).ok_or_else(|| self.no_number(Column::Proposed))?,
            Verdict::Change => self.number(Column::Value, sheet).ok_or_else(|| self.no_number(Column::Value))?,
            Verdict::Reject | Verdict::Keep => target,
        };
        let reason = Some(self.words(Column::Reason)).filter(|words| !words.is_empty());
        if matches!(verdict, Verdict::Change | Verdict::Reject) && reason.is_none() {
            let word = verdict.word();
            let (ja, en) = (word.ja, word.en);
            let message = text!("{ja}の理由が書かれていません。", "there is no reason for `{en}`");
            return Err(Box::new(self.bad(Column::Reason, message, text!("決定理由を書いてください。", "write the reason"))));
        }
        let own = Some(self.words(Column::DecidedBy)).filter(|words| !words.is_empty());
        let Some(decided_by) = own.or(self.decided_by) else {
            let message = text!("決定者が書かれていません。", "nobody is named who decided");
            let hint = text!("決定者の列に書くか、--decided-by で指定してください。", "fill in `decided by`, or use --decided-by");
            return Err(Box::new(self.bad(Column::DecidedBy, message, hint)));
        };
        let item = format!("targets.{written}");
        let before = crate::history::fact_of(sheet, &self.pack.plan, &item);
        let after = if new == target { before.clone() } else { Fact::Number(new) };
        let rule = Some(self.words(Column::Rule)).filter(|rule| verdict == Verdict::Adopt && !rule.is_empty());
        let why = reason.or(Some(self.words(Column::Why)).filter(|why| !why.is_empty()));
        let change = Change {
            proposed_by: Some(rule.unwrap_or(decided_by).to_owned()),
            reason: why.map(str::to_owned),
            ..Change::new(&sheet.id, item, before, after)
        };
        Ok(Decision { verdict, change, decided_by: decided_by.to_owned() })
    }

    fn sheet(&self) -> Result<&Sheet, Box<Diagnostic>> {
        let id = self.words(Column::Id);
        self.pack.sheets.get(id).ok_or_else(|| {
            let message = text!("「{id}」という指標はありません。", "there is no indicator `{id}`");
            let problem = Diagnostic::at(Code::BadDecision, self.span(Column::Id), message);
            Box::new(problem.suggest(id, self.pack.sheets.keys().map(String::as_str)).or_hint(how()))
        })
    }

    fn year(&self) -> Result<Year, Box<Diagnostic>> {
        crate::analysis::address::year(self.pack, self.words(Column::Year), self.span(Column::Year))
    }

    fn verdict(&self) -> Result<Verdict, Box<Diagnostic>> {
        let words = self.words(Column::Verdict);
        Verdict::read(words).ok_or_else(|| {
            let message = match words.is_empty() {
                true => text!("採否が書かれていません。", "it is not decided"),
                false => text!("採否「{words}」は読めません。", "`{words}` is no decision"),
            };
            Box::new(self.bad(
                Column::Verdict,
                message,
                text!("採用、修正、不採用、据置 のどれかを書いてください。", "write adopt, change, reject or keep"),
            ))
        })
    }

    fn number(&self, column: Column, sheet: &Sheet) -> Option<f64> {
        Amount::read(self.words(column), &Scale { unit: sheet.unit.clone(), labels: sheet.labels.clone() }).value()
    }

    fn no_number(&self, column: Column) -> Box<Diagnostic> {
        let (ja, en) = (column.heading().ja, column.heading().en);
        let message = text!("{ja}が数ではありません。", "`{en}` is not a number");
        Box::new(self.bad(column, message, text!("個票の単位で数を書いてください。", "write a number in the sheet's unit")))
    }

    fn is_old(&self, id: &str, year: &str, target: Option<f64>) -> Box<Diagnostic> {
        let now = target.map_or_else(|| "—".to_owned(), |target| target.to_string());
        let message = text!(
            "現行目標が、いまの個票と違います（{id} の {year} の目標は {now}）。",
            "the target is not the one in force ({id} has {now} for {year})"
        );
        Box::new(self.bad(
            Column::Old,
            message,
            text!(
                "この表を作ったあとに計画が変わっています。`mitoshi review` で作り直してください。",
                "the plan has changed since the table was made: make it anew with `mitoshi review`"
            ),
        ))
    }

    fn cell(&self, column: Column) -> Option<&Cell> {
        self.header.iter().zip(self.cells).find(|(known, _)| **known == Some(column)).map(|(_, cell)| cell)
    }

    /// What a cell says, without the apostrophe that keeps a spreadsheet from running it.
    fn words(&self, column: Column) -> &str {
        let words = self.cell(column).map_or("", |cell| cell.words.trim());
        words.strip_prefix('\'').unwrap_or(words)
    }

    fn span(&self, column: Column) -> Span {
        let first = self.cells.first().map_or_else(Span::default, |cell| cell.span);
        self.cell(column).map_or(first, |cell| cell.span)
    }

    fn bad(&self, column: Column, message: Text, hint: Text) -> Diagnostic {
        Diagnostic::at(Code::BadDecision, self.span(column), message).hint(hint)
    }
}
