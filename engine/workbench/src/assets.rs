//! The page itself: files that are part of the program. A new one is one line here.

use crate::answer::Answer;

/// Declares the files below `pages/` with their names in the address and their kinds.
macro_rules! files {
    ($($name:literal: $kind:literal,)*) => {
        const FILES: &[(&str, &str, &[u8])] = &[$(($name, $kind, include_bytes!(concat!("../pages/", $name))),)*];
    };
}

files! {
    "index.html": "text/html; charset=utf-8",
    "closed.html": "text/html; charset=utf-8",
    "login.html": "text/html; charset=utf-8",
}

/// A file of the page; absent if there is none of that name.
pub(crate) fn find(name: &str) -> Option<Answer> {
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, kind, bytes)| Answer::bytes(kind, *bytes))
}
