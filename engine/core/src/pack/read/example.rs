//! `[[examples]]` of a sheet: inputs, and the result under the function's name.
//!
//! In: the sheet's table and the names of its auxiliaries. Out: [`Example`]s. That the inputs are the
//! function's parameters is judged once rules are bound (`rule::examples`).

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::pack::example::Example;
use crate::pack::model::{Placed, Sheet};
use crate::pack::table::{Item, Table, wrong_form};
use crate::text;

/// Keys that are no functions.
const OWN: [&str; 2] = ["given", "tolerance"];

pub(super) fn examples(table: &Table<'_>, sheet: &Sheet) -> Vec<Example> {
    let mut functions = vec!["project", "achieve", "revise"];
    functions.extend(sheet.auxiliaries.keys().map(String::as_str));
    table.tables("examples").iter().filter_map(|table| example(table, &functions)).collect()
}

fn example(table: &Table<'_>, functions: &[&str]) -> Option<Example> {
    let given = table.need("given").and_then(|item| item.table());
    let tolerance = table.find("tolerance").and_then(|item| not_negative(&item));
    table.finish_with(functions);
    let named: Vec<Item<'_>> = table.items().filter(|item| functions.contains(&item.name)).collect();
    let misspelt = |item: &Item<'_>| !OWN.contains(&item.name) && nearest(item.name, functions.iter().copied()).is_some();
    let [result] = named.as_slice() else {
        if !named.is_empty() || !table.items().any(|item| misspelt(&item)) {
            table.file.push(not_one(table, &named, functions));
        }
        return None;
    };
    let given = given?;
    let given = given.items().filter_map(|item| Some((Placed { value: item.name.to_owned(), span: item.key }, item.number()?)));
    let given = given.collect();
    let function = Placed { value: result.name.to_owned(), span: result.key };
    Some(Example { function, given, expected: result.placed_number()?, tolerance, span: table.span })
}

/// An example is about one function.
fn not_one(table: &Table<'_>, named: &[Item<'_>], functions: &[&str]) -> Diagnostic {
    let (ja, en) = (functions.join("、"), functions.join(", "));
    match named.get(1) {
        Some(second) => {
            let message = text!("一つの例に関数が二つあります。", "one example names two functions");
            let problem = Diagnostic::at(Code::Contradiction, second.key, message);
            problem.hint(text!("関数ごとに [[examples]] を分けてください。", "write an [[examples]] for each of them"))
        }
        None => {
            let message = text!("例に、関数の名前と結果の行がありません。", "the example names no function and its result");
            Diagnostic::at(Code::MissingKey, table.span, message).hint(text!(
                "project = 418.2 のように、{ja} のどれか一つと結果の数を書いてください。",
                "write one of {en} and its result, as in project = 418.2"
            ))
        }
    }
}

fn not_negative(item: &Item<'_>) -> Option<f64> {
    let number = item.number()?;
    if number < 0.0 {
        item.file.push(wrong_form(item, &text!("0以上の数", "a number of at least 0")));
    }
    (number >= 0.0).then_some(number)
}
