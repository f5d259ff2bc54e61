//! What the rule language refuses, word by word, and what to do instead.
//!
//! One ordered table; the scan, the messages and `docs/rules.md` (held by a test) derive from it.

use crate::diagnostic::{Code, Diagnostic, Span, Text};
use crate::text;

/// A refused word or symbol.
pub struct Refusal {
    /// As written in a rule.
    pub word: &'static str,
    /// Why, in Japanese and English.
    pub why: [&'static str; 2],
    /// What to do instead, in Japanese and English.
    pub instead: [&'static str; 2],
}

const ENDLESS: [&str; 2] = ["終わらないおそれのある繰返しは使えません", "a loop that may not end is refused"];
const FOR: [&str; 2] =
    ["回数の決まった `for n in 0..3 { … }` を使ってください", "use `for n in 0..3 { … }`, whose number of turns is written"];
const OUTSIDE: [&str; 2] = ["ルールの外を読み書きする機能は使えません", "a rule may not reach outside itself"];
const PARAMETER: [&str; 2] = ["必要な値は引数の名前で受け取ってください", "take what is needed as a parameter, by its name"];
const LIBRARY: [&str; 2] =
    ["共通の関数は rules/lib に置けば、どのルールからも呼べます", "functions in rules/lib can be called from every rule"];
const NUMBERS: [&str; 2] = ["ルールが扱うのは数だけです", "a rule computes with numbers only"];
const HELPER: [&str; 2] = ["名前のある補助関数に書き換えてください", "write a helper function with a name"];
const IF: [&str; 2] = ["`if … { } else if … { } else { }` を使ってください", "use `if … { } else if … { } else { }`"];

macro_rules! refusals {
    ($($word:literal $why:expr, $instead:expr;)*) => {
        /// Every refused word, in the order of the documents.
        pub const REFUSALS: &[Refusal] = &[$(Refusal { word: $word, why: $why, instead: $instead },)*];
    };
}

refusals! {
    "switch" ["switch は使えません（整数の case は小数の値と決して一致しないため）", "`switch` is refused: an integer case never equals a number with a point"], IF;
    "while" ENDLESS, FOR;
    "loop" ENDLESS, FOR;
    "do" ENDLESS, FOR;
    "until" ENDLESS, FOR;
    "break" ["繰返しの中断は使えません", "leaving a loop early is refused"], ["条件は `if` で書いてください", "write the condition with `if`"];
    "continue" ["繰返しの中断は使えません", "leaving a loop early is refused"], ["条件は `if` で書いてください", "write the condition with `if`"];
    "throw" ["throw は使えません", "`throw` is refused"], ["評価できないことは achieve の中で `not_evaluable(\"理由\")` と書いてください", "say `not_evaluable(\"why\")` in `achieve`"];
    "try" ["try は使えません（失敗を隠すため）", "`try` is refused: it hides failures"], IF;
    "catch" ["catch は使えません（失敗を隠すため）", "`catch` is refused: it hides failures"], IF;
    "import" OUTSIDE, LIBRARY;
    "export" OUTSIDE, LIBRARY;
    "as" OUTSIDE, LIBRARY;
    "private" ["private は要りません", "`private` is not needed"], ["`fn` だけで書いてください", "write `fn` alone"];
    "const" ["const は使えません（数には名前・単位・根拠が要るため）", "`const` is refused: a number needs a name, a unit and a basis"], ["個票の [assumptions] に前提として書いてください", "write it as an assumption of the sheet"];
    "static" ["static は使えません", "`static` is refused"], PARAMETER;
    "global" OUTSIDE, PARAMETER;
    "this" ["this は使えません", "`this` is refused"], PARAMETER;
    "eval" ["文字列をルールとして実行することはできません", "running text as a rule is refused"], IF;
    "Fn" ["関数への参照は使えません（つながりを読み取れなくなるため）", "function pointers are refused: the dependencies could not be read"], HELPER;
    "call" ["関数への参照は使えません（つながりを読み取れなくなるため）", "function pointers are refused: the dependencies could not be read"], HELPER;
    "curry" ["関数への参照は使えません（つながりを読み取れなくなるため）", "function pointers are refused: the dependencies could not be read"], HELPER;
    "is_shared" NUMBERS, PARAMETER;
    "is_def_var" NUMBERS, PARAMETER;
    "is_def_fn" NUMBERS, PARAMETER;
    "type_of" NUMBERS, PARAMETER;
    "print" OUTSIDE, ["理由は `because(\"…\")` で残せます", "`because(\"…\")` keeps a reason"];
    "debug" OUTSIDE, ["理由は `because(\"…\")` で残せます", "`because(\"…\")` keeps a reason"];
    "timestamp" ["時計は使えません（同じ入力から同じ結果を得るため）", "clocks are refused: the same input must give the same result"], ["年度は引数 `year` で受け取ってください", "take the fiscal year as the parameter `year`"];
    "sleep" ["待つことはできません", "waiting is refused"], IF;
    "exit" OUTSIDE, ["`return` を使ってください", "use `return`"];
    "rand" ["乱数は使えません（同じ入力から同じ結果を得るため）", "randomness is refused: the same input must give the same result"], ["不確かさは前提の spread に書いてください", "write uncertainty as the spread of an assumption"];
    "**" ["`**` は使えません（機種により最後の桁が変わるため）", "`**` is refused: its last digit differs between machines"], ["`pow(x, y)` を使ってください", "use `pow(x, y)`"];
    "**=" ["`**=` は使えません（機種により最後の桁が変わるため）", "`**=` is refused: its last digit differs between machines"], ["`pow(x, y)` を使ってください", "use `pow(x, y)`"];
    "|" ["無名関数とビット演算は使えません", "closures and bit operations are refused"], HELPER;
    "&" ["ビット演算は使えません", "bit operations are refused"], ["「かつ」は `&&` です", "`&&` is the logical and"];
    "^" ["`^` は累乗を表さず、使えません", "`^` is no power and is refused"], ["累乗は `pow(x, y)` です", "`pow(x, y)` is the power"];
    "<<" ["ビット演算は使えません", "bit operations are refused"], ["累乗は `pow(x, y)` です", "`pow(x, y)` is the power"];
    ">>" ["ビット演算は使えません", "bit operations are refused"], ["累乗は `pow(x, y)` です", "`pow(x, y)` is the power"];
    "??" ["`??` は使えません（ない値がルールに入ることはないため）", "`??` is refused: an absent value never enters a rule"], PARAMETER;
    "::" OUTSIDE, LIBRARY;
    "." ["メソッドは使えません", "methods are refused"], ["`abs(x)` のように関数として書いてください", "write it as a function: `abs(x)`"];
    "?." ["メソッドは使えません", "methods are refused"], ["`abs(x)` のように関数として書いてください", "write it as a function: `abs(x)`"];
    "[" ["配列は使えません", "arrays are refused"], PARAMETER;
    "?[" ["配列は使えません", "arrays are refused"], PARAMETER;
    "#{" ["表（マップ）は使えません", "maps are refused"], PARAMETER;
}

/// The refusal of a word or symbol, if it is one.
pub fn find(word: &str) -> Option<&'static Refusal> {
    REFUSALS.iter().find(|refusal| refusal.word == word)
}

impl Refusal {
    /// The diagnostic at a place.
    pub fn at(&self, span: Span) -> Diagnostic {
        refuse(span, both(self.why)).hint(text!("{ja}。", "{en}", ja = self.instead[0], en = self.instead[1]))
    }
}

/// A construct that is refused for a reason of its own.
pub fn refuse(span: Span, why: Text) -> Diagnostic {
    Diagnostic::at(Code::Refused, span, text!("{ja}。", "{en}", ja = why.ja, en = why.en))
}

fn both([ja, en]: [&str; 2]) -> Text {
    Text { ja: ja.to_owned(), en: en.to_owned() }
}
