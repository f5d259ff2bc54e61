//! The engine of mitoshi: text in, numbers and diagnostics out.
//!
//! The pipeline on one screen: **read** (`pack`: files → sheets, scenarios) → **bind** (`rule`: Rhai
//! → functions whose parameters name what they read) → **order** (`graph`) → **evaluate**
//! (`schedule` says what and from where, `walk` does it) → [`Projection`]. Nothing here reads a disk,
//! a clock or an environment, and no result depends on hash order, threads or the platform's
//! mathematics. Problems are values: every stage pushes all it finds and goes on.

pub mod amount;
pub mod analysis;
pub mod columns;
pub mod cycle;
pub mod diagnostic;
pub mod graph;
pub mod history;
pub mod import;
pub mod pack;
pub mod projection;
pub mod rule;
pub mod schedule;
pub mod stamp;
pub mod table;
pub mod walk;
pub mod year;

use std::collections::BTreeSet;

use analysis::Parts;
use analysis::invariants::{Found, Settings};
use analysis::watch::Watch;
use columns::Lowered;
use diagnostic::{Code, Diagnostic, FileId, Label, RawFile, Sources, has_errors, merge};
use graph::Graph;
use indexmap::{IndexMap, IndexSet};
use pack::{Pack, Resolved};
use projection::Projection;
use rule::engine::RuleEngine;
use rule::signature::{Binding, Names, bind};
use schedule::Schedule;
use year::Year;

/// A pack that was read, with everything that was found wrong or odd in it.
pub struct Loaded {
    /// The texts that diagnostics point into; there even when the pack has errors.
    pub sources: Sources,
    /// The pack, ready to project; absent if it has errors.
    pub model: Option<Model>,
    /// Every problem of every file, each said once.
    pub diagnostics: Vec<Diagnostic>,
}

/// A pack that can be projected: sheets read, rules bound, quantities ordered.
pub struct Model {
    /// What the files say.
    pub pack: Pack,
    /// The sheets' own rules (a scenario's variants are bound when it is projected).
    pub bindings: Vec<Binding>,
    /// What depends on what.
    pub graph: Graph,
    engine: RuleEngine,
    rules: rule::Rules,
    names: Names,
    lowered: std::sync::OnceLock<Lowered>,
}

/// What is to be projected.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The scenario's name.
    pub scenario: String,
    /// Overrides for this run only, as typed: `online_procedures.rate@R7=0.3`.
    pub settings: Vec<String>,
    /// The last year whose actuals count; absent: the plan's `actuals_until`.
    pub as_of: Option<Year>,
    /// The years to review; absent: the projected years.
    pub reviewed: Option<Vec<Year>>,
}

/// A projection and what was odd about the request.
#[derive(Clone, Debug, PartialEq)]
pub struct Projected {
    /// The result, with the diagnostics of the run itself.
    pub projection: Projection,
    /// Warnings about the scenario: overrides without effect, outside a range, of a closed year.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a pack's files, in any order, and binds its rules.
pub fn load(files: Vec<RawFile>) -> Loaded {
    load_in(files, None)
}

/// As [`load`], with the targets and goals of an edition instead of those in the sheets.
pub fn load_in(files: Vec<RawFile>, edition: Option<&history::Edition>) -> Loaded {
    let (mut pack, mut diagnostics) = pack::read(files);
    if let Some(edition) = edition {
        history::apply(&mut pack, edition);
    }
    let engine = RuleEngine::new();
    let rules = rule::compile(&engine, &pack.sources, &pack.library, &pack.rules, &mut diagnostics);
    let names = Names::new(&pack);
    let bindings = bind(&pack, &rules, &names, &Default::default(), &mut diagnostics);
    rule::examples::check(&pack, &bindings, &mut diagnostics);
    analysis::invariants::subjects(&pack, &mut diagnostics);
    let graph = Graph::new(&pack, &bindings, &mut diagnostics);
    let sources = pack.sources.clone();
    let model = Model { pack, bindings, graph, engine, rules, names, lowered: Default::default() };
    let of_scenarios = model.check_scenarios(&diagnostics);
    diagnostics.extend(of_scenarios);
    say_once(&mut diagnostics);
    let usable = !has_errors(&diagnostics) && model.bindings.len() == model.pack.sheets.len();
    Loaded { sources, model: usable.then_some(model), diagnostics }
}

impl Model {
    /// Projects one scenario.
    ///
    /// # Errors
    /// The problems of the request: an unknown scenario, a setting or year that cannot be, parents
    /// that disagree. A rule that fails is not an error here: its cell is `failed`.
    pub fn project(&self, request: &Request) -> Result<Projected, Vec<Diagnostic>> {
        let until = self.actuals_until(request)?;
        let (scenario, mut problems) = pack::resolve(&self.pack, &request.scenario, &request.settings, until);
        let variant = self.variant(&scenario, &mut problems);
        if has_errors(&problems) {
            return Err(problems);
        }
        let (bindings, graph) = variant.as_ref().map_or((&self.bindings, &self.graph), |(bindings, graph)| (bindings, graph));
        let schedule = Schedule::new(&self.pack, bindings, graph, &scenario, request.as_of, request.reviewed.as_deref());
        let run = walk::walk(&schedule, &self.engine, &self.rules);
        Ok(Projected { projection: schedule::assemble(&schedule, &run, &scenario.settings), warnings: problems })
    }

    /// All projections with the warnings of their requests.
    ///
    /// # Errors
    /// Every problem of every request, if any of them has one.
    pub fn project_all(&self, requests: &[Request]) -> Result<(Vec<Projection>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (mut projections, mut problems) = (Vec::new(), Vec::new());
        for request in requests {
            match self.project(request) {
                Ok(Projected { projection, warnings }) => {
                    projections.push(projection);
                    merge(&mut problems, warnings);
                }
                Err(found) => merge(&mut problems, found),
            }
        }
        if projections.len() == requests.len() { Ok((projections, problems)) } else { Err(problems) }
    }

    /// The names of the scenarios; the baseline is one even without a file.
    pub fn scenarios(&self) -> Vec<&str> {
        let names: Vec<&str> = self.pack.scenarios.keys().map(String::as_str).collect();
        if names.is_empty() { vec![pack::BASELINE] } else { names }
    }

    /// Projects every scenario once: all problems, each said once. What goes wrong in several
    /// scenarios at one place is told for the first, with the names of the others.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut found: IndexMap<Place, (Diagnostic, Vec<&str>)> = IndexMap::new();
        for name in self.scenarios() {
            let request = Request { scenario: name.to_owned(), ..Request::default() };
            let problems = match self.project(&request) {
                Ok(projected) => projected.warnings.into_iter().chain(projected.projection.diagnostics).collect(),
                Err(problems) => problems,
            };
            for problem in problems {
                let place = (problem.code, problem.labels.clone());
                let scenarios = &mut found.entry(place).or_insert_with(|| (problem, Vec::new())).1;
                if !scenarios.contains(&name) {
                    scenarios.push(name);
                }
            }
        }
        found.into_values().map(|(problem, scenarios)| name_scenarios(problem, &scenarios)).collect()
    }

    /// Follows the units through the sheets' own rules and every scenario's variants.
    pub fn units(&self, which: analysis::units::Which) -> analysis::units::Followed {
        let variants = self.pack.scenarios.keys().filter_map(|name| {
            let (scenario, mut problems) = pack::resolve(&self.pack, name, &[], self.pack.plan.actuals_until);
            self.variant(&scenario, &mut problems)
        });
        let variants: Vec<Vec<Binding>> = variants.map(|(bindings, _)| bindings).collect();
        let sets: Vec<&[Binding]> = std::iter::once(&self.bindings).chain(&variants).map(Vec::as_slice).collect();
        analysis::units::follow(&self.pack, &self.rules, &sets, which)
    }

    /// What should be asked about the plan itself, and answers to nothing.
    pub fn findings(&self) -> analysis::lint::Found {
        analysis::lint::of(&self.pack, &self.graph)
    }

    /// Runs the worked examples of every sheet, in the pack's order.
    pub fn examples(&self) -> Vec<analysis::examples::Tried<'_>> {
        analysis::examples::run(&self.pack, &self.bindings, &self.engine, &self.rules)
    }

    /// Looks for counterexamples of the plan's invariants in every scenario, and for branches of rules that
    /// neither an example nor a run takes.
    ///
    /// # Errors
    /// As [`project`](Self::project).
    pub fn invariants(&self, settings: Settings, watch: &dyn Watch) -> Result<Found<'_>, Vec<Diagnostic>> {
        let watched = Lowered::watched(&self.bindings, &self.rules);
        let taken = analysis::examples::taken(&self.pack, &self.bindings, &watched);
        let mut search = analysis::invariants::Search::new(&self.pack, settings, taken);
        let mut names = self.scenarios();
        names.sort_by_key(|name| *name != pack::BASELINE);
        for scenario in names {
            let request = Request { scenario: scenario.to_owned(), ..Request::default() };
            self.with_parts(&request, |parts| search.scenario(parts, watch))?;
            if watch.stop() {
                break;
            }
        }
        Ok(search.finish())
    }

    /// The names of the functions of `rules/lib`.
    pub fn library(&self) -> impl Iterator<Item = &str> {
        self.rules.library.functions.keys().map(String::as_str)
    }

    /// Resolves one scenario and hands over the parts that an analysis stands on.
    ///
    /// # Errors
    /// As [`project`](Self::project).
    pub fn with_parts<T>(&self, request: &Request, then: impl FnOnce(Parts<'_>) -> T) -> Result<T, Vec<Diagnostic>> {
        let until = self.actuals_until(request)?;
        let (scenario, mut problems) = pack::resolve(&self.pack, &request.scenario, &request.settings, until);
        let variant = self.variant(&scenario, &mut problems);
        if has_errors(&problems) {
            return Err(problems);
        }
        let (bindings, graph) = variant.as_ref().map_or((&self.bindings, &self.graph), |(bindings, graph)| (bindings, graph));
        let schedule = Schedule::new(&self.pack, bindings, graph, &scenario, request.as_of, request.reviewed.as_deref());
        let own = variant.as_ref().map(|_| Lowered::new(bindings, &self.rules));
        let lowered = own.as_ref().unwrap_or_else(|| self.lowered());
        Ok(then(Parts { schedule: &schedule, engine: &self.engine, rules: &self.rules, lowered }))
    }

    /// The parts of several scenarios at once, in their order.
    ///
    /// # Errors
    /// As [`project`](Self::project), for the first scenario that has any.
    pub fn with_all_parts<T>(&self, requests: &[Request], then: &mut dyn FnMut(Vec<Parts<'_>>) -> T) -> Result<T, Vec<Diagnostic>> {
        self.with_more_parts(requests, Vec::new(), then)
    }

    fn with_more_parts<'a, T>(
        &self,
        requests: &[Request],
        parts: Vec<Parts<'a>>,
        then: &mut dyn FnMut(Vec<Parts<'_>>) -> T,
    ) -> Result<T, Vec<Diagnostic>> {
        let Some((first, rest)) = requests.split_first() else { return Ok(then(parts)) };
        self.with_parts(first, |own| {
            let mut all: Vec<Parts<'_>> = parts;
            all.push(own);
            self.with_more_parts(rest, all, then)
        })?
    }

    /// The sheets' own rules, lowered at the first call.
    pub fn lowered(&self) -> &Lowered {
        self.lowered.get_or_init(|| Lowered::new(&self.bindings, &self.rules))
    }

    /// The last year of actuals of a request: a year of the plan before its last, or the year before it.
    fn actuals_until(&self, request: &Request) -> Result<Year, Vec<Diagnostic>> {
        let plan = &self.pack.plan;
        let Some(year) = request.as_of else { return Ok(plan.actuals_until) };
        if year >= plan.first.plus(-1) && year <= plan.actuals_until {
            return Ok(year);
        }
        let (asked, first, last) = (plan.write(year), plan.write(plan.first.plus(-1)), plan.write(plan.actuals_until));
        let message = text!("--as-of に {asked} は指定できません。", "--as-of cannot be {asked}");
        let hint = text!("{first} から {last} までの年度を指定してください。", "give a year from {first} to {last}");
        Err(vec![Diagnostic::new(Code::YearOutsidePlan, message).hint(hint)])
    }

    /// The bindings and graph of a scenario with rule variants; absent if it has none.
    fn variant(&self, scenario: &Resolved, problems: &mut Vec<Diagnostic>) -> Option<(Vec<Binding>, Graph)> {
        if scenario.rules.is_empty() {
            return None;
        }
        let bindings = bind(&self.pack, &self.rules, &self.names, &scenario.rules, problems);
        let graph = Graph::new(&self.pack, &bindings, problems);
        Some((bindings, graph))
    }

    /// The scenarios' own mistakes: names, parents, years, variants that cannot be bound. A variant is
    /// bound only where `known` says nothing of its sheet and rule, and put in order only in a sound pack.
    fn check_scenarios(&self, known: &[Diagnostic]) -> Vec<Diagnostic> {
        let errors = || known.iter().filter(|problem| problem.is_error());
        let troubled: BTreeSet<FileId> = errors().flat_map(|problem| &problem.labels).map(|label| label.span.file).collect();
        let is_sound = |id: &str| {
            let sheet = self.pack.sheets.get(id).map(|sheet| sheet.file);
            let rule = self.pack.rules.get(&format!("{id}.rhai")).copied();
            sheet.into_iter().chain(rule).all(|file| !troubled.contains(&file))
        };
        let mut found = Vec::new();
        for name in self.pack.scenarios.keys() {
            let (mut scenario, problems) = pack::resolve(&self.pack, name, &[], self.pack.plan.actuals_until);
            found.extend(problems);
            scenario.rules.retain(|id, _| is_sound(id));
            let mut unordered = Vec::new();
            self.variant(&scenario, &mut unordered);
            found.extend(unordered.into_iter().filter(|problem| troubled.is_empty() || problem.code != Code::Cycle));
        }
        found.retain(Diagnostic::is_error);
        told_together(found, Code::UnknownScenario)
    }
}

/// What makes two problems of different scenarios one.
type Place = (Code, Vec<Label>);

/// Adds the further scenarios in which a problem of a run stands.
fn name_scenarios(problem: Diagnostic, scenarios: &[&str]) -> Diagnostic {
    match scenarios {
        [_, others @ ..] if !others.is_empty() && problem.code.is_of_a_run() => {
            let others = others.join(", ");
            problem.note(text!("次のシナリオでも起きます: {others}", "it happens in these scenarios too: {others}"))
        }
        _ => problem,
    }
}

/// Problems of this code with one message become one, with every place.
fn told_together(problems: Vec<Diagnostic>, code: Code) -> Vec<Diagnostic> {
    let mut told: Vec<Diagnostic> = Vec::with_capacity(problems.len());
    for problem in problems {
        let same = |other: &&mut Diagnostic| other.code == code && other.message == problem.message;
        match told.iter_mut().filter(|_| problem.code == code).find(same) {
            Some(first) => {
                let more = problem.labels.into_iter().filter(|label| !first.labels.contains(label)).collect::<Vec<_>>();
                first.labels.extend(more);
            }
            None => told.push(problem),
        }
    }
    told
}

/// Keeps the first of equal diagnostics: a library function is looked at from every rule.
fn say_once(diagnostics: &mut Vec<Diagnostic>) {
    let kept: IndexSet<Diagnostic> = diagnostics.drain(..).collect();
    diagnostics.extend(kept);
}
