//! Number formats: which one shows which text, and where there is none.

use mitoshi_report::document::xlsx::number_format;

#[test]
fn a_format_shows_the_text_of_the_report() {
    let cases = [
        (1224.0, "1,224", "#,##0"),
        (375.4, "375", "#,##0"),
        (0.148, "14.8%", "#,##0.0%"),
        (1.5, "150.0%", "#,##0.0%"),
        (92.1, "92.1%", "#,##0.0\"%\""),
        (-3.46, "-3.5", "#,##0.0"),
        (-3.46, "−3.5", "#,##0.0;\"−\"#,##0.0"),
        (-3.46, "△3.5", "#,##0.0;\"△\"#,##0.0"),
        (3.46, "+3.5", "\"+\"#,##0.0;\"-\"#,##0.0;#,##0.0"),
        (-12.0, "-12件", "#,##0\"件\""),
        (1224.4, "1,224.4千枚", "#,##0.0\"千枚\""),
        (334.0, "334#~", "#,##0\"#~\""),
        (2026.0, "2026", "0"),
        (0.285, "0.29", "#,##0.00"),
        (2.5, "3", "#,##0"),
        (1.0, "実施", "[=1]\"実施\";General"),
        (11.0, "11%以内", "#,##0\"%以内\""),
        (0.0, "0.0", "#,##0.0"),
        (90.766_734_000_869_38, "90.76673400086938", "General"),
        (0.794, "79% ±1.8", "#,##0%\" ±1.8\""),
        (0.99996, "99.996%", "#,##0.000%"),
    ];
    for (number, text, format) in cases {
        assert_eq!(number_format(number, text).as_deref(), Some(format), "{number} {text}");
    }
}

#[test]
fn a_text_that_no_format_shows_is_written_as_text() {
    let cases = [
        // Excel rounds to 15 digits first, and would show 3.
        (2.499_999_999_999_999_6, "2"),
        // Excel shows -0.0.
        (-0.04, "0.0"),
        (3.0, "4"),
        (3.0, ""),
        (375.0, "R8 375"),
        (1.0, "実\"施"),
        (1.0, "実\u{7}施"),
        (-1.0, "未実施"),
        (std::f64::consts::PI, "約三"),
        (f64::NAN, "—"),
        (5.0, &"長".repeat(300)),
    ];
    for (number, text) in cases {
        assert_eq!(number_format(number, text), None, "{number} {text}");
    }
}
