//! Decimal numbers that are added and scaled exactly, and the Japanese way of writing them: `122万4千`.
//!
//! `千5百万` needs a figure before each of 十百千; 万 億 兆 multiply all that stands before them in their group. Parts must
//! fall (122万4千, never 4千122億3兆), each be smaller than the scale before it, and only the last may have decimals.

use std::num::IntErrorKind;

use super::DoubtKind;

/// Scales that multiply the figure before them.
const SMALL: [(char, i32); 3] = [('十', 1), ('百', 2), ('千', 3)];
/// Scales that multiply everything before them.
const LARGE: [(char, i32); 3] = [('万', 4), ('億', 8), ('兆', 12)];
/// The digits that are read at most, scales included.
const MOST_DIGITS: usize = 30;

/// `digits` × 10^`exponent`, not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: u128,
    exponent: i32,
}

/// A number as it was written, and what follows it.
pub(super) struct Numeral<'a> {
    pub(super) decimal: Decimal,
    /// Written with 十百千万億兆.
    pub(super) is_scaled: bool,
    /// Ends in figures without a scale after others with one: `4億1`.
    pub(super) is_open: bool,
    pub(super) rest: &'a str,
}

impl Decimal {
    pub(super) fn shifted(self, tens: i32) -> Self {
        Self { exponent: self.exponent + tens, ..self }
    }

    fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let at = |one: Self| one.digits.checked_mul(10_u128.checked_pow(u32::try_from(one.exponent - exponent).ok()?)?);
        Some(Self { digits: at(self)?.checked_add(at(other)?)?, exponent })
    }

    /// True if the number is below 10^`tens`.
    fn is_below(self, tens: i32) -> bool {
        self.digits == 0 || i32::try_from(self.digits.ilog10()).is_ok_and(|length| length + self.exponent < tens)
    }

    /// The number as people write it: no exponent, no needless zeros before the point.
    pub(super) fn written(self) -> String {
        let digits = self.digits.to_string();
        let Ok(decimals) = usize::try_from(-self.exponent) else {
            let zeros = usize::try_from(self.exponent).unwrap_or_default();
            return if self.digits == 0 { digits } else { format!("{digits}{:0>zeros$}", "") };
        };
        if decimals == 0 {
            return digits;
        }
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, part) = padded.split_at(padded.len() - decimals);
        format!("{whole}.{part}")
    }

    /// The nearest `f64`, rounded once.
    pub(super) fn number(self) -> f64 {
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::INFINITY)
    }
}

/// The number that `text` begins with; absent if it begins with none.
pub(super) fn numeral(text: &str, with_scales: bool) -> Result<Option<Numeral<'_>>, DoubtKind> {
    let Some((first, rest)) = figures(text)? else {
        return Ok(None);
    };
    let mut sum = Sum::of(first);
    let mut rest = rest;
    while let Some((scale, after)) = scale(rest).filter(|_| with_scales) {
        sum.scale(scale)?;
        rest = after;
        if let Some((next, after)) = figures(rest.trim_start())? {
            sum.figures(next)?;
            rest = after;
        }
    }
    let is_open = sum.is_scaled && sum.has_figures;
    Ok(Some(Numeral { decimal: sum.total()?, is_scaled: sum.is_scaled, is_open, rest }))
}

fn scale(text: &str) -> Option<(i32, &str)> {
    let first = text.chars().next()?;
    let (_, tens) = SMALL.iter().chain(&LARGE).find(|(c, _)| *c == first)?;
    Some((*tens, &text[first.len_utf8()..]))
}

/// The number so far: whole groups (万 and above), the group being read, the last figures.
struct Sum {
    groups: Decimal,
    group: Decimal,
    last: Decimal,
    has_figures: bool,
    is_scaled: bool,
    /// The group being read has figures, be they zeros.
    is_open: bool,
    has_decimals: bool,
    /// What follows a group, and a figure within a group, must be below these powers of ten.
    below_group: i32,
    below: i32,
}

const ZERO: Decimal = Decimal { digits: 0, exponent: 0 };
const NO_LIMIT: i32 = i32::MAX;

impl Sum {
    fn of(first: Decimal) -> Self {
        Self {
            groups: ZERO,
            group: ZERO,
            last: first,
            has_figures: true,
            is_scaled: false,
            is_open: false,
            has_decimals: first.exponent < 0,
            below_group: NO_LIMIT,
            below: NO_LIMIT,
        }
    }

    fn scale(&mut self, tens: i32) -> Result<(), DoubtKind> {
        self.is_scaled = true;
        if tens < 4 {
            return self.small(tens);
        }
        self.close()?;
        let group = self.group.shifted(tens);
        if !self.is_open || tens >= self.below_group || !group.is_below(self.below_group) {
            return Err(DoubtKind::Order);
        }
        self.groups = self.groups.plus(group).ok_or(DoubtKind::TooLong)?;
        (self.group, self.is_open, self.below_group, self.below) = (ZERO, false, tens, tens);
        Ok(())
    }

    fn small(&mut self, tens: i32) -> Result<(), DoubtKind> {
        if !self.has_figures || tens >= self.below {
            return Err(DoubtKind::Order);
        }
        self.last = self.last.shifted(tens);
        self.close()?;
        self.below = tens;
        Ok(())
    }

    /// Adds the last figures to the group.
    fn close(&mut self) -> Result<(), DoubtKind> {
        if self.has_figures {
            self.group = self.group.plus(self.last).ok_or(DoubtKind::TooLong)?;
            self.is_open = true;
        }
        self.has_figures = false;
        Ok(())
    }

    fn figures(&mut self, next: Decimal) -> Result<(), DoubtKind> {
        if self.has_decimals || !next.is_below(self.below) {
            return Err(DoubtKind::Order);
        }
        (self.last, self.has_figures, self.has_decimals) = (next, true, next.exponent < 0);
        Ok(())
    }

    fn total(&mut self) -> Result<Decimal, DoubtKind> {
        self.close()?;
        self.groups.plus(self.group).ok_or(DoubtKind::TooLong)
    }
}

/// The figures that `text` begins with: `1,224`, `15.6`, `.5`.
fn figures(text: &str) -> Result<Option<(Decimal, &str)>, DoubtKind> {
    let whole = text.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(text.len());
    let (whole, after) = text.split_at(whole);
    let (decimals, rest) = match after.strip_prefix('.') {
        Some(part) => part.split_at(part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len())),
        None => ("", after),
    };
    if !whole.starts_with(|c: char| c.is_ascii_digit()) && (!whole.is_empty() || decimals.is_empty()) {
        return Ok(None);
    }
    // A point without figures after it belongs to what follows.
    let rest = if decimals.is_empty() { after } else { rest };
    let digits = format!("{}{decimals}", without_commas(whole)?);
    Ok(Some((decimal(&digits, decimals.len())?, rest)))
}

fn decimal(digits: &str, decimals: usize) -> Result<Decimal, DoubtKind> {
    let exponent = i32::try_from(decimals).map(|decimals| -decimals).map_err(|_| DoubtKind::TooLong)?;
    if digits.len() > MOST_DIGITS {
        return Err(DoubtKind::TooLong);
    }
    match digits.parse() {
        Ok(digits) => Ok(Decimal { digits, exponent }),
        Err(error) if *error.kind() == IntErrorKind::PosOverflow => Err(DoubtKind::TooLong),
        Err(_) => Err(DoubtKind::NotANumber),
    }
}

/// Commas part thousands: one to three figures, then three after each comma, no zero in front.
fn without_commas(whole: &str) -> Result<String, DoubtKind> {
    if !whole.contains(',') {
        return Ok(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let good = !first.is_empty() && first.len() <= 3 && !first.starts_with('0') && groups.all(|group| group.len() == 3);
    if good { Ok(whole.replace(',', "")) } else { Err(DoubtKind::Comma) }
}
