//! `cargo xtask load`: the workbench under load, with figures at the end.
//!
//! The release program serves the plan of this repository. Fifty clients move sliders for two minutes, each sending
//! its next movement a second after the last was answered, and reading now and then; then a
//! thousand sockets say half a sentence each, while a normal client asks. Held to: 99 of 100 readings within 100 ms, 99 of
//! 100 what-ifs within 300 ms, no errors, memory growing by at most 5 %, a normal client within 1 s.

mod client;
mod server;

use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use client::Client;
use server::Server;

/// How many move sliders at once.
const CLIENTS: u64 = 50;
/// Every so many movements something is read.
const READS: u64 = 5;
/// Sockets that say half a sentence.
const SLOW: usize = 1_000;
/// What is held to: milliseconds of readings, of what-ifs, of a normal client among slow ones; per cent of memory.
const MOST: [f64; 4] = [100.0, 300.0, 1_000.0, 5.0];

/// Runs for so many seconds; true if everything was within what is held to.
pub fn run(root: &Path, seconds: u64, pause: Duration) -> io::Result<bool> {
    let server = Server::start(root)?;
    // The first answers fill what is kept; memory is compared from then on. What is kept is thrown away when it is
    // full, so memory goes up and down: its mean in the first quarter is compared with that in the last.
    crowd(&server, pause, Duration::from_secs(seconds.min(30)), &Seen::default())?;
    let seen = Seen::default();
    let memory = watched(&server, || crowd(&server, pause, Duration::from_secs(seconds), &seen))?;
    let quarter = memory.len().div_ceil(4);
    let (before, after) = (mean(memory.get(..quarter)), mean(memory.get(memory.len() - quarter..)));
    let (reads, asked) = (Times::of(seen.reads), Times::of(seen.asked));
    println!("{CLIENTS} clients for {seconds} s, each resting {} ms between two movements", pause.as_millis());
    println!("  readings: {}", reads.told());
    println!("  what-ifs: {}", asked.told());
    println!("  errors:   {}", seen.errors.load(Ordering::Relaxed));
    let growth = before.zip(after).map(|(before, after)| (after as f64 / before.max(1) as f64 - 1.0) * 100.0);
    match (before, after, growth) {
        (Some(before), Some(after), Some(growth)) => {
            println!("  memory:   {before} kB in the first quarter, {after} kB in the last ({growth:+.1} %)");
        }
        _ => println!("  memory:   not told by this system"),
    }
    let normal = among_slow(&server)?;
    println!("{SLOW} slow sockets\n  a normal client: {normal:.0} ms at worst");
    let good = [
        reads.share(0.99) <= MOST[0],
        asked.share(0.99) <= MOST[1],
        normal <= MOST[2],
        growth.is_none_or(|growth| growth <= MOST[3]),
        seen.errors.load(Ordering::Relaxed) == 0,
    ];
    println!("{}", if good.iter().all(|good| *good) { "good" } else { "not good" });
    Ok(good.iter().all(|good| *good))
}

/// Kilobytes of memory in use, once a second while something is done; none where the system does not tell.
fn watched(server: &Server, work: impl FnOnce() -> io::Result<()>) -> io::Result<Vec<u64>> {
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            let mut seen = Vec::new();
            while !done.load(Ordering::Relaxed) {
                seen.extend(server.memory());
                std::thread::sleep(Duration::from_secs(1));
            }
            seen
        });
        let worked = work();
        done.store(true, Ordering::Relaxed);
        let seen = watcher.join().map_err(|_| io::Error::other("the watcher fell"))?;
        worked.map(|()| seen)
    })
}

fn mean(numbers: Option<&[u64]>) -> Option<u64> {
    let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
    Some(numbers.iter().sum::<u64>() / numbers.len() as u64)
}

/// What the clients saw.
#[derive(Default)]
struct Seen {
    reads: Mutex<Vec<f64>>,
    asked: Mutex<Vec<f64>>,
    errors: AtomicU64,
}

/// All clients at once, until the time is over.
fn crowd(server: &Server, pause: Duration, long: Duration, seen: &Seen) -> io::Result<()> {
    let until = Instant::now() + long;
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|number| scope.spawn(move || one(server, (number, pause), until, seen))).collect();
        clients.into_iter().try_for_each(|client| client.join().unwrap_or_else(|_| Err(io::Error::other("a client fell"))))
    })
}

/// One person at a slider.
fn one(server: &Server, (number, pause): (u64, Duration), until: Instant, seen: &Seen) -> io::Result<()> {
    let mut client = Client::new(server)?;
    // Nobody begins at the same moment as the others.
    std::thread::sleep(pause * number as u32 / CLIENTS as u32);
    let mut movement = number;
    while Instant::now() < until {
        movement += 1;
        // Hardly a number is asked twice: the golden ratio spreads them.
        let (scope, rate) = (spread(movement * CLIENTS + number), spread(movement * CLIENTS + number + 7));
        let body = format!(
            "{{\"page\":\"p{number}\",\"changes\":[{{\"address\":\"window_outsourcing.scope@R7\",\"value\":{}}},\
             {{\"address\":\"online_procedures.rate\",\"value\":{}}}],\"figures\":[{{\"kind\":\"trend\",\"id\":\"window_savings\"}}]}}",
            1.0 + scope,
            0.12 + 0.23 * rate
        );
        note(&seen.asked, &seen.errors, client.timed("POST", "/api/evaluate", &body)?);
        if movement.is_multiple_of(READS) {
            let path = if movement.is_multiple_of(2) { "/api/state" } else { "/api/indicator?id=window_savings" };
            note(&seen.reads, &seen.errors, client.timed("GET", path, "")?);
        }
        std::thread::sleep(pause);
    }
    Ok(())
}

/// Numbers from 0 to 1, each far from those before it.
fn spread(step: u64) -> f64 {
    (step as f64 * 0.618_033_988_749_894_9).fract()
}

fn note(times: &Mutex<Vec<f64>>, errors: &AtomicU64, (status, milliseconds): (u16, f64)) {
    if status == 200 {
        times.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(milliseconds);
    } else {
        errors.fetch_add(1, Ordering::Relaxed);
    }
}

/// The slowest answer to a normal client while others hold their connections and say nothing.
fn among_slow(server: &Server) -> io::Result<f64> {
    let slow = (0..SLOW).map(|_| client::half(server)).collect::<io::Result<Vec<_>>>()?;
    let mut worst: f64 = 0.0;
    for _ in 0..20 {
        let begun = Instant::now();
        let (status, _) = Client::new(server)?.timed("GET", "/api/state", "")?;
        worst = worst.max(begun.elapsed().as_secs_f64() * 1_000.0);
        if status != 200 {
            return Err(io::Error::other(format!("a normal client was answered {status}")));
        }
    }
    drop(slow);
    Ok(worst)
}

/// Times in milliseconds, the shortest first.
struct Times(Vec<f64>);

impl Times {
    fn of(times: Mutex<Vec<f64>>) -> Self {
        let mut times = times.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        times.sort_by(f64::total_cmp);
        Self(times)
    }

    /// The time within which this share of them lies.
    fn share(&self, share: f64) -> f64 {
        let at = (self.0.len() as f64 * share).ceil() as usize;
        self.0.get(at.saturating_sub(1)).copied().unwrap_or_default()
    }

    fn told(&self) -> String {
        let (count, middle, nine, most) = (self.0.len(), self.share(0.5), self.share(0.99), self.share(1.0));
        format!("{count}, median {middle:.1} ms, 99 of 100 within {nine:.1} ms, slowest {most:.1} ms")
    }
}
