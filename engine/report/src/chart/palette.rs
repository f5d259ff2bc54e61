//! The colours of all charts; none stands anywhere else.
//!
//! Lines and fills that carry meaning have at least 3:1 against white, texts 4.5:1; blue, amber and red stay
//! apart for readers who see fewer colours, and what they say is also said by a shape, a pattern or a word.
//! Grid and bands are lighter: they only help the eye. A test computes the contrasts.

use crate::document::Tone;

/// A colour as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub u8, pub u8, pub u8);

/// Paper.
pub const WHITE: Colour = Colour(255, 255, 255);
/// Texts and the lines that matter most.
pub const INK: Colour = Colour(26, 26, 26);
/// Texts that stand back.
pub const MUTED: Colour = Colour(85, 85, 85);
/// Axes and leaders.
pub const AXIS: Colour = Colour(118, 118, 118);
/// Grid lines; decoration.
pub const GRID: Colour = Colour(222, 222, 222);
/// The first colour: projections, what is as wanted.
pub const BLUE: Colour = Colour(11, 95, 165);
/// The second: what is not quite as wanted.
pub const AMBER: Colour = Colour(138, 97, 0);
/// The third: what is far from what was wanted.
pub const RED: Colour = Colour(179, 52, 31);
/// The fourth, for a further line.
pub const PURPLE: Colour = Colour(123, 63, 152);
/// The fifth, for a further line.
pub const TEAL: Colour = Colour(0, 117, 105);

/// Further lines of one kind, in order.
pub const LINES: [Colour; 5] = [BLUE, RED, TEAL, PURPLE, AMBER];
/// The colours that carry meaning as lines or fills.
pub const MEANINGFUL: [Colour; 8] = [INK, MUTED, AXIS, BLUE, AMBER, RED, PURPLE, TEAL];
/// The colours that texts may have.
pub const TEXTS: [Colour; 7] = [INK, MUTED, BLUE, AMBER, RED, PURPLE, TEAL];

impl Colour {
    /// This colour mixed with white: 0 is white, 1 the colour itself.
    pub fn tint(self, share: f64) -> Self {
        let mix = |part: u8| (255.0 - (255.0 - f64::from(part)) * share.clamp(0.0, 1.0) + 0.5) as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }

    /// `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// The colour of a tone.
pub fn of(tone: Tone) -> Colour {
    match tone {
        Tone::Plain => MUTED,
        Tone::Good => BLUE,
        Tone::Fair => AMBER,
        Tone::Bad => RED,
    }
}
