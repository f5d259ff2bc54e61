//! The pictures of the README, taken from the pages: a chart as SVG, the top of a page as PNG.

use std::fs;
use std::io;
use std::path::Path;

use super::chromium::Tab;

/// The measure whose chart is shown, by its number.
const CHART: &str = "id=\"trend-6-";
/// Width and height of the page's picture in pixels.
const SIZE: (u32, u32) = (1000, 1080);

/// Writes both into a folder.
pub fn write(pages: &Path, tab: &mut Tab, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let outlook = fs::read_to_string(pages.join("ja/outlook.html"))?;
    let drawing = outlook.split("<svg").skip(1).find(|part| part.contains(CHART)).and_then(|part| part.split("</svg>").next());
    let drawing = drawing.ok_or_else(|| io::Error::other("the outlook has no chart of that measure"))?;
    fs::write(folder.join("arrears.svg"), format!("<svg{drawing}</svg>\n"))?;
    tab.size(SIZE.0, SIZE.1, false)?;
    tab.show(&pages.join("ja/progress.html"), false)?;
    fs::write(folder.join("progress.png"), tab.picture()?)
}
