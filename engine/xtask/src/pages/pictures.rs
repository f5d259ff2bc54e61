//! The pictures of the README, taken from the pages: a chart as SVG, the top of a page as PNG.

use std::fs;
use std::io;
use std::path::Path;

use super::browser::Browser;

/// The measure whose chart is shown, by its number.
const CHART: &str = "id=\"trend-6-";
/// Width and height of the page's picture in pixels.
const SIZE: &str = "--window-size=1000,1080";

/// Writes both into a folder; the page's only where the browser makes one.
pub fn write(pages: &Path, browser: &Browser, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let outlook = fs::read_to_string(pages.join("ja/outlook.html"))?;
    let drawing = outlook.split("<svg").skip(1).find(|part| part.contains(CHART)).and_then(|part| part.split("</svg>").next());
    let drawing = drawing.ok_or_else(|| io::Error::other("the outlook has no chart of that measure"))?;
    fs::write(folder.join("arrears.svg"), format!("<svg{drawing}</svg>\n"))?;
    let picture = folder.join("progress.png");
    browser.open(&pages.join("ja/progress.html"), &["--hide-scrollbars", SIZE, &format!("--screenshot={}", picture.display())])?;
    Ok(())
}
