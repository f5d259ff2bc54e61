//! What is known of a number's unit: nothing, a number without one, or one of several readings.
//!
//! Several, because a power of ten in a rule may be a plain number or a conversion: in `rate / 100.0` the 100 turns % into a
//! ratio, in `sheets * yen / 100.0` 万円 into 百万円. A sum, a comparison and the end of a function keep the readings that fit.
//! Where neither side has a word, 100 is always the conversion between % and a ratio.

use super::unit::{Unit, YEAR};

/// More readings than this are not followed.
const MAX_READINGS: usize = 12;

/// Whole numbers that convert: `円/月 × 12` is `円/年`, since 12 is a number of 月/年.
const CONVERSIONS: [(f64, &str, &str); 4] = [(12.0, "月", YEAR), (365.0, "日", YEAR), (24.0, "時間", "日"), (60.0, "分", "時間")];

/// One reading of a number's unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Reading {
    /// The unit.
    pub(super) unit: Unit,
    /// True if a 100 was taken for a plain number on the way.
    pub(super) counts_hundred: bool,
}

/// What is known of a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    /// Nothing is ever there: the function has ended, or it is no number.
    Nothing,
    /// A number without a unit, which fits where it is added or compared; as a factor it has these readings.
    Number(Vec<Reading>),
    /// One of these.
    Of(Vec<Reading>),
    /// Not known; nothing is said of it.
    Unknown,
}

/// What two numbers that are added or compared have in common.
#[derive(Clone, Debug)]
pub(super) enum Meeting {
    /// They fit.
    Fits(Value),
    /// They measure the same on different scales: the right one must be multiplied by this power of ten.
    Scales(Reading, Reading),
    /// They measure different things.
    Differs(Reading, Reading),
}

/// How two numbers meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// `a + b`
    Sum,
    /// `a - b`
    Difference,
    /// Compared, or one of the two is taken.
    Alike,
}

impl Value {
    /// A known unit.
    pub(super) fn of(unit: Unit) -> Self {
        Self::Of(vec![Reading { unit, counts_hundred: false }])
    }

    /// A number without a unit, of which nothing else is known.
    pub(super) fn number() -> Self {
        Self::Number(vec![Reading { unit: Unit::ratio(), counts_hundred: false }])
    }

    /// A number as written in a rule.
    pub(super) fn literal(number: f64) -> Self {
        let plain = |counts_hundred| Reading { unit: Unit::ratio(), counts_hundred };
        let converts = |unit| Reading { unit, counts_hundred: false };
        if let Some((_, many, one)) = CONVERSIONS.iter().find(|(written, _, _)| *written == number) {
            let unit = Unit::word(many).times(&Unit::word(one), -1).unwrap_or_default();
            return Self::Number(vec![plain(false), converts(unit)]);
        }
        match (-6..=12).filter(|tens| *tens != 0).find(|tens| libm::pow(10.0, f64::from(*tens)) == number) {
            Some(tens) => Self::Number(vec![converts(Unit::tens(-tens)), plain(tens == 2)]),
            None => Self::number(),
        }
    }

    /// The product, or with sign −1 the quotient.
    pub(super) fn times(&self, other: &Self, sign: i32) -> Self {
        let (left, right) = match (self, other) {
            (Self::Nothing, _) | (_, Self::Nothing) => return Self::Nothing,
            (Self::Unknown, _) | (_, Self::Unknown) => return Self::Unknown,
            _ => (self.factors(), other.factors()),
        };
        let pairs = left.iter().flat_map(|left| right.iter().map(move |right| (*left, *right)));
        let products = pairs.map(|(left, right)| {
            Some(Reading { unit: left.unit.times(&right.unit, sign)?, counts_hundred: left.counts_hundred || right.counts_hundred })
        });
        match (products.collect::<Option<Vec<_>>>(), self, other) {
            (None, ..) => Self::Unknown,
            (Some(readings), Self::Number(_), Self::Number(_)) => from(readings, Self::Number),
            (Some(readings), ..) => from(readings, Self::Of),
        }
    }

    /// The readings as a factor.
    fn factors(&self) -> Vec<&Reading> {
        match self {
            Self::Number(readings) => readings.iter().collect(),
            Self::Of(readings) => settled(readings),
            Self::Nothing | Self::Unknown => Vec::new(),
        }
    }

    /// A power; a number without a unit stays one.
    pub(super) fn raised(&self, over: i32, under: i32) -> Self {
        let Self::Of(readings) = self else { return self.clone() };
        let raised = |reading: &Reading| Some(Reading { unit: reading.unit.raised(over, under)?, ..*reading });
        readings.iter().map(raised).collect::<Option<Vec<_>>>().map_or(Self::Unknown, |readings| from(readings, Self::Of))
    }

    /// The reading that a message shows.
    pub(super) fn shown(&self) -> Option<Reading> {
        match self {
            Self::Of(readings) => settled(readings).first().map(|reading| (*reading).clone()),
            _ => None,
        }
    }

    /// Meets another number in a sum, a comparison or a choice.
    pub(super) fn meet(&self, other: &Self, way: Way) -> Meeting {
        let (left, right) = match (self, other) {
            (Self::Nothing, one) | (one, Self::Nothing) => return Meeting::Fits(one.clone()),
            (Self::Unknown, _) | (_, Self::Unknown) => return Meeting::Fits(Self::Unknown),
            (Self::Number(_), Self::Number(_)) => return Meeting::Fits(Self::number()),
            (Self::Of(readings), Self::Number(_)) => return Meeting::Fits(with_number(readings, way == Way::Difference)),
            (Self::Number(_), Self::Of(readings)) => return Meeting::Fits(with_number(readings, false)),
            (Self::Of(left), Self::Of(right)) => (settled(left), settled(right)),
        };
        let pairs = || left.iter().flat_map(|left| right.iter().map(move |right| (*left, *right)));
        let common = pairs().filter_map(|(left, right)| {
            let counts_hundred = left.counts_hundred && right.counts_hundred;
            Some(Reading { unit: common(&left.unit, &right.unit, way)?, counts_hundred })
        });
        let common: Vec<Reading> = common.collect();
        if !common.is_empty() {
            return Meeting::Fits(from(common, Self::Of));
        }
        if let Some((left, right)) = pairs().find(|(left, right)| left.unit.measures_as(&right.unit)) {
            return Meeting::Scales(left.clone(), right.clone());
        }
        match pairs().next() {
            Some((left, right)) => Meeting::Differs(left.clone(), right.clone()),
            None => Meeting::Fits(Self::Unknown),
        }
    }

    /// What is known after one of two ways was gone; nothing is said if they differ.
    pub(super) fn either(&self, other: &Self) -> Self {
        match self.meet(other, Way::Alike) {
            Meeting::Fits(value) => value,
            _ => Self::Unknown,
        }
    }
}

/// Without doubles.
fn from(readings: Vec<Reading>, make: impl Fn(Vec<Reading>) -> Value) -> Value {
    let mut kept: Vec<Reading> = Vec::new();
    for reading in readings {
        match kept.iter_mut().find(|other| other.unit == reading.unit) {
            Some(other) => other.counts_hundred &= reading.counts_hundred,
            None => kept.push(reading),
        }
    }
    if kept.len() > MAX_READINGS { Value::Unknown } else { make(kept) }
}

/// The readings that count where a number is used: a 100 beside plain numbers converts.
fn settled(readings: &[Reading]) -> Vec<&Reading> {
    let converts = readings.iter().any(|reading| reading.unit.is_plain() && !reading.counts_hundred);
    readings.iter().filter(|reading| !(converts && reading.counts_hundred && reading.unit.is_plain())).collect()
}

/// Beside a number without a unit: `1.0 + growth` is a ratio, whether growth is per year or not; 2024 less a
/// number is a fiscal year or a number of years.
fn with_number(readings: &[Reading], is_subtracted: bool) -> Value {
    let mut units: Vec<Reading> = Vec::new();
    for reading in settled(readings) {
        let unit = &reading.unit;
        if unit.is_point && is_subtracted {
            units.push(Reading { unit: Unit::years(), ..reading.clone() });
        }
        let per_year = unit.is_plain() && unit.power(YEAR) == -1;
        let unit = if per_year { Unit::tens(unit.scale) } else { unit.clone() };
        units.push(Reading { unit, counts_hundred: reading.counts_hundred });
    }
    from(units, Value::Of)
}

/// The unit of a sum or a choice of two units; absent if they do not fit.
fn common(left: &Unit, right: &Unit, way: Way) -> Option<Unit> {
    let (point, years) = (Unit::fiscal_year(), Unit::years());
    match (way, left.is_point, right.is_point) {
        (Way::Difference, true, true) => Some(years),
        (Way::Alike, true, true) => Some(point),
        (Way::Sum | Way::Difference, true, false) => (*right == years).then_some(point),
        (Way::Sum, false, true) => (*left == years).then_some(point),
        (_, false, false) if left.scale == right.scale && left.measures_as(right) => {
            Some(if left.power(YEAR) >= right.power(YEAR) { left.clone() } else { right.clone() })
        }
        _ => None,
    }
}
