//! CSV as bytes: the mark that Excel needs, Shift_JIS that loses nothing, texts that would be run.

use mitoshi_core::diagnostic::Language;
use mitoshi_report::document::{Csv, Encoding, encode};

#[test]
fn utf8_begins_with_the_mark_by_which_excel_knows_it() {
    let bytes = encode("指標,見込\r\n", Encoding::Utf8).unwrap();
    assert_eq!(bytes.strip_prefix(b"\xEF\xBB\xBF"), Some("指標,見込\r\n".as_bytes()));
}

#[test]
fn shift_jis_keeps_what_it_has() {
    let text = "髙﨑①㎡－～\r\n能美市";
    let bytes = encode(&text.replace('～', "〜").replace('－', "−"), Encoding::Sjis).unwrap();
    assert_eq!(encoding_rs::SHIFT_JIS.decode_without_bom_handling(&bytes), (text.into(), false));
}

#[test]
fn shift_jis_refuses_what_it_does_not_have() {
    let refused = encode("a\r\n氏名,𠮷田\r\nб\u{2713}", Encoding::Sjis).unwrap_err();
    assert_eq!((refused.character, refused.line, refused.column, refused.count), ('𠮷', 2, 4, 2));
    let message = refused.message();
    assert_eq!(message.ja, "「𠮷」（U+20BB7）は Shift_JIS で書けません（2行目の4文字目「氏名,𠮷田」。ほかに1文字）");
    assert_eq!(message.en, "`𠮷` (U+20BB7) cannot be written in Shift_JIS (line 2, character 4, `氏名,𠮷田`; and 1 more)");
    assert!(refused.hint().get(Language::Japanese).ends_with('。'));
    assert_eq!(Encoding::from_name("sjis"), Some(Encoding::Sjis));
    assert_eq!(Encoding::from_name("cp932"), None);
}

#[test]
fn what_a_spreadsheet_would_run_gets_an_apostrophe() {
    let mut csv = Csv::default();
    let guarded = ["=1", " =1", "\u{3000}＝1", "\t@a", "\u{FEFF}+1", "\n-1", "\u{200B}=1", "\u{A0}－1", "\r=1"];
    let plain = ["1=1", "a", "", "'=1", "−3", "△3", "(1)"];
    guarded.iter().chain(&plain).for_each(|text| csv.words(text));
    csv.number(Some(-3.5));
    csv.end_row();
    let fields = super::readers::csv(&csv.into_text()).remove(0);
    let expected = guarded.iter().map(|text| format!("'{text}")).chain(plain.iter().map(|text| (*text).to_owned()));
    assert_eq!(fields, expected.chain(["-3.5".to_owned()]).collect::<Vec<_>>());
}
