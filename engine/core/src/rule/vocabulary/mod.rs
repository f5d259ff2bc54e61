//! The functions that rules may call, as one ordered registry.
//!
//! Every word is a pure map from numbers to a number: same bits on every platform (`libm`, or
//! operations that IEEE 754 defines exactly), integers are widened first, NaN stays NaN. The engine,
//! the kind check, `docs/rules.md` and a test that runs every example derive from [`WORDS`].

pub mod functions;

use functions as f;

/// A function of the vocabulary.
pub struct Word {
    /// Its name in rules.
    pub name: &'static str,
    /// What it computes.
    pub apply: Apply,
    /// What it is, in Japanese and English.
    pub about: [&'static str; 2],
    /// A call and its value, run by the tests.
    pub example: (&'static str, f64),
}

/// A word's function by its number of arguments.
#[derive(Clone, Copy)]
pub enum Apply {
    /// One argument.
    One(fn(f64) -> f64),
    /// Two arguments.
    Two(fn(f64, f64) -> f64),
    /// Three arguments.
    Three(fn(f64, f64, f64) -> f64),
}

impl Apply {
    /// How many arguments the word takes.
    pub fn arity(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Two(_) => 2,
            Self::Three(_) => 3,
        }
    }
}

macro_rules! words {
    ($($name:literal $arity:ident $function:path, $ja:literal, $en:literal, $call:literal => $value:expr;)*) => {
        /// The vocabulary, in the order of the documents.
        pub const WORDS: &[Word] = &[$(Word {
            name: $name,
            apply: Apply::$arity($function),
            about: [$ja, $en],
            example: ($call, $value),
        },)*];
    };
}

words! {
    "min" Two f::min, "小さい方", "the smaller of two", "min(3.0, 5.0)" => 3.0;
    "max" Two f::max, "大きい方", "the larger of two", "max(0.0, -2.5)" => 0.0;
    "clamp" Three f::clamp, "下限と上限の間に収めた値", "the value kept between a lower and an upper end", "clamp(104.0, 0.0, 100.0)" => 100.0;
    "abs" One f64::abs, "絶対値", "the absolute value", "abs(-2.0)" => 2.0;
    "floor" One f64::floor, "切捨て", "the whole number below", "floor(2.7)" => 2.0;
    "ceil" One f64::ceil, "切上げ", "the whole number above", "ceil(2.1)" => 3.0;
    "round" One f64::round, "四捨五入（0.5 は 0 から遠い方へ）", "the nearest whole number, halves away from zero", "round(2.5)" => 3.0;
    "sqrt" One f64::sqrt, "平方根", "the square root", "sqrt(9.0)" => 3.0;
    "pow" Two libm::pow, "累乗", "the power", "pow(0.5, 2.0)" => 0.25;
    "exp" One libm::exp, "指数関数", "e to the power", "exp(0.0)" => 1.0;
    "ln" One libm::log, "自然対数", "the natural logarithm", "ln(1.0)" => 0.0;
    "sin" One libm::sin, "正弦（ラジアン）", "the sine (radians)", "sin(0.0)" => 0.0;
    "cos" One libm::cos, "余弦（ラジアン）", "the cosine (radians)", "cos(0.0)" => 1.0;
}

/// The words that are not functions of numbers: the reasons a rule gives.
pub const BECAUSE: &str = "because";
/// Ends `achieve` without a value.
pub const NOT_EVALUABLE: &str = "not_evaluable";

/// The word of this name and its number in [`WORDS`].
pub fn find(name: &str) -> Option<(usize, &'static Word)> {
    WORDS.iter().enumerate().find(|(_, word)| word.name == name)
}

/// Every name that a rule may not give to a function of its own.
pub fn names() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|word| word.name).chain([BECAUSE, NOT_EVALUABLE])
}
