//! How a key is written, shown where its value has the wrong type or form.
//!
//! In: the key's name and what it should be, in words. Out: one hint. The keys with a form of their own
//! stand in one table; all others are numbers, texts, lists and the like.

use crate::diagnostic::Text;
use crate::text;

/// Keys whose value has a form of its own.
const EXAMPLES: [(&str, &str); 26] = [
    ("years", "[\"R4\", \"R8\"]"),
    ("actuals_until", "\"R5\""),
    ("holds", "\"within 0..100\""),
    ("between", "[\"arrears.extra\", \"collection_rate.effort\"]"),
    ("no", "12"),
    ("first_row", "5"),
    ("last_row", "40"),
    ("headings", "[3, 4]"),
    ("decimals", "1"),
    ("denominator", "42"),
    ("baseline", "{ year = \"R3\", value = 434 }"),
    ("start", "{ R5 = 0.0 }"),
    ("bounds", "[0, 100]"),
    ("range", "[0.0, 2.0]"),
    ("spread", "{ normal = [0.0, 0.1] }"),
    ("labels", "{ 0 = \"未実施\", 1 = \"実施\" }"),
    ("process", "{ R4 = \"検討\", R5 = \"実施\" }"),
    ("entry", "{ who = \"税務債権課\", when = \"毎年5月\" }"),
    ("fiscal", "{ quantity = \"collected\", side = \"revenue\", recurring = true }"),
    ("questions", "[\"年度ごとの額はいくらか。\"]"),
    ("extends", "[\"baseline\"]"),
    ("normal", "[0.0, 0.4]"),
    ("interval", "[-1.0, 1.0]"),
    ("triangular", "[-1.0, 0.0, 2.0]"),
    ("discrete", "[[0.0, 0.7], [1.0, 0.3]]"),
    ("binomial", "[42, 0.3]"),
];

/// What to write for `name`, which should be `expected`.
pub(super) fn example(name: &str, expected: &Text) -> Text {
    if let Some((_, value)) = EXAMPLES.iter().find(|(key, _)| *key == name) {
        return text!("{name} = {value} のように書いてください。", "write it like {name} = {value}");
    }
    match expected.en.as_str() {
        "a text in quotation marks" => {
            text!("{name} = \"…\" のように、引用符で囲んでください。", "put it in quotation marks: {name} = \"…\"")
        }
        "true or false" => text!("{name} = true か {name} = false と書いてください。", "write {name} = true or {name} = false"),
        "a date" => text!("{name} = 2026-06-05 のように書いてください。", "write it like {name} = 2026-06-05"),
        "a fiscal year" => text!("{name} = \"R6\" のように書いてください。", "write it like {name} = \"R6\""),
        "a list, [ … ]" => text!("{name} = [ … ] のように書いてください。", "write it like {name} = [ … ]"),
        "a table, {{ … }}" | "a table, { … }" => text!("{name} = {{ … }} のように書いてください。", "write it like {name} = {{ … }}"),
        _ => {
            text!("{name} = 12.5 のように、引用符のない数で書いてください。", "write a number without quotation marks, as in {name} = 12.5")
        }
    }
}
