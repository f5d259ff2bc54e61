//! The parser's complaints about a rule, in our words, each with what to write.
//!
//! In: Rhai's error. Out: one diagnostic (`RuleSyntax`, `RuleTooLarge`). Rhai's own words are kept as a
//! note where ours say less.

use rhai::{LexError, ParseError, ParseErrorType};

use super::engine;
use super::scan::Places;
use crate::diagnostic::{Code, Diagnostic, FileId, Span, Text};
use crate::text;

/// What a parser's error means.
pub(super) fn told(id: FileId, source: &str, error: &ParseError) -> Diagnostic {
    let places = Places::new(id, source);
    let span = if error.1.is_none() { Span::new(id, source.len()..source.len()) } else { places.token(error.1) };
    let base = |message| Diagnostic::at(Code::RuleSyntax, span, message);
    match error.0.as_ref() {
        ParseErrorType::MissingToken(token, _) => base(text!("`{token}` が足りません。", "`{token}` is missing")).hint(missing(token)),
        ParseErrorType::UnexpectedEOF => base(text!("ルールが途中で終わっています。", "the rule ends in the middle"))
            .hint(text!("括弧 `}}` の閉じ忘れがないか確かめてください。", "look for a missing `}}`")),
        ParseErrorType::FnDuplicatedParam(function, name) => {
            base(text!("関数 {function} に引数 {name} が二つあります。", "`{function}` has two parameters `{name}`"))
                .hint(text!("一方を消すか、意図した名前に直してください。", "delete one of them, or write the name that was meant"))
        }
        ParseErrorType::ExprTooDeep => {
            Diagnostic::at(Code::RuleTooLarge, span, text!("式の入れ子が深すぎます。", "expressions are nested too deeply"))
                .hint(text!("途中の結果に `let` で名前を付けてください。", "name intermediate results with `let`"))
        }
        ParseErrorType::TooManyFunctions => Diagnostic::at(
            Code::RuleTooLarge,
            span,
            text!("関数が上限の{limit}を超えています。", "there are more than {limit} functions", limit = engine::MAX_FUNCTIONS),
        )
        .hint(text!("共通の関数を rules/lib に移してください。", "move what is shared to rules/lib")),
        ParseErrorType::BadInput(LexError::ImproperSymbol(symbol, _)) if symbol == "=" => assignment(base),
        ParseErrorType::PropertyExpected | ParseErrorType::AssignmentToInvalidLHS(_) => assignment(base),
        other if other.to_string().contains("'=='") => assignment(base),
        other => base(text!("この部分をルールとして読めません。", "this part cannot be read as a rule"))
            .note(text!("Rhai の説明: {other}", "Rhai says: {other}"))
            .hint(text!(
                "その前の行の終わりの `;`、括弧の対応、演算子の両側を確かめてください。",
                "check the `;` of the line before, the brackets, and both sides of the operator"
            )),
    }
}

/// `if x = 0.0`: one `=` where two were meant.
fn assignment(base: impl Fn(Text) -> Diagnostic) -> Diagnostic {
    base(text!("ここに `=`（代入）は書けません。", "an assignment, `=`, cannot stand here"))
        .hint(text!("等しいかどうかは `==` で比べてください。", "compare with `==`"))
}

fn missing(token: &str) -> Text {
    match token {
        ";" => text!(
            "文の終わりに `;` を書いてください（関数の最後の値には要りません）。",
            "end the statement with `;` (the last value of a function needs none)"
        ),
        "," => text!(
            "値の区切りの `,` か、`*` や `+` などの演算子を補ってください。",
            "add the `,` between two values, or an operator such as `*` or `+`"
        ),
        "}" => text!("括弧 `}}` の閉じ忘れがないか確かめてください。", "look for a missing `}}`"),
        ")" => text!("括弧 `)` の閉じ忘れがないか確かめてください。", "look for a missing `)`"),
        other => text!("`{other}` を補ってください。", "add `{other}`"),
    }
}
