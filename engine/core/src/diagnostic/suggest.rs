//! The nearest known name to a misspelt one.

use unicode_normalization::UnicodeNormalization;

/// The name in `known` nearest to `name`: at most a third of its letters away (full-width letters
/// count as their half-width forms, capitals as small ones). Among equals the first one wins.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(name);
    let allowed = (wanted.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (distance(&wanted, &fold(candidate), allowed), candidate))
        .filter(|(distance, _)| *distance <= allowed && *distance < wanted.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

fn fold(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}

/// Damerau–Levenshtein, not computed when the lengths alone rule the pair out.
fn distance(a: &str, b: &str, allowed: usize) -> usize {
    let lengths = a.chars().count().abs_diff(b.chars().count());
    if lengths > allowed { lengths } else { strsim::damerau_levenshtein(a, b) }
}
