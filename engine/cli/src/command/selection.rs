//! `--select` and `--exclude`, which several commands have: what was typed, and whom it means.

use std::collections::BTreeSet;

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::analysis::select::{Selector, nothing_left, parse};
use mitoshi_core::diagnostic::{Diagnostic, Language, Text};
use mitoshi_core::graph::Graph;
use mitoshi_core::pack::Pack;
use mitoshi_core::projection::Projection;
use mitoshi_core::text;

use crate::arguments::words;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Selection {
    select: Vec<String>,
    exclude: Vec<String>,
}

/// The indicators meant, and how that is told.
pub(super) struct Chosen {
    /// Counted in the order of the pack's sheets.
    pub(super) indicators: BTreeSet<usize>,
    /// What a report says of it; absent if nothing was asked for.
    pub(super) told: Option<Text>,
    /// The warning that nothing is left.
    pub(super) warning: Option<Diagnostic>,
}

/// The two options.
pub(super) fn arguments(language: Language) -> Vec<(Arg, Text)> {
    let option = |name: &'static str| {
        let value = text!("条件", "SELECTION").get(language).to_owned();
        Arg::new(name).long(name).action(ArgAction::Append).value_name(value)
    };
    vec![
        (
            option("select"),
            text!(
                "指標を選ぶ。ID、+ID（読む先もすべて）、ID+（影響先もすべて）、2+ID+1（段数）、dept:所管課、strategy:2、status:未達。重ねれば和",
                "Choose indicators: ID, +ID (with all it reads), ID+ (with all that read it), 2+ID+1 (so many steps), dept:NAME, strategy:2, status:missed; repeat for more"
            ),
        ),
        (option("exclude"), text!("指標を除く（書き方は --select と同じ）", "Leave indicators out (written as in --select)")),
    ]
}

impl Selection {
    /// What was typed.
    pub(super) fn read(typed: &ArgMatches) -> Self {
        Self { select: words(typed, "select"), exclude: words(typed, "exclude") }
    }

    /// True if nothing was typed.
    pub(super) fn is_everything(&self) -> bool {
        self.select.is_empty() && self.exclude.is_empty()
    }

    /// Whom it means; the projections are asked for only if how an indicator stands is asked.
    pub(super) fn choose(
        &self,
        pack: &Pack,
        graph: &Graph,
        projections: impl FnOnce() -> Vec<Projection>,
    ) -> Result<Chosen, Vec<Diagnostic>> {
        let selector: Selector = parse(pack, &self.select, &self.exclude)?;
        let projections = if selector.asks_status() { projections() } else { Vec::new() };
        let indicators = selector.choose(pack, graph, &projections);
        let told = (!selector.is_everything()).then(|| self.told(indicators.len(), pack.sheets.len()));
        let warning = (indicators.is_empty() && !selector.is_everything()).then(|| nothing_left(pack));
        Ok(Chosen { indicators, told, warning })
    }

    /// `選んだ指標: --select +arrears（16件のうち4件）`.
    fn told(&self, count: usize, all: usize) -> Text {
        let named = |option: &str, texts: &[String]| texts.iter().map(|text| format!("{option} {text}")).collect::<Vec<_>>();
        let words = [named("--select", &self.select), named("--exclude", &self.exclude)].concat().join(" ");
        text!("選んだ指標: {words}（{all}件のうち{count}件）", "Chosen indicators: {words} ({count} of {all})")
    }
}

impl Chosen {
    /// Leaves only the chosen indicators in a projection.
    pub(super) fn keep(&self, projection: &mut Projection) {
        let mut n = 0;
        projection.indicators.retain(|_| {
            n += 1;
            self.indicators.contains(&(n - 1))
        });
    }
}
