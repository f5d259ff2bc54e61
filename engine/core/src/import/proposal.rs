//! A proposal (取込案): every fact that a pack would be made of, one row each, with its source and what is doubtful.
//!
//! In comes what was judged from a source, or the table of a review read back. Out of it goes the table that people
//! read (`report/import`) and the pack (`import/pack`). A row says how the words are read; it holds no number that is not
//! written there.

use super::draft::Place;
use crate::diagnostic::Text;
use crate::text;
use crate::year::{Year, YearStyle};

/// Rows in the order of the plan: those of the plan, then indicator by indicator.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// How the source writes years.
    pub style: YearStyle,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What tells the indicators apart: `6`, or `6-2` for a second one of measure 6; empty: the plan.
    pub group: String,
    /// What it is.
    pub field: Field,
    /// The year, or the key of a strategy; empty where there is none.
    pub key: String,
    /// As the source writes it.
    pub text: String,
    /// How it is read: a number in the indicator's unit, a word, or empty where there is nothing or only words.
    pub value: String,
    /// Why somebody has to look; empty: nothing is doubtful.
    pub doubts: Vec<Text>,
    /// Where it stands in the source.
    pub source: Place,
    /// What was decided on it; only in a table that was read back.
    pub verdict: Option<Verdict>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Title of the plan.
    PlanTitle,
    /// The town.
    Organisation,
    /// Edition.
    Edition,
    /// First year.
    FirstYear,
    /// Last year.
    LastYear,
    /// Last year with actuals.
    ActualsUntil,
    /// A strategy, under its key.
    Strategy,
    /// Number of the measure.
    No,
    /// Id.
    Id,
    /// The measure.
    Title,
    /// The measure's strategy.
    StrategyOf,
    /// Category.
    Category,
    /// Department.
    Department,
    /// The indicator.
    Indicator,
    /// Unit.
    Unit,
    /// How its numbers add up.
    Kind,
    /// Which way is good.
    Better,
    /// Decimals that are shown.
    Decimals,
    /// Baseline, with its year.
    Baseline,
    /// What is done in a year.
    Process,
    /// Target of a year.
    Target,
    /// Actual of a year.
    Actual,
    /// Goal, where it is not the last target.
    Goal,
    /// An outer bound that is not the goal.
    Limit,
}

/// What people decide on a doubtful row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As it is read.
    Accept,
    /// Left out.
    Leave,
}

impl Field {
    /// Every field, in the order of a proposal.
    pub const ALL: [Self; 24] = [
        Self::PlanTitle,
        Self::Organisation,
        Self::Edition,
        Self::FirstYear,
        Self::LastYear,
        Self::ActualsUntil,
        Self::Strategy,
        Self::No,
        Self::Id,
        Self::Title,
        Self::StrategyOf,
        Self::Category,
        Self::Department,
        Self::Indicator,
        Self::Unit,
        Self::Kind,
        Self::Better,
        Self::Decimals,
        Self::Baseline,
        Self::Process,
        Self::Target,
        Self::Actual,
        Self::Goal,
        Self::Limit,
    ];

    /// The word in the table.
    pub fn word(self) -> Text {
        match self {
            Self::PlanTitle => text!("計画の名称", "plan title"),
            Self::Organisation => text!("団体名", "organisation"),
            Self::Edition => text!("版", "edition"),
            Self::FirstYear => text!("計画の最初の年度", "first year"),
            Self::LastYear => text!("計画の最後の年度", "last year"),
            Self::ActualsUntil => text!("実績の最終年度", "actuals until"),
            Self::Strategy => text!("取組戦略", "strategy"),
            Self::No => text!("取組番号", "number"),
            Self::Id => text!("ID", "id"),
            Self::Title => text!("取組項目", "measure"),
            Self::StrategyOf => text!("取組の戦略", "strategy of the measure"),
            Self::Category => text!("分類", "category"),
            Self::Department => text!("所管課", "department"),
            Self::Indicator => text!("指標", "indicator"),
            Self::Unit => text!("単位", "unit"),
            Self::Kind => text!("種類", "kind"),
            Self::Better => text!("良い向き", "better"),
            Self::Decimals => text!("小数の桁数", "decimals"),
            Self::Baseline => text!("基準値", "baseline"),
            Self::Process => text!("工程", "process"),
            Self::Target => text!("目標", "target"),
            Self::Actual => text!("実績", "actual"),
            Self::Goal => text!("目標値", "goal"),
            Self::Limit => text!("限度", "limit"),
        }
    }

    /// The field of a word, in either language.
    pub fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| {
            let known = field.word();
            known.ja == word || known.en.eq_ignore_ascii_case(word)
        })
    }

    /// True where the row stands under a year.
    pub fn is_yearly(self) -> bool {
        matches!(self, Self::Baseline | Self::Process | Self::Target | Self::Actual)
    }

    /// True where the value is a number in the indicator's unit.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Baseline | Self::Target | Self::Actual | Self::Goal | Self::Limit)
    }
}

impl Verdict {
    /// The word to write.
    pub fn word(self) -> Text {
        match self {
            Self::Accept => text!("採用", "accept"),
            Self::Leave => text!("除外", "leave out"),
        }
    }

    /// The verdict of a word; absent if it is none.
    pub fn read(word: &str) -> Option<Self> {
        [Self::Accept, Self::Leave].into_iter().find(|verdict| {
            let known = verdict.word();
            known.ja == word || known.en.eq_ignore_ascii_case(word)
        })
    }
}

impl Row {
    /// A row of the plan or of an indicator.
    pub fn new(group: &str, field: Field, key: impl Into<String>) -> Self {
        Self {
            group: group.to_owned(),
            field,
            key: key.into(),
            text: String::new(),
            value: String::new(),
            doubts: Vec::new(),
            source: Place::Derived,
            verdict: None,
        }
    }

    /// The year it stands under.
    pub fn year(&self) -> Option<Year> {
        Year::parse(&self.key)
    }

    /// True if somebody has to look before it is used.
    pub fn is_doubtful(&self) -> bool {
        !self.doubts.is_empty()
    }
}

impl Proposal {
    /// The groups of the indicators, in order.
    pub fn groups(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for row in &self.rows {
            if !row.group.is_empty() && found.last() != Some(&row.group.as_str()) && !found.contains(&row.group.as_str()) {
                found.push(&row.group);
            }
        }
        found
    }

    /// The rows that somebody has to look at and nobody has decided on.
    pub fn open(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_doubtful() && row.verdict.is_none())
    }
}
