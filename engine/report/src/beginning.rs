//! The two files that a new indicator begins with: a sheet and a rule, as texts that teach.
//!
//! The rule returns last year's number; the sheet's example asks for more, so that it fails until the rule is
//! written. Where there is no actual for the last year of actuals, the sheet has a start, so that the pack can
//! be projected at once. Command line and workbench begin indicators with the same bytes.

use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::import::pack::{Body, rule};
use mitoshi_core::year::Year;
use mitoshi_core::{Model, text};

/// The library's usual achievement.
const ACHIEVE: &str = "progress_from";

/// What is known of the new indicator.
pub struct Beginning {
    /// Its id.
    pub id: String,
    /// Number of the measure.
    pub no: u32,
    /// The measure (取組項目).
    pub title: String,
    /// The indicator's name.
    pub indicator: String,
    /// Unit.
    pub unit: String,
    /// How its numbers add up, as sheets write it.
    pub kind: String,
    /// What is good, as sheets write it.
    pub better: String,
    /// Decimals shown.
    pub decimals: u32,
    /// Department, if it is known.
    pub department: Option<String>,
    /// A key of the plan's strategies, if it is known.
    pub strategy: Option<String>,
    /// The number it starts from, if there is one.
    pub baseline: Option<(Year, f64)>,
    /// What is recorded already.
    pub actuals: Vec<(Year, f64)>,
    /// What is promised already.
    pub targets: Vec<(Year, f64)>,
}

impl Beginning {
    /// The text of `rules/<id>.toml`.
    pub fn sheet(&self, model: &Model, language: Language) -> String {
        sheet(self, model, language)
    }

    /// The text of `rules/<id>.rhai`.
    pub fn rule(&self, model: &Model, language: Language) -> String {
        rule(&self.no.to_string(), &self.indicator, &self.unit, Body::ToBeWritten, !has_achieve(model), language)
    }
}

/// A text as TOML writes it, on one line.
pub fn quoted(text: &str) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("\"{}\"", line.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Lines of a table by year.
fn years(numbers: &[(Year, f64)], model: &Model) -> String {
    numbers.iter().map(|(year, number)| format!("{} = {number}\n", model.pack.plan.write(*year))).collect()
}

fn sheet(facts: &Beginning, model: &Model, language: Language) -> String {
    let say = |text: Text| text.get(language).to_owned();
    let plan = &model.pack.plan;
    let (until, last) = (plan.write(plan.actuals_until), plan.write(plan.last));
    let Beginning { id, no, kind, better, decimals, .. } = facts;
    let mut out = say(text!(
        "#:schema ../schemas/sheet.json\n\
         # 個票: 分かっている事実を書きます。考え方は、同じ名前の {id}.rhai（ルール）に書きます。\n\
         # ない値は 0 と書かず、その行を消します。\n\n",
        "#:schema ../schemas/sheet.json\n\
         # The sheet: what is known. What follows from it stands in the rule, {id}.rhai.\n\
         # What is absent is left out, never written as 0.\n\n"
    ));
    let (title, indicator, unit) = (quoted(&facts.title), quoted(&facts.indicator), quoted(&facts.unit));
    out += &format!("no = {no}\ntitle = {title}\n");
    out += &match &facts.strategy {
        Some(key) => format!("strategy = {}\n", quoted(key)),
        None if plan.strategies.is_empty() => String::new(),
        None => {
            let list = plan.strategies.iter().map(|(key, title)| format!("{key} {title}")).collect::<Vec<_>>().join(" / ");
            let first = plan.strategies.keys().next().map_or("", String::as_str);
            format!("# strategy = {}    # {list}\n", quoted(first))
        }
    };
    out += &match &facts.department {
        Some(name) => format!("department = {}\n", quoted(name)),
        None => say(text!("# department = \"○○課\"\n", "# department = \"…\"\n")),
    };
    out += &say(text!(
        "indicator = {indicator}\n\
         unit = {unit}\n\
         kind = \"{kind}\"    # cumulative 累計 | annual 単年度 | level 残高・水準 | rate 率 | milestone 実施の有無\n\
         better = \"{better}\"    # higher 多いほど良い | lower 少ないほど良い | within 以内\n\
         decimals = {decimals}    # 表示する小数の桁数\n",
        "indicator = {indicator}\n\
         unit = {unit}\n\
         kind = \"{kind}\"    # cumulative | annual | level | rate | milestone (done or not)\n\
         better = \"{better}\"    # higher | lower | within\n\
         decimals = {decimals}    # decimals shown\n"
    ));
    out += &say(text!(
        "# bounds = [0, 100]    # 値が取りうる範囲。外に出ると警告する\n\
         # lever = \"yearly_change\"    # 逆算（seek --all-targets）がまず動かす前提\n",
        "# bounds = [0, 100]    # what the number can be; leaving it is a warning\n\
         # lever = \"yearly_change\"    # the assumption that `seek --all-targets` moves first\n"
    ));
    if has_achieve(model) {
        out += &say(text!(
            "achieve = \"{ACHIEVE}\"    # 達成率を求める rules/lib の関数。ルールに fn achieve を書くなら消す\n",
            "achieve = \"{ACHIEVE}\"    # a function of rules/lib; delete it to write `fn achieve` in the rule\n"
        ));
    }
    if let Some((year, value)) = facts.baseline {
        let year = plan.write(year);
        out += &say(text!(
            "baseline = {{ year = \"{year}\", value = {value} }}\n\
             # origin = {value}    # 達成率を基準値からの進みで測るなら # を外す\n",
            "baseline = {{ year = \"{year}\", value = {value} }}\n\
             # origin = {value}    # take the # off to count progress from the baseline\n"
        ));
    }
    if !facts.actuals.iter().any(|(year, _)| *year == plan.actuals_until) {
        let value = facts.baseline.map_or(0.0, |(_, value)| value);
        out += &say(text!(
            "start = {{ {until} = {value} }}    # 実績がない間 last が読む出発値。{until} の実績を書けば効かなくなる\n",
            "start = {{ {until} = {value} }}    # what `last` reads while there is no actual for {until}\n"
        ));
    }
    let targets = years(&facts.targets, model);
    let actuals = years(&facts.actuals, model);
    let (targets, actuals) = (or_sample(targets, &last), or_sample(actuals, &until));
    out += &say(text!(
        "\n[targets]    # 年度ごとの目標。言葉が付くなら {last} = {{ value = 100, text = \"累計 100件\" }}\n{targets}\
         \n[actuals]    # 年度ごとの実績。出典が付くなら {until} = {{ value = 95, source = \"決算書\" }}\n{actuals}\
         \n# 前提: 根拠を添えて、人が置く数。ルールは引数の名前で受け取る。\n\
         # 名前を変えたら、ルールの引数と下の例の given も同じ名前にする。\n",
        "\n[targets]    # by year; with the plan's words: {last} = {{ value = 100, text = \"100 in all\" }}\n{targets}\
         \n[actuals]    # by year; with its source: {until} = {{ value = 95, source = \"annual report\" }}\n{actuals}\
         \n# Assumptions: numbers that somebody has to believe. A rule takes them by name.\n\
         # Rename one, and its name changes in the rule and in the example below.\n"
    ));
    let per_year = quoted(&say(text!("{unit}/年", "{unit} a year", unit = &facts.unit)));
    out += &say(text!(
        "[assumptions.yearly_change]\n\
         value = 0.0\n\
         unit = {per_year}\n\
         # range = [-10.0, 10.0]    # 置いてよい範囲。逆算と感度はこの中を動く\n\
         # ばらつき: 値そのものではなく、値に足すずれ [下限, 最頻, 上限] を書く。省けば simulate でも動かない。\n\
         # 次の行なら、value が 5 のとき引く値は 3〜8。一度引いた値が毎年続く（年度ごとに引くなら every_year = true を足す）。\n\
         # spread = {{ triangular = [-2.0, 0.0, 3.0] }}\n\
         basis = \"\"    # 根拠: 過去の伸び、予定、他市の例など。書くまで点検（M916）に残る\n\
         evidence = \"assumption\"    # plan 計画による | identity 計算による | assumption 前提\n\n\
         # 例: この値を渡せばこの結果になる、という見本。`mitoshi test` が確かめる。\n\
         # 今のルールは last を返すだけなので、この例は合わない。式を書けば合う。\n\
         [[examples]]\n\
         given = {{ last = 100.0, yearly_change = 5.0 }}\n\
         project = 105.0\n\
         tolerance = 0.001\n",
        "[assumptions.yearly_change]\n\
         value = 0.0\n\
         unit = {per_year}\n\
         # range = [-10.0, 10.0]    # what may be set; goal seek and sensitivity move within it\n\
         # Spread: not values but what is added to the value, [low, mode, high]; without it `simulate` leaves it as it is.\n\
         # With the next line and value = 5, draws are 3 to 8, the same in all years (each year anew: every_year = true).\n\
         # spread = {{ triangular = [-2.0, 0.0, 3.0] }}\n\
         basis = \"\"    # where the number comes from: past growth, a schedule, another town; M916 asks until it is written\n\
         evidence = \"assumption\"    # plan | identity | assumption\n\n\
         # An example: given these numbers the rule returns that one. `mitoshi test` runs it.\n\
         # The rule returns `last` as it stands, so this example fails until the rule is written.\n\
         [[examples]]\n\
         given = {{ last = 100.0, yearly_change = 5.0 }}\n\
         project = 105.0\n\
         tolerance = 0.001\n"
    ));
    out
}

fn or_sample(lines: String, year: &str) -> String {
    if lines.is_empty() { format!("# {year} = 100\n") } else { lines }
}

fn has_achieve(model: &Model) -> bool {
    model.library().any(|name| name == ACHIEVE)
}
