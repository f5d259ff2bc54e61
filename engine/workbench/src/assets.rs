//! The page itself: files that are part of the program. A new one is one line here.

use crate::answer::Answer;

/// Declares the files below `pages/` with their names in the address and their kinds.
macro_rules! files {
    ($($name:literal: $kind:literal,)*) => {
        const FILES: &[(&str, &str, &[u8])] = &[$(($name, $kind, include_bytes!(concat!("../pages/", $name))),)*];
    };
}

files! {
    "closed.html": "text/html; charset=utf-8",
    "index.html": "text/html; charset=utf-8",
    "login.html": "text/html; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "api.js": "text/javascript; charset=utf-8",
    "begin.js": "text/javascript; charset=utf-8",
    "compare.js": "text/javascript; charset=utf-8",
    "cycle.js": "text/javascript; charset=utf-8",
    "decide.js": "text/javascript; charset=utf-8",
    "dom.js": "text/javascript; charset=utf-8",
    "evaluate.js": "text/javascript; charset=utf-8",
    "explain.js": "text/javascript; charset=utf-8",
    "frame.js": "text/javascript; charset=utf-8",
    "indicator.js": "text/javascript; charset=utf-8",
    "main.js": "text/javascript; charset=utf-8",
    "network.js": "text/javascript; charset=utf-8",
    "outlook.js": "text/javascript; charset=utf-8",
    "place.js": "text/javascript; charset=utf-8",
    "premises.js": "text/javascript; charset=utf-8",
    "problems.js": "text/javascript; charset=utf-8",
    "record.js": "text/javascript; charset=utf-8",
    "reports.js": "text/javascript; charset=utf-8",
    "rules.js": "text/javascript; charset=utf-8",
    "save.js": "text/javascript; charset=utf-8",
    "seek.js": "text/javascript; charset=utf-8",
    "store.js": "text/javascript; charset=utf-8",
    "views.js": "text/javascript; charset=utf-8",
    "words.js": "text/javascript; charset=utf-8",
}

/// A file of the page; absent if there is none of that name.
pub(crate) fn find(name: &str) -> Option<Answer> {
    FILES.iter().find(|(known, ..)| *known == name).map(|(_, kind, bytes)| Answer::bytes(kind, *bytes))
}
