//! What is asked of one page.
//!
//! It is loaded twice: without scripts, when it is measured at 320 and 1,280 px and on paper, and printed; and with
//! them, when its text must be the same, nothing of a pack may run, and axe-core reads it.

use std::io;
use std::path::Path;

use super::chromium::Tab;

/// Looks: a name, a width in pixels (A4 landscape within its margins is 273 mm), whether as on paper.
const LOOKS: [(&str, u32, bool); 3] = [("320 px", 320, false), ("1280 px", 1280, false), ("A4", 1032, true)];
const HEIGHT: u32 = 900;

/// By how much the page is wider than the window, then what is cut off there.
const WIDTH: &str = r#"(() => {
  const root = document.documentElement, found = [];
  if (root.scrollWidth > root.clientWidth) found.push("scrolls sideways by " + (root.scrollWidth - root.clientWidth) + " px");
  if (matchMedia("print").matches) for (const each of document.querySelectorAll("table, figure svg"))
    if (each.getBoundingClientRect().right > root.clientWidth + 1) found.push("lost on paper: " + (each.caption?.textContent ?? "a chart"));
  return found.join("\n");
})()"#;

/// What axe-core finds, one rule a line.
const AXE: &str = r#"axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"]
}).then((seen) => seen.violations.map((each) => each.id + " x" + each.nodes.length + " at " + each.nodes[0].target).join("\n"))"#;

const TEXT: &str = "document.body.textContent";
const RAN: &str = "document.body.dataset.ran ? \"a text of the pack ran\" : \"\"";

/// How a page is to be looked at.
pub struct Asked<'a> {
    /// The text of `axe.min.js`, where good manners are asked for.
    pub axe: Option<&'a str>,
    /// Whether it must fit on paper: no sheet holds a name of 10,000 characters.
    pub fits_paper: bool,
    pub printed: bool,
}

/// What is wrong with a page, and the page on paper if that was asked for.
pub fn look(tab: &mut Tab, page: &Path, asked: &Asked) -> io::Result<(Vec<String>, Option<Vec<u8>>)> {
    let mut problems = Vec::new();
    tab.show(page, false)?;
    for (name, width, paper) in LOOKS.into_iter().filter(|(.., paper)| !paper || asked.fits_paper) {
        tab.size(width, HEIGHT, paper)?;
        note(&mut problems, name, &tab.say(WIDTH)?);
    }
    let paper = asked.printed.then(|| tab.print()).transpose()?;
    let still = tab.say(TEXT)?;
    tab.show(page, true)?;
    note(&mut problems, "scripts", &tab.say(RAN)?);
    if still.is_empty() || still != tab.say(TEXT)? {
        problems.push("differs without scripts".to_owned());
    }
    if let Some(axe) = asked.axe {
        tab.run(axe)?;
        for (name, width, paper) in LOOKS.into_iter().filter(|(.., paper)| !paper) {
            tab.size(width, HEIGHT, paper)?;
            note(&mut problems, name, &tab.say(AXE)?);
        }
    }
    Ok((problems, paper))
}

/// Adds the lines of what was found.
fn note(problems: &mut Vec<String>, name: &str, found: &str) {
    problems.extend(found.lines().map(|line| format!("{name}: {line}")));
}

/// Sheets of a PDF.
pub fn sheets(pdf: &[u8]) -> usize {
    pdf.windows(12).filter(|part| part.starts_with(b"/Type /Page") && part[11] != b's').count()
}
