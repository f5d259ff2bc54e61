//! The rule language and its document: what `docs/rules.md` says is what the engine does.
//!
//! Every word of the three registries (vocabulary, parameters, refusals) stands in the document in
//! code quotes; every example of the vocabulary is computed by the engine as the rule of an indicator
//! and gives its value to the bit.

use mitoshi_core::diagnostic::RawFile;
use mitoshi_core::rule::{refused, signature, vocabulary};
use mitoshi_core::year::Year;
use mitoshi_core::{Request, load};

use crate::support::{read, repository};

#[test]
fn the_document_mentions_every_word_of_the_language() {
    let document = read(&repository("docs/rules.md"));
    let words = vocabulary::names()
        .chain(signature::WORDS.iter().map(|word| word.name))
        .chain(refused::REFUSALS.iter().map(|refusal| refusal.word));
    let quoted = |word: &str| {
        document.contains(&format!("`{word}`"))
            || document.contains(&format!("`{word}("))
            || document.contains(&format!("`{}`", word.replace('|', "\\|")))
    };
    let missing: Vec<&str> = words.filter(|word| !quoted(word)).collect();
    assert!(missing.is_empty(), "docs/rules.md does not mention {missing:?}");
}

#[test]
fn every_example_of_the_vocabulary_computes_its_value() {
    for word in vocabulary::WORDS {
        let (call, expected) = word.example;
        assert!(call.starts_with(&format!("{}(", word.name)), "{}: the example is another word's", word.name);
        let value = compute(call);
        assert_eq!(value.map(f64::to_bits), Some(expected.to_bits()), "{call} is {value:?}, not {expected}");
    }
}

/// An expression's value as the rule of the only indicator.
fn compute(expression: &str) -> Option<f64> {
    let plan = "title = \"p\"\nyears = [\"R6\", \"R6\"]\nactuals_until = \"R5\"\n";
    let sheet = "no = 1\ntitle = \"t\"\nindicator = \"i\"\nunit = \"u\"\nkind = \"level\"\nbetter = \"higher\"\n";
    let rule = format!("fn project() {{ {expression} }}\nfn achieve(value) {{ value }}\n");
    let files =
        [("rules/plan.toml", plan), ("rules/one.toml", sheet), ("rules/one.rhai", &rule), ("scenarios/baseline.toml", "title = \"b\"\n")];
    let loaded = load(files.map(|(path, text)| RawFile::new(path, text)).to_vec());
    let model = loaded.model.unwrap_or_else(|| panic!("{expression}: {:?}", loaded.diagnostics));
    let projected = model.project(&Request { scenario: "baseline".to_owned(), ..Request::default() });
    projected.expect("the pack is sound").projection.cell("one", Year(2024)).and_then(|cell| cell.outcome)
}
