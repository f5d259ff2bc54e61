//! Charts: values in, a picture as text (SVG) out.
//!
//! Each chart is one file: a struct of plain data (numbers, labels in the reader's language, no pixels)
//! and, beside it, its drawing. A new chart is one such file and one line in [`Chart`]'s list.

pub mod bullet;
pub mod heat;
pub mod network;
pub mod tornado;
pub mod trend;
pub mod waterfall;

pub use bullet::Bullet;
pub use heat::Heat;
pub use network::Network;
pub use tornado::Tornado;
pub use trend::Trend;
pub use waterfall::Waterfall;

/// What is drawn, as values.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Target, actual and projection by year, with a fan for uncertainty.
    Trend(Trend),
    /// Achievements, each a bar on the bands of the grades.
    Bullet(Bullet),
    /// What moves a result how far, largest first.
    Tornado(Tornado),
    /// From one number to another, step by step.
    Waterfall(Waterfall),
    /// A result over two assumptions.
    Heat(Heat),
    /// What depends on what.
    Network(Network),
}
