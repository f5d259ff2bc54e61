//! What is said of units that do not fit: both units, the expression, and what would make them fit.
//!
//! A unit is written as a sheet writes it where one of the function's inputs or its result has it, otherwise in words
//! of our own.

use super::cause::Group;
use super::declared::{Declared, Units};
use super::follow::{Deed, Misfit};
use super::unit::Unit;
use super::value::{Reading, Value};
use super::{Found, Job, written};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::pack::{Pack, Sheet};
use crate::rule::signature::Role;
use crate::text;

/// Places that are named where one cause has several.
const MAX_PLACES: usize = 5;

/// The warning for a group of misfits.
pub(super) fn diagnostic(group: &Group<'_>, pack: &Pack) -> Diagnostic {
    let Some(first) = group.found.first() else { return Diagnostic::new(Code::UnitsDiffer, Text::same("")) };
    let Found { job, misfit } = first;
    let words = Words { job, pack };
    let mut problem = Diagnostic::at(code(misfit), misfit.span, words.sentence(misfit));
    problem = labels(problem, group, misfit, &words);
    problem = way_here(problem, job, misfit, pack);
    problem = others(problem, group, pack);
    let without = words.without_unit();
    if !without.is_empty() {
        let names = without.join(", ");
        problem = problem.note(text!("単位の書かれていない前提: {names}", "assumptions without a unit: {names}"));
    }
    problem.hint(match &group.cause {
        Some((declared, unit)) => words.instead(*declared, unit),
        None => words.cure(misfit),
    })
}

fn code(misfit: &Misfit) -> Code {
    match misfit.deed {
        Deed::Plain => Code::UnitInFunction,
        _ if misfit.is_scale => Code::ScalesDiffer,
        Deed::Returned => Code::UnitOfResult,
        _ => Code::UnitsDiffer,
    }
}

/// The two sides with their units; a result with the place where the sheet says what it must be.
fn labels(problem: Diagnostic, group: &Group<'_>, misfit: &Misfit, words: &Words<'_>) -> Diagnostic {
    let (left, right) = (words.unit(&misfit.left.1.unit), words.unit(&misfit.right.1.unit));
    match misfit.deed {
        Deed::Plain => mark(problem, misfit, misfit.left.0, left),
        Deed::Returned => {
            let problem = problem.remark(left);
            let declared = Units { pack: words.pack, instead: None }.result(words.job.bound.role, words.job.binding.indicator).1;
            let is_cause = |declared: &Declared| group.cause.as_ref().is_some_and(|(cause, _)| cause == declared);
            match declared.filter(|declared| !is_cause(declared)).and_then(|declared| declared.span(words.pack)) {
                Some(span) => problem.label(span, right),
                None => problem,
            }
        }
        _ => mark(mark(problem, misfit, misfit.left.0, left), misfit, misfit.right.0, right),
    }
}

fn mark(problem: Diagnostic, misfit: &Misfit, span: Span, unit: Text) -> Diagnostic {
    if span == misfit.span { problem.remark(unit) } else { problem.label(span, unit) }
}

/// The calls that led to a helper, and the sheet that uses a function of the library.
fn way_here(mut problem: Diagnostic, job: &Job<'_>, misfit: &Misfit, pack: &Pack) -> Diagnostic {
    for call in &misfit.calls {
        problem = problem.label(*call, text!("ここから呼ばれています", "called from here"));
    }
    let sheet = pack.sheets.get_index(job.binding.indicator).map(|(_, sheet)| sheet);
    let named = match job.bound.role {
        Role::Achieve => sheet.and_then(|sheet| sheet.achieve.as_ref()),
        Role::Revise => sheet.and_then(|sheet| sheet.revise.as_ref()),
        _ => None,
    };
    match named {
        Some(named) => problem.label(named.span, text!("この個票で使われています", "used by this sheet")),
        None => problem,
    }
}

/// Where else it does not fit for the same reason.
fn others(mut problem: Diagnostic, group: &Group<'_>, pack: &Pack) -> Diagnostic {
    let more = group.found.len() - 1;
    if more == 0 {
        return problem;
    }
    if let Some(span) = group.cause.as_ref().and_then(|(cause, _)| cause.span(pack)) {
        problem =
            problem.label(span, text!("この単位を直せば、ほかの{more}か所も合います", "with another unit here, {more} more would fit too"));
    }
    let mut places: Vec<String> = match &group.cause {
        Some(_) => group.found[1..].iter().map(|one| pack.sources.place(one.misfit.span)).collect(),
        None => group.found[1..].iter().map(|one| id(one.job, pack).to_owned()).collect(),
    };
    places.dedup();
    let left_out = places.len().saturating_sub(MAX_PLACES);
    places.truncate(MAX_PLACES);
    let list = places.join(", ");
    let (ja, en) = if left_out > 0 { (format!(" ほか{left_out}"), format!(" and {left_out} more")) } else { Default::default() };
    problem.note(match &group.cause {
        Some(_) => text!("同じ理由で合わないところ: {list}{ja}", "for the same reason these do not fit: {list}{en}"),
        None => text!("次の個票でも合いません: {list}{ja}", "it does not fit in these sheets either: {list}{en}"),
    })
}

fn id<'a>(job: &Job<'_>, pack: &'a Pack) -> &'a str {
    sheet(job, pack).map_or("", |sheet| sheet.id.as_str())
}

fn sheet<'a>(job: &Job<'_>, pack: &'a Pack) -> Option<&'a Sheet> {
    pack.sheets.get_index(job.binding.indicator).map(|(_, sheet)| sheet)
}

/// What would make two units one.
pub(super) fn same_unit(must: &Reading, found: &Reading) -> Text {
    if must.unit.measures_as(&found.unit) {
        let Text { ja, en } = scaled(found.unit.scale - must.unit.scale);
        let en = en.replacen("it", "the assumption", 1);
        return text!(
            "前提の数{ja}、同じ単位にしてください。単位の書き違いなら、どちらかの unit を直してください。",
            "{en} to make the units one, or correct one of the units if it is a slip of the pen"
        );
    }
    text!("どちらかの unit を直してください。", "correct one of the units")
}

/// A number and a power of ten: `に 100 を掛けて`, `multiply it by 100`.
fn scaled(scale: i32) -> Text {
    let number = match scale.unsigned_abs() {
        tens @ 1..=12 => format!("1{}", "0".repeat(tens as usize)),
        tens => format!("10^{tens}"),
    };
    if scale > 0 {
        text!("に {number} を掛けて", "multiply it by {number}")
    } else {
        text!("を {number} で割って", "divide it by {number}")
    }
}

/// How units are written for one function.
struct Words<'a> {
    job: &'a Job<'a>,
    pack: &'a Pack,
}

impl Words<'_> {
    /// A unit as a sheet writes it, or in our own words.
    fn unit(&self, unit: &Unit) -> Text {
        let units = Units { pack: self.pack, instead: None };
        let (_, result) = units.result(self.job.bound.role, self.job.binding.indicator);
        let inputs = self.job.bound.inputs.iter().filter_map(|input| Declared::of(input.meaning, self.job.binding.indicator));
        let same = |declared: &Declared| units.declared(*declared).shown().is_some_and(|reading| reading.unit == *unit);
        let written = result.into_iter().chain(inputs).filter(same).find_map(|declared| declared.text(self.pack));
        written.filter(|text| !text.is_empty()).map_or_else(|| written::show(unit), Text::same)
    }

    /// A unit in a sentence: 「件」; in English `a number in 件`, or `a ratio`.
    fn number_in(&self, unit: &Unit) -> Text {
        let Text { ja, en } = self.unit(unit);
        let en = match unit {
            plain if *plain == Unit::ratio() => "a ratio".to_owned(),
            years if *years == Unit::years() => "a number of years".to_owned(),
            point if point.is_point => "a fiscal year".to_owned(),
            _ => format!("a number in {en}"),
        };
        Text { ja: format!("「{ja}」"), en }
    }

    fn sentence(&self, misfit: &Misfit) -> Text {
        let (id, function) = (id(self.job, self.pack), &self.job.bound.function);
        let (left, right) = (self.number_in(&misfit.left.1.unit), self.number_in(&misfit.right.1.unit));
        let (Text { ja: one_ja, en: one_en }, Text { ja: other_ja, en: other_en }) = (left, right);
        match misfit.deed {
            Deed::Added => text!(
                "{id} の {function} で、単位の違う数が足し引きされています（{one_ja}と{other_ja}）。",
                "`{function}` of {id} adds or subtracts {one_en} and {other_en}"
            ),
            Deed::Compared => text!(
                "{id} の {function} で、単位の違う数が比べられています（{one_ja}と{other_ja}）。",
                "`{function}` of {id} compares {one_en} with {other_en}"
            ),
            Deed::Chosen => text!(
                "{id} の {function} で、どちらを取るかによって単位が変わります（{one_ja}と{other_ja}）。",
                "in `{function}` of {id} this is either {one_en} or {other_en}"
            ),
            Deed::Returned => text!(
                "{id} の {function} は{other_ja}の数を返すはずですが、この式は{one_ja}になります。",
                "`{function}` of {id} must return {other_en}, but this is {one_en}"
            ),
            Deed::Plain => text!(
                "{id} の {function} で、割合でなければならないところに{one_ja}の数が使われています。",
                "`{function}` of {id} uses {one_en} where it must be a ratio"
            ),
        }
    }

    /// Another unit in a sheet, with which everything would fit.
    fn instead(&self, declared: Declared, unit: &Unit) -> Text {
        let (address, written) = (declared.address(self.pack), declared.text(self.pack).unwrap_or_default());
        let Text { ja, en } = self.unit(unit);
        text!(
            "{address} の単位が「{written}」でなく「{ja}」なら、すべて合います。個票の unit を確かめてください。",
            "everything would fit if the unit of {address} were `{en}`, not `{written}`: check the `unit` in its sheet"
        )
    }

    /// What would make the units fit.
    fn cure(&self, misfit: &Misfit) -> Text {
        let (left, right) = (&misfit.left.1.unit, &misfit.right.1.unit);
        let (must, found) = if matches!(misfit.deed, Deed::Returned | Deed::Plain) { (right, left) } else { (left, right) };
        let Text { ja, en } = self.number_in(found);
        let (must_ja, must_en) = (self.number_in(must).ja, self.unit(must).en);
        if misfit.is_scale {
            let deed = scaled(found.scale - must.scale);
            let (deed_ja, deed_en) = (deed.ja, deed.en.replacen("it", &en, 1));
            return text!(
                "{ja}の数{deed_ja}、{must_ja}にそろえてください。単位の書き違いなら、個票の unit を直してください。",
                "{deed_en} to make it {must_en}; if a unit is a slip of the pen, correct it in the sheet"
            );
        }
        if must.is_point || found.is_point {
            return text!(
                "年度どうしの引き算は年数になります。年数と年度を取り違えていないか確かめてください。",
                "a fiscal year less another is a number of years: see that the two are not confused"
            );
        }
        if misfit.deed == Deed::Plain || self.job.bound.role == Role::Achieve {
            return text!(
                "同じ単位の数で割って、割合にしてください。単位の書き違いなら、個票の unit を直してください。",
                "divide it by a number in the same unit to make it a ratio; if a unit is a slip of the pen, correct it in the sheet"
            );
        }
        let factor = must.times(found, -1).unwrap_or_default();
        let Text { ja: by_ja, en: by_en } = self.factor(&factor);
        text!(
            "{ja}の数を{must_ja}にするには、{by_ja}。掛け算と割り算の取り違えや、個票の unit の書き違いがないか確かめてください。",
            "{by_en} to make {en} one in {must_en}; look for `*` in place of `/`, or for a slip of the pen in a sheet's `unit`"
        )
    }

    /// What a number is multiplied or divided by.
    fn factor(&self, unit: &Unit) -> Text {
        if *unit == Unit::years() {
            return text!("年数を掛けます", "multiply by a number of years");
        }
        if unit.times(&Unit::years(), 1) == Some(Unit::ratio()) {
            return text!("年数で割ります", "divide by a number of years");
        }
        let Text { ja, en } = self.number_in(unit);
        text!("{ja}の数を掛けます", "multiply by {en}")
    }

    /// The inputs that are assumptions or auxiliaries without a unit.
    fn without_unit(&self) -> Vec<&str> {
        let units = Units { pack: self.pack, instead: None };
        let is_without = |meaning| Declared::of(meaning, self.job.binding.indicator).is_some_and(|d| units.declared(d) == Value::number());
        self.job.bound.inputs.iter().filter(|input| is_without(input.meaning)).map(|input| input.name.as_str()).collect()
    }
}
