//! Hostile rules that are too long, too deep or too odd to be files: name → text.
//!
//! Each is one thing done too often, or bytes that an editor would spoil. The names say what is done;
//! what must come of each is in the snapshot of `hostile.rs`.

/// Every generated rule, with the name it has in the table.
pub fn rules() -> Vec<(&'static str, Vec<u8>)> {
    let mut rules: Vec<(&'static str, Vec<u8>)> = Vec::new();
    let texts = deep().into_iter().chain(long()).chain(many()).chain(odd_characters());
    rules.extend(texts.map(|(name, text)| (name, text.into_bytes())));
    rules.push(("bytes_that_are_not_utf8", b"fn project(last) { last } // \xFF\xFE\xC0\x80".to_vec()));
    rules.push(("no_bytes", Vec::new()));
    rules
}

type Text = (&'static str, String);

/// A body around which the head of `project` is put.
fn project(body: &str) -> String {
    format!("fn project(last, growth) {{\n{body}\n}}\n")
}

fn around(times: usize, open: &str, middle: &str, close: &str) -> String {
    lines(&format!("{}{middle}{}", open.repeat(times), close.repeat(times)))
}

/// Breaks a long line at a blank after every 900 characters, so that depth is met before the line limit.
fn lines(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for c in text.chars() {
        column += 1;
        if column > 900 && c == ' ' {
            out.push('\n');
            column = 0;
        } else {
            out.push(c);
        }
    }
    out
}

fn deep() -> Vec<Text> {
    let chain = (0..3_000).map(|n| format!("if last > {n}.0 {{ {n}.0 }} else ")).collect::<String>();
    vec![
        ("deep_parentheses", project(&around(10_000, "( ", "last", " )"))),
        ("deep_blocks", project(&around(10_000, "{ ", "last", " }"))),
        ("deep_ifs", project(&around(2_000, "if last > 1.0 { ", "last", " } else { growth }"))),
        ("deep_else_if_chain", project(&lines(&(chain.clone() + "{ last }")))),
        ("wide_else_if_chain_of_ten", project(&(lines(&chain.split_inclusive("else ").take(10).collect::<String>()) + "{ last }"))),
        ("deep_unary_minus", project(&around(10_000, "- ", "last", ""))),
        ("deep_not", project(&(around(9_000, "! ", "(last > 1.0)", "") + "; last"))),
        ("deep_calls_in_arguments", project(&around(3_000, "max( ", "last", ", 1.0 )"))),
        ("deep_for", project(&(around(300, "for n in 0..1 { ", "", " } ") + "last"))),
        ("deep_arrays", project(&around(10_000, "[ ", "1", " ]"))),
        ("deep_nested_comments", format!("{}{}", around(9_000, "/* ", "x", " */"), project("last"))),
        ("deep_maps", project(&around(3_000, "#{ a: ", "1", " }"))),
        ("deep_string_interpolation", project(&format!("because({}); last", around(300, "`${ ", "last", " }`")))),
        ("deep_calls_of_helpers", calls(60)),
        ("calls_of_helpers_to_the_limit", calls(14)),
        ("call_bomb_of_two_by_sixty", bomb(60)),
        ("call_bomb_of_two_by_fourteen", bomb(14)),
    ]
}

/// `f0` calls `f1` calls `f2` …
fn calls(depth: usize) -> String {
    let helpers: String = (0..depth).map(|n| format!("fn f{n}(x) {{ f{}(x) }}\n", n + 1)).collect();
    format!("{}{helpers}fn f{depth}(x) {{ x }}\n", project("f0(last)"))
}

/// `f0` calls `f1` twice, `f1` calls `f2` twice …
fn bomb(depth: usize) -> String {
    let helpers: String = (0..depth).map(|n| format!("fn f{n}(x) {{ f{m}(x) + f{m}(x) }}\n", m = n + 1)).collect();
    format!("{}{helpers}fn f{depth}(x) {{ x }}\n", project("f0(last)"))
}

fn long() -> Vec<Text> {
    vec![
        ("line_of_60000_characters", project(&format!("last {}", "+ 0.0 ".repeat(10_000)))),
        ("sum_of_10000_terms", project(&lines(&format!("last{}", " + 1.0".repeat(10_000))))),
        ("product_of_200_terms", project(&lines(&format!("last{}", " * 1.0".repeat(200))))),
        ("and_chain_of_5000", project(&lines(&format!("if last > 0.0{} {{ last }} else {{ growth }}", " && last > 0.0".repeat(4_500))))),
        ("or_chain_of_5000", project(&lines(&format!("if last > 0.0{} {{ last }} else {{ growth }}", " || last > 0.0".repeat(4_500))))),
        ("comparison_chain_of_5000", project(&lines(&format!("last{}", " < last".repeat(5_000))))),
        ("power_chain_of_5000", project(&lines(&format!("last{}", " ** 2.0".repeat(5_000))))),
        ("lines_2001", project("last") + "// 覚書\n".repeat(1_999).as_str()),
        ("lines_2000", project("last") + "//\n".repeat(1_997).as_str()),
        ("line_of_1024_characters", project(&format!("last //{}", "あ".repeat(1_017)))),
        ("line_of_1025_characters", project(&format!("last //{}", "あ".repeat(1_018)))),
        ("more_than_64_kib", project("last") + format!("// {}\n", "x".repeat(90)).repeat(800).as_str()),
        ("megabyte_on_one_line", project(&format!("last // {}", "x".repeat(1 << 20)))),
        ("literal_of_1000_digits", project(&format!("last + {}.0", "9".repeat(1_000)))),
        ("literal_of_1000_decimals", project(&format!("last + 0.{}", "3".repeat(1_000)))),
        ("identifier_of_1000_letters", project(&format!("let {0} =\nlast;\n{0}", "a".repeat(1_000)))),
        ("parameter_of_1000_letters", format!("fn project(last, {}) {{ last }}", "a".repeat(980))),
        ("reason_of_1000_letters", project(&format!("because(\"{}\"); last", "理".repeat(1_000)))),
        ("reason_over_many_lines", project(&format!("because(\"{}\"); last", "理由\n".repeat(1_900)))),
        ("doc_comment_flood", format!("{}{}", "/// 説明\n".repeat(1_900), project("last"))),
        ("inner_doc_comment_flood", format!("{}{}", "//! 説明\n".repeat(1_900), project("last"))),
        ("blank_flood", format!("{}{}", " \t\n".repeat(1_900), project("last"))),
    ]
}

fn many() -> Vec<Text> {
    let parameters = |count: usize| (0..count).map(|n| format!("p{n}")).collect::<Vec<_>>().join(", ");
    let arguments = |count: usize| vec!["last"; count].join(", ");
    let functions = |count: usize| (0..count).map(|n| format!("fn f{n}(x) {{ x }}\n")).collect::<String>();
    let sum = |count: usize| (0..count).map(|n| format!("f{n}(last)")).collect::<Vec<_>>().join(" + ");
    let variables = |count: usize| (0..count).map(|n| format!("let v{n} = last;\n")).collect::<String>();
    vec![
        ("parameters_9000", lines(&format!("fn project({}) {{ last }}", parameters(9_000)))),
        ("parameters_50000_on_one_line", format!("fn project({}) {{ last }}", parameters(50_000))),
        ("parameters_33_of_a_helper", project(&format!("f({})", arguments(33))) + format!("fn f({}) {{ p0 }}", parameters(33)).as_str()),
        ("arguments_9000", project(&lines(&format!("max({})", arguments(9_000))))),
        ("functions_1500", project("last") + functions(1_500).as_str()),
        ("functions_60_all_called", project(&lines(&sum(60))) + functions(60).as_str()),
        ("functions_70_all_called", project(&lines(&sum(70))) + functions(70).as_str()),
        ("variables_1500", project(&(variables(1_500) + "last"))),
        ("variables_60", project(&(variables(60) + "last"))),
        ("variables_in_a_loop", project("for n in 0..256 { let a = last; let b = a; let c = b; } last")),
        ("statements_1900", project(&("last += growth;\n".repeat(1_900) + "last"))),
        ("strings_1500", project(&("because(\"理由\");\n".repeat(1_500) + "last"))),
        ("refused_words_5000", project(&lines(&"while ".repeat(5_000)))),
        ("unknown_names_1500", project(&lines(&format!("last{}", (0..1_500).map(|n| format!(";\nx{n}")).collect::<String>())))),
        ("unknown_calls_1500", project(&lines(&(0..1_500).map(|n| format!("g{n}(last);\n")).collect::<String>()))),
        ("ways_of_calling_doubled_by_kinds", kinds(12)),
    ]
}

/// Helpers whose arguments can be whole or not, so that every call can be looked at in many ways.
fn kinds(depth: usize) -> String {
    let helper = |n: usize| {
        format!("fn f{n}(a, b, c, d) {{ f{m}(1, b, c, d) + f{m}(a, 1, c, d) + f{m}(a, b, 1, d) + f{m}(a, b, c, 1) }}\n", m = n + 1)
    };
    let helpers: String = (0..depth).map(helper).collect();
    format!("{}{helpers}fn f{depth}(a, b, c, d) {{ a + b + c + d }}\n", project("f0(last, last, last, last)"))
}

fn odd_characters() -> Vec<Text> {
    let inside = |c: char| project(&format!("la{c}st"));
    vec![
        ("bidi_override_in_a_comment", project("last // \u{202E} } nur")),
        ("bidi_isolate_in_a_reason", project("because(\"\u{2066}x\u{2069}\"); last")),
        ("zero_width_space_in_a_name", inside('\u{200B}')),
        ("zero_width_joiner_in_a_name", inside('\u{200D}')),
        ("soft_hyphen_in_a_name", inside('\u{AD}')),
        ("byte_order_mark_in_the_middle", inside('\u{FEFF}')),
        ("byte_order_mark_twice", format!("\u{FEFF}\u{FEFF}{}", project("last"))),
        ("nul_in_the_middle", inside('\0')),
        ("escape_sequence_for_the_terminal", project("last // \u{1B}[2J\u{1B}]0;x\u{7}")),
        ("escape_sequence_written_as_an_escape", project("because(\"\\x1B[2J\\u202E\"); last")),
        ("carriage_return_alone", project("last // x\r + growth")),
        ("line_separator", project("last // x\u{2028} + growth")),
        ("vertical_tab_and_form_feed", project("last\u{B}\u{C}")),
        ("ideographic_space", project("last\u{3000}+ growth")),
        ("hangul_filler_as_a_name", project("let \u{3164} = 1.0; last")),
        ("name_not_composed", project("let か\u{3099} = 1.0; か\u{3099}")),
        ("name_composed_in_two_ways", project("let が = 1.0; か\u{3099}")),
        ("many_accents_on_one_letter", project(&format!("let a{} = 1.0; last", "\u{301}".repeat(400)))),
        ("tag_characters", project("last // \u{E0001}\u{E0041}")),
        ("variation_selector", inside('\u{FE0F}')),
    ]
}
