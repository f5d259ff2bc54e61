//! What may be typed after `mitoshi simulate`, and what it means.
//!
//! Every value that cannot be used is refused with a sentence and what to write instead (exit code 2).

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};
use mitoshi_core::analysis::simulate::Settings;
use mitoshi_core::columns::draws::spaced::Sampling;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;
use mitoshi_report::number::separate;

use super::super::{edition, project};
use crate::arguments::{choice, described, flag, word, words};
use crate::digits::whole_number;
use crate::refusal::Refusal;

/// The most draws of one run.
const MOST_DRAWS: u64 = 1_000_000_000;
/// The most threads.
const MOST_THREADS: u64 = 1_024;
/// The most quantiles.
const MOST_QUANTILES: usize = 20;

/// What was typed.
pub(super) struct Typed {
    /// Scenarios, `--set`, `--as-of`.
    pub(super) request: project::Typed,
    /// Draws, seed, quantiles, threads.
    pub(super) settings: Settings,
    /// Where the draws are written.
    pub(super) keep: Option<PathBuf>,
    /// Which quantities are written.
    pub(super) quantities: Vec<String>,
    /// Whether a file may be overwritten.
    pub(super) force: bool,
}

/// The arguments of the command.
pub(super) fn arguments(language: Language) -> Vec<Arg> {
    let valued = |name: &'static str, value: Text| Arg::new(name).long(name).value_name(value.get(language).to_owned());
    let scenario = Arg::new("scenario").action(ArgAction::Append).num_args(0..);
    let scenario = scenario.value_name(text!("シナリオ", "SCENARIO").get(language).to_owned());
    let number = || text!("数", "N");
    let quantity = text!("名前", "ADDRESS");
    let all = [
        (scenario, project::help_on_scenario()),
        (Arg::new("all").long("all").action(ArgAction::SetTrue).conflicts_with("scenario"), text!("すべてのシナリオ", "Every scenario")),
        (valued("draws", number()), text!("試行の回数（省略: 10000）", "How many draws (default: 10000)")),
        (
            valued("seed", number()),
            text!("乱数の種。同じ種なら同じ結果になる（省略: 1）", "Seed of the draws; the same seed gives the same result (default: 1)"),
        ),
        (
            choice("sampling", Sampling::ALL.iter().map(|(name, _)| *name)),
            text!(
                "試行の選び方。random: 一回ずつ独立に。latin: 各前提を回数だけの等しい確率の区間に分け、どこからも1回ずつ（ラテン超方格）。antithetic: 正反対の値を2回ずつ組に。latin では、同じ種でも回数を変えると試行が変わる（省略: random）",
                "How draws are chosen. random: each by itself; latin: one from each of N equally likely slices of every assumption (Latin hypercube); antithetic: in pairs of opposite values. With latin, another number of draws changes the draws, even with the same seed (default: random)"
            ),
        ),
        (
            valued("quantiles", text!("%,%,…", "%,%,…")),
            text!("示す分位点（省略: 10,50,90）", "The quantiles to show, in per cent (default: 10,50,90)"),
        ),
        (
            valued("threads", number()),
            text!("使うコアの数。結果は変わらない（省略: すべて）", "Cores to use; the result is the same (default: all)"),
        ),
        (
            valued("keep", text!("ファイル", "FILE")).value_parser(value_parser!(PathBuf)),
            text!("試行ごとの値を CSV で書き出す", "Write the draws themselves to a CSV file"),
        ),
        (
            valued("keep-quantity", quantity).action(ArgAction::Append).value_delimiter(',').requires("keep"),
            text!(
                "書き出す値。例: arrears@R8（省略: すべての指標の結果）",
                "What to write: arrears@R8, arrears.collected@R7 (default: every outcome)"
            ),
        ),
        (
            Arg::new("force").long("force").action(ArgAction::SetTrue).requires("keep"),
            text!("すでにあるファイルを上書きする", "Overwrite a file that exists"),
        ),
        (
            Arg::new("set").long("set").action(ArgAction::Append).value_name(text!("名前=値", "NAME=VALUE").get(language).to_owned()),
            project::help_on_set(),
        ),
        (valued("as-of", text!("年度", "YEAR")), project::help_on_as_of()),
        edition::argument(language),
    ];
    all.into_iter().map(|(argument, help)| described(argument, &help, language)).collect()
}

/// Makes sense of what was typed.
pub(super) fn read(matches: &ArgMatches) -> Result<Typed, Refusal> {
    let standard = Settings::default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = whole(matches, "threads", 1, MOST_THREADS)?;
    let draws = whole(matches, "draws", 1, MOST_DRAWS)?.unwrap_or(standard.draws);
    let settings = Settings {
        draws,
        seed: whole(matches, "seed", 0, u64::MAX)?.unwrap_or(standard.seed),
        sampling: sampling(matches, draws)?,
        shares: word(matches, "quantiles").map_or(Ok(standard.shares), |typed| quantiles(&typed))?,
        threads: threads.and_then(|threads| usize::try_from(threads).ok()).unwrap_or(cores),
        keep: Vec::new(),
    };
    Ok(Typed {
        request: project::Typed {
            scenarios: words(matches, "scenario"),
            all: flag(matches, "all"),
            settings: words(matches, "set"),
            as_of: word(matches, "as-of"),
            ..project::Typed::default()
        },
        settings,
        keep: matches.try_get_one::<PathBuf>("keep").ok().flatten().cloned(),
        quantities: words(matches, "keep-quantity"),
        force: flag(matches, "force"),
    })
}

/// How draws are spaced; antithetic ones come in pairs.
fn sampling(matches: &ArgMatches, draws: u64) -> Result<Sampling, Refusal> {
    let name = word(matches, "sampling");
    let found = Sampling::ALL.iter().find(|(known, _)| Some(*known) == name.as_deref()).map_or(Sampling::default(), |(_, found)| *found);
    if found == Sampling::Antithetic && !draws.is_multiple_of(2) {
        let more = draws + 1;
        let message = text!(
            "--sampling antithetic は2回を一組にするので、試行の回数 {draws} では一組に足りません。",
            "--sampling antithetic draws in pairs, and {draws} draws leave one alone"
        );
        return Err(Refusal::usage(message)
            .hint(text!("--draws {more} のように偶数にしてください。", "give an even number, such as --draws {more}")));
    }
    Ok(found)
}

/// A whole number between two bounds; thousands may be separated.
fn whole(matches: &ArgMatches, name: &str, least: u64, most: u64) -> Result<Option<u64>, Refusal> {
    let Some(typed) = word(matches, name) else { return Ok(None) };
    match whole_number(&typed).filter(|number| (least..=most).contains(number)) {
        Some(number) => Ok(Some(number)),
        None => {
            let message = text!("--{name} に「{typed}」は指定できません。", "--{name} cannot be `{typed}`");
            let (least, most) = (separate(&least.to_string()), separate(&most.to_string()));
            Err(Refusal::usage(message)
                .hint(text!("{least} から {most} までの整数を指定してください。", "give a whole number from {least} to {most}")))
        }
    }
}

/// `5,25,50` as shares, ascending, each once.
fn quantiles(typed: &str) -> Result<Vec<f64>, Refusal> {
    let one = |part: &str| {
        let number = part.trim().trim_end_matches(['%', '％']).parse::<f64>().ok();
        number.filter(|number| (0.0..=100.0).contains(number)).map(|percent| percent / 100.0)
    };
    let shares: Option<Vec<f64>> = typed.split([',', '、']).map(one).collect();
    match shares {
        Some(mut shares) if shares.len() <= MOST_QUANTILES => {
            shares.sort_by(f64::total_cmp);
            shares.dedup();
            Ok(shares)
        }
        _ => {
            let message = text!("--quantiles の「{typed}」は分位点として読めません。", "--quantiles cannot be `{typed}`");
            Err(Refusal::usage(message).hint(text!(
                "0 から 100 までの数を、コンマで区切って{MOST_QUANTILES}個まで指定してください（例: 5,25,50,75,95）。",
                "give up to {MOST_QUANTILES} numbers from 0 to 100, parted by commas, such as 5,25,50,75,95"
            )))
        }
    }
}
