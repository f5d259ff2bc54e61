//! `rules/<id>.rhai` as a new indicator begins with it: also used by `mitoshi new indicator`.

use crate::diagnostic::{Language, Text};
use crate::text;

/// What `project` returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Last year's number, until somebody writes the rule.
    ToBeWritten,
    /// Last year's number and the assumed yearly change.
    Step,
    /// Last year's state: a milestone.
    Same,
}

/// The text of a rule. `with_achieve`: the rule computes the achievement itself.
pub fn rule(no: &str, indicator: &str, unit: &str, body: Body, with_achieve: bool, language: Language) -> String {
    let say = |text: Text| text.get(language).to_owned();
    let mut out = say(text!("//! No.{no} {indicator}\n//!\n", "//! No.{no} {indicator}\n//!\n"));
    if !unit.is_empty() {
        out += &say(text!("//! 単位: {unit}\n", "//! Unit: {unit}\n"));
    }
    out += &say(match body {
        Body::ToBeWritten => text!(
            "//! 出典: この式をどう決めたかを書く\n//! 例:   個票の [[examples]]\n\n",
            "//! Source: say how this rule was found\n//! Example: [[examples]] of the sheet\n\n"
        ),
        Body::Step | Body::Same => text!(
            "//! 出典: 取り込み時の仮の式。どう決めたかを書いて改める\n\n",
            "//! Source: a stand-in from the import; write the rule and say how it was found\n\n"
        ),
    });
    out += &say(match body {
        Body::Same => {
            text!("/// その年度の見込み: 実施の有無は前年度のまま。\n", "/// The outcome of a year: done or not, as last year.\n")
        }
        Body::ToBeWritten | Body::Step => text!(
            "/// その年度の見込み。引数の名前が受け取るものを表す:\n\
             /// last は前年度の値、yearly_change は個票の前提、別の指標のIDを書けばその指標の今年度の値。\n\
             /// 最後の行の値が結果になる。\n",
            "/// The outcome of a year. A parameter's name says what it is: `last` is last year's number,\n\
             /// `yearly_change` an assumption of the sheet, another indicator's ID its number this year.\n\
             /// The last line is the result.\n"
        ),
    });
    out += &say(match body {
        Body::ToBeWritten => text!(
            "fn project(last, yearly_change) {{\n    last    // ここに式を書く。例: last + yearly_change\n}}\n",
            "fn project(last, yearly_change) {{\n    last    // write the rule here, such as last + yearly_change\n}}\n"
        ),
        Body::Step => Text::same("fn project(last, yearly_change) {\n    last + yearly_change\n}\n"),
        Body::Same => Text::same("fn project(last) {\n    last\n}\n"),
    });
    if with_achieve {
        out += &say(text!(
            "\n/// 達成率（1.0 で達成）。\nfn achieve(value, target) {{\n    value / target\n}}\n",
            "\n/// The achievement: 1.0 is met.\nfn achieve(value, target) {{\n    value / target\n}}\n"
        ));
    }
    out
}
