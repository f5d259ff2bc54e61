//! Speed of ensembles, each figure as a ratio in the same run: `cargo bench --bench ensemble`.
//!
//! On the model of `engine/benches/pack` (16 indicators, 3 years, 17 normal inputs, 144 numbers a draw)
//! and on the reference plan. A figure is the least of some runs, because another process can only make
//! a run longer. Nothing here decides a test.

mod twins;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use mitoshi_core::analysis::ensemble::Ensemble;
use mitoshi_core::analysis::simulate::{Settings, simulate};
use mitoshi_core::columns::{Isa, Output, Wanted};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::walk::walk_numbers;
use mitoshi_core::year::Year;
use mitoshi_core::{Model, Request};
use twins::{ADDRESSES, IDS, INPUTS, LANES, Lanes, NUMBERS};

/// Runs of a measurement.
const RUNS: usize = 301;
/// Blocks of a run.
const BLOCKS: usize = 200;

fn main() {
    println!("instruction set: {:?}, {} threads\n", Isa::best(), std::thread::available_parallelism().map_or(1, usize::from));
    evaluation();
    simulations();
    processes();
}

/// The least time of a call, in nanoseconds.
fn least(call: impl FnMut()) -> f64 {
    least_of(RUNS, call)
}

fn least_of(runs: usize, mut call: impl FnMut()) -> f64 {
    let time = |call: &mut dyn FnMut()| {
        let start = Instant::now();
        call();
        start.elapsed().as_nanos() as f64
    };
    (0..runs).map(|_| time(&mut call)).fold(f64::INFINITY, f64::min)
}

fn model(folder: &str) -> Model {
    let files = mitoshi_store::read_pack(folder.as_ref()).unwrap_or_default();
    let loaded = mitoshi_core::load(files);
    loaded.model.unwrap_or_else(|| panic!("the pack in {folder} is sound: {:?}", loaded.diagnostics.first()))
}

fn baseline() -> Request {
    Request { scenario: "baseline".to_owned(), ..Request::default() }
}

/// Lowered evaluation against the same model by hand.
fn evaluation() {
    let model = model(concat!(env!("CARGO_MANIFEST_DIR"), "/engine/benches/pack"));
    let wanted = Wanted { revisions: true, ..Wanted::default() };
    let found = model.with_parts(&baseline(), |parts| {
        let ensemble = Ensemble::drawn(parts, 1, wanted);
        let twin = Twin::new(&ensemble);
        twin.compare(&ensemble);
        println!(
            "{} instructions, {} registers, {} columns",
            ensemble.program.instructions.len(),
            ensemble.program.registers,
            ensemble.program.columns.len()
        );
        let mut registers = ensemble.registers();
        ensemble.fill(0, &mut registers);
        let mut out = Box::new([[0.0; LANES]; NUMBERS]);
        let lowered = least(|| (0..BLOCKS).for_each(|_| ensemble.evaluate(black_box(&mut registers))));
        let columnar = least(|| (0..BLOCKS).for_each(|_| twins::columnar_best(black_box(&twin.inputs), black_box(&mut out))));
        let rows: Vec<[f64; INPUTS]> = (0..LANES).map(|lane| std::array::from_fn(|k| twin.inputs[k][lane])).collect();
        let mut numbers = [0.0; NUMBERS];
        let scalar = least(|| (0..BLOCKS).for_each(|_| rows.iter().for_each(|row| twins::scalar(black_box(row), black_box(&mut numbers)))));
        let per = (BLOCKS * LANES) as f64;
        println!("lowered {:.1} ns, columnar {:.1} ns, scalar {:.1} ns a projection", lowered / per, columnar / per, scalar / per);
        let walk = least_of(200, || drop(black_box(walk_numbers(parts.schedule, parts.engine, parts.rules))));
        println!("walk without reasons {:.1} µs a projection   (goal 130)", walk / 1e3);
        println!("lowered / scalar   {:.2}   (goal 0.50)", lowered / scalar);
        println!("lowered / columnar {:.2}   (goal 1.20)", lowered / columnar);
    });
    assert!(found.is_ok(), "the baseline can be drawn");
}

/// Drawing, evaluating and counting, for each draw and core.
fn simulations() {
    let bench = model(concat!(env!("CARGO_MANIFEST_DIR"), "/engine/benches/pack"));
    let plan = model(env!("CARGO_MANIFEST_DIR"));
    for (name, model) in [("bench model", &bench), ("reference plan", &plan)] {
        let drawing = model.with_parts(&baseline(), |parts| {
            let ensemble = Ensemble::drawn(parts, 1, Wanted::default());
            let mut registers = ensemble.registers();
            let draw = least(|| (0..20).for_each(|block| ensemble.fill(block * LANES as u64, black_box(&mut registers))));
            let evaluate = least(|| (0..20).for_each(|_| ensemble.evaluate(black_box(&mut registers))));
            let per = (20 * LANES) as f64;
            println!(
                "{name}: draw {:.1} ns, evaluate {:.1} ns ({} columns, {} instructions)",
                draw / per,
                evaluate / per,
                ensemble.program.columns.len(),
                ensemble.program.instructions.len()
            );
        });
        assert!(drawing.is_ok());
        let time = |draws: u64, threads: usize| {
            let settings = Settings { draws, seed: 1, threads, ..Settings::default() };
            let mut run = || {
                let projection = model.project(&baseline()).map(|projected| projected.projection);
                let found = model.with_all_parts(&[baseline()], &mut |parts| {
                    let scenarios = parts.into_iter().zip(projection.iter().cloned()).collect();
                    black_box(simulate(scenarios, &settings, &(), &mut |_| ()));
                });
                assert!(found.is_ok());
            };
            (0..5).map(|_| once(&mut run)).fold(f64::INFINITY, f64::min)
        };
        let (one, two) = (time(1_000_000, 1), time(1_000_000, 2));
        println!(
            "{name}: simulate {:.1} ns a draw on one core, {:.1} ms for 1,000,000 on two, {:.2} times one",
            one / 1e6,
            two / 1e6,
            one / two
        );
    }
}

/// The program itself, on the reference plan: how soon it begins, how much memory it takes.
fn processes() {
    let run = |draws: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mitoshi"));
        command.args(["-C", env!("CARGO_MANIFEST_DIR"), "simulate", "--format", "csv", "--draws", draws]);
        let Ok(mut child) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else { panic!("mitoshi can be started") };
        let mut peak = 0;
        while child.try_wait().is_ok_and(|ended| ended.is_none()) {
            peak = peak.max(peak_memory(child.id()));
            std::thread::sleep(Duration::from_micros(200));
        }
        peak
    };
    let first = (0..31)
        .map(|_| {
            once(&mut || {
                black_box(run("128"));
            })
        })
        .fold(f64::INFINITY, f64::min);
    println!("process with one block of draws, from start to end {:.1} ms   (goal 10)", first / 1e6);
    let mut peak = 0;
    let many = once(&mut || peak = run("10000000"));
    println!("10,000,000 draws of the reference plan: {:.1} s, at most {} MB   (goal 200)", many / 1e9, peak / 1024);
}

/// The most memory a process has had, in KiB; 0 where the system does not tell.
fn peak_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or_default()
}

fn once(call: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    call();
    start.elapsed().as_nanos() as f64
}

/// The twin's inputs for the first block of draws.
struct Twin {
    inputs: Box<[Lanes; INPUTS]>,
}

impl Twin {
    fn new(ensemble: &Ensemble<'_>) -> Self {
        let mut registers = ensemble.registers();
        ensemble.fill(0, &mut registers);
        let pack = ensemble.parts.schedule.pack;
        let mut inputs = Box::new([[0.0; LANES]; INPUTS]);
        for (k, address) in ADDRESSES.iter().enumerate() {
            let Some(column) = ensemble.program.columns.iter().position(|column| column.assumption.address(pack) == *address) else {
                panic!("{address} is no column");
            };
            inputs[k].iter_mut().zip(registers.get(column as u32)).for_each(|(place, bits)| *place = f64::from_bits(*bits));
        }
        Self { inputs }
    }

    /// Every number of both twins equals the engine's, to the bit.
    fn compare(&self, ensemble: &Ensemble<'_>) {
        let mut registers = ensemble.registers();
        let mut by_columns = Box::new([[0.0; LANES]; NUMBERS]);
        twins::columnar_best(&self.inputs, &mut by_columns);
        let pack = ensemble.parts.schedule.pack;
        let years: Vec<Year> = pack.plan.years().collect();
        ensemble.run(0, LANES as u64, &mut registers, &mut |block| {
            for lane in 0..LANES {
                let mut alone = [0.0; NUMBERS];
                twins::scalar(&std::array::from_fn(|k| self.inputs[k][lane]), &mut alone);
                for (i, id) in IDS.iter().enumerate() {
                    let Some(n) = pack.sheets.get_index_of(*id) else { panic!("{id} is no indicator") };
                    let check = |output: Output, at: usize| {
                        let lane_of = ensemble.output(output).map(|number| block.lane(number, lane));
                        let expected = mitoshi_core::analysis::ensemble::Lane::Number(alone[at]);
                        assert_eq!(lane_of, Some(expected), "{id} {output:?}, draw {lane}");
                        assert_eq!(by_columns[at][lane].to_bits(), alone[at].to_bits(), "{id} {output:?}, draw {lane}");
                    };
                    for y in 0..3 {
                        check(Output::Value(Quantity::Outcome(n), years[y]), twins::outcome(y, i));
                        check(Output::Value(Quantity::Achievement(n), years[y]), twins::achievement(y, i));
                        (y + 1..3).for_each(|later| check(Output::Revision(n, years[y], years[later]), twins::proposal(y, later, i)));
                    }
                }
            }
        });
    }
}
