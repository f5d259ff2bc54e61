//! Names of sheets: legal, at most 31 UTF-16 units, each only once.

use super::clean::{clean, cut};

/// UTF-16 units of a name.
const MOST: usize = 31;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// In lower case, because that is how a workbook compares them.
    used: Vec<String>,
}

impl Names {
    /// A name like `wanted` that no other sheet has.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let wanted = legal(wanted);
        let mut name = cut(&wanted, MOST);
        let mut copy = 1;
        while self.used.contains(&name.to_lowercase()) {
            copy += 1;
            let end = format!(" ({copy})");
            name = cut(&wanted, MOST - end.len()) + end.as_str();
        }
        self.used.push(name.to_lowercase());
        name
    }

    /// Keeps a name for a sheet that comes later.
    pub(super) fn reserve(&mut self, wanted: &str) -> String {
        self.unique(wanted)
    }
}

/// Puts full-width forms in the place of what a name may not have.
fn legal(wanted: &str) -> String {
    let allowed = |character: char| match character {
        '[' => '［',
        ']' => '］',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '/' => '／',
        '\\' => '＼',
        '\'' => '’',
        _ => character,
    };
    let name: String = clean(wanted).trim().chars().map(allowed).collect();
    // "History" belongs to Excel.
    if name.is_empty() || name.eq_ignore_ascii_case("history") { format!("{name}＿") } else { name }
}
