//! A scanner of our own pages: tags, attributes, the text behind each, and what is wrong with them.

use std::collections::BTreeSet;

/// Elements without an end.
const VOID: [&str; 2] = ["meta", "!DOCTYPE"];

/// A start tag.
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The text up to the next tag.
    text: String,
}

impl Tag {
    /// The value of an attribute; absent if the tag has none.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of a page in order; fails where tags do not close each other.
pub fn tags(page: &str) -> Result<Vec<Tag>, String> {
    let (mut found, mut open) = (Vec::new(), Vec::<String>::new());
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        let (inside, behind) = after.split_once('>').ok_or("a tag without an end")?;
        rest = behind;
        if let Some(name) = inside.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?}"));
            }
            continue;
        }
        let (inside, closed) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let text = behind.split('<').next().unwrap_or_default().trim().to_owned();
        let tag = tag(inside, text)?;
        if !closed && !VOID.contains(&tag.name.as_str()) {
            open.push(tag.name.clone());
        }
        found.push(tag);
    }
    if open.is_empty() { Ok(found) } else { Err(format!("left open: {open:?}")) }
}

fn tag(inside: &str, text: String) -> Result<Tag, String> {
    let (name, mut rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let mut attributes = Vec::new();
    while name != "!DOCTYPE" && !rest.trim().is_empty() {
        let quoted = rest.trim_start().split_once("=\"").and_then(|(key, rest)| Some((key, rest.split_once('"')?)));
        let (key, (value, behind)) = quoted.ok_or_else(|| format!("attributes of <{inside}>"))?;
        attributes.push((key.to_owned(), value.to_owned()));
        rest = behind;
    }
    Ok(Tag { name: name.to_owned(), attributes, text })
}

/// What a reader with a screen reader would stumble over.
pub fn faults(tags: &[Tag]) -> Vec<String> {
    [headings(tags), ids(tags), tables(tags), links(tags)].concat()
}

/// One first heading, and no level left out.
fn headings(tags: &[Tag]) -> Vec<String> {
    let level = |tag: &Tag| tag.name.strip_prefix('h').and_then(|level| level.parse::<u8>().ok());
    let levels: Vec<u8> = tags.iter().filter_map(level).collect();
    let skipped = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1).map(|pair| format!("h{} after h{}", pair[1], pair[0]));
    let first = (levels.first() != Some(&1) || levels.iter().filter(|level| **level == 1).count() != 1).then(|| "not one h1".to_owned());
    skipped.chain(first).collect()
}

fn ids(tags: &[Tag]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = tags.iter().filter_map(|tag| tag.attribute("id"));
    ids.filter(|id| !seen.insert(*id)).map(|id| format!("two elements are called {id}")).collect()
}

/// A caption in each, a scope and words in every heading.
fn tables(tags: &[Tag]) -> Vec<String> {
    let bare =
        tags.windows(2).filter(|pair| pair[0].name == "table" && pair[1].name != "caption").map(|_| "a table without a caption".to_owned());
    let heads = tags.iter().filter(|tag| tag.name == "th");
    let unscoped = heads.clone().filter(|tag| tag.attribute("scope").is_none()).map(|tag| format!("no scope: {}", tag.text));
    let empty = heads.filter(|tag| tag.text.is_empty() || tag.text == "—").map(|_| "a heading without words".to_owned());
    bare.chain(unscoped).chain(empty).collect()
}

/// Links lead to a place on the page or a file beside it; the one meta tag that could send a reader away does not.
fn links(tags: &[Tag]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let ids: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.attribute("id")).collect();
    for target in tags.iter().filter_map(|tag| tag.attribute("href")) {
        let good = match target.strip_prefix('#') {
            Some(id) => ids.contains(id),
            None => target.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-".contains(letter)),
        };
        found.extend((!good).then(|| format!("a link to {target}")));
    }
    found
}
