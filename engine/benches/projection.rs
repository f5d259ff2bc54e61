//! Speed of the plain path, against its limits: `cargo bench`.
//!
//! Whole processes of the release build on the reference plan, and loading, checking and projecting
//! generated packs of 200 and 2,000 indicators with eight inputs each. Criterion measures; the
//! closing lines print each figure as a ratio to its limit. Nothing here decides a test.

mod generate;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::Criterion;
use mitoshi_core::Request;

/// The median of some runs.
fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn process(folder: &str, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mitoshi"));
    let status = command.arg("-C").arg(folder).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "mitoshi {arguments:?} succeeds in {folder}");
}

fn load_and_check(indicators: usize) {
    let loaded = mitoshi_core::load(generate::pack(indicators));
    let model = loaded.model.unwrap_or_else(|| panic!("the generated pack is sound: {:?}", loaded.diagnostics.first()));
    assert!(model.check().is_empty(), "the generated pack has no warning");
}

fn against(name: &str, found: Duration, limit: Duration) {
    let ratio = found.as_secs_f64() / limit.as_secs_f64();
    println!("{name:<52} {:>10.3} ms   limit {:>8.1} ms   ratio {ratio:.3}", found.as_secs_f64() * 1e3, limit.as_secs_f64() * 1e3);
}

fn criterion_part(criterion: &mut Criterion) {
    let files = mitoshi_store::read_pack(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap_or_default();
    criterion.bench_function("reference plan: load", |b| b.iter(|| mitoshi_core::load(files.clone())));
    let Some(model) = mitoshi_core::load(files).model else { panic!("the reference plan is sound") };
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    criterion.bench_function("reference plan: project the baseline", |b| b.iter(|| model.project(&request)));
}

fn write_pack(indicators: usize) -> String {
    let folder = format!("{}/generated-{indicators}", env!("CARGO_TARGET_TMPDIR"));
    for file in generate::pack(indicators) {
        let path = std::path::Path::new(&folder).join(&file.path);
        let mitoshi_core::diagnostic::Content::Bytes(bytes) = file.content else { continue };
        let made = path.parent().map(std::fs::create_dir_all);
        assert!(made.is_some_and(|made| made.is_ok()) && std::fs::write(&path, bytes).is_ok(), "{} is written", path.display());
    }
    folder
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    criterion_part(&mut criterion);
    let (small, large) = (write_pack(200), write_pack(2_000));
    let root = env!("CARGO_MANIFEST_DIR");
    println!();
    against("process: project baseline, reference plan", median(31, || process(root, &["project", "baseline"])), Duration::from_millis(15));
    against("process: project --all, reference plan", median(11, || process(root, &["project", "--all"])), Duration::from_millis(165));
    let check = [median(5, || process(&small, &["check"])), median(5, || process(&large, &["check"]))];
    against("process: check, 2,000 indicators", check[1], Duration::from_secs(2));
    against("process: project, 2,000 indicators", median(5, || process(&large, &["project"])), Duration::from_secs(2));
    let growth = check[1].as_secs_f64() / check[0].as_secs_f64();
    println!("check grows from 200 to 2,000 indicators by a factor of {growth:.1} (10.0 is linear)");
    let memory = [median(5, || load_and_check(200)), median(5, || load_and_check(2_000))];
    println!("in memory: load and check {:.1} ms at 200, {:.1} ms at 2,000", memory[0].as_secs_f64() * 1e3, memory[1].as_secs_f64() * 1e3);
}
