//! The options of `mitoshi new`: one list, from which arguments, questions and refusals come.

use clap::{Arg, ArgAction, ArgMatches};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use super::option;
use crate::refusal::Refusal;

/// What somebody may say of a new indicator or scenario.
pub(super) struct Wanted {
    /// The option.
    pub(super) name: &'static str,
    /// For what it can be given.
    pub(super) of: &'static [&'static str],
    /// What stands after it.
    value: (&'static str, &'static str),
    /// Whether it may be given several times.
    several: bool,
    /// What it means.
    help: (&'static str, &'static str),
}

const INDICATOR: &[&str] = &["indicator"];

const fn one(
    name: &'static str,
    of: &'static [&'static str],
    value: (&'static str, &'static str),
    help: (&'static str, &'static str),
) -> Wanted {
    Wanted { name, of, value, several: false, help }
}

const fn many(
    name: &'static str,
    of: &'static [&'static str],
    value: (&'static str, &'static str),
    help: (&'static str, &'static str),
) -> Wanted {
    Wanted { name, of, value, several: true, help }
}

/// Every option, in the order of the help and of the questions.
pub(super) const ALL: &[Wanted] = &[
    one("title", &["indicator", "scenario"], ("名称", "TITLE"), ("取組やシナリオの名称", "Title of the measure or the scenario")),
    one("indicator", INDICATOR, ("名称", "NAME"), ("指標の名称（省略: --title と同じ）", "The indicator's name (default: as --title)")),
    one("unit", INDICATOR, ("単位", "UNIT"), ("指標の単位", "The indicator's unit")),
    one(
        "kind",
        INDICATOR,
        ("種類", "KIND"),
        (
            "指標の種類: cumulative 累計、annual 単年度、level 残高・水準、rate 率、milestone 実施の有無",
            "Kind: cumulative, annual, level, rate or milestone",
        ),
    ),
    one(
        "better",
        INDICATOR,
        ("向き", "WAY"),
        ("良い向き: higher 多いほど良い、lower 少ないほど良い、within 以内", "Which way is good: higher, lower or within"),
    ),
    one("department", INDICATOR, ("課", "DEPARTMENT"), ("担当課", "The department")),
    one("strategy", INDICATOR, ("キー", "KEY"), ("取組戦略（plan.toml の key）", "The strategy (a key of plan.toml)")),
    one("no", INDICATOR, ("番号", "NUMBER"), ("取組の番号（省略: 次の番号）", "Number of the measure (default: the next)")),
    one("decimals", INDICATOR, ("桁数", "DIGITS"), ("表示する小数の桁数（省略: 0）", "Decimals shown (default: 0)")),
    one("baseline", INDICATOR, ("年度=値", "YEAR=VALUE"), ("指標の基準値。例: R3=434", "The indicator's baseline, such as R3=434")),
    many(
        "actual",
        INDICATOR,
        ("年度=値", "YEAR=VALUE"),
        (
            "指標の実績。例: R5=426（何度でも。尋ねられたら空白で区切る）",
            "An actual, such as R5=426 (repeatable; when asked, parted by spaces)",
        ),
    ),
    many(
        "target",
        INDICATOR,
        ("年度=値", "YEAR=VALUE"),
        (
            "指標の目標。例: R8=300（何度でも。尋ねられたら空白で区切る）",
            "A target, such as R8=300 (repeatable; when asked, parted by spaces)",
        ),
    ),
    many(
        "extends",
        &["scenario"],
        ("シナリオ", "SCENARIO"),
        ("引き継ぐシナリオ（省略: baseline）", "The scenario it starts from (default: baseline)"),
    ),
    one("note", &["scenario"], ("説明", "NOTE"), ("シナリオの説明", "A note on the scenario")),
];

impl Wanted {
    /// The option of this name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|option| option.name == name)
    }

    /// What it means.
    pub(super) fn help(&self) -> Text {
        Text { ja: self.help.0.to_owned(), en: self.help.1.to_owned() }
    }

    /// As clap reads it, under the heading of what it is for.
    pub(super) fn argument(&self, language: Language) -> Arg {
        let value = Text { ja: self.value.0.to_owned(), en: self.value.1.to_owned() };
        let argument = option(self.name).value_name(value.get(language).to_owned());
        let argument = if self.several { argument.action(ArgAction::Append) } else { argument };
        let heading =
            text!("指標とシナリオのオプション（端末で省くと尋ねます）", "Options of an indicator or a scenario (asked for on a terminal)");
        argument.help(self.help().get(language).to_owned()).help_heading(heading.get(language).to_owned())
    }
}

/// An option that says nothing of what is to be made is a mistake.
pub(super) fn refuse_strangers(typed: &ArgMatches, what: &str) -> Result<(), Refusal> {
    let is_typed = |name: &str| typed.value_source(name).is_some();
    match ALL.iter().find(|option| !option.of.contains(&what) && is_typed(option.name)) {
        None => Ok(()),
        Some(stranger) => {
            let (name, of) = (stranger.name, stranger.of.join(" / "));
            Err(Refusal::usage(text!("--{name} は new {what} では使えません。", "--{name} has no meaning for `new {what}`"))
                .hint(text!("使えるのは new {of} です。", "it belongs to `new {of}`")))
        }
    }
}
