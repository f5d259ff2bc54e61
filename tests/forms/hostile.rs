//! Files that mean harm: each is refused with its reason, by a process of its own, while the others are read.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use mitoshi_core::cycle::collect::AnswerFile;
use mitoshi_core::diagnostic::{Code, Language};
use mitoshi_store::{MAX_FILE, read_answers};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::drawn::made;
use super::fill::Form;
use crate::support::{Folder, PROGRAM};

/// Longer than any refusal takes on a machine that has other work; two seconds of computing is what a reader has.
pub(crate) const LONGEST: Duration = Duration::from_secs(15);

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const ROOT: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A small workbook with one sheet of these cells.
fn sheet(cells: &str) -> Form {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
    );
    let parts = [
        ("_rels/.rels", ROOT.to_owned()),
        ("xl/workbook.xml", WORKBOOK.to_owned()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    Form(parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect::<BTreeMap<_, _>>())
}

/// The same with one more part.
fn with(part: &str, content: Vec<u8>) -> Vec<u8> {
    let mut form = sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    form.0.insert(part.to_owned(), content);
    form.bytes()
}

/// Says in both directories of an archive that its only large part has one byte.
fn lying(mut bytes: Vec<u8>, size: u32) -> Vec<u8> {
    let (said, less) = (size.to_le_bytes(), 1_u32.to_le_bytes());
    let places: Vec<usize> = bytes.windows(4).enumerate().filter(|(_, window)| *window == said).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    places.into_iter().for_each(|at| bytes[at..at + 4].copy_from_slice(&less));
    bytes
}

fn stored(parts: usize) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..parts {
        writer.start_file(format!("{at}.xml"), SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).unwrap();
        writer.write_all(b"x").unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A compound file with a part of this name, as a password makes it.
fn compound(part: &str) -> Vec<u8> {
    let name = part.encode_utf16().flat_map(u16::to_le_bytes);
    [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].into_iter().chain([0; 504]).chain(name).chain([0; 512]).collect()
}

/// A file, the code it must get and a word of the reason.
pub(crate) type Case = (&'static str, Vec<u8>, Code, &'static str);

/// All of them, made once.
pub(crate) fn files() -> impl Iterator<Item = &'static Case> {
    static FILES: OnceLock<Vec<Case>> = OnceLock::new();
    FILES.get_or_init(make).iter()
}

fn make() -> Vec<Case> {
    let unreadable = Code::AnswerFileUnreadable;
    let refused = Code::AnswerFileRefused;
    let whole = made(Language::Japanese).1.remove(0).bytes;
    let shared = |count: usize| {
        let strings = "<si><t/></si>".repeat(count);
        format!("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{strings}</sst>").into_bytes()
    };
    let dtd = "<!DOCTYPE a [<!ENTITY b \"cc\"><!ENTITY d \"&b;&b;\">]><sst/>";
    let wide: Vec<u8> = std::iter::once(0xFEFF).chain(dtd.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let half = whole.len() / 2;
    vec![
        ("zip_bomb.xlsx", with("xl/media/a.xml", vec![b' '; 40 << 20]), refused, "広げると"),
        ("lying_sizes.xlsx", lying(with("xl/media/a.xml", vec![b' '; 7_654_321]), 7_654_321), refused, "大きさ"),
        ("far_cell.xlsx", sheet("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>").bytes(), refused, "XFD1048576"),
        ("other_files.xlsx", with("xl/externalLinks/externalLink1.xml", b"<a/>".to_vec()), refused, "リンク"),
        ("macros.xlsm", with("xl/vbaProject.bin", vec![1]), refused, "マクロ"),
        ("old_macros.xlsx", with("xl/macrosheets/sheet1.xml", vec![1]), refused, "マクロ"),
        ("embedded.xlsx", with("xl/embeddings/oleObject1.bin", vec![1]), refused, "埋め込"),
        ("dtd.xlsx", with("xl/sharedStrings.xml", dtd.as_bytes().to_vec()), refused, "文書型"),
        ("wide_dtd.xlsx", with("xl/sharedStrings.xml", wide), refused, "文書型"),
        ("many_parts.xlsx", stored(3_000), refused, "項目"),
        ("many_strings.xlsx", with("xl/sharedStrings.xml", shared(2_400_000)), refused, ""),
        ("many_cells.xlsx", sheet(&format!("<row>{}</row>", "<c t=\"str\"><v>1</v></c>".repeat(110)).repeat(1_000)).bytes(), refused, ""),
        ("password.xlsx", compound("EncryptedPackage"), unreadable, "パスワード"),
        ("old.xls", compound("Workbook"), unreadable, "古い形式"),
        ("cut_off.xlsx", whole[..half].to_vec(), unreadable, "壊れ"),
        ("no_archive.xlsx", b"hello".to_vec(), unreadable, "壊れ"),
        ("empty.xlsx", Vec::new(), unreadable, "中身"),
        ("other_archive.xlsx", stored(3), unreadable, "ブック"),
        ("no_text.csv", vec![0xFF, 0xFE, 0x00, 0x80], unreadable, "文字コード"),
        ("letter.docx", b"hello".to_vec(), Code::NoAnswers, "Excel"),
    ]
}

fn read(folder: &Folder) -> Vec<AnswerFile> {
    read_answers(folder.path(), Path::new(PROGRAM)).unwrap()
}

#[test]
fn each_is_refused_with_its_reason_in_bearable_time() {
    for (name, bytes, code, word) in files() {
        let folder = Folder::new(&format!("hostile-{name}"));
        folder.write(name, bytes);
        let begun = Instant::now();
        let problem = read(&folder).remove(0).content.map(|_| ()).expect_err(name);
        assert!(begun.elapsed() < LONGEST, "{name} took {:?}", begun.elapsed());
        assert_eq!(problem.code, *code, "{name}: {problem:?}");
        assert!(problem.message.ja.contains(word) && problem.message.ja.contains(name), "{name}: {problem:?}");
        assert!(problem.hints.iter().all(|hint| hint.ja.ends_with('。')) && !problem.hints.is_empty());
    }
}

#[test]
fn no_byte_of_a_file_is_judged_in_this_process() {
    let outside = ["empty.xlsx", "letter.docx"];
    let folder = Folder::new("hostile-no-child");
    files().filter(|(name, ..)| !outside.contains(name)).for_each(|(name, bytes, ..)| folder.write(name, bytes));
    for file in read_answers(folder.path(), &folder.path().join("no such program")).unwrap() {
        let problem = file.content.map(|_| ()).expect_err(&file.name);
        assert_eq!(problem.code, Code::AnswerFileUnreadable, "{}", file.name);
        assert!(problem.message.en.contains("could not be started"), "{}: {problem:?}", file.name);
    }
}

#[test]
fn a_file_too_large_to_be_true_is_not_opened() {
    let folder = Folder::new("hostile-large");
    let file = std::fs::File::create(folder.path().join("a.xlsx")).unwrap();
    file.set_len(200 << 20).unwrap();
    let begun = Instant::now();
    let problem = read_answers(folder.path(), Path::new("no such program")).unwrap().remove(0).content.map(|_| ()).unwrap_err();
    assert!(200 << 20 > MAX_FILE && problem.code == Code::AnswerFileRefused && begun.elapsed() < LONGEST);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed() {
    let folder = Folder::new("hostile-link");
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("a.xlsx")).unwrap();
    let problem = read(&folder).remove(0).content.map(|_| ()).unwrap_err();
    assert_eq!(problem.code, Code::AnswerFileRefused);
}

#[test]
fn good_answers_beside_them_are_read() {
    let folder = Folder::new("hostile-beside");
    files().take(4).for_each(|(name, bytes, ..)| folder.write(name, bytes));
    folder.write("good.xlsx", made(Language::Japanese).1.remove(0).bytes);
    folder.write("~$good.xlsx", "the lock of an open workbook");
    let files = read(&folder);
    assert_eq!(files.len(), 5);
    assert_eq!(files.iter().filter(|file| file.content.is_ok()).map(|file| file.name.as_str()).collect::<Vec<_>>(), ["good.xlsx"]);
}
