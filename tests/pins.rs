//! Outcomes and targets as inputs of a sweep: to the bit what `project --set` gives.
//!
//! Every scenario of the reference plan, its reviews proposed and adopted. What is compared: outcome and
//! achievement of every indicator in every projected year, where a pin or a target is set and where its
//! effect arrives.

use mitoshi_core::analysis::Lane;
use mitoshi_core::analysis::sweep::{self, Sweep};
use mitoshi_core::diagnostic::{FileId, RawFile};
use mitoshi_core::projection::Projection;
use mitoshi_core::{Model, Request};

use crate::plan;

/// Pins and targets of one year and of all, an assumption beside them, numbers that meet and miss.
const TABLE: &str = "arrears@R7,arrears.target@R8,collection_rate.target,paternity_leave,window_outsourcing@R6,arrears.extra@R8,women_managers.target@R7\n\
    350,340,27,85,1,0,35\n\
    420.5,300,20.25,60,0,-12.5,34.9\n\
    1e3,-1,1e-3,100,0.5,3,0\n";

fn adopted() -> Model {
    let mut files = plan::files();
    let names: Vec<String> = plan::model().pack.scenarios.keys().cloned().collect();
    for name in names {
        let text = format!("title = \"採用\"\nextends = [\"{name}\"]\nreview = \"adopt\"\n");
        files.push(RawFile::new(format!("scenarios/{name}_adopted.toml"), text));
    }
    plan::load(files)
}

fn run(model: &Model, request: &Request, table: &str, threads: usize) -> Sweep {
    let ids: Vec<String> = model.pack.sheets.keys().flat_map(|id| [id.clone(), format!("{id}.achievement")]).collect();
    let found = model.with_parts(request, |parts| {
        let plan = sweep::read_table(parts.schedule, FileId::COMMAND_LINE, table)?;
        sweep::run(parts, plan, &ids, &[], threads, &())
    });
    found.unwrap().unwrap()
}

/// Bits of every result, as a projection has them.
fn projected(projection: &Projection, sweep: &Sweep) -> Vec<Option<u64>> {
    let of = |asked: &mitoshi_core::analysis::study::Asked| {
        let name = asked.address.split('@').next().unwrap();
        let (id, achievement) = name.strip_suffix(".achievement").map_or((name, false), |id| (id, true));
        let cell = projection.cell(id, asked.year).unwrap();
        if achievement { cell.achievement } else { cell.outcome }
    };
    sweep.asked.iter().map(|asked| of(asked).map(f64::to_bits)).collect()
}

fn bits(lane: &Lane) -> Option<u64> {
    match lane {
        Lane::Number(number) => Some(number.to_bits()),
        _ => None,
    }
}

#[test]
fn a_pin_or_a_target_as_a_column_is_what_set_gives() {
    let model = adopted();
    for scenario in model.scenarios() {
        let request = Request { scenario: scenario.to_owned(), ..Request::default() };
        let sweep = run(&model, &request, TABLE, 2);
        assert_eq!(sweep.plan.values.count(), 3);
        for point in 0..3 {
            let inputs = sweep.plan.inputs.iter().enumerate();
            let settings = inputs.map(|(k, input)| format!("{}={}", input.address, sweep.plan.values.at(point, k))).collect();
            let there = model.project(&Request { settings, ..request.clone() }).unwrap().projection;
            let here: Vec<Option<u64>> = sweep.results(point).iter().map(bits).collect();
            for ((here, there), asked) in here.iter().zip(projected(&there, &sweep)).zip(&sweep.asked) {
                assert_eq!(*here, there, "{scenario}, row {point}, {}", asked.address);
            }
        }
    }
}

#[test]
fn a_pin_gives_way_to_an_actual_and_counts_where_that_is_hidden() {
    let mut files = plan::files();
    plan::replace_table(&mut files, "rules/arrears.toml", "actuals", "R4 = 398.0\nR5 = 425.9\nR6 = 410.0");
    let model = plan::load(files);
    let read = |as_of: Option<i16>, table: &str| {
        let as_of = as_of.map(mitoshi_core::year::Year);
        let request = Request { scenario: "baseline".to_owned(), as_of, ..Request::default() };
        let found = model.with_parts(&request, |parts| sweep::read_table(parts.schedule, FileId::COMMAND_LINE, table));
        found.unwrap().map(|plan| plan.inputs[0].years.iter().map(|year| year.0).collect::<Vec<_>>())
    };
    assert_eq!(read(None, "arrears\n400\n").unwrap(), [2025, 2026], "the actual of R6 wins");
    let refused = read(None, "arrears@R6\n400\n").unwrap_err();
    assert_eq!(refused.len(), 1);
    assert_eq!(read(Some(2023), "arrears\n400\n").unwrap(), [2024, 2025, 2026], "as of R5, a later actual is hidden");
}
