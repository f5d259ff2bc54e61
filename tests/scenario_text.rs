//! A scenario as text again, whole or with one of its overrides left out.
//!
//! In: a scenario as the pack read it. Out: TOML that says the same. A value by year counts once for
//! each year, a scalar once. Only tests need this: the program never writes a scenario.

use std::collections::BTreeMap;

use mitoshi_core::pack::{Override, Plan, Review, Scenario, Series};

/// One override: the table it stands in, its key, its year, and the value as TOML.
struct Line {
    table: String,
    key: String,
    year: Option<String>,
    value: String,
}

/// A scenario taken apart.
pub struct Draft {
    head: String,
    lines: Vec<Line>,
}

impl Draft {
    /// Takes a scenario apart.
    pub fn of(scenario: &Scenario, plan: &Plan) -> Self {
        let parents: Vec<&str> = scenario.extends.iter().map(|parent| parent.value.as_str()).collect();
        let review = match &scenario.review {
            Some(review) if review.value == Review::Adopt => "review = \"adopt\"\n",
            Some(_) => "review = \"propose\"\n",
            None => "",
        };
        let mut draft = Self { head: format!("title = {:?}\nextends = {parents:?}\n{review}", scenario.title), lines: Vec::new() };
        for ((owner, name), said) in &scenario.assumptions {
            let table = format!("assumptions.\"{owner}\"");
            if let Some(values) = &said.values {
                draft.series(&table, name, values, plan);
            }
            assert!(said.fixed.is_none(), "{owner}.{name}: `fixed` has no effect on a projection, so no test of numbers can see it");
        }
        draft.overrides_in("outcomes", &scenario.outcomes, plan);
        draft.overrides_in("targets", &scenario.targets, plan);
        for (id, path) in &scenario.rules {
            draft.lines.push(Line { table: "rules".to_owned(), key: id.clone(), year: None, value: format!("{:?}", path.value) });
        }
        draft
    }

    fn overrides_in<'a>(&mut self, table: &str, overrides: impl IntoIterator<Item = (&'a String, &'a Override)>, plan: &Plan) {
        for (id, said) in overrides {
            self.series(table, id, &said.values, plan);
        }
    }

    fn series(&mut self, table: &str, key: &str, values: &Series, plan: &Plan) {
        let line = |year, value: f64| Line { table: table.to_owned(), key: key.to_owned(), year, value: format!("{value:?}") };
        match values {
            Series::Always(value) => self.lines.push(line(None, value.value)),
            Series::ByYear(values) => self.lines.extend(values.iter().map(|(year, value)| line(Some(plan.write(*year)), value.value))),
        }
    }

    /// How many overrides it has.
    pub fn overrides(&self) -> usize {
        self.lines.len()
    }

    /// The whole scenario.
    pub fn text(&self) -> String {
        self.print(None)
    }

    /// What is left out, and the scenario without it.
    pub fn without(&self, number: usize) -> (String, String) {
        let Line { table, key, year, .. } = &self.lines[number];
        (format!("{table} {key} {}", year.as_deref().unwrap_or_default()), self.print(Some(number)))
    }

    fn print(&self, without: Option<usize>) -> String {
        let mut tables: BTreeMap<&str, BTreeMap<&str, Vec<&Line>>> = BTreeMap::new();
        for (_, line) in self.lines.iter().enumerate().filter(|(n, _)| Some(*n) != without) {
            tables.entry(&line.table).or_default().entry(&line.key).or_default().push(line);
        }
        let mut text = self.head.clone();
        for (table, keys) in tables {
            text += &format!("[{table}]\n");
            for (key, lines) in keys {
                text += &format!("\"{key}\" = {}\n", value(&lines));
            }
        }
        text
    }
}

fn value(lines: &[&Line]) -> String {
    match lines {
        [Line { year: None, value, .. }] => value.clone(),
        _ => {
            let years: Vec<String> =
                lines.iter().map(|line| format!("\"{}\" = {}", line.year.as_deref().unwrap_or_default(), line.value)).collect();
            format!("{{ {} }}", years.join(", "))
        }
    }
}
