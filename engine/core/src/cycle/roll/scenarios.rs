//! Scenarios: values for years that are over become remarks, from which a person takes what is worth taking.

use super::{Edit, Matter, What, Work};
use crate::pack::{BASELINE, Scenario, Series};
use crate::text;

impl Work<'_> {
    pub(super) fn scenarios(&mut self) {
        for (name, scenario) in &self.pack.scenarios {
            let path = format!("scenarios/{name}.toml");
            let retired = by_year(scenario);
            for keys in &retired {
                let (from, to) = self.roll.old.clone();
                let words = self.remark(&text!("前の計画（{from}〜{to}）の値", "of the plan {from} to {to}"));
                self.roll.edits.push(Edit { path: path.clone(), keys: keys.clone(), at: None, what: What::Retire(words) });
            }
            let places: Vec<String> = retired.iter().map(|keys| keys.get(1..).unwrap_or_default().join(".")).collect();
            if !places.is_empty() {
                let (ja, en) = (places.join("、"), places.join(", "));
                let words = text!(
                    "前の計画の年度の値を注記（# の行）に変えた: {ja}。要るものは年度を書き直して戻す。",
                    "values for years that are over became remarks: {en}; put back, with new years, what is needed"
                );
                self.decide(Matter::Scenario, None, name.clone(), words);
            }
            let is_idle = says(scenario) == retired.len() && scenario.rules.is_empty() && scenario.review.is_none();
            if is_idle && !retired.is_empty() && name != BASELINE {
                let title = &scenario.title;
                let words = text!(
                    "「{title}」に残る値はなく、もとのシナリオと同じ結果になる。書き直すか、消す。",
                    "nothing is left in `{title}`, which now gives what it extends: write it anew or delete it"
                );
                self.decide(Matter::EmptyScenario, None, name.clone(), words);
            }
        }
    }
}

/// The keys whose values are by year.
fn by_year(scenario: &Scenario) -> Vec<Vec<String>> {
    let is_by_year = |series: &Series| matches!(series, Series::ByYear(_));
    let assumptions = scenario.assumptions.iter().filter(|(_, over)| over.values.as_ref().is_some_and(is_by_year));
    let assumptions = assumptions.map(|((owner, name), _)| vec!["assumptions".to_owned(), owner.clone(), name.clone()]);
    let others = [("outcomes", &scenario.outcomes), ("targets", &scenario.targets)].into_iter().flat_map(|(table, overrides)| {
        let those = overrides.iter().filter(|(_, over)| is_by_year(&over.values));
        those.map(move |(id, _)| vec![table.to_owned(), id.clone()])
    });
    assumptions.chain(others).collect()
}

/// How many statements a scenario makes; one with `fixed` goes on without its years.
fn says(scenario: &Scenario) -> usize {
    let fixed = scenario.assumptions.values().filter(|over| over.values.is_some() && over.fixed.is_some()).count();
    scenario.assumptions.len() + fixed + scenario.outcomes.len() + scenario.targets.len()
}
