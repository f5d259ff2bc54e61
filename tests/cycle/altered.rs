//! A history in which one byte was changed is noticed, whichever byte and however.

use std::fs;

use mitoshi_core::history::PATH;

use super::pack::{good, history, problems_of, small};

fn recorded(name: &str) -> crate::support::Folder {
    let folder = small(name);
    good(&folder, &["record", "visitors@R6", "44.5", "--source", "集計", "--on", "2025-05-20"]);
    good(&folder, &["record", "litter@R6", "26", "--source", "計量", "--on", "2025-05-21"]);
    good(&folder, &["record", "--undo", "--on", "2025-05-22"]);
    folder
}

#[test]
fn one_changed_byte_anywhere_is_noticed() {
    let folder = recorded("cycle-altered");
    let (read, problems) = history(folder.path());
    assert!(problems.is_empty() && read.lines.len() == 4, "{problems:?}");
    let bytes = fs::read(folder.path().join(PATH)).unwrap();
    for at in 0..bytes.len() {
        for other in [bytes[at] ^ 1, bytes[at] ^ 0x20, b' ', b'\n', b'\r', b'0'] {
            if other == bytes[at] {
                continue;
            }
            let mut altered = bytes.clone();
            altered[at] = other;
            let text = String::from_utf8_lossy(&altered);
            assert!(!problems_of(&text).is_empty(), "byte {at} as {other:#x}: {:?}", &text[at.saturating_sub(20)..at]);
        }
    }
}

#[test]
fn lines_taken_out_exchanged_or_repeated_are_noticed() {
    let folder = recorded("cycle-lines");
    let text = fs::read_to_string(folder.path().join(PATH)).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let whole = |lines: &[&str]| problems_of(&lines.concat()).is_empty();
    assert!(whole(&lines));
    for at in 0..lines.len() - 1 {
        let mut without = lines.clone();
        without.remove(at);
        assert!(!whole(&without), "without line {at}");
        let mut exchanged = lines.clone();
        exchanged.swap(at, at + 1);
        assert!(!whole(&exchanged), "lines {at} and the next exchanged");
        let mut repeated = lines.clone();
        repeated.insert(at, lines[at]);
        assert!(!whole(&repeated), "line {at} twice");
    }
    // That the last line is missing shows against the sheets, which still have its figure.
    fs::write(folder.path().join(PATH), lines[..2].concat()).unwrap();
    assert!(history(folder.path()).1.is_empty(), "the undone record left nothing behind");
    fs::write(folder.path().join(PATH), lines[..1].concat()).unwrap();
    assert_eq!(history(folder.path()).1.len(), 1);
    // A copy with Windows line ends is the same history.
    assert!(problems_of(&text.replace('\n', "\r\n")).is_empty());
}
