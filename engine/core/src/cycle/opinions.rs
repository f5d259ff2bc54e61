//! Editions that opinions name and nobody knows: the one thing of them that only the history can tell.

use crate::diagnostic::{Code, Diagnostic};
use crate::history::History;
use crate::pack::Pack;
use crate::text;

/// Editions that opinions name and neither the history nor the plan has. Without a history nothing can be told.
pub fn unknown_editions(pack: &Pack, history: &History) -> Vec<Diagnostic> {
    let editions = history.editions();
    let known: Vec<&str> = editions.iter().map(|edition| edition.name.as_str()).chain([pack.plan.edition.as_str()]).collect();
    let named = pack.opinions.iter().filter_map(|opinion| opinion.reflected_in.as_ref());
    let unknown = named.filter(|edition| !editions.is_empty() && !known.contains(&edition.value.as_str()));
    let told = unknown.map(|edition| {
        let name = &edition.value;
        let message = text!("「{name}」という版は履歴にありません。", "the history has no edition `{name}`");
        Diagnostic::at(Code::UnknownEdition, edition.span, message).suggest(name, known.iter().copied()).or_hint(text!(
            "版の名前は `mitoshi edition list` で確かめられます。",
            "`mitoshi edition list` shows the names of the editions"
        ))
    });
    told.collect()
}
