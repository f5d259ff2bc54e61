//! A unit: words with powers, and a power of ten. The words need no declaration; every one is its own base.
//!
//! `万枚/件` is 枚 × 件⁻¹ × 10⁴, `%` is 10⁻² without a word, `割合` is 1. A number `n` in a unit of scale `k` stands
//! for `n × 10^k`. 年度 is a point in time: two of them differ by 年, and anywhere but alone it counts as 年.

use std::collections::BTreeMap;

use super::written;

/// The word for a year of the plan, which is one step of a projection.
pub(super) const YEAR: &str = "年";

/// Powers beyond this are not followed: a loop could raise them without end.
const MAX_POWER: i32 = 24;

/// A unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Unit {
    /// Powers by word, none of them 0.
    powers: BTreeMap<String, i32>,
    /// The power of ten that a number of this unit is multiplied by.
    pub(super) scale: i32,
    /// True for a fiscal year (2024), which is not a number of years.
    pub(super) is_point: bool,
}

impl Unit {
    /// A plain ratio: no word, scale 0.
    pub(super) fn ratio() -> Self {
        Self::default()
    }

    /// A number of years.
    pub(super) fn years() -> Self {
        Self::word(YEAR)
    }

    /// A fiscal year.
    pub(super) fn fiscal_year() -> Self {
        Self { is_point: true, ..Self::years() }
    }

    /// One word.
    pub(super) fn word(word: &str) -> Self {
        Self { powers: BTreeMap::from([(word.to_owned(), 1)]), ..Self::default() }
    }

    /// A power of ten without a word.
    pub(super) fn tens(scale: i32) -> Self {
        Self { scale, ..Self::default() }
    }

    /// Reads what a sheet says.
    ///
    /// # Errors
    /// It cannot be read: a sign without a word, a bracket left open.
    pub(super) fn read(text: &str) -> Result<Self, ()> {
        written::read(text)
    }

    /// The unit of a product; absent where powers grow beyond all use.
    pub(super) fn times(&self, other: &Self, sign: i32) -> Option<Self> {
        let mut powers = self.powers.clone();
        for (word, power) in &other.powers {
            let sum = powers.get(word).copied().unwrap_or_default() + sign * power;
            match sum {
                0 => powers.remove(word),
                _ => powers.insert(word.clone(), sum),
            };
        }
        let scale = self.scale + sign * other.scale;
        let small = powers.values().chain([&scale]).all(|power| power.abs() <= MAX_POWER);
        small.then_some(Self { powers, scale, is_point: false })
    }

    /// The unit of a power with this exponent, a fraction `over/under`; absent where it is not a whole one.
    pub(super) fn raised(&self, over: i32, under: i32) -> Option<Self> {
        let part = |power: i32| {
            let product = power.checked_mul(over)?;
            (product % under == 0 && (product / under).abs() <= MAX_POWER).then_some(product / under)
        };
        let powers = self.powers.iter().map(|(word, power)| Some((word.clone(), part(*power)?)));
        let powers = powers.filter(|pair| pair.as_ref().is_none_or(|(_, power)| *power != 0)).collect::<Option<_>>()?;
        Some(Self { powers, scale: part(self.scale)?, is_point: false })
    }

    /// The power of a word.
    pub(super) fn power(&self, word: &str) -> i32 {
        self.powers.get(word).copied().unwrap_or_default()
    }

    /// Words with powers, in their order.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, i32)> {
        self.powers.iter().map(|(word, power)| (word.as_str(), *power))
    }

    /// True without any word but 年: a ratio, a rate per year, a number of years.
    pub(super) fn is_plain(&self) -> bool {
        self.powers.keys().all(|word| word == YEAR)
    }

    /// True if both measure the same, whatever the power of ten. A flow fits the stock that it fills in one yearly
    /// step: `件/年` fits `件`, and `%/年` fits `%`. Years themselves fit nothing but years.
    pub(super) fn measures_as(&self, other: &Self) -> bool {
        let (own, others) = (self.power(YEAR), other.power(YEAR));
        let a_step_apart = (own - others).abs() == 1 && own.max(others) <= 0;
        let rest = |unit: &Self| unit.powers.iter().filter(|(word, _)| *word != YEAR).map(|(w, p)| (w.clone(), *p)).collect::<Vec<_>>();
        self.is_point == other.is_point && (own == others || a_step_apart) && rest(self) == rest(other)
    }
}
