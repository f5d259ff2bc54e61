//! Every chart with the numbers of the reference plan, as files to look at: `target/gallery/*.svg` and a page.
//!
//! `cargo run -p mitoshi-report --example gallery [ja|en]`, at the repository's root.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "an example reads, writes and says where")]

use std::error::Error;
use std::path::Path;

use mitoshi_core::analysis::network::Level;
use mitoshi_core::analysis::{network, sensitivity, simulate, sweep};
use mitoshi_core::diagnostic::{Diagnostic, Language};
use mitoshi_core::{Model, Request, load};
use mitoshi_report::chart::waterfall::{Amount, Waterfall, WaterfallRow};
use mitoshi_report::chart::{Chart, svg};
use mitoshi_report::document::{Figure, Table, Tone};
use mitoshi_report::figures;
use mitoshi_store::read_pack;

/// The quantiles of the fans.
const SHARES: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

fn main() -> Result<(), Box<dyn Error>> {
    let language = if std::env::args().nth(1).as_deref() == Some("en") { Language::English } else { Language::Japanese };
    let files = read_pack(Path::new(".")).map_err(|_| "the repository's root has no plan")?;
    let model = load(files).model.ok_or("the plan has errors")?;
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let figures = model.with_parts(&request, |parts| all(&model, &request, parts, language)).map_err(said)??;
    write(&figures, Path::new("target/gallery"))
}

fn said(problems: Vec<Diagnostic>) -> String {
    problems.iter().map(|problem| problem.message.en.clone()).collect()
}

fn all(model: &Model, request: &Request, parts: mitoshi_core::analysis::Parts<'_>, language: Language) -> Result<Vec<Figure>, String> {
    let projection = model.project(request).map_err(said)?.projection;
    let settings = simulate::Settings { draws: 2000, shares: SHARES.to_vec(), ..simulate::Settings::default() };
    let simulation = simulate::simulate(vec![(parts, projection.clone())], &settings, &(), &mut |_| {});
    let fan = simulation.scenarios.first().map(|simulated| (simulated, &SHARES[..]));
    let last = *projection.years.last().ok_or("a plan without years")?;
    let mut found: Vec<Figure> =
        projection.indicators.iter().map(|indicator| figures::trend(&projection, indicator, &model.pack, fan, language)).collect();
    found.extend(projection.projected_years().map(|year| figures::achievements(&projection, year, language)));
    for of in ["furusato_donations@R8", "arrears@R8", "ordinary_balance_ratio@R8"] {
        let question =
            sensitivity::Question { method: sensitivity::Method::Tornado, of: vec![of.to_owned()], draws: 1, seed: 1, threads: 1 };
        let sensitivity = sensitivity::run(parts, &question, &[], &()).map_err(said)?;
        found.extend(figures::tornado(&sensitivity, 0, 12, language));
    }
    let by = ["collection_rate.effort=0..8:1", "arrears.extra=-75..75:25"].map(str::to_owned);
    let plan = sweep::grid(parts.schedule, &by).map_err(said)?;
    let of = ["arrears@R8", "arrears.achievement@R8"].map(str::to_owned);
    found.extend(figures::sweep(&sweep::run(parts, plan, &of, &[], 1, &()).map_err(said)?, 0, language));
    found.extend(projection.indicators.iter().filter(|indicator| indicator.id == "arrears").map(|indicator| bridge(indicator)));
    for level in Level::ALL {
        let chosen = (0..model.pack.sheets.len()).collect();
        found.push(figures::network(&network::of(parts, level, &chosen), &projection, &model.pack, last, language));
    }
    Ok(found)
}

/// From the last actual to the last outcome, year by year.
fn bridge(indicator: &mitoshi_core::projection::IndicatorProjection) -> Figure {
    let outcomes: Vec<(String, f64)> =
        indicator.years.iter().skip(1).filter_map(|(year, cell)| Some((year.0.to_string(), cell.outcome?))).collect();
    let total =
        |(label, value): &(String, f64)| WaterfallRow { label: label.clone(), amount: Amount::Total(Some(*value)), tone: Tone::Plain };
    let steps = outcomes.windows(2).map(|pair| {
        let change = (pair[1].1 - pair[0].1) * indicator.better.direction();
        let tone = if change >= 0.0 { Tone::Good } else { Tone::Bad };
        WaterfallRow { label: format!("{} → {}", pair[0].0, pair[1].0), amount: Amount::Change(Some(pair[1].1 - pair[0].1)), tone }
    });
    let rows = outcomes.first().map(total).into_iter().chain(steps).chain(outcomes.last().map(total)).collect();
    let waterfall = Waterfall { unit: indicator.unit.clone(), decimals: usize::from(indicator.decimals), rows };
    let id = format!("bridge-{}", indicator.no);
    let (title, description) = (indicator.indicator.clone(), String::new());
    Figure { id, title, description, chart: Chart::Waterfall(waterfall), table: Table::default() }
}

fn write(figures: &[Figure], folder: &Path) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let mut page = String::from("<!doctype html><meta charset=\"utf-8\"><title>gallery</title>\n");
    for figure in figures {
        let drawing = svg(figure);
        std::fs::write(folder.join(format!("{}.svg", figure.id)), &drawing)?;
        page += &format!("<h2>{}</h2>\n{drawing}\n<p>{}</p>\n", figure.id, figure.description);
    }
    std::fs::write(folder.join("index.html"), page)?;
    println!("{} charts in {}", figures.len(), folder.display());
    Ok(())
}
