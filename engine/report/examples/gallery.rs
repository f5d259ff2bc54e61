//! Every chart with the numbers of the reference plan, as files to look at: `target/gallery/*.svg` and a page.
//!
//! `cargo run -p mitoshi-report --example gallery [ja|en]`, at the repository's root.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "an example reads, writes and says where")]

use std::error::Error;
use std::path::Path;

use mitoshi_core::analysis::network::Level;
use mitoshi_core::analysis::{Parts, network, sensitivity, simulate, sweep};
use mitoshi_core::diagnostic::{Diagnostic, Language};
use mitoshi_core::projection::Projection;
use mitoshi_core::{Model, Request, load};
use mitoshi_report::chart::svg;
use mitoshi_report::document::{Block, Figure};
use mitoshi_report::figures;
use mitoshi_report::reports::{self, Audience, Case, Material};
use mitoshi_store::read_pack;

/// The quantiles of the fans.
const SHARES: [f64; 3] = [0.05, 0.5, 0.95];

fn main() -> Result<(), Box<dyn Error>> {
    let language = if std::env::args().nth(1).as_deref() == Some("en") { Language::English } else { Language::Japanese };
    let files = read_pack(Path::new(".")).map_err(|_| "the repository's root has no plan")?;
    let model = load(files).model.ok_or("the plan has errors")?;
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    let figures = model.with_parts(&request, |parts| all(&model, &request, parts, language)).map_err(said)??;
    write(&figures, Path::new("target/gallery"))
}

#[expect(clippy::needless_pass_by_value, reason = "an error is handed over whole")]
fn said(problems: Vec<Diagnostic>) -> String {
    problems.iter().map(|problem| problem.message.en.clone()).collect()
}

fn all(model: &Model, request: &Request, parts: Parts<'_>, language: Language) -> Result<Vec<Figure>, String> {
    let projection = model.project(request).map_err(said)?.projection;
    let last = *projection.years.last().ok_or("a plan without years")?;
    let mut found = of_reports(model, parts, &projection, language);
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
    for level in Level::ALL {
        let chosen = (0..model.pack.sheets.len()).collect();
        found.push(figures::network(&network::of(parts, level, &chosen), &projection, &model.pack, last, language));
    }
    Ok(found)
}

/// The figures of two reports: trends with their fans, and the bridge.
fn of_reports(model: &Model, parts: Parts<'_>, projection: &Projection, language: Language) -> Vec<Figure> {
    let settings = simulate::Settings { draws: 2000, shares: SHARES.to_vec(), ..simulate::Settings::default() };
    let simulation = simulate::simulate(vec![(parts, projection.clone())], &settings, &(), &mut |_| {});
    let (sources, year) = (&model.pack.sources, projection.actuals_until);
    let scenarios = [Case { parts, projection }];
    let material =
        Material { model, sources, scenarios: &scenarios, simulation: Some(&simulation), year, language, audience: Audience::Office };
    let reports = ["outlook", "fiscal"].into_iter().filter_map(reports::find);
    let blocks = reports.flat_map(|report| report.document(&material).blocks);
    blocks.filter_map(|block| if let Block::Figure(figure) = block { Some(*figure) } else { None }).collect()
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
