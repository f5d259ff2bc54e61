//! How the lines of a trend look: colour, dash and mark tell them apart, each alone would do in grey print.

use super::Series;
use crate::chart::drawing::{Paint, Point, Shape, Step, at};
use crate::chart::palette::Colour;

/// A series and how it is drawn.
pub(super) struct Look<'a> {
    pub(super) series: &'a Series,
    pub(super) colour: Colour,
    pub(super) paint: Paint,
    pub(super) mark: Mark,
    pub(super) is_projected: bool,
}

/// The mark of a value.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    Full,
    Ring,
    Square,
    Triangle,
    Diamond,
}

impl Mark {
    pub(super) fn shape(self, centre: Point, colour: Colour) -> Shape {
        let path = |corners: &[(f64, f64)]| {
            let corners = corners.iter().enumerate().map(|(n, (x, y))| {
                let corner = at(centre.x + x, centre.y + y);
                if n == 0 { Step::Move(corner) } else { Step::Line(corner) }
            });
            Shape::Path(corners.chain([Step::Close]).collect(), Paint::hollow(colour, 1.8))
        };
        match self {
            Self::Full => Shape::Dot(centre, 4.0, Paint::fill(colour)),
            Self::Ring => Shape::Dot(centre, 4.0, Paint::hollow(colour, 2.0)),
            Self::Square => path(&[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)]),
            Self::Triangle => path(&[(0.0, -4.5), (4.5, 3.5), (-4.5, 3.5)]),
            Self::Diamond => path(&[(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)]),
        }
    }
}
