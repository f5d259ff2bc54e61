//! The archive that a workbook is: judged by its directory first, then unpacked to nowhere, counting.
//!
//! Only what passes here is given to the reader of workbooks.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::limits::{MAX_PARTS, MAX_UNPACKED};
use super::refused::Reason;
use super::wire::Refused;

/// What other kinds of files begin with: compound files (old workbooks, and those with a password).
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
/// The part of a compound file that a password makes, as it is written there.
const ENCRYPTED: &str = "EncryptedPackage";
/// What the names of parts that no form has contain, whatever folder a workbook says it lies in.
const PARTS: [(&str, Reason); 7] = [
    ("/vbaproject", Reason::Macros),
    ("/macrosheets/", Reason::Macros),
    ("/externallinks/", Reason::OtherFiles),
    ("/connections", Reason::OtherFiles),
    ("/querytables/", Reason::OtherFiles),
    ("/activex/", Reason::Embedded),
    ("/embeddings/", Reason::Embedded),
];

/// Folders of an OpenDocument that hold programs.
const FOLDERS_OF_MACROS: [&str; 2] = ["basic/", "scripts/"];

/// Judges the bytes of a workbook.
/// `main` is the part that makes an archive a workbook of its kind.
pub(super) fn judge(bytes: &[u8], main: &str) -> Result<(), Refused> {
    if bytes.starts_with(&COMPOUND) {
        let password: Vec<u8> = ENCRYPTED.bytes().flat_map(|letter| [letter, 0]).collect();
        let has_password = bytes.windows(password.len()).any(|window| window == password);
        return Err((if has_password { Reason::Password } else { Reason::OldKind }, String::new()));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| (Reason::Damaged, String::new()))?;
    directory(&mut archive, main)?;
    for part in 0..archive.len() {
        unpack(&mut archive, part)?;
    }
    Ok(())
}

/// What the directory says: names and sizes.
fn directory(archive: &mut ZipArchive<Cursor<&[u8]>>, main: &str) -> Result<(), Refused> {
    if archive.len() > MAX_PARTS {
        return Err((Reason::TooMuch, String::new()));
    }
    let (mut unpacked, mut is_workbook) = (0_u64, false);
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(|_| (Reason::Damaged, String::new()))?;
        let name = part.name().map_err(|_| (Reason::Damaged, String::new()))?.to_lowercase().replace('\\', "/");
        let name = name.trim_start_matches('/');
        if let Some((part, reason)) = PARTS.iter().find(|(part, _)| name.contains(part)) {
            return Err((*reason, part.trim_matches('/').to_owned()));
        }
        if (name.ends_with(".bin") && name.contains("vba")) || FOLDERS_OF_MACROS.iter().any(|folder| name.starts_with(folder)) {
            return Err((Reason::Macros, String::new()));
        }
        if part.encrypted() {
            return Err((Reason::Password, String::new()));
        }
        is_workbook |= name == main;
        unpacked = unpacked.saturating_add(part.size());
    }
    match (unpacked > MAX_UNPACKED, is_workbook) {
        (true, _) => Err((Reason::Bomb, String::new())),
        (false, false) => Err((Reason::OtherKind, String::new())),
        (false, true) => Ok(()),
    }
}

/// Unpacks a part to nowhere: it must be as long as it says, and without declarations of its own.
fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, at: usize) -> Result<(), Refused> {
    let damaged = || (Reason::Damaged, String::new());
    let part = archive.by_index(at).map_err(|_| damaged())?;
    let (said, name) = (part.size(), part.name().map_err(|_| damaged())?.to_lowercase());
    let is_xml = name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml");
    let mut scan = Scan::default();
    let mut part = part.take(said.saturating_add(1));
    let mut buffer = [0_u8; 16 << 10];
    let mut length = 0_u64;
    loop {
        // Also where the sums of its bytes do not agree.
        let count = part.read(&mut buffer).map_err(|_| (Reason::Lying, name.clone()))?;
        if count == 0 {
            break;
        }
        length += count as u64;
        let chunk = buffer.get(..count).unwrap_or_default();
        if is_xml && scan.finds(chunk) {
            return Err((Reason::Dtd, name));
        }
    }
    if length == said { Ok(()) } else { Err((Reason::Lying, name)) }
}

/// Looks for declarations over the borders of chunks. A part in UTF-16 could hide them and is none of ours.
#[derive(Default)]
struct Scan {
    tail: Vec<u8>,
    began: bool,
}

impl Scan {
    fn finds(&mut self, chunk: &[u8]) -> bool {
        const WORDS: [&[u8]; 2] = [b"<!DOCTYPE", b"<!ENTITY"];
        let is_wide =
            !self.began && (chunk.starts_with(&[0xFE, 0xFF]) || chunk.starts_with(&[0xFF, 0xFE]) || chunk.iter().take(4).any(|b| *b == 0));
        self.began = true;
        self.tail.extend_from_slice(chunk);
        let mut rest = self.tail.as_slice();
        let mut found = is_wide;
        while let Some(at) = rest.iter().position(|byte| *byte == b'<') {
            rest = &rest[at..];
            found |= WORDS.iter().any(|word| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)));
            rest = &rest[1..];
        }
        let keep = self.tail.len().saturating_sub(8);
        self.tail.drain(..keep);
        found
    }
}
