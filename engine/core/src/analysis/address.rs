//! Addresses as people type them: `ID[.NAME][@YEAR]`.
//!
//! In: a pack and a text such as `arrears@R8`, `arrears.collected@R7`, `online_procedures.rate`,
//! `plan.price_growth`, `arrears.achievement`. Out: the quantity and the year, or one diagnostic with the
//! nearest known name (`UnknownAddress`, `BadYear`, `YearOutsidePlan`). What is typed is folded by
//! NFKC, so full-width signs do; on the command line an indicator's number or words of its name do too, where they fit
//! one only. `goal` is no quantity of a year and is refused with what to write.

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::pack::{PLAN, Pack, Sheet};
use crate::rule::signature::Quantity;
use crate::text;
use crate::year::Year;

/// Where a diagnostic about the command line points.
pub const TYPED: Span = Span { file: FileId::COMMAND_LINE, start: 0, end: 0 };

/// A quantity, in one year or in all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    /// The quantity.
    pub quantity: Quantity,
    /// The year; absent: whichever years the question is about.
    pub year: Option<Year>,
}

impl Address {
    /// As people write it.
    pub fn write(self, pack: &Pack) -> String {
        let name = self.quantity.address(pack);
        self.year.map_or_else(|| name.clone(), |year| format!("{name}@{}", pack.plan.write(year)))
    }
}

/// Reads an address that was typed on the command line.
///
/// # Errors
/// One diagnostic: names nothing, or a year that is none or outside the plan.
pub fn parse(pack: &Pack, text: &str) -> Result<Address, Box<Diagnostic>> {
    parse_at(pack, text, TYPED)
}

/// Reads an address that stands at `span`.
///
/// # Errors
/// As [`parse`].
pub fn parse_at(pack: &Pack, text: &str, span: Span) -> Result<Address, Box<Diagnostic>> {
    let folded: String = text.nfkc().collect();
    let (name, year) = match folded.split_once('@') {
        Some((name, year)) => (name.trim(), Some(self::year(pack, year.trim(), span)?)),
        None => (folded.trim(), None),
    };
    let name = if span == TYPED { without_no(name) } else { name };
    let (owner, name) = match name.split_once('.') {
        Some((owner, name)) => (owner.trim(), Some(name.trim())),
        None => (name, None),
    };
    let owner = if span == TYPED { id_of(pack, owner) } else { owner };
    let quantity = quantity(pack, owner, name, span)?;
    Ok(Address { quantity, year })
}

/// `17` for `No.17`.
fn without_no(name: &str) -> &str {
    let rest = name.get(..3).filter(|start| start.eq_ignore_ascii_case("no.")).and_then(|_| name.get(3..));
    rest.map(str::trim).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(name)
}

/// The id of the one indicator that is called so; else the words as they are.
fn id_of<'a>(pack: &'a Pack, owner: &'a str) -> &'a str {
    if pack.sheets.contains_key(owner) || owner == PLAN {
        return owner;
    }
    pack.called_alone(owner).and_then(|n| pack.sheets.get_index(n)).map_or(owner, |(id, _)| id.as_str())
}

/// Reads a plan year that stands at `span`.
///
/// # Errors
/// `BadYear`, `YearOutsidePlan`.
pub fn year(pack: &Pack, text: &str, span: Span) -> Result<Year, Box<Diagnostic>> {
    let plan = &pack.plan;
    let Some(year) = Year::parse(text) else {
        let message = text!("「{text}」は年度として読めません。", "`{text}` is not a year");
        let problem = Diagnostic::at(Code::BadYear, span, message);
        return Err(Box::new(problem.hint(text!("R6、令和6年度、2024年度、FY2024 のように書いてください。", "write R6, 2024 or FY2024"))));
    };
    if plan.years().any(|known| known == year) {
        return Ok(year);
    }
    let (written, first, last) = (plan.write(year), plan.write(plan.first), plan.write(plan.last));
    let message =
        text!("{written} は計画の年度（{first}から{last}まで）の外です。", "{written} is outside the plan's years, {first} to {last}");
    Err(Box::new(
        Diagnostic::at(Code::YearOutsidePlan, span, message).hint(text!("計画の年度に直してください。", "write a year of the plan")),
    ))
}

fn quantity(pack: &Pack, owner: &str, name: Option<&str>, span: Span) -> Result<Quantity, Box<Diagnostic>> {
    let found = match (pack.sheets.get_full(owner), name) {
        (Some((n, ..)), None) => Some(Quantity::Outcome(n)),
        (Some((n, _, sheet)), Some(name)) => of_sheet(n, sheet, name),
        (None, Some(name)) if owner == PLAN => pack.plan.assumptions.get_index_of(name).map(Quantity::Shared),
        (None, _) => None,
    };
    found.ok_or_else(|| Box::new(unknown(pack, owner, name, span)))
}

fn of_sheet(n: usize, sheet: &Sheet, name: &str) -> Option<Quantity> {
    match name {
        "target" => Some(Quantity::Target(n)),
        "achievement" => Some(Quantity::Achievement(n)),
        _ => {
            let auxiliary = sheet.auxiliaries.get_index_of(name).map(|k| Quantity::Auxiliary(n, k));
            auxiliary.or_else(|| sheet.assumptions.get_index_of(name).map(|k| Quantity::Assumption(n, k)))
        }
    }
}

fn unknown(pack: &Pack, owner: &str, name: Option<&str>, span: Span) -> Diagnostic {
    let sheet = pack.sheets.get(owner);
    let problem = |message: Text| Diagnostic::at(Code::UnknownAddress, span, message);
    match (sheet, name) {
        _ if owner.is_empty() || name == Some("") => problem(text!("何の値かが書かれていません。", "it does not say which quantity"))
            .hint(text!("指標、指標.補助量、指標.前提、指標@R8 のように書いてください。", "write ID, ID.NAME or ID@R8")),
        (Some(_), Some("goal")) => {
            problem(text!("goal は年度ごとの値ではないので、ここには書けません。", "`goal` is not a quantity of a year")).hint(text!(
                "最終年度の目標なら {owner}.target@{last} と書いてください。",
                "for the last year's target write {owner}.target@{last}",
                last = pack.plan.write(pack.plan.last)
            ))
        }
        (None, _) if owner != PLAN => unknown_owner(pack, owner, problem),
        (None, None) => problem(text!("plan だけでは何の値か分かりません。", "`plan` alone names no quantity"))
            .hint(text!("計画共通の前提は plan.名前 と書いてください。", "a shared assumption is written plan.NAME")),
        (sheet, Some(name)) => unknown_name(pack, owner, sheet, name, problem),
        (Some(_), None) => problem(text!("「{owner}」は読めません。", "`{owner}` cannot be read")),
    }
}

fn unknown_owner(pack: &Pack, owner: &str, problem: impl Fn(Text) -> Diagnostic) -> Diagnostic {
    let found = problem(text!("「{owner}」という指標はありません。", "there is no indicator `{owner}`"));
    let homes = homes(pack, owner);
    if homes.is_empty() {
        let which = text!(
            "個票（rules/ の .toml）の名前か、計画共通の前提なら plan を書いてください。",
            "write the name of a sheet (a .toml in rules/), or `plan` for a shared assumption"
        );
        let found = found.suggest(owner, pack.sheets.keys().map(String::as_str));
        if found.hints.is_empty() { found.hint(pack.ids_called(owner).unwrap_or(which)) } else { found }
    } else {
        elsewhere(found, owner, &homes)
    }
}

fn unknown_name(pack: &Pack, owner: &str, sheet: Option<&Sheet>, name: &str, problem: impl Fn(Text) -> Diagnostic) -> Diagnostic {
    let message = match sheet {
        Some(_) => text!("「{owner}」に「{name}」という補助量や前提はありません。", "`{owner}` has no auxiliary or assumption `{name}`"),
        None => text!("計画共通の前提に「{name}」はありません。", "there is no shared assumption `{name}`"),
    };
    let own = known_names(pack, sheet);
    let found = problem(message).suggest(name, own.iter().copied());
    let homes = homes(pack, name);
    if found.hints.is_empty() && !homes.is_empty() { elsewhere(found, name, &homes) } else { found.or_hint(choices(owner, &own)) }
}

/// What could be written instead.
fn choices(owner: &str, own: &[&str]) -> Text {
    let (ja, en) = (own.join("、"), own.join(", "));
    match own {
        [] => text!(
            "計画共通の前提は一つもありません。指標の前提なら 指標.前提 と書いてください。",
            "the plan has no shared assumption; an assumption of a sheet is written ID.NAME"
        ),
        _ => text!("「{owner}.」の後に書けるのは {ja} です。", "after `{owner}.` may stand {en}"),
    }
}

fn known_names<'p>(pack: &'p Pack, sheet: Option<&'p Sheet>) -> Vec<&'p str> {
    match sheet {
        Some(sheet) => {
            let own = sheet.auxiliaries.keys().chain(sheet.assumptions.keys()).map(String::as_str);
            own.chain(["target", "achievement"]).collect()
        }
        None => pack.plan.assumptions.keys().map(String::as_str).collect(),
    }
}

/// The addresses of the assumptions and auxiliaries of this name.
fn homes(pack: &Pack, name: &str) -> Vec<String> {
    let has = |sheet: &Sheet| sheet.assumptions.contains_key(name) || sheet.auxiliaries.contains_key(name);
    let shared = pack.plan.assumptions.contains_key(name).then_some(PLAN);
    let owners = pack.sheets.values().filter(|sheet| has(sheet)).map(|sheet| sheet.id.as_str()).chain(shared);
    owners.map(|owner| format!("{owner}.{name}")).collect()
}

fn elsewhere(problem: Diagnostic, name: &str, homes: &[String]) -> Diagnostic {
    let (ja, en) = (homes.join("、"), homes.join(", "));
    problem.hint(text!("「{name}」は {ja} にあります。そう書いてください。", "`{name}` is found at {en}: write that"))
}
