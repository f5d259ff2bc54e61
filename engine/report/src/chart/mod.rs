//! Charts: values in, a picture as text (SVG) out.
//!
//! Each chart is one file (or folder): a struct of plain data (numbers, labels in the reader's language, no
//! pixels) and, beside it, its [`Draw`]. A new chart is one such file and one line in the list of [`Chart`].
//!
//! In: a [`Figure`]. In between: a [`Drawing`], a list of shapes that tests measure. Out: SVG, the same bytes
//! on every machine (+ − × ÷ only, at most one decimal). Nothing fails: what is absent or cannot be drawn
//! leaves a gap, texts too long are cut with `…`, and zero, one or many rows give a picture. What colour says
//! is also said by a mark, a pattern, a dash or a word. Numbers are rounded as everywhere (`number`).
//! Held by `tests/charts`; all charts of the reference plan: `cargo run -p mitoshi-report --example gallery`.

pub mod axis;
pub mod bullet;
pub mod drawing;
pub mod heat;
mod legend;
pub mod letters;
pub mod network;
pub mod palette;
mod places;
mod rows;
mod svg;
pub mod tornado;
pub mod trend;
pub mod waterfall;

pub use bullet::Bullet;
pub use drawing::Drawing;
pub use heat::Heat;
pub use network::Network;
pub use tornado::Tornado;
pub use trend::Trend;
pub use waterfall::Waterfall;

use crate::document::Figure;

/// A chart that can be drawn.
pub trait Draw {
    /// Its drawing.
    fn draw(&self) -> Drawing;
}

/// Declares [`Chart`] and who draws it, from one list.
macro_rules! charts {
    ($($(#[$meaning:meta])* $name:ident,)*) => {
        /// What is drawn, as values.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Chart {
            $($(#[$meaning])* $name($name),)*
        }

        impl Draw for Chart {
            fn draw(&self) -> Drawing {
                match self {
                    $(Self::$name(chart) => chart.draw(),)*
                }
            }
        }
    };
}

charts! {
    /// Target, actual and projection by year, with a fan for uncertainty.
    Trend,
    /// Achievements, each a bar on the bands of the grades.
    Bullet,
    /// What moves a result how far, largest first.
    Tornado,
    /// From one number to another, step by step.
    Waterfall,
    /// A result over two assumptions.
    Heat,
    /// What depends on what.
    Network,
}

/// A figure's chart as SVG; its title and description are read aloud in place of it.
pub fn svg(figure: &Figure) -> String {
    let drawing = Drawing { parts: Vec::new(), ..figure.chart.draw() };
    svg::print(&drawing, &figure.id, &figure.title, &figure.description)
}

/// The same picture with its [`drawing::Part`]s told as `data-node`, and as `data-from` with `data-to`, for a page
/// that answers when one is pointed at.
pub fn svg_in_parts(figure: &Figure) -> String {
    svg::print(&figure.chart.draw(), &figure.id, &figure.title, &figure.description)
}
