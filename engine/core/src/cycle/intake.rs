//! Whether a new actual can be right, before it is written.
//!
//! [`inspect`] compares a figure with its sheet: bounds and labels rule figures out (`ImpossibleActual`); a
//! cumulative that falls, and a figure a power of ten away from the one before it, are possible but look like
//! a slip (`DoubtfulActual`), and somebody must say that they are meant. What passes becomes a [`Change`].

use crate::amount::{Amount, Label, Reading, Scale};
use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::history::{Change, Fact};
use crate::pack::{Entry, Kind, Pack, Sheet};
use crate::text;
use crate::year::Year;

/// How many times as large (or as small) as the figure before it a figure must be to be asked about.
const FAR: f64 = 8.0;

/// A figure as somebody gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Actual {
    /// The number in the sheet's unit; absent where there is none.
    pub value: Option<f64>,
    /// The words that it was given in, where they say more than the number.
    pub text: Option<String>,
    /// Where it was taken from.
    pub source: Option<String>,
    /// True while it may still change (速報).
    pub provisional: bool,
    /// Why there is none.
    pub absent: Option<String>,
}

impl Actual {
    /// Reads a figure as people write it, in the sheet's unit or with its own: `334`, `122万4千枚`, `実施`.
    ///
    /// # Errors
    /// `ImpossibleActual` with the reason, at `span`, for what cannot be used without asking.
    pub fn read(words: &str, sheet: &Sheet, span: Span) -> Result<Self, Box<Diagnostic>> {
        let amount = Amount::read(words, &Scale { unit: sheet.unit.clone(), labels: sheet.labels.clone() });
        let refuse = |reason: Text, hint: Text| Err(Box::new(Diagnostic::at(Code::ImpossibleActual, span, reason).hint(hint)));
        let text = Some(words.trim().to_owned());
        match amount.reading {
            Reading::Number(number) => {
                let says_more = number.converted.is_some() || !number.words.is_empty();
                Ok(Self { value: Some(number.value), text: text.filter(|_| says_more), ..Self::default() })
            }
            Reading::Label(Label { value: Some(value), .. }) => Ok(Self { value: Some(value), text, ..Self::default() }),
            Reading::Label(label) => {
                let word = label.words;
                refuse(
                    text!("「{word}」は、この指標では数になりません。", "`{word}` is no number of this indicator"),
                    text!("数で書いてください。", "write a number"),
                )
            }
            Reading::Absent => refuse(
                text!("値が空です。空は 0 とはみなしません。", "there is no value; nothing is not zero"),
                text!(
                    "ないと分かっているなら、理由を付けて「実績なし」としてください（--absent 理由）。",
                    "if there is none, declare it with a reason (--absent WHY)"
                ),
            ),
            Reading::Doubtful(doubt) => refuse(doubt.reason, doubt.hint),
        }
    }

    /// As the history and the sheet state it.
    pub fn fact(&self) -> Fact {
        let words = |words: &Option<String>| words.as_deref().map_or(Fact::Absent, Fact::text);
        Fact::table([
            ("value", Fact::number(self.value)),
            ("text", words(&self.text)),
            ("source", words(&self.source)),
            ("provisional", if self.provisional { Fact::Flag(true) } else { Fact::Absent }),
            ("absent", words(&self.absent)),
        ])
    }

    /// The change that records it; absent if the sheet says just that already.
    pub fn change(&self, pack: &Pack, sheet: &Sheet, year: Year) -> Option<Change> {
        let item = format!("actuals.{}", pack.plan.write(year));
        let old = crate::history::fact_of(sheet, &pack.plan, &item);
        let new = self.fact();
        (old != new).then(|| Change::new(&sheet.id, item, old, new))
    }
}

/// What is wrong or odd about a figure; nothing for one that is declared absent.
pub fn inspect(pack: &Pack, sheet: &Sheet, year: Year, actual: &Actual) -> Vec<Diagnostic> {
    let Some(value) = actual.value else { return Vec::new() };
    let inspected = Inspected { pack, sheet, year, value };
    let impossible: Vec<Diagnostic> = [inspected.finite(), inspected.labelled(), inspected.bounded()].into_iter().flatten().collect();
    if !impossible.is_empty() {
        return impossible;
    }
    inspected.far().or_else(|| inspected.falls()).into_iter().collect()
}

struct Inspected<'a> {
    pack: &'a Pack,
    sheet: &'a Sheet,
    year: Year,
    value: f64,
}

impl Inspected<'_> {
    fn finite(&self) -> Option<Diagnostic> {
        let message = text!("{named} は数ではありません。", "{named} is not a finite number", named = self.named());
        (!self.value.is_finite()).then(|| self.impossible(message, text!("数を書いてください。", "write a number")))
    }

    fn labelled(&self) -> Option<Diagnostic> {
        let labels = &self.sheet.labels;
        if self.sheet.kind != Kind::Milestone || labels.is_empty() || labels.iter().any(|(value, _)| *value == self.value) {
            return None;
        }
        let list: Vec<String> = labels.iter().map(|(value, word)| format!("{value}（{word}）")).collect();
        let (list, value) = (list.join("、"), self.value);
        let message = text!("{named} に {value} という値はありません。", "{named} has no value {value}", named = self.named());
        Some(self.impossible(message, text!("{list} のどれかを書いてください。", "write one of {list}")))
    }

    fn bounded(&self) -> Option<Diagnostic> {
        let (low, high) = self.sheet.bounds.filter(|(low, high)| self.value < *low || self.value > *high)?;
        let (value, unit) = (self.value, &self.sheet.unit);
        let message = text!(
            "{named} の {value}{unit} は、この指標がとりうる範囲（{low} から {high}）の外です。",
            "{value} {unit} for {named} is outside what this indicator can be ({low} to {high})",
            named = self.named()
        );
        let hint = text!(
            "単位（{unit}）と桁を確かめてください。範囲のほうが違うなら、個票の bounds を直します。",
            "check unit ({unit}) and digits; if the bounds are wrong, correct `bounds` in the sheet"
        );
        Some(self.impossible(message, hint))
    }

    /// A figure about a power of ten away from the last one: typed in another unit, or a digit too many.
    fn far(&self) -> Option<Diagnostic> {
        let (before, entry) = self.before()?;
        let last = entry.value.filter(|last| *last != 0.0 && self.value != 0.0)?;
        let ratio = self.value / last;
        if !(ratio.abs() >= FAR || ratio.abs() <= 1.0 / FAR) {
            return None;
        }
        let (value, unit, before) = (self.value, &self.sheet.unit, self.pack.plan.write(before));
        let times = if ratio.abs() >= 1.0 { ratio } else { 1.0 / ratio };
        let times = libm::round(times * 10.0) / 10.0;
        let way = if ratio.abs() >= 1.0 { text!("倍", "times") } else { text!("分の1", "times less than") };
        let message = Text {
            ja: format!("{} の {value}{unit} は、{before} の実績 {last}{unit} の約{times}{}です。", self.named(), way.ja),
            en: format!("{value} {unit} for {} is about {times} {} the actual of {before}, {last} {unit}", self.named(), way.en),
        };
        let hint = text!(
            "この指標の単位は {unit} です。別の単位で入れていないか確かめ、正しければ --as-is を付けてください。",
            "this indicator counts in {unit}; was another unit meant? If it is right, add --as-is"
        );
        Some(self.doubtful(message, entry.span, hint))
    }

    fn falls(&self) -> Option<Diagnostic> {
        let (before, entry) = self.before().filter(|_| self.sheet.kind == Kind::Cumulative)?;
        let last = entry.value.filter(|last| self.value < *last)?;
        let (value, unit, before) = (self.value, &self.sheet.unit, self.pack.plan.write(before));
        let message = text!(
            "{named} は累計ですが、{value}{unit} は {before} の実績 {last}{unit} より少なくなっています。",
            "{named} is cumulative, but {value} {unit} is less than the actual of {before}, {last} {unit}",
            named = self.named()
        );
        let hint = text!(
            "単年度の数を入れていないか確かめ、累計として正しければ --as-is を付けてください。",
            "was the year's own figure given? If the total is right, add --as-is"
        );
        Some(self.doubtful(message, entry.span, hint))
    }

    /// The last actual before the year.
    fn before(&self) -> Option<(Year, &Entry)> {
        let earlier = self.sheet.actuals.range(..self.year).rev();
        earlier.map(|(year, entry)| (*year, entry)).find(|(_, entry)| entry.value.is_some())
    }

    fn named(&self) -> String {
        format!("{}@{}", self.sheet.id, self.pack.plan.write(self.year))
    }

    fn impossible(&self, message: Text, hint: Text) -> Diagnostic {
        Diagnostic::at(Code::ImpossibleActual, self.sheet.places.indicator, message).hint(hint)
    }

    fn doubtful(&self, message: Text, last: Span, hint: Text) -> Diagnostic {
        Diagnostic::at(Code::DoubtfulActual, last, message).remark(text!("前の実績", "the actual before")).hint(hint)
    }
}
