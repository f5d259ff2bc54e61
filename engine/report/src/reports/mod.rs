//! The documents that leave the house: one file each, one ordered list.
//!
//! A [`Report`] builds a [`Document`] from a [`Material`]; every format prints it. To add a report: one
//! file and one line in [`ALL`]. A report computes no result: outcomes, grades, proposals and chances are
//! read from projections and simulations. Words are those of a careful office, Japanese first.

mod causes;
mod comparison;
mod data;
mod fiscal;
mod front;
mod handover;
pub mod index;
pub mod list;
pub mod material;
mod measure;
mod needs;
mod opinions;
mod outlook;
mod plan;
pub mod printing;
mod progress;
mod revisions;
mod trend;

pub use needs::{Needs, Publish, Scenarios};

use mitoshi_core::Model;
use mitoshi_core::analysis::Parts;
use mitoshi_core::analysis::simulate::{CellDraws, Settings, Simulation};
use mitoshi_core::diagnostic::{Language, Sources, Text};
use mitoshi_core::pack::{Pack, Sheet};
use mitoshi_core::projection::{IndicatorProjection, Projection};
use mitoshi_core::year::Year;

use crate::document::{Block, Document, Figure};
use crate::outlook::View;
use crate::words::say;

/// Every report, in the order of the list that people see.
pub const ALL: &[&dyn Report] = &[
    &plan::PlanReport,
    &progress::Progress,
    &outlook::Outlook,
    &comparison::ComparisonReport,
    &revisions::Revisions,
    &fiscal::FiscalBridge,
    &handover::Handover,
    &data::Data,
];

/// A document that is made from a pack.
pub trait Report: Sync {
    /// What is typed.
    fn name(&self) -> &'static str;

    /// What stands on top of it.
    fn title(&self) -> Text;

    /// What it is for, in one sentence.
    fn about(&self) -> Text;

    /// What it needs before it is built, and who may read it: facts about one scenario for everybody, if
    /// nothing else is said.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// The part of it that goes into a CSV file; all its tables, if nothing else is said.
    fn for_csv(&self, document: Document) -> Document {
        document
    }

    /// The files of data that are published with it, by name; none, if nothing else is said.
    fn data_files(&self, _document: &Document) -> Vec<(String, Document)> {
        Vec::new()
    }

    /// Builds it.
    fn document(&self, material: &Material<'_>) -> Document;
}

/// How reports are simulated: with quantiles for two bands.
pub fn settings() -> Settings {
    Settings { shares: vec![0.05, 0.25, 0.5, 0.75, 0.95], ..Settings::default() }
}

/// The report of this name; absent if there is none.
pub fn find(name: &str) -> Option<&'static dyn Report> {
    ALL.iter().copied().find(|report| report.name() == name)
}

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The pack and its rules.
    pub model: &'a Model,
    /// Where everything is written.
    pub sources: &'a Sources,
    /// The scenarios in the order asked, at least one; the first is the one a report about one is about.
    pub scenarios: &'a [Case<'a>],
    /// Their draws, in the same order; absent where the report asked for none.
    pub simulation: Option<&'a Simulation>,
    /// The year under review: its actuals are the latest, its review proposes targets.
    pub year: Year,
    /// The language of the document.
    pub language: Language,
    /// Who reads it.
    pub audience: Audience,
}

/// Who reads a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// The office: everything is shown.
    #[default]
    Office,
    /// Everybody: no proposals that nobody decided, and outlooks only where a scenario was named for it.
    Public {
        /// True if outlooks may be shown.
        outlook: bool,
    },
}

/// The chart of one indicator, with its outlook; absent where there are less than two numbers.
pub fn trend(material: &Material<'_>, id: &str) -> Option<Figure> {
    let indicator = material.indicators().find(|indicator| indicator.projected.id == id)?;
    match trend::figure(material, indicator, material.audience.sees_outlooks())? {
        Block::Figure(figure) => Some(*figure),
        _ => None,
    }
}

impl Audience {
    /// True if outlooks may be shown.
    pub fn sees_outlooks(self) -> bool {
        self != Self::Public { outlook: false }
    }

    /// True if proposals may be shown that nobody decided yet.
    pub fn sees_proposals(self) -> bool {
        self == Self::Office
    }
}

/// One scenario.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// What it is computed with.
    pub parts: Parts<'a>,
    /// What came out; the years reviewed include the one under review.
    pub projection: &'a Projection,
}

/// An indicator, as its sheet and as its projection.
#[derive(Clone, Copy)]
struct Indicator<'a> {
    sheet: &'a Sheet,
    projected: &'a IndicatorProjection,
    /// Its place among all sheets of the plan.
    number: usize,
}

impl<'a> Material<'a> {
    fn pack(&self) -> &'a Pack {
        &self.model.pack
    }

    /// The first scenario.
    fn view(&self) -> View<'a> {
        // The command line never asks for no scenario.
        View { projection: self.scenarios[0].projection, language: self.language }
    }

    /// The indicators of the first scenario, in the plan's order.
    fn indicators(&self) -> impl Iterator<Item = Indicator<'a>> + use<'a> {
        let pack = self.pack();
        let projected = self.view().projection.indicators.iter();
        projected.filter_map(move |projected| {
            let (number, _, sheet) = pack.sheets.get_full(&projected.id)?;
            Some(Indicator { sheet, projected, number })
        })
    }

    /// The draws of an indicator in a year of the first scenario; absent without a simulation.
    fn draws(&self, indicator: Indicator<'_>, year: Year) -> Option<&'a CellDraws> {
        let simulated = self.simulation?.scenarios.first()?;
        simulated.cells.iter().find(|cell| cell.indicator == indicator.number && cell.year == year)
    }

    fn say(&self, text: &Text) -> String {
        say(text, self.language)
    }

    /// A year as the report writes it.
    fn year(&self, year: Year) -> String {
        crate::words::year(self.view().projection, year)
    }
}
