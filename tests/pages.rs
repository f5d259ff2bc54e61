//! Pages of every report: sound as HTML, and no text of a pack becomes part of them.
//!
//! In: the reference plan as it is, and with payloads in every text of its pack. A small scanner (`scan`) reads
//! pages, fragments and the index. With `MITOSHI_PAGES=FOLDER` the hostile pages are left there:
//! `cargo xtask pages` opens them in a browser.

mod fill;
mod names;
mod scan;

use std::collections::BTreeSet;
use std::env;
use std::path::PathBuf;

use mitoshi_core::Model;
use mitoshi_core::diagnostic::{Language, Sources};
use mitoshi_report::document::{Format, html};
use mitoshi_report::reports::index;

use crate::plan;
use crate::workbook::documents::reports_of;
use crate::workbook::hostile;
use fill::fill;
use scan::{Tag, tags};

const LANGUAGES: [(&str, Language); 2] = [("ja", Language::Japanese), ("en", Language::English)];

fn loaded() -> (Model, Sources) {
    let loaded = mitoshi_core::load(plan::files());
    (loaded.model.unwrap(), loaded.sources)
}

/// Every page of a pack by name: reports as pages and as fragments, and the index of both.
fn pages(model: &Model, sources: &Sources, language: Language, draws: u64) -> Vec<(String, String)> {
    let (mut pages, mut listed) = (Vec::new(), Vec::new());
    for (report, document) in reports_of(model, sources, language, draws) {
        let name = report.name();
        let files = [format!("{name}.html"), format!("{name}.fragment.html")];
        listed.push(index::Page::new(&document, report, files.to_vec()));
        pages.extend(files.into_iter().zip([document.print(Format::Html, false), html::fragment(&document)]));
    }
    pages.push(("index.html".to_owned(), index::document(&model.pack, &listed, language).print(Format::Html, false)));
    pages
}

/// What our own printer writes: tags with the names of their attributes.
fn kinds(tags: &[Tag]) -> BTreeSet<(String, String)> {
    let names = |tag: &Tag| {
        let name = tag.name.clone();
        std::iter::once(String::new())
            .chain(tag.attributes.iter().map(|(key, _)| key.clone()))
            .map(move |key| (name.clone(), key))
            .collect::<Vec<_>>()
    };
    tags.iter().flat_map(names).collect()
}

#[test]
fn pages_are_sound() {
    let (model, sources) = loaded();
    for (code, language) in LANGUAGES {
        for (name, page) in pages(&model, &sources, language, 100) {
            let tags = tags(&page).unwrap_or_else(|fault| panic!("{code} {name}: {fault}"));
            assert_eq!(scan::faults(&tags), Vec::<String>::new(), "{code} {name}");
            let outer = if name.ends_with("fragment.html") { "div" } else { "html" };
            let first = tags.iter().find(|tag| tag.name == outer).and_then(|tag| tag.attribute("lang"));
            assert_eq!(first, Some(code), "{name}");
        }
    }
}

#[test]
fn no_text_of_a_pack_becomes_part_of_a_page() {
    let (clean, sources) = loaded();
    let known: BTreeSet<_> =
        pages(&clean, &sources, Language::Japanese, 100).iter().flat_map(|(_, page)| kinds(&tags(page).unwrap())).collect();
    let payloads: Vec<String> = hostile::payloads().iter().map(|text| text.replace("alert(1)", "document.body.dataset.ran=1")).collect();
    let mut files = plan::files();
    fill::rules(&mut files, &payloads);
    let filled = mitoshi_core::load(files);
    let (mut model, sources) = (filled.model.unwrap(), filled.sources);
    // Each text has another payload in each round.
    for round in 0..payloads.len() {
        fill(&mut model.pack, &payloads, round);
        let (code, language) = LANGUAGES[round % 2];
        // What is drawn is the same in every round.
        for (name, page) in pages(&model, &sources, language, 1 + u64::from(round == 0)) {
            let found = tags(&page).unwrap_or_else(|fault| panic!("{round} {name}: {fault}"));
            let foreign: Vec<_> = kinds(&found).difference(&known).cloned().collect();
            assert_eq!(foreign, [], "round {round}, {name}");
            assert_eq!(scan::faults(&found), Vec::<String>::new(), "round {round}, {name}");
            assert!(!page.contains(['\u{202E}', '\u{2066}', '\u{0}', '\u{1B}', '\u{85}']), "round {round}, {name}");
            leave(&format!("{code}-{round}-{name}"), &page, round);
        }
    }
}

/// Leaves a page for the browser, of two rounds.
fn leave(name: &str, page: &str, round: usize) {
    if let Some(folder) = env::var_os("MITOSHI_PAGES").filter(|_| round == 0 || round == 21) {
        std::fs::write(PathBuf::from(folder).join(name), page).unwrap();
    }
}

#[test]
fn two_runs_give_the_same_pages() {
    let [first, second] = [(); 2].map(|()| {
        let (model, sources) = loaded();
        pages(&model, &sources, Language::Japanese, 100)
    });
    assert_eq!(first, second);
}
