//! What may be typed after `mitoshi report`, and what it means.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::analysis::simulate::Settings;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::Plan;
use mitoshi_core::year::{Year, YearStyle};
use mitoshi_core::{Model, Request, text};
use mitoshi_report::document::{Encoding, Format};
use mitoshi_report::reports::printing::Form;
use mitoshi_report::reports::{self, Report, Scenarios};

use super::super::study::{threads, whole};
use super::super::{edition, project};
use crate::arguments::{choice, common, described, flag, word, words};
use crate::refusal::Refusal;
use crate::session::Session;

/// The most draws behind a report.
const MOST_DRAWS: u64 = 100_000_000;

/// What was typed.
pub(super) enum Typed {
    /// `--list`.
    List,
    /// `--print-template`.
    Template(Format),
    /// A report.
    Make(Box<Asked>),
}

/// A report that was asked for.
pub(super) struct Asked {
    pub(super) report: &'static dyn Report,
    pub(super) target: Target,
    pub(super) era: Option<YearStyle>,
    pub(super) draws: Settings,
    request: project::Typed,
    year: Option<String>,
}

/// Where it goes, and how it is printed.
pub(super) struct Target {
    pub(super) form: Form,
    /// The file; absent: stdout.
    pub(super) file: Option<PathBuf>,
    /// True to replace what is there.
    pub(super) force: bool,
}

/// The arguments of the command.
pub(super) fn arguments(language: Language) -> Vec<Arg> {
    let valued = |name: &'static str, value: Text| Arg::new(name).long(name).value_name(value.get(language).to_owned());
    let report = Arg::new("report").value_name(text!("報告書", "NAME").get(language).to_owned()).required_unless_present("list");
    let scenario = valued("scenario", text!("シナリオ", "SCENARIO")).short('s').action(ArgAction::Append);
    let output = valued("output", text!("ファイル", "FILE")).short('o').value_parser(value_parser!(PathBuf));
    let all = [
        (report, text!("報告書の名前（一覧は --list）", "Name of the report (--list shows them all)")),
        (Arg::new("list").long("list").action(ArgAction::SetTrue).conflicts_with("report"), text!("報告書の一覧", "List the reports")),
        (scenario, project::help_on_scenario()),
        (
            output,
            text!("書き出すファイル。末尾（.html など）が形式を示す", "The file to write; its ending (.html and so on) says the format"),
        ),
        (
            Arg::new("force").long("force").action(ArgAction::SetTrue),
            text!("同じ名前のファイルがあれば置き換える", "Replace a file of the same name"),
        ),
        (
            Arg::new("print-template").long("print-template").action(ArgAction::SetTrue),
            text!(
                "差し替えられるテンプレートを示す（--format html か md。rules/reports/報告書.形式.j2 に置く）",
                "Print the template that may be replaced (--format html or md; it goes to rules/reports/NAME.FORMAT.j2)"
            ),
        ),
        (
            valued("year", text!("年度", "YEAR")),
            text!("対象年度（省略: 計画の actuals_until）", "The year under review (default: the plan's actuals_until)"),
        ),
        (
            choice("encoding", Encoding::ALL.iter().map(|encoding| encoding.name())),
            text!(
                "CSV の文字コード（省略: utf8、Excel がそのまま開ける BOM 付き）",
                "Encoding of CSV (default: utf8 with a byte order mark, which Excel opens)"
            ),
        ),
        (
            choice("era", ["wareki", "seireki", "both"]),
            text!(
                "年度の書き方: 令和6年度、2024年度、両方（省略: 計画のとおり）",
                "How years are written: 令和6年度, 2024, or both (default: as the plan does)"
            ),
        ),
        (valued("set", text!("名前=値", "NAME=VALUE")).action(ArgAction::Append), project::help_on_set()),
        (valued("as-of", text!("年度", "YEAR")), project::help_on_as_of()),
        edition::argument(language),
        (
            valued("draws", text!("数", "N")),
            text!("確率を示す報告書の試行の回数（省略: 10000）", "Draws behind a report that shows chances (default: 10000)"),
        ),
        (valued("seed", text!("数", "N")), text!("試行の乱数の種（省略: 1）", "Seed of the draws (default: 1)")),
        (
            valued("threads", text!("数", "N")),
            text!("使うコアの数。結果は変わらない（省略: すべて）", "Cores to use; the result is the same (default: all)"),
        ),
    ];
    let format = text!("出力の形式（省略: table、-o があればその末尾）", "Format (default: table, or what the ending of -o says)");
    let format = common(choice("format", Form::names()).global(true), &format, language);
    all.into_iter().map(|(argument, help)| described(argument, &help, language)).chain([format]).collect()
}

impl Typed {
    pub(super) fn read(typed: &ArgMatches, session: &Session) -> Result<Self, Refusal> {
        let Some(name) = word(typed, "report") else { return Ok(Self::List) };
        let report = reports::find(&name).ok_or_else(|| unknown(&name))?;
        if flag(typed, "print-template") {
            return Ok(Self::Template(if word(typed, "format").is_some() { session.format } else { Format::Html }));
        }
        let request = project::Typed {
            scenarios: words(typed, "scenario"),
            settings: words(typed, "set"),
            as_of: word(typed, "as-of"),
            ..project::Typed::default()
        };
        let draws = Settings {
            draws: whole(typed, "draws", 1..=MOST_DRAWS)?.unwrap_or(Settings::default().draws),
            seed: whole(typed, "seed", 0..=u64::MAX)?.unwrap_or(Settings::default().seed),
            threads: threads(typed)?,
            ..reports::settings()
        };
        Ok(Self::Make(Box::new(Asked {
            report,
            target: target(typed, session)?,
            era: word(typed, "era").map(|era| era_of(&era, session.language)),
            draws,
            request,
            year: word(typed, "year"),
        })))
    }
}

/// The sheets as they stand.
fn is_baseline(request: &Request) -> bool {
    request.scenario == project::BASELINE && request.settings.is_empty()
}

fn about_one(report: &dyn Report) -> Refusal {
    let (ja, en) = (report.title().ja, report.title().en);
    Refusal::usage(text!("{ja}は一つのシナリオについて作ります。", "a report of this kind ({en}) is about one scenario")).hint(text!(
        "-s を一つにしてください。シナリオを並べるには `mitoshi report comparison` を使います。",
        "give -s once; `mitoshi report comparison` stands scenarios side by side"
    ))
}

fn nothing_to_compare() -> Refusal {
    Refusal::usage(text!("比べるシナリオがありません。", "there is nothing to compare with")).hint(text!(
        "`-s outsourcing_expanded` のように比べるシナリオを指定してください。一覧は `mitoshi list scenarios` です。",
        "name a scenario, as in `-s outsourcing_expanded`; `mitoshi list scenarios` shows them all"
    ))
}

fn unknown(name: &str) -> Refusal {
    let names: Vec<&str> = reports::ALL.iter().map(|report| report.name()).collect();
    let all = names.join("、");
    let message = text!("「{name}」という報告書はありません。", "there is no report `{name}`");
    Refusal::usage(message).suggest(name, names.iter().copied()).hint(text!(
        "報告書は {all} です。説明は `mitoshi report --list` で確かめられます。",
        "the reports are {en}; `mitoshi report --list` says what they are for",
        en = names.join(", ")
    ))
}

fn era_of(era: &str, language: Language) -> YearStyle {
    match (era, language) {
        ("wareki", _) => YearStyle::Era,
        ("both", _) => YearStyle::Both,
        (_, Language::Japanese) => YearStyle::WesternNendo,
        (_, Language::English) => YearStyle::Fy,
    }
}

fn target(typed: &ArgMatches, session: &Session) -> Result<Target, Refusal> {
    let encoding = word(typed, "encoding").and_then(|name| Encoding::from_name(&name));
    let chosen = word(typed, "format").and_then(|name| Form::from_name(&name, encoding.unwrap_or_default()));
    let path = typed.try_get_one::<PathBuf>("output").ok().flatten();
    let form = match (chosen, path) {
        (Some(form), _) => form,
        (None, Some(path)) => form_of(path, encoding.unwrap_or_default())?,
        (None, None) => Form::Text(session.format, encoding.unwrap_or_default()),
    };
    if encoding.is_some() && !matches!(form, Form::Text(Format::Csv, _)) {
        return Err(Refusal::usage(text!("--encoding は CSV のためのものです。", "--encoding is for CSV"))
            .hint(text!("--format csv と一緒に使ってください。", "use it with --format csv")));
    }
    if path.is_none() && (form == Form::Workbook || encoding == Some(Encoding::Sjis)) {
        return Err(Refusal::usage(text!("この形式は画面には出せません。", "this format cannot be shown on a screen"))
            .hint(text!("書き出すファイルを -o で指定してください。", "name a file with -o")));
    }
    let force = flag(typed, "force");
    if path.is_none() && force {
        return Err(Refusal::usage(text!("--force は -o と一緒に使います。", "--force goes with -o"))
            .hint(text!("書き出すファイルを -o で指定してください。", "name a file with -o")));
    }
    Ok(Target { form, file: path.map(|path| session.below(path)), force })
}

/// What a file's ending stands for.
fn form_of(path: &Path, encoding: Encoding) -> Result<Form, Refusal> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let named = match ending.as_str() {
        "txt" => Some(Form::Text(Format::Table, encoding)),
        "htm" => Some(Form::Text(Format::Html, encoding)),
        "table" => None,
        other => Form::from_name(other, encoding),
    };
    named.ok_or_else(|| {
        let path = path.display();
        Refusal::usage(text!(
            "{path} の末尾からは、書き出す形式が分かりません。",
            "the ending of {path} does not say which format to write"
        ))
        .hint(text!(
            "末尾を .html、.xlsx、.md、.csv、.json、.txt のどれかにするか、--format を付けてください。",
            "end the name in .html, .xlsx, .md, .csv, .json or .txt, or add --format"
        ))
    })
}

impl Asked {
    /// What is to be projected: the baseline where no scenario is named. A report that compares has the
    /// baseline first, unless it is named.
    pub(super) fn requests(&self, model: &Model, language: Language) -> Result<Vec<Request>, Refusal> {
        let mut requests = self.request.requests(model, language)?;
        let wanted = self.report.needs().scenarios;
        match requests.as_slice() {
            [_, _, ..] if wanted == Scenarios::One => Err(about_one(self.report)),
            [one] if wanted == Scenarios::BesideBaseline && is_baseline(one) => Err(nothing_to_compare()),
            [first, ..] if wanted == Scenarios::BesideBaseline && !requests.iter().any(is_baseline) => {
                let base = Request { scenario: project::BASELINE.to_owned(), settings: Vec::new(), ..first.clone() };
                requests.insert(0, base);
                Ok(requests)
            }
            _ => Ok(requests),
        }
    }

    /// The year under review: one of the plan, up to the last with actuals.
    pub(super) fn year(&self, plan: &Plan, _language: Language) -> Result<Year, Refusal> {
        let last = self.request.as_of.as_deref().and_then(Year::parse).unwrap_or(plan.actuals_until);
        let Some(written) = &self.year else { return Ok(last) };
        let year = Year::parse(written).filter(|year| (plan.first..=last).contains(year));
        year.ok_or_else(|| {
            let (first, last) = (plan.first.write(plan.year_style), last.write(plan.year_style));
            Refusal::usage(text!("--year の「{written}」は対象年度にできません。", "`{written}` (--year) cannot be the year under review"))
                .hint(text!(
                    "実績のある {first} から {last} までの年度を指定してください。",
                    "give a year with actuals, from {first} to {last}"
                ))
        })
    }
}
