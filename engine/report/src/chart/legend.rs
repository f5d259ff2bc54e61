//! The legend of a chart: samples with words, in rows below the drawing.

use super::drawing::{Area, Drawing, SMALL, Shape, Text};
use super::letters;
use super::palette::INK;

/// The height of a row.
pub const ROW: f64 = 20.0;
/// The room of a sample.
pub const SAMPLE: Area = Area { x: 0.0, y: 2.0, width: 26.0, height: 12.0 };
/// From a sample to its words.
const GAP: f64 = 6.0;
/// From words to the next sample.
const APART: f64 = 18.0;

/// Samples and what they mean.
#[derive(Clone, Debug, Default)]
pub struct Legend(Vec<(Vec<Shape>, String)>);

impl Legend {
    /// Adds a sample, drawn inside [`SAMPLE`]; without words it is left out.
    pub fn add(&mut self, sample: Vec<Shape>, words: &str) {
        if !letters::clean(words).is_empty() {
            self.0.push((sample, words.to_owned()));
        }
    }

    /// Adds a sample that is one shape.
    pub fn one(&mut self, sample: Shape, words: &str) {
        self.add(vec![sample], words);
    }

    /// The height it takes within a width.
    pub fn height(&self, width: f64) -> f64 {
        self.places(width).last().map_or(0.0, |(_, y, _)| y + ROW)
    }

    /// Draws it with its upper left corner at a place.
    pub fn draw(&self, drawing: &mut Drawing, x: f64, y: f64, width: f64) {
        for ((sample, _), (left, top, words)) in self.0.iter().zip(self.places(width)) {
            for shape in sample {
                drawing.add(shape.clone().moved(x + left, y + top));
            }
            let words = Text::small(x + left + SAMPLE.width + GAP, y + top + 12.0, words).coloured(INK);
            drawing.text(words);
        }
    }

    /// Left and upper edge of each sample, and its words as far as they fit.
    fn places(&self, width: f64) -> Vec<(f64, f64, String)> {
        let (mut x, mut y) = (0.0, 0.0);
        let mut places = Vec::new();
        for (_, words) in &self.0 {
            let words = letters::fit(words, SMALL, width - SAMPLE.width - GAP);
            let taken = SAMPLE.width + GAP + letters::width(&words, SMALL);
            if x > 0.0 && x + taken > width {
                (x, y) = (0.0, y + ROW);
            }
            places.push((x, y, words));
            x += taken + APART;
        }
        places
    }
}
