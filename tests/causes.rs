//! Causes on the reference plan: figures done by hand, and what leaves the house.

use mitoshi_core::analysis::without::without;
use mitoshi_core::year::Year;
use mitoshi_core::{Request, pack};

use crate::plan::{files, load, model, replace};
use crate::support::{Folder, files_below, read, repository, run, small_pack};

fn baseline() -> Request {
    Request { scenario: pack::BASELINE.to_owned(), ..Request::default() }
}

/// 未収債権額 R5: 426 − 47.3 = 378.7, and (434 − 378.7) / (434 − 380) = 55.3 / 54 = 1.0241. The actual keeps its own:
/// (434 − 426) / 54 = 0.1481.
#[test]
fn arrears_of_r5_without_the_earthquake() {
    let model = model();
    let cause = model.pack.causes.iter().find(|cause| cause.indicator.value == "arrears").unwrap();
    let effect = cause.effect.as_ref().unwrap().value;
    assert_eq!((effect, cause.year, cause.public), (47.3, Year(2023), false));
    let n = model.pack.sheets.get_index_of("arrears").unwrap();
    let trial = model.with_parts(&baseline(), |parts| without(parts, n, Year(2023), effect)).unwrap().unwrap();
    assert!((trial.value - 378.7).abs() < 1e-9, "{trial:?}");
    assert!((trial.achievement.unwrap() - 55.3 / 54.0).abs() < 1e-9, "{trial:?}");
    let cell = model.project(&baseline()).unwrap().projection;
    let cell = cell.cell("arrears", Year(2023)).unwrap();
    assert_eq!(cell.outcome, Some(426.0));
    assert!((cell.achievement.unwrap() - 8.0 / 54.0).abs() < 1e-12);
}

#[test]
fn there_is_no_trial_without_an_actual() {
    let model = model();
    let n = model.pack.sheets.get_index_of("arrears").unwrap();
    let in_r6 = model.with_parts(&baseline(), |parts| without(parts, n, Year(2024), 1.0)).unwrap();
    assert_eq!(in_r6, None);
    let early = Request { as_of: Some(Year(2022)), ..baseline() };
    assert_eq!(model.with_parts(&early, |parts| without(parts, n, Year(2023), 47.3)).unwrap(), None);
}

/// Recording a cause changes no number of the plan.
#[test]
fn a_cause_changes_no_projection() {
    let all = files();
    let without: Vec<_> = all.iter().filter(|file| file.path != "rules/causes.toml").cloned().collect();
    assert_eq!(all.len(), without.len() + 1);
    let numbers = |files| {
        let model = load(files);
        let projection = model.project(&baseline()).unwrap().projection;
        let cells =
            projection.indicators.iter().flat_map(|each| each.years.values().map(|cell| (cell.outcome, cell.target, cell.achievement)));
        cells.collect::<Vec<_>>()
    };
    assert_eq!(numbers(all), numbers(without));
}

/// The office's opinions and what is not marked public stay in the house.
#[test]
fn only_public_causes_are_published() {
    let town = Folder::new("public-causes");
    town.copy(&small_pack());
    let cause = |key: &str, title: &str, public: bool| {
        format!(
            "[[cause]]\nkey = \"{key}\"\nindicator = \"litter\"\nyear = \"R5\"\nside = \"external\"\ntitle = \"{title}\"\n\
             effect = 1\nbasis = \"根拠\"\nnote = \"秘密の覚え書き\"\npublic = {public}\n"
        )
    };
    town.write("rules/causes.toml", [cause("a", "台風8号", true), cause("b", "秘密の事情", false)].concat());
    town.write(
        "rules/opinions.toml",
        "[[opinion]]\nno = 1\nmeeting = \"推進本部\"\ndate = 2024-06-05\nindicators = [\"litter\"]\nopinion = \"秘密の意見\"\n",
    );
    let sheet = read(&town.path().join("rules/litter.toml"));
    town.write("rules/litter.toml", sheet.replace("no = 3\n", "no = 3\npublic = true\n"));
    let printed = run(town.path(), &["publish", "-o", "out"], &[]);
    assert!(printed.status.success(), "{}", String::from_utf8_lossy(&printed.stderr));
    let pages: Vec<String> = files_below(&town.path().join("out")).into_iter().filter(|name| name.ends_with(".html")).collect();
    let all: String = pages.iter().map(|name| read(&town.path().join("out").join(name))).collect();
    assert!(all.contains("台風8号の影響を除いた試算"), "{pages:?}");
    assert!(!all.contains("秘密"));
}

/// The progress report has the trial beside the actual, and says that it is one.
#[test]
fn the_progress_report_shows_both() {
    let printed = run(&repository(""), &["report", "progress", "--format", "md"], &[]);
    let page = String::from_utf8(printed.stdout).unwrap();
    let row = |name: &str| page.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}")).to_owned();
    assert!(row("能登半島地震の影響を除いた試算 ").contains("378.7"), "{page}");
    assert!(row("能登半島地震の影響を除いた試算の達成率").contains("102.4%"));
    assert!(page.contains("私たちの推計"));
}

/// A misspelt indicator of a cause is found with the pack, as in a sheet.
#[test]
fn causes_are_checked_with_the_pack() {
    let mut pack = files();
    replace(&mut pack, "rules/causes.toml", "indicator = \"arrears\"", "indicator = \"arrear\"");
    let problems = mitoshi_core::load(pack).diagnostics;
    assert!(problems.iter().any(|problem| problem.message.en.contains("no indicator `arrear`")), "{problems:?}");
}
