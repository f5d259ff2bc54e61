//! A small check that a text is well-formed XML, as strict as a browser is with a picture.
//!
//! It knows elements, attributes in double quotes, the five entities and text; nothing else may occur.

/// What is wrong, with the place.
pub fn check(text: &str) -> Result<(), String> {
    let allowed = |letter: char| {
        letter == '\n' || (letter >= ' ' && !('\u{7F}'..='\u{9F}').contains(&letter) && letter < '\u{FFFE}' || letter > '\u{FFFF}')
    };
    if let Some(letter) = text.chars().find(|letter| !allowed(*letter)) {
        return Err(format!("the character {letter:?}"));
    }
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        words(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("a tag without end")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name = tag.split(' ').next().unwrap_or_default();
        if !["svg", "title", "desc", "defs", "pattern", "rect", "path", "circle", "text"].contains(&name) {
            return Err(format!("an element <{name}>"));
        }
        ids.extend(attributes(&tag[name.len()..])?);
        if !is_empty {
            open.push(name);
        }
    }
    words(rest)?;
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    match (open.as_slice(), ids.len() == count) {
        ([], true) => Ok(()),
        ([], false) => Err("an id twice".to_owned()),
        (open, _) => Err(format!("not closed: {open:?}")),
    }
}

/// Text between tags, or an attribute's value.
fn words(text: &str) -> Result<(), String> {
    for part in text.split('&').skip(1) {
        if !["amp;", "lt;", "gt;", "quot;"].iter().any(|entity| part.starts_with(entity)) {
            return Err(format!("a bare & before {part:?}"));
        }
    }
    Ok(())
}

/// The ids among the attributes.
fn attributes(mut rest: &str) -> Result<Vec<&str>, String> {
    let (mut names, mut ids) = (Vec::new(), Vec::new());
    while !rest.is_empty() {
        let (name, after) = rest.strip_prefix(' ').and_then(|rest| rest.split_once("=\"")).ok_or(format!("attributes {rest:?}"))?;
        let (value, after) = after.split_once('"').ok_or(format!("no end of {name}"))?;
        words(value)?;
        if names.contains(&name) || name.starts_with("on") || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') {
            return Err(format!("the attribute {name}"));
        }
        if name == "id" {
            ids.push(value);
        }
        names.push(name);
        rest = after;
    }
    Ok(ids)
}
