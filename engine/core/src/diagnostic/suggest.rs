//! The known name that was probably meant; none when in doubt.

use unicode_normalization::UnicodeNormalization;

/// Letters that may be wrong at most, however long the name.
const MOST_WRONG: usize = 3;
/// Letters from which the beginning of a name tells which one is meant.
const BEGINNING: usize = 3;

/// The name in `known` that `name` was probably meant to be (full-width letters count as their half-width
/// forms, capitals as small ones): the nearest, with at most a third of the letters wrong; two neighbours
/// swapped are one wrong letter. Failing that, the one that `name` begins. None where two are equally near by
/// more than one letter; at one letter the first one wins.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(name);
    let known: Vec<(String, &str)> =
        known.into_iter().filter(|candidate| *candidate != name).map(|candidate| (fold(candidate), candidate)).collect();
    misspelt(&wanted, &known).or_else(|| begun(&wanted, &known))
}

fn misspelt<'a>(wanted: &str, known: &[(String, &'a str)]) -> Option<&'a str> {
    let length = wanted.chars().count();
    let allowed = (length / 3).clamp(1, MOST_WRONG);
    let near = known.iter().map(|(folded, candidate)| (distance(wanted, folded, allowed), folded, *candidate));
    let near: Vec<_> = near.filter(|(distance, ..)| *distance <= allowed && *distance < length).collect();
    let (least, meant, candidate) = near.iter().min_by_key(|(distance, ..)| *distance)?;
    let in_doubt = *least > 1 && near.iter().any(|(distance, other, _)| distance == least && other != meant);
    (!in_doubt).then_some(*candidate)
}

/// The shortest name that begins so, if every other one that does begins with that name.
fn begun<'a>(wanted: &str, known: &[(String, &'a str)]) -> Option<&'a str> {
    let enough = if wanted.is_ascii() { BEGINNING } else { BEGINNING - 1 };
    if wanted.chars().count() < enough {
        return None;
    }
    let all = || known.iter().filter(|(folded, _)| folded.starts_with(wanted));
    let (meant, candidate) = all().min_by_key(|(folded, _)| folded.chars().count())?;
    all().all(|(folded, _)| folded.starts_with(meant.as_str())).then_some(*candidate)
}

fn fold(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}

/// Damerau–Levenshtein, not computed when the lengths alone rule the pair out.
fn distance(a: &str, b: &str, allowed: usize) -> usize {
    let lengths = a.chars().count().abs_diff(b.chars().count());
    if lengths > allowed { lengths } else { strsim::damerau_levenshtein(a, b) }
}
