//! `cargo xtask pages`: every page of the reference plan, checked by a browser.
//!
//! Writes the reports (baseline; a comparison of two scenarios; the outlook of two more), what `publish` makes,
//! both in Japanese and English, and the hostile pages of `tests/pages.rs` into `target/pages`. Where
//! Chromium is (`MITOSHI_CHROMIUM`, or `/usr/bin/chromium`) each is opened: axe-core (`MITOSHI_AXE`, or as
//! `cargo xtask browser` brought it) finds nothing, the page itself never scrolls sideways at 320 and 1,280 px, its text needs no scripts, no
//! column is lost on A4, and no text of a pack runs. Without either it says what was not checked. What was printed
//! is left beside the pages, for people to look at.

mod chromium;
mod look;
mod pictures;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;
use std::{fs, io, thread};

use chromium::Tab;
use look::Asked;

use crate::place;

/// Reports with their arguments and the file's name.
const REPORTS: [(&str, &[&str], &str); 10] = [
    ("plan", &[], "plan"),
    ("progress", &[], "progress"),
    ("outlook", &[], "outlook"),
    ("outlook", &["-s", "outsourcing_expanded"], "outlook-outsourcing_expanded"),
    ("outlook", &["-s", "tax_downturn"], "outlook-tax_downturn"),
    ("comparison", &["-s", "outsourcing_expanded", "-s", "tax_downturn"], "comparison"),
    ("revisions", &[], "revisions"),
    ("fiscal", &[], "fiscal"),
    ("handover", &[], "handover"),
    ("data", &[], "data"),
];

/// The largest page of an outlook, in bytes.
const LARGEST_OUTLOOK: u64 = 400_000;

/// Writes all pages and checks those whose path contains `only`; true if nothing is wrong with them.
pub fn run(root: &Path, only: &str) -> io::Result<bool> {
    let folder = place::target(root).join("pages");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    write_hostile(&folder.join("hostile"))?;
    // The program that the tests were built with: built for itself alone, half of what it stands on would be built again.
    let program = place::program(root, "debug");
    for language in ["ja", "en"] {
        write(&program, &folder.join(language), language)?;
    }
    let outlook = fs::metadata(folder.join("ja/outlook.html"))?.len();
    println!("outlook.html: {outlook} bytes (at most {LARGEST_OUTLOOK})");
    Ok(check(&folder, only)? && outlook <= LARGEST_OUTLOOK)
}

/// Writes the pictures of the README into `docs/pictures`.
pub fn pictures(root: &Path) -> io::Result<bool> {
    let folder = place::target(root).join("pages");
    fs::create_dir_all(folder.join("ja"))?;
    said(super::cargo().args(["build", "--quiet", "--bin", "mitoshi"]))?;
    for name in ["outlook", "progress"] {
        let file = folder.join("ja").join(format!("{name}.html"));
        mitoshi(&place::program(root, "debug"), &["report", name, "--lang", "ja", "--force"], &file)?;
    }
    let Some(chromium) = chromium() else { return Ok(false) };
    let pictures = root.join("docs/pictures");
    pictures::write(&folder, &mut Tab::open(&chromium, &folder.join("profile"))?, &pictures)?;
    super::browser::pictures(root, &pictures)
}

fn write(program: &Path, folder: &Path, language: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (report, arguments, name) in REPORTS {
        let file = folder.join(format!("{name}.html"));
        mitoshi(program, &[&["report", report, "--lang", language][..], arguments].concat(), &file)?;
    }
    let publish = ["publish", "--draft", "--lang", language, "-s", "baseline", "-s", "outsourcing_expanded"];
    mitoshi(program, &publish, &folder.join("publish"))
}

/// Runs the program on the plan of this repository, with `-o`.
fn mitoshi(program: &Path, arguments: &[&str], output: &Path) -> io::Result<()> {
    said(Command::new(program).current_dir(super::root()).args(arguments).arg("-o").arg(output))
}

/// The test that fills every text of a pack leaves its pages where it is told to.
fn write_hostile(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let tests = ["test", "--quiet", "--workspace", "--test", "tests", "pages::no_text"];
    said(super::cargo().args(tests).env("MITOSHI_PAGES", folder))
}

/// Waits for a command; fails with what it said.
fn said(command: &mut Command) -> io::Result<()> {
    let done = command.output()?;
    let said = [done.stdout, done.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    if done.status.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?}: {said}"))) }
}

/// Chromium; absent, and said so, where it is not.
fn chromium() -> Option<PathBuf> {
    let chromium = place::chromium();
    if chromium.is_none() {
        println!("the pages were written, but not opened: there is no Chromium (MITOSHI_CHROMIUM)");
    }
    chromium
}

/// The text of axe-core; absent, and said so, where it is not.
fn axe(root: &Path) -> io::Result<Option<String>> {
    let axe = place::axe(root);
    if axe.is_none() {
        println!("without axe-core (cargo xtask browser brings it; MITOSHI_AXE): accessibility was not checked");
    }
    axe.map(fs::read_to_string).transpose()
}

/// A page to be opened.
struct Opened {
    /// Its path below the folder of all pages.
    name: String,
    file: PathBuf,
    part: &'static str,
}

fn check(folder: &Path, only: &str) -> io::Result<bool> {
    let Some(chromium) = chromium() else { return Ok(true) };
    let (axe, start) = (axe(super::root())?, Instant::now());
    let pages = opened(folder, only)?;
    let count = pages.len();
    let queue = Mutex::new(pages.into_iter());
    let work = |worker: usize| -> io::Result<bool> {
        let mut tab = Tab::open(&chromium, &folder.join(format!("profile-{worker}")))?;
        let mut good = true;
        while let Some(page) = queue.lock().ok().and_then(|mut queue| queue.next()) {
            good &= judge(&mut tab, &page, axe.as_deref())?;
        }
        Ok(good)
    };
    let good = thread::scope(|scope| {
        let work = &work;
        let workers = [0, 1].map(|worker| scope.spawn(move || work(worker)));
        workers.map(|worker| worker.join().unwrap_or_else(|_| Err(io::Error::other("a check has stopped"))))
    });
    println!("{count} pages in {} s", start.elapsed().as_secs());
    good.into_iter().try_fold(true, |all, good| Ok(all & good?))
}

/// Looks at a page and says what was found; a hostile one is not asked for good manners.
fn judge(tab: &mut Tab, page: &Opened, axe: Option<&str>) -> io::Result<bool> {
    let is_ours = page.part != "hostile";
    let asked = Asked { axe: axe.filter(|_| is_ours), fits_paper: is_ours, printed: page.part.len() == 2 };
    let (problems, paper) = look::look(tab, &page.file, &asked)?;
    let said = if problems.is_empty() { "good".to_owned() } else { problems.join("; ") };
    let sheets = paper.as_deref().map(look::sheets);
    let printed = sheets.map(|sheets| format!(", {sheets} sheets of A4")).unwrap_or_default();
    println!("{}: {said}{printed}", page.name);
    paper.map(|pdf| fs::write(page.file.with_extension("pdf"), pdf)).transpose()?;
    Ok(problems.is_empty() && sheets != Some(0))
}

/// The pages whose path contains `only`, each once: what is published is in part the same again.
fn opened(folder: &Path, only: &str) -> io::Result<Vec<Opened>> {
    let work = folder.join("work");
    fs::create_dir_all(&work)?;
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for part in ["ja", "en", "ja/publish", "en/publish", "hostile"] {
        for page in pages(&folder.join(part))? {
            let name = page.strip_prefix(folder).unwrap_or(&page).display().to_string();
            let text = fs::read_to_string(&page)?;
            if !name.contains(only) || !seen.insert(text.clone()) {
                continue;
            }
            let file = match whole(&text) {
                None => page,
                Some(whole) => {
                    let file = work.join(name.replace('/', "-"));
                    fs::write(&file, whole)?;
                    file
                }
            };
            found.push(Opened { name, file, part });
        }
    }
    Ok(found)
}

/// A fragment stands in a page of somebody else; anything else is whole.
fn whole(text: &str) -> Option<String> {
    if text.starts_with("<!DOCTYPE html>") {
        return None;
    }
    let language = if text.starts_with("<div lang=\"en\"") { "en" } else { "ja" };
    let head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>page</title>";
    Some(format!("<!DOCTYPE html>\n<html lang=\"{language}\"><head>{head}</head><body><main>\n{text}</main></body></html>\n"))
}

/// The pages of a folder in the order of their names.
fn pages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    found.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    found.sort();
    Ok(found)
}
