//! An explanation for programs: one object, numbers unrounded, what is absent `null`.
//!
//! Keys: `plan`, `edition`, `scenario` (`name`, `title`, `extends`), `settings`; of the number `address`, `year`, `title`,
//! `value`, `unit`, `origin` (see below), `evidence`, `basis`; `indicator` (`id`, `no`, `title`, `indicator`, `department`);
//! `years`; `calculation` (`function`, `place`, `comment`, `inputs`, `steps`, `complete`, `text`, `helpers`); `reasons`;
//! `failure`; `upstream` (a tree, with `below`, `repeated`, `deeper`); `grounds`; `assumption`; `assessment`. An origin is
//! `{kind, place, …}`; a place is `{file, line}`. A step's `numbers` is its line with numbers put in, in full. Words
//! follow the language; keys and kinds do not. Keys may be added, not renamed.

use mitoshi_core::analysis::explain::{Assessment, Calculation, Explanation, Ground, Node, Origin, Place, Reading, Who};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::walk::{Known, Step, StepKind, Word};
use mitoshi_core::year::YearStyle;
use serde_json::{Map, Value, json};

use super::Page;
use crate::document::json::pretty;
use crate::words::evidence_key;

/// Writes the page's value.
pub fn render(page: Page<'_>) -> String {
    pretty(&page.json())
}

impl Page<'_> {
    fn json(self) -> Value {
        let Explanation { subject, calculation, failure, upstream, grounds, assessment, years, assumption, .. } = self.explanation;
        let mut out = self.frame();
        out.extend(self.reading(subject));
        let add = |out: &mut Map<String, Value>, key: &str, value: Value| drop(out.insert(key.to_owned(), value));
        add(&mut out, "year", json!(self.year()));
        add(&mut out, "indicator", self.indicator_json());
        add(&mut out, "years", years.iter().map(|reading| Value::Object(self.reading(reading))).collect());
        add(&mut out, "calculation", json!(calculation.as_ref().map(|calculation| self.calculation_json(calculation))));
        add(&mut out, "reasons", json!(calculation.as_ref().map(Calculation::reasons).unwrap_or_default()));
        let failure = failure.as_ref().map(|failure| {
            let (notes, hints) = (self.texts(&failure.notes), self.texts(&failure.hints));
            json!({ "code": failure.code.id(), "message": failure.message.get(self.language), "notes": notes, "hints": hints })
        });
        add(&mut out, "failure", json!(failure));
        add(&mut out, "upstream", upstream.iter().map(|node| self.node(node)).collect());
        add(&mut out, "grounds", grounds.iter().map(|ground| self.ground_json(ground)).collect());
        let assumption = assumption.as_ref().map(|believed| {
            let readers = believed.readers.iter().map(|(address, at)| json!({ "address": address, "place": place(at) }));
            let range = believed.range.map(|(low, high)| [low, high]);
            let drawn = believed.drawn.map(|drawn| json!({ "low": drawn.low, "high": drawn.high, "middle": drawn.is_middle }));
            json!({ "range": range, "uncertain": believed.is_uncertain, "drawn": drawn, "readers": readers.collect::<Vec<_>>() })
        });
        add(&mut out, "assumption", json!(assumption));
        add(&mut out, "assessment", json!(assessment.as_ref().map(|assessment| self.assessment_json(assessment))));
        Value::Object(out)
    }

    fn frame(self) -> Map<String, Value> {
        let mut out = Map::new();
        let lineage = |(name, title): &(String, String)| json!({ "name": name, "title": title });
        let mut scenario = self.lineage.first().map_or_else(|| json!({}), lineage);
        if let Some(scenario) = scenario.as_object_mut() {
            scenario.insert("extends".to_owned(), self.lineage.iter().skip(1).map(lineage).collect());
        }
        out.insert("plan".to_owned(), json!(self.projection.plan));
        out.insert("edition".to_owned(), json!(self.projection.edition));
        out.insert("scenario".to_owned(), scenario);
        out.insert("settings".to_owned(), json!(self.projection.settings));
        out
    }

    fn indicator_json(self) -> Value {
        let of = |own: &mitoshi_core::projection::IndicatorProjection| json!({ "id": own.id, "no": own.no, "title": own.title, "indicator": own.indicator, "department": own.department });
        self.indicator().map_or(Value::Null, of)
    }

    fn texts(self, texts: &[mitoshi_core::diagnostic::Text]) -> Vec<&str> {
        texts.iter().map(|text| text.get(self.language)).collect()
    }

    fn reading(self, reading: &Reading) -> Map<String, Value> {
        let mut out = Map::new();
        let mut add = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
        if !reading.name.is_empty() {
            add("name", json!(reading.name));
        }
        add("address", json!(reading.address));
        add("title", json!(reading.title.get(self.language)));
        add("value", json!(plain(reading.measure.value)));
        add("unit", json!(if reading.measure.is_ratio { "1" } else { reading.measure.unit.as_str() }));
        add("origin", origin(reading, self.projection.year_style, self.language));
        add("evidence", json!(reading.evidence.map(evidence_key)));
        add("basis", json!(reading.basis));
        out
    }

    fn calculation_json(self, calculation: &Calculation) -> Value {
        let inputs: Vec<Value> = calculation.inputs.iter().map(|input| Value::Object(self.reading(input))).collect();
        let steps: Vec<Value> = calculation.steps.iter().map(|(at, each)| step(at, each)).collect();
        let helpers = calculation.helpers.iter();
        let helpers: Vec<Value> =
            helpers.map(|helper| json!({ "name": helper.name, "place": place(&helper.place), "comment": helper.comment })).collect();
        json!({
            "function": calculation.function,
            "place": place(&calculation.place),
            "comment": calculation.comment,
            "inputs": inputs,
            "steps": steps,
            "complete": calculation.is_complete,
            "text": calculation.text,
            "helpers": helpers,
        })
    }

    fn node(self, node: &Node) -> Value {
        let mut out = self.reading(&node.reading);
        out.insert("repeated".to_owned(), json!(node.is_repeated));
        out.insert("deeper".to_owned(), json!(node.is_deeper));
        out.insert("below".to_owned(), node.below.iter().map(|node| self.node(node)).collect());
        Value::Object(out)
    }

    fn ground_json(self, ground: &Ground) -> Value {
        let mut out = self.reading(&ground.reading);
        out.insert("address".to_owned(), json!(ground.address));
        let years: Vec<String> = ground.years.iter().map(|year| year.write(self.projection.year_style)).collect();
        out.insert("years".to_owned(), json!(years));
        Value::Object(out)
    }

    fn assessment_json(self, own: &Assessment) -> Value {
        let proposals = own.proposals.iter().map(|proposal| {
            let (year, revision) = (proposal.year.write(self.projection.year_style), &proposal.revision);
            let (from, to) = (revision.from + 0.0, revision.to + 0.0);
            json!({ "year": year, "from": from, "to": to, "reason": revision.reason, "adopted": revision.adopted })
        });
        let bands = own.bands.iter().map(|band| json!({ "key": band.key, "from": band.from, "mark": band.mark, "word": band.word }));
        let original = own.original.as_ref().map(|(value, at)| json!({ "value": value, "place": place(at) }));
        let reviewer = own.reviewer.as_ref().map(|(function, at)| json!({ "function": function, "place": place(at) }));
        json!({
            "target": Value::Object(self.reading(&own.target)),
            "target_text": own.target_words,
            "original_target": original,
            "outcome": plain(own.outcome.measure.value),
            "achievement": plain(own.achievement.value),
            "original_achievement": plain(own.original_achievement),
            "plain_achievement": plain(own.plain),
            "met": own.met,
            "method": own.method.as_ref().map(|method| self.calculation_json(method)),
            "not_evaluable": self.texts(&own.not_evaluable),
            "grade": own.grade.and_then(|at| own.bands.get(at)).map(|band| band.key.as_str()),
            "grades": bands.collect::<Vec<_>>(),
            "grades_place": place(&own.bands_place),
            "goal": plain(own.goal),
            "revisions": proposals.collect::<Vec<_>>(),
            "reviewer": reviewer,
        })
    }
}

fn step(at: &Place, step: &Step) -> Value {
    let kind = match &step.kind {
        StepKind::Name(_) => "let",
        StepKind::Condition => "if",
        StepKind::Loop => "for",
        StepKind::Because(_) => "because",
        StepKind::Result => "result",
        StepKind::NotEvaluable => "not_evaluable",
    };
    let name = match &step.kind {
        StepKind::Name(name) => Some(name),
        _ => None,
    };
    let value = step.value.map(|known| match known {
        Known::Number(number) => json!(number + 0.0),
        Known::Truth(truth) => json!(truth),
    });
    json!({ "kind": kind, "place": place(at), "name": name, "written": step.written, "numbers": in_full(&step.words), "value": value })
}

/// The line with numbers in full, as the rule language would read it.
fn in_full(words: &[Word]) -> String {
    let mut out = String::new();
    for word in words {
        if word.apart && !out.is_empty() {
            out.push(' ');
        }
        match word.value {
            Some(Known::Number(number)) if number < 0.0 => out += &format!("({number:?})"),
            Some(Known::Number(number)) => out += &format!("{:?}", number + 0.0),
            Some(Known::Truth(truth)) => out += &truth.to_string(),
            None => out += &word.text,
        }
    }
    out
}

/// A line of a file; `line` is `null` for the command line and for a file as a whole.
pub(crate) fn place(place: &Place) -> Value {
    json!({ "file": place.path, "line": (place.line > 0).then_some(place.line) })
}

fn origin(reading: &Reading, style: YearStyle, language: Language) -> Value {
    let (kind, more) = match &reading.origin {
        Origin::Actual { provisional, source } => ("actual", json!({ "provisional": provisional, "source": source })),
        Origin::Pinned(who) => ("pinned", json!({ "by": by(who) })),
        Origin::Start => ("start", json!({})),
        Origin::Sheet => ("sheet", json!({})),
        Origin::Changed(who) => ("scenario", json!({ "by": by(who) })),
        Origin::Revised(year) => ("revised", json!({ "reviewed": year.write(style) })),
        Origin::Computed(function) => ("computed", json!({ "function": function })),
        Origin::Fact => ("fact", json!({})),
        Origin::Default => ("default", json!({})),
        Origin::Absent => ("absent", json!({})),
        Origin::Failed => ("failed", json!({})),
    };
    let mut out = Map::new();
    out.insert("kind".to_owned(), json!(kind));
    out.insert("place".to_owned(), json!(reading.place.as_ref().map(place)));
    out.insert("text".to_owned(), json!(super::words::first(reading, style, language)));
    if let Value::Object(more) = more {
        out.extend(more);
    }
    if let Some((value, at)) = &reading.instead_of {
        out.insert("instead_of".to_owned(), json!({ "value": value, "place": place(at) }));
    }
    Value::Object(out)
}

fn by(who: &Who) -> Value {
    match who {
        Who::Setting => json!("--set"),
        Who::Scenario(way) => way.iter().map(|(name, title)| json!({ "name": name, "title": title })).collect(),
    }
}

/// Without −0.
fn plain(number: Option<f64>) -> Option<f64> {
    number.map(|number| number + 0.0)
}
