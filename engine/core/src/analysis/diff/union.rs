//! One pack that holds both sides of a difference.
//!
//! In: the parts of two runs. Out: a pack with the sheets of both (those of one side only as they are there), the
//! rules of both compiled under the library of each, and readers that know each side's own numbering. Names and
//! order are the first side's; what only the second has follows in the order of the numbers. Where the sides are two
//! scenarios of one pack, the union is that pack.

use std::collections::BTreeMap;

use crate::analysis::Parts;
use crate::diagnostic::{Code, Diagnostic, FileId, Sources};
use crate::pack::{PLAN, Pack, Resolved, Sheet};
use crate::rule::signature::Quantity;
use crate::rule::{Rules, compile};
use crate::schedule::Schedule;
use crate::text;
use crate::year::Year;

/// Before a rule's path where it is the second side's; no path of a pack begins so.
const SECOND: &str = "./";
/// Lags reach three years back, a start one year further.
const BEFORE: i16 = 4;

/// Both sides together.
pub(super) struct Union<'a> {
    /// The two runs.
    pub(super) sides: [Parts<'a>; 2],
    /// The sheets of both; its texts are left out.
    pub(super) pack: Pack,
    /// The rules that either side uses, compiled with the library of the first and of the second side.
    pub(super) rules: [Rules; 2],
    /// True if the two libraries say the same.
    pub(super) one_library: bool,
}

impl<'a> Union<'a> {
    /// Puts two runs together.
    ///
    /// # Errors
    /// No indicator in common.
    pub(super) fn new(first: Parts<'a>, second: Parts<'a>) -> Result<Self, Vec<Diagnostic>> {
        let sides = [first, second];
        let packs = sides.map(|parts| parts.schedule.pack);
        let pack = merge(packs);
        if !packs[0].sheets.keys().any(|id| packs[1].sheets.contains_key(id)) {
            return Err(vec![nothing_shared()]);
        }
        let texts = sides.map(|parts| Texts::new(parts.schedule));
        let one_library = texts[0].library == texts[1].library;
        let compiled = |library: usize| compile_all(first, &texts, library);
        let rules = [compiled(0), if one_library { Rules::default() } else { compiled(1) }];
        Ok(Self { sides, pack, rules, one_library })
    }

    /// True if both sides have the indicator.
    pub(super) fn shares(&self, id: &str) -> bool {
        self.sides.iter().all(|parts| parts.schedule.pack.sheets.contains_key(id))
    }

    /// The indicators that both sides have.
    pub(super) fn shared(&self) -> Vec<String> {
        self.pack.sheets.keys().filter(|id| self.shares(id)).cloned().collect()
    }

    /// An indicator's sheet as one side has it.
    pub(super) fn sheet(&self, side: usize, id: &str) -> Option<&'a Sheet> {
        self.sides.get(side)?.schedule.pack.sheets.get(id)
    }

    /// A side's scenario.
    pub(super) fn scenario(&self, side: usize) -> &'a Resolved {
        self.sides[usize::from(side > 0)].schedule.scenario
    }

    /// The rules compiled with one side's library.
    pub(super) fn rules(&self, library: usize) -> &Rules {
        &self.rules[usize::from(library > 0 && !self.one_library)]
    }

    /// Under which path the rule in force on a side stands in [`rules`](Self::rules).
    pub(super) fn path(&self, side: usize, id: &str) -> String {
        let own = path(self.scenario(side), id);
        if side > 0 { format!("{SECOND}{own}") } else { own }
    }

    /// The text of the rule in force on a side.
    pub(super) fn text(&self, side: usize, id: &str) -> Option<&'a str> {
        let pack = self.sides.get(side)?.schedule.pack;
        Some(pack.sources.get(*pack.rules.get(&path(self.scenario(side), id))?).text.as_str())
    }

    /// The years in which an assumption may be read.
    pub(super) fn reach(&self) -> impl Iterator<Item = Year> + use<> {
        let [one, two] = self.sides.map(|parts| parts.schedule);
        let (first, last) = (one.first.min(two.first), one.pack.plan.last.max(two.pack.plan.last));
        (first.0 - BEFORE..=last.0 + 1).map(Year)
    }

    /// The value in force of an assumption on a side.
    pub(super) fn value(&self, side: usize, owner: &str, name: &str, year: Year) -> Option<f64> {
        let schedule = self.sides.get(side)?.schedule;
        let quantity = match schedule.pack.sheets.get_full(owner) {
            Some((n, _, sheet)) => Quantity::Assumption(n, sheet.assumptions.get_index_of(name)?),
            None => Quantity::Shared((owner == PLAN).then(|| schedule.pack.plan.assumptions.get_index_of(name))??),
        };
        schedule.assumption(quantity, year)
    }

    /// The target in force of an indicator on a side, before any revision.
    pub(super) fn target(&self, side: usize, id: &str, year: Year) -> Option<f64> {
        let schedule = self.sides.get(side)?.schedule;
        schedule.unrevised_target(schedule.pack.sheets.get_index_of(id)?, year)
    }
}

/// The path below `rules/` of the rule in force.
fn path(scenario: &Resolved, id: &str) -> String {
    scenario.rules.get(id).map_or_else(|| format!("{id}.rhai"), |variant| variant.value.clone())
}

/// The sheets and assumptions of both.
fn merge([first, second]: [&Pack; 2]) -> Pack {
    let mut pack = Pack { sources: Sources::default(), ..first.clone() };
    for (id, theirs) in &second.sheets {
        let sheet = pack.sheets.entry(id.clone()).or_insert_with(|| theirs.clone());
        for (name, assumption) in &theirs.assumptions {
            sheet.assumptions.entry(name.clone()).or_insert_with(|| assumption.clone());
        }
    }
    for (name, assumption) in &second.plan.assumptions {
        pack.plan.assumptions.entry(name.clone()).or_insert_with(|| assumption.clone());
    }
    pack
}

/// What a side's rules say.
struct Texts<'a> {
    /// The library's files in their order.
    library: Vec<&'a str>,
    /// By path below `rules/`, for every indicator the one in force.
    rules: BTreeMap<String, &'a str>,
}

impl<'a> Texts<'a> {
    fn new(schedule: &Schedule<'a>) -> Self {
        let pack = schedule.pack;
        let text = |file: FileId| pack.sources.get(file).text.as_str();
        let paths = pack.sheets.keys().map(|id| path(schedule.scenario, id));
        let rules = paths.filter_map(|path| Some((path.clone(), text(*pack.rules.get(&path)?)))).collect();
        Self { library: pack.library.iter().map(|file| text(*file)).collect(), rules }
    }
}

/// Every rule that either side uses, with one side's library. Problems were told when the packs were read.
fn compile_all(first: Parts<'_>, texts: &[Texts<'_>; 2], library: usize) -> Rules {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: &str| sources.add(path, text);
    let library: Vec<FileId> = texts[library].library.iter().map(|text| add("lib", text)).collect();
    let mut rules = BTreeMap::new();
    for (side, texts) in texts.iter().enumerate() {
        for (path, text) in &texts.rules {
            let path = if side > 0 { format!("{SECOND}{path}") } else { path.clone() };
            let file = add(&path, text);
            rules.insert(path, file);
        }
    }
    compile(first.engine, &sources, &library, &rules, &mut Vec::new())
}

fn nothing_shared() -> Diagnostic {
    let message = text!("二つの計画一式に共通の指標がありません。", "the two packs have no indicator in common");
    Diagnostic::new(Code::NothingComparable, message)
        .hint(text!("同じ計画の別の版のフォルダーを --against に指定してください。", "give --against another copy of the same plan"))
}
