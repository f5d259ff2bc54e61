//! The forms of an edit: what stands in a file before, one change, and every byte after it.

use mitoshi_store::{Fault, Kind, Part, Toml, Value};

type Edit = fn(&mut Toml) -> Result<(), Fault>;

fn edited(before: &str, edit: Edit) -> Result<String, Fault> {
    let mut toml = Toml::parse("rules/a.toml", before)?;
    edit(&mut toml)?;
    Ok(toml.into_text())
}

/// Each edit of `before`, under LF and CRLF, gives `after`.
fn check(cases: &[(&str, Edit, &str)]) {
    for (before, edit, after) in cases {
        assert_eq!(edited(before, *edit).unwrap(), *after);
        // A file without a line end does not tell which it would have.
        let windows = |text: &str| if before.contains('\n') { text.replace('\n', "\r\n") } else { text.to_owned() };
        assert_eq!(edited(&windows(before), *edit).unwrap(), windows(after), "with the line ends of Windows");
    }
}

fn actual() -> Value {
    Value::from([("value", 334.0.into()), ("source", "決算書 \"R6\"".into()), ("provisional", true.into())])
}

#[test]
fn a_value_gives_way_and_all_around_it_stays() {
    check(&[
        (
            "[actuals] # 実績\n  R5 =  300   # 速報\nR6 = 1\n",
            |t| t.set(["actuals", "R5"], 334.0),
            "[actuals] # 実績\n  R5 =  334   # 速報\nR6 = 1\n",
        ),
        ("a = { b = 1, 'c d' = [ 1, 2 ] }", |t| t.set(["a", "c d"], 0.5), "a = { b = 1, 'c d' = 0.5 }"),
        ("a.b.c = \"x\" # y\n", |t| t.set(["a", "b", "c"], "口コミ\n率"), "a.b.c = \"口コミ\\n率\" # y\n"),
        ("a = \"\"\"\nx\ny\"\"\"\nb = 1\n", |t| t.set(["a"], false), "a = false\nb = 1\n"),
        ("[\"口コミ率\"]\nvalue=1e3#x\n", |t| t.set(["口コミ率", "value"], -2.0), "[\"口コミ率\"]\nvalue=-2#x\n"),
        ("[[c]]\na = 1\n[[c]]\na = 2\n", |t| t.set([Part::from("c"), 1.into(), "a".into()], 3.0), "[[c]]\na = 1\n[[c]]\na = 3\n"),
        ("a = [\n  1, # x\n  2,\n]\n", |t| t.set([Part::from("a"), 1.into()], 5.0), "a = [\n  1, # x\n  5,\n]\n"),
        ("R6 = 1\n", |t| t.set(["R6"], actual()), "R6 = { value = 334, source = \"決算書 \\\"R6\\\"\", provisional = true }\n"),
    ]);
}

#[test]
fn a_new_key_goes_to_its_table() {
    check(&[
        (
            "[actuals]\nR5 = 300 # x\n\n# 目標\n[targets]\nR5 = 1\n",
            |t| t.set(["actuals", "R6"], 334.0),
            "[actuals]\nR5 = 300 # x\nR6 = 334\n\n# 目標\n[targets]\nR5 = 1\n",
        ),
        (
            "[actuals]\n\tR5=300",
            |t| t.set(["actuals", "R6"], actual()),
            "[actuals]\n\tR5=300\n\tR6={ value = 334, source = \"決算書 \\\"R6\\\"\", provisional = true }",
        ),
        ("[actuals]         # none\n\n[b]\n", |t| t.set(["actuals", "R6"], 1.0), "[actuals]         # none\nR6 = 1\n\n[b]\n"),
        ("start = { R5 = 0.0 }\n", |t| t.set(["start", "R6"], 1.0), "start = { R5 = 0.0, R6 = 1 }\n"),
        ("start = {}\n", |t| t.set(["start", "R6"], 1.0), "start = { R6 = 1 }\n"),
        ("a = {\n  b = 1, # x\n  c = 2 # y\n}\n", |t| t.set(["a", "d"], 3.0), "a = {\n  b = 1, # x\n  c = 2,\n  d = 3 # y\n}\n"),
        ("base.year = \"R3\"\nc = 1\n", |t| t.set(["base", "value"], 434.0), "base.year = \"R3\"\nbase.value = 434\nc = 1\n"),
        ("a = { b.c = 1, d = 2 }\n", |t| t.set(["a", "b", "e"], 3.0), "a = { b.c = 1, b.e = 3, d = 2 }\n"),
        ("# 個票\n\ntitle = 'x'\n[a]\n", |t| t.set(["limit"], 11.0), "# 個票\n\ntitle = 'x'\nlimit = 11\n[a]\n"),
        ("# 個票\n\n# about a\n[a]\n", |t| t.set(["limit"], 11.0), "# 個票\n\nlimit = 11\n\n# about a\n[a]\n"),
        ("[a]\nR6 = 1\n", |t| t.set(["a", "R7", "value"], 2.0), "[a]\nR6 = 1\nR7 = { value = 2 }\n"),
    ]);
}

#[test]
fn a_missing_table_is_added_beside_its_relatives() {
    check(&[
        ("no = 1\n", |t| t.set(["actuals", "R6"], 334.0), "no = 1\n\n[actuals]\nR6 = 334\n"),
        ("no = 1", |t| t.set(["actuals", "R6"], 334.0), "no = 1\n\n[actuals]\nR6 = 334"),
        (
            "[assumptions.a]\nvalue = 1\n\n[narrative.R5]\ndone = 'x'\n",
            |t| t.set(["assumptions", "口コミ率", "value"], 0.5),
            "[assumptions.a]\nvalue = 1\n\n[assumptions.\"口コミ率\"]\nvalue = 0.5\n\n[narrative.R5]\ndone = 'x'\n",
        ),
        (
            "[[c]]\na = 1\n\n[[c]]\na = 2\n",
            |t| t.set([Part::from("c"), 0.into(), "b".into(), "x".into()], 3.0),
            "[[c]]\na = 1\nb = { x = 3 }\n\n[[c]]\na = 2\n",
        ),
        (
            "[[c]]\na = 1\n\n[d]\n",
            |t| t.push(["c"], Value::from([("a", 2.0.into()), ("b", "y".into())])),
            "[[c]]\na = 1\n\n[[c]]\na = 2\nb = \"y\"\n\n[d]\n",
        ),
        ("no = 1\n", |t| t.push(["c"], Value::from([("a", 2.0.into())])), "no = 1\n\n[[c]]\na = 2\n"),
        ("a = [1, 2]\n", |t| t.push(["a"], 3.0), "a = [1, 2, 3]\n"),
        ("a = [\n    \"x\",\n]\n", |t| t.push(["a"], "y"), "a = [\n    \"x\",\n    \"y\",\n]\n"),
        ("a = []\n", |t| t.push(["a"], 3.0), "a = [3]\n"),
    ]);
    assert_eq!(edited("", |t| t.set(["a", "b"], 1.0)).unwrap(), "[a]\nb = 1\n");
}

#[test]
fn a_key_is_taken_out_with_its_line() {
    check(&[
        ("[a]\nR5 = 1\n  R6 = 2 # two\nR7 = 3\n", |t| t.delete(["a", "R6"]), "[a]\nR5 = 1\nR7 = 3\n"),
        ("a = { b = 1, c = 2, d = 3 }\n", |t| t.delete(["a", "c"]), "a = { b = 1, d = 3 }\n"),
        ("a = { b = 1, c = 2 }\n", |t| t.delete(["a", "c"]), "a = { b = 1 }\n"),
        ("a = [1, 2, 3]\n", |t| t.delete([Part::from("a"), 2.into()]), "a = [1, 2]\n"),
        ("a = { d = 3, b.x = 1, b.y = 2 }\n", |t| t.delete(["a", "b"]), "a = { d = 3 }\n"),
        ("a.b = 1\na.c = 2\nd = 3\n", |t| t.delete(["a"]), "d = 3\n"),
        ("a = 1\n\n[b]\nx = 1\n[b.c]\ny = 2\n\n# d\n[d]\n", |t| t.delete(["b"]), "a = 1\n\n# d\n[d]\n"),
        ("[[c]]\na = 1\n\n[[c]]\na = 2\n", |t| t.delete([Part::from("c"), 0.into()]), "[[c]]\na = 2\n"),
        ("a = \"\"\"\nx\n\"\"\"\nb = 1\n", |t| t.delete(["a"]), "b = 1\n"),
        ("x.y = 1\n", |t| t.delete(["x", "y"]), ""),
    ]);
}

#[test]
fn what_cannot_be_done_is_refused_with_what_to_do() {
    let cases: [(&str, Edit, Kind); 9] = [
        ("[a]\nb = 1\n", |t| t.set(["a"], 1.0), Kind::BadKey),
        ("a.b = 1\n", |t| t.set(["a"], 1.0), Kind::BadKey),
        ("a = 1\n", |t| t.set(["a", "b"], 1.0), Kind::BadKey),
        ("a = [1]\n", |t| t.set([Part::from("a"), 7.into()], 1.0), Kind::BadKey),
        ("[[c]]\n", |t| t.set(["c", "a"], 1.0), Kind::BadKey),
        ("a = 1\n", |t| t.push(["a"], 1.0), Kind::BadKey),
        ("a = 1\n", |t| t.delete(["b"]), Kind::BadKey),
        ("a = 1\n", |t| t.set(["a"], f64::NAN), Kind::BadValue),
        ("a = \n", |t| t.set(["a"], 1.0), Kind::NotToml),
    ];
    for (before, edit, kind) in cases {
        let fault = edited(before, edit).unwrap_err();
        assert_eq!(fault.kind, kind, "{before}: {fault}");
        assert!(fault.hint.ja.ends_with('。') && !fault.hint.en.is_empty(), "{fault:?}");
    }
}
