//! `cargo xtask pages`: every page of the reference plan, checked by a browser.
//!
//! Writes the reports (baseline; a comparison of two scenarios; the outlook of two more), what `publish` makes,
//! both in Japanese and English, and the hostile pages of `tests/pages.rs` into `target/pages`. Where
//! Chromium is (`MITOSHI_CHROMIUM`, or `/usr/bin/chromium`) each is opened: axe-core (`MITOSHI_AXE`, a path)
//! finds nothing, the page itself never scrolls sideways at 320 and 1,280 px, its text needs no scripts, no
//! column is lost on A4, and no text of a pack runs. Without either it says what was not checked.

mod browser;
mod pictures;

use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs, io};

use browser::Browser;

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
    let folder = target(root).join("pages");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for language in ["ja", "en"] {
        write(&folder.join(language), language)?;
    }
    write_hostile(&folder.join("hostile"))?;
    let outlook = fs::metadata(folder.join("ja/outlook.html"))?.len();
    println!("outlook.html: {outlook} bytes (at most {LARGEST_OUTLOOK})");
    Ok(check(&folder, only)? && outlook <= LARGEST_OUTLOOK)
}

/// Writes the pictures of the README into `docs/pictures`.
pub fn pictures(root: &Path) -> io::Result<bool> {
    let folder = target(root).join("pages");
    fs::create_dir_all(folder.join("ja"))?;
    for name in ["outlook", "progress"] {
        let file = folder.join("ja").join(format!("{name}.html"));
        mitoshi(&["report", name, "--lang", "ja", "--force"], &file)?;
    }
    let Some(browser) = browser(&folder)? else { return Ok(false) };
    pictures::write(&folder, &browser, &root.join("docs/pictures"))?;
    Ok(true)
}

/// The folder of everything that is built.
fn target(root: &Path) -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}

fn write(folder: &Path, language: &str) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (report, arguments, name) in REPORTS {
        let file = folder.join(format!("{name}.html"));
        mitoshi(&[&["report", report, "--lang", language][..], arguments].concat(), &file)?;
    }
    mitoshi(&["publish", "--draft", "--lang", language, "-s", "baseline", "-s", "outsourcing_expanded"], &folder.join("publish"))
}

/// Runs the program with `-o`.
fn mitoshi(arguments: &[&str], output: &Path) -> io::Result<()> {
    let mut command = super::cargo();
    command.args(["run", "--quiet", "--bin", "mitoshi", "--"]).args(arguments).arg("-o").arg(output);
    let done = command.output()?;
    let said = String::from_utf8_lossy(&done.stderr);
    if done.status.success() { Ok(()) } else { Err(io::Error::other(format!("mitoshi {}: {said}", arguments.join(" ")))) }
}

/// The test that fills every text of a pack leaves its pages where it is told to.
fn write_hostile(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut command = super::cargo();
    command.args(["test", "--quiet", "--test", "tests", "pages::"]).env("MITOSHI_PAGES", folder);
    let done = command.output()?;
    if done.status.success() { Ok(()) } else { Err(io::Error::other(String::from_utf8_lossy(&done.stdout).into_owned())) }
}

/// Chromium, with axe-core where that is; absent, and said so, without Chromium.
fn browser(folder: &Path) -> io::Result<Option<Browser>> {
    let chromium = env::var_os("MITOSHI_CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if !chromium.exists() {
        println!("the pages were written, but not opened: there is no Chromium (MITOSHI_CHROMIUM)");
        return Ok(None);
    }
    let axe = env::var_os("MITOSHI_AXE").map(PathBuf::from).filter(|axe| axe.exists());
    let work = folder.join("work");
    fs::create_dir_all(&work)?;
    Ok(Some(Browser { chromium, axe: axe.map(fs::read_to_string).transpose()?, work }))
}

fn check(folder: &Path, only: &str) -> io::Result<bool> {
    let Some(browser) = browser(folder)? else { return Ok(true) };
    if browser.axe.is_none() {
        println!("without axe-core (MITOSHI_AXE): accessibility was not checked");
    }
    let (mut count, mut good, start) = (0, true, Instant::now());
    for part in ["ja", "en", "ja/publish", "en/publish", "hostile"] {
        for page in pages(&folder.join(part))? {
            let name = page.strip_prefix(folder).unwrap_or(&page).display().to_string();
            if !name.contains(only) {
                continue;
            }
            let text = browser::whole(&fs::read_to_string(&page)?);
            let mut problems = browser.measured(&text, part == "hostile")?;
            // What is published is the same pages again.
            let sheets = if part.len() == 2 { browser.printed(&text, &mut problems)? } else { 0 };
            let said = if problems.is_empty() { "good".to_owned() } else { problems.join("; ") };
            let paper = if sheets > 0 { format!(", {sheets} sheets of A4") } else { String::new() };
            println!("{name}: {said}{paper}");
            good &= problems.is_empty();
            count += 1;
        }
    }
    println!("{count} pages in {} s", start.elapsed().as_secs());
    Ok(good)
}

/// The pages of a folder in the order of their names.
fn pages(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    found.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    found.sort();
    Ok(found)
}
