//! Whole numbers as people type them: full-width digits and commas between thousands do.

use unicode_normalization::UnicodeNormalization;

/// What was typed, in half-width forms.
pub(crate) fn half_width(typed: &str) -> String {
    typed.trim().nfkc().collect()
}

/// The whole number that was typed; absent if it is none. A comma parts thousands only before three digits.
pub(crate) fn whole_number(typed: &str) -> Option<u64> {
    let folded = half_width(typed);
    let grouped = folded.split(',').skip(1).all(|group| group.len() == 3);
    if !grouped {
        return None;
    }
    folded.replace([',', '_'], "").parse().ok()
}
