//! A generated pack of any size: each indicator reads eight inputs, five of them other indicators.
//!
//! In: the number of indicators. Out: the pack's files in memory. The same number gives the same
//! bytes. Three inputs are same-year, two lagged, so the graph is deep as well as wide.

use mitoshi_core::diagnostic::RawFile;

const PLAN: &str = "title = \"速さを測る計画\"\nlanguage = \"ja\"\nyears = [\"R4\", \"R8\"]\nactuals_until = \"R5\"\n
[[grade]]\nkey = \"A\"\nfrom = 1.0\nmark = \"◎\"\nword = \"達成\"\n\n[[grade]]\nkey = \"B\"\nmark = \"×\"\nword = \"未達\"\n";

const LIBRARY: &str = "fn plain(value, target) { value / target }\n
fn keep(planned) { because(\"据え置く\"); planned }\n";

/// The files of a pack with so many indicators.
pub fn pack(indicators: usize) -> Vec<RawFile> {
    let mut files = vec![
        RawFile::new("rules/plan.toml", PLAN),
        RawFile::new("rules/lib/common.rhai", LIBRARY),
        RawFile::new("scenarios/baseline.toml", "title = \"すう勢\"\n"),
    ];
    for n in 0..indicators {
        files.push(RawFile::new(format!("rules/i{n}.toml"), sheet(n)));
        files.push(RawFile::new(format!("rules/i{n}.rhai"), rule(n)));
    }
    files
}

fn sheet(n: usize) -> String {
    let no = n + 1;
    let base = 100 + n % 37;
    format!(
        "no = {no}\ntitle = \"取組 {no}\"\nindicator = \"指標 {no}\"\nunit = \"件\"\nkind = \"level\"\nbetter = \"higher\"\n\
         decimals = 1\nachieve = \"plain\"\nrevise = \"keep\"\nbaseline = {{ year = \"R3\", value = {base} }}\n\n\
         [targets]\nR4 = {base}\nR5 = {base}\nR6 = {}\nR7 = {}\nR8 = {}\n\n[actuals]\nR4 = {base}\nR5 = {}\n\n\
         [assumptions.rate]\nvalue = 0.05\nunit = \"/年\"\nrange = [0.0, 0.2]\nbasis = \"試験用\"\nevidence = \"assumption\"\n\n\
         [assumptions.step]\nvalue = 2.0\nunit = \"件/年\"\nrange = [0.0, 9.0]\nbasis = \"試験用\"\nevidence = \"assumption\"\n",
        base + 5,
        base + 10,
        base + 15,
        base + 1,
    )
}

/// `last`, two assumptions, three same-year and two lagged indicators (fewer for the first ones).
fn rule(n: usize) -> String {
    let earlier = |back: usize, prefix: &str| n.checked_sub(back).map(|m| format!("{prefix}i{m}"));
    let others = [earlier(1, ""), earlier(7, ""), earlier(50, ""), earlier(3, "last_"), earlier(20, "last2_")];
    let others: Vec<String> = others.into_iter().flatten().collect();
    let parameters: String = others.iter().map(|name| format!(", {name}")).collect();
    let sum: String = others.iter().map(|name| format!(" + 0.001 * {name}")).collect();
    format!(
        "fn project(last, rate, step{parameters}) {{\n    let growth = last * (1.0 + rate) + step;\n    clamp(growth{sum}, 0.0, 100000.0)\n}}\n"
    )
}
