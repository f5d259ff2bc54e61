//! One page in headless Chromium.
//!
//! A copy without the page's own policy (which forbids scripts) is shown in frames of 320, 1,280 and A4's
//! width; a script of ours measures it, and leaves what it found in the document, which Chromium prints.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The page's own policy begins so.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\"";
/// What stands around what the script found.
const FOUND: (&str, &str) = ("[[found:", ":found]]");
/// Frames: a name, its width in pixels (A4 landscape within its margins is 273 mm), whether as on paper.
const FRAMES: [(&str, u32, bool); 3] = [("320 px", 320, false), ("1280 px", 1280, false), ("A4", 1032, true)];

/// Measures the page in its frame; runs axe-core where it is there.
const MEASURE: &str = r#"
addEventListener("load", async () => {
  const found = [], root = document.documentElement, paper = PAPER;
  if (root.scrollWidth > root.clientWidth) found.push("scrolls sideways by " + (root.scrollWidth - root.clientWidth) + " px");
  if (paper) for (const table of document.querySelectorAll("table, figure svg"))
    if (table.getBoundingClientRect().right > root.clientWidth + 1) found.push("lost on paper: " + (table.caption?.textContent ?? "a chart"));
  if (document.body.dataset.ran) found.push("a text of the pack ran");
  if (typeof axe !== "undefined" && !paper) {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const seen = await axe.run(document, { runOnly: tags, resultTypes: ["violations"], iframes: false });
    for (const each of seen.violations) found.push(each.id + " x" + each.nodes.length + " at " + each.nodes[0].target);
  }
  parent.postMessage({ frame: NUMBER, found }, "*");
});
"#;

/// Collects what the frames found.
const COLLECT: &str = r#"
const all = [];
addEventListener("message", (event) => {
  const [name] = FRAMES[event.data.frame];
  all.push(...event.data.found.map((text) => name + ": " + text));
  if (++done === FRAMES.length) document.body.textContent = "[[found:" + all.join("\n") + ":found]]";
});
"#;

/// Compares the text of two frames.
const COMPARE: &str = r#"
addEventListener("load", () => {
  const [without, having] = [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument.body.textContent);
  document.body.textContent = without.length > 0 && without === having ? "[[same]]" : "[[differs]]";
});
"#;

/// A browser, what it checks with, and where it may write.
pub struct Browser {
    pub chromium: PathBuf,
    /// The text of `axe.min.js`.
    pub axe: Option<String>,
    pub work: PathBuf,
}

impl Browser {
    /// Without scripts and on paper; how many sheets that takes.
    pub fn printed(&self, text: &str, problems: &mut Vec<String>) -> io::Result<usize> {
        let file = self.work.join("page.html");
        fs::write(&file, text)?;
        if !self.is_same_without_scripts(text)? {
            problems.push("differs without scripts".to_owned());
        }
        let sheets = self.sheets(&file)?;
        if sheets == 0 {
            problems.push("cannot be printed".to_owned());
        }
        Ok(sheets)
    }

    /// What the frames find; a hostile page is not asked for good manners.
    pub fn measured(&self, text: &str, hostile: bool) -> io::Result<Vec<String>> {
        let open: String = text.lines().filter(|line| !line.starts_with(POLICY)).map(|line| format!("{line}\n")).collect();
        let mut frames = String::new();
        for (number, (_, width, paper)) in FRAMES.iter().enumerate() {
            let axe = self.axe.as_deref().filter(|_| !hostile && !paper).unwrap_or_default();
            let script = MEASURE.replace("PAPER", &paper.to_string()).replace("NUMBER", &number.to_string());
            let open = if *paper { open.replace("@media print", "@media all") } else { open.clone() };
            let page = open.replacen("</body>", &format!("<script>{axe}</script><script>{script}</script></body>"), 1);
            fs::write(self.work.join(format!("frame-{number}.html")), page)?;
            frames += &format!("<iframe src=\"frame-{number}.html\" width=\"{width}\" height=\"900\" style=\"border:0\"></iframe>\n");
        }
        let names: Vec<String> = FRAMES.iter().map(|(name, ..)| format!("[\"{name}\"]")).collect();
        let collect = format!("let done = 0; const FRAMES = [{}];{COLLECT}", names.join(","));
        let file = self.work.join("frames.html");
        fs::write(&file, format!("<!DOCTYPE html><meta charset=\"utf-8\"><body><script>{collect}</script>{frames}"))?;
        let printed = self.open(&file, &["--dump-dom", "--virtual-time-budget=60000"])?;
        let found = printed.rsplit_once(FOUND.0).and_then(|(_, rest)| Some(rest.split_once(FOUND.1)?.0));
        // The script's own text holds the words too; it is gone once all frames have answered.
        match found.filter(|_| !printed.contains("<iframe")) {
            Some(found) => Ok(found.lines().map(str::to_owned).collect()),
            None => Ok(vec!["the browser gave no answer".to_owned()]),
        }
    }

    /// Shows the page in a frame that may run scripts, and in one that may not; the same text stands in both.
    fn is_same_without_scripts(&self, text: &str) -> io::Result<bool> {
        let text = text.replace('&', "&amp;").replace('"', "&quot;");
        let frame = |may: &str| format!("<iframe sandbox=\"allow-same-origin {may}\" srcdoc=\"{text}\"></iframe>\n");
        let file = self.work.join("scripts.html");
        let (without, with) = (frame(""), frame("allow-scripts"));
        fs::write(&file, format!("<!DOCTYPE html><meta charset=\"utf-8\"><body>{without}{with}<script>{COMPARE}</script>"))?;
        Ok(self.open(&file, &["--dump-dom", "--virtual-time-budget=20000"])?.contains("<body>[[same]]"))
    }

    /// Sheets of the page as printed.
    fn sheets(&self, page: &Path) -> io::Result<usize> {
        let pdf = self.work.join("page.pdf");
        self.open(page, &["--no-pdf-header-footer", &format!("--print-to-pdf={}", pdf.display())])?;
        let bytes = fs::read(&pdf)?;
        fs::remove_file(&pdf)?;
        Ok(bytes.windows(12).filter(|part| part.starts_with(b"/Type /Page") && part[11] != b's').count())
    }

    /// What Chromium prints of a file; each time with a profile of its own.
    pub fn open(&self, file: &Path, flags: &[&str]) -> io::Result<String> {
        let profile = self.work.join("profile");
        let mut command = Command::new(&self.chromium);
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]);
        command.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
        command.arg(format!("--user-data-dir={}", profile.display())).args(flags).arg(format!("file://{}", file.display()));
        let done = command.output()?;
        let _ = fs::remove_dir_all(profile);
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }
}

/// A fragment stands in a page of somebody else.
pub fn whole(text: &str) -> String {
    if text.starts_with("<!DOCTYPE html>") {
        return text.to_owned();
    }
    let language = if text.starts_with("<div lang=\"en\"") { "en" } else { "ja" };
    let head = "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>page</title>";
    format!("<!DOCTYPE html>\n<html lang=\"{language}\"><head>{head}</head><body><main>\n{text}</main></body></html>\n")
}
