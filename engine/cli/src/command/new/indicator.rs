//! `mitoshi new indicator ID`: a sheet and a rule, with an example that fails until the rule is written.
//!
//! The rule returns last year's number; the example asks for more. Where there is no actual for the last
//! year of actuals, the sheet has a start, so that the pack can be projected at once.

use clap::ArgMatches;
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::import::pack::{Body, rule};
use mitoshi_core::import::words::{KINDS, WAYS};
use mitoshi_core::year::Year;
use mitoshi_core::{Model, text};
use mitoshi_store::Writer;

use super::answer::{Answers, any, in_year, one_of, whole};
use super::{Draft, quoted, refused, write};
use crate::command::Exit;
use crate::digits::half_width;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// The library's usual achievement.
const ACHIEVE: &str = "progress_from";

/// What is known of the new indicator.
struct Facts {
    id: String,
    no: u32,
    title: String,
    indicator: String,
    unit: String,
    kind: &'static str,
    better: &'static str,
    decimals: u32,
    department: Option<String>,
    strategy: Option<String>,
    baseline: Option<(Year, f64)>,
    actuals: Vec<(Year, f64)>,
    targets: Vec<(Year, f64)>,
}

/// Writes `rules/<id>.toml` and `rules/<id>.rhai`.
pub(super) fn begin(id: &str, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let root = session.find().ok_or_else(|| session.no_pack())?;
    let Opened::Ready(ready) = session.open()? else { return Ok(Exit::Problems) };
    let language = session.language;
    let mut assumed = Vec::new();
    let facts = ask(id, &Answers::new(typed, session), &ready.model, &mut assumed, language)?;
    let writer = Writer::lock(&root).map_err(refused)?;
    let (sheet, rule) = (format!("rules/{id}.toml"), format!("rules/{id}.rhai"));
    let next = vec![
        text!(
            "{sheet} の前提に値と根拠を、{rule} の project に式を書く",
            "give the assumption in {sheet} its value and basis, and write `project` in {rule}"
        ),
        text!("`mitoshi test` で、個票の例のとおりに計算するか確かめる", "run `mitoshi test`: does the rule compute the sheet's example?"),
        text!("`mitoshi check` で点検し、`mitoshi project` で見通しを見る", "run `mitoshi check`, then `mitoshi project`"),
    ];
    let files = vec![(sheet, sheet_text(&facts, &ready.model, language)), (rule, rule_text(&facts, &ready.model, language))];
    write(&root, writer, &Draft { files, snapshots: &[], assumed, next }, session)
}

fn ask(id: &str, answers: &Answers<'_>, model: &Model, assumed: &mut Vec<String>, language: Language) -> Result<Facts, Refusal> {
    let pack = &model.pack;
    let plan = &pack.plan;
    let mut or = |answer: Option<String>, name: &str, value: &str| {
        answer.unwrap_or_else(|| {
            if !answers.is_asked() {
                assumed.push(format!("{name} = {value}"));
            }
            value.to_owned()
        })
    };
    let title = or(answers.one("title", id, any)?, "title", id);
    let indicator = answers.one("indicator", &title, any)?.unwrap_or_else(|| title.clone());
    let unit = text!("件", "count");
    let unit = or(answers.one("unit", unit.get(language), any)?, "unit", unit.get(language));
    let kind = answers.one("kind", "level", one_of(&KINDS))?;
    or(kind.map(str::to_owned), "kind", "level");
    let better = answers.one("better", "higher", one_of(&WAYS))?;
    or(better.map(str::to_owned), "better", "higher");
    let department = answers.one("department", "", any)?;
    let strategies: Vec<&str> = plan.strategies.keys().map(String::as_str).collect();
    let list = strategies.join(" / ");
    let optional = text!("なし。{list} から選ぶ", "none; choose from {list}");
    let strategy = |value: &str| match strategies.iter().find(|key| **key == value || **key == half_width(value)) {
        Some(key) => Ok((*key).to_owned()),
        None => Err(text!("plan.toml にある取組戦略は {list} です。", "plan.toml has these strategies: {list}")),
    };
    let strategy = answers.one("strategy", optional.get(language), strategy)?;
    let next = pack.sheets.values().map(|sheet| sheet.no.value).max().unwrap_or_default().saturating_add(1);
    Ok(Facts {
        id: id.to_owned(),
        no: answers.one("no", &next.to_string(), whole(1, u32::MAX))?.unwrap_or(next),
        title,
        indicator,
        unit,
        kind: kind.unwrap_or("level"),
        better: better.unwrap_or("higher"),
        decimals: answers.one("decimals", "0", whole(0, 9))?.unwrap_or_default(),
        department,
        strategy,
        baseline: answers.one("baseline", "", in_year(plan, plan.first.plus(-1), (None, plan.last)))?,
        actuals: answers.many("actual", "", in_year(plan, plan.actuals_until, (None, plan.last)))?,
        targets: answers.many("target", "", in_year(plan, plan.last, (Some(plan.first), plan.last)))?,
    })
}

/// Lines of a table by year.
fn years(numbers: &[(Year, f64)], model: &Model) -> String {
    numbers.iter().map(|(year, number)| format!("{} = {number}\n", model.pack.plan.write(*year))).collect()
}

fn sheet_text(facts: &Facts, model: &Model, language: Language) -> String {
    let say = |text: Text| text.get(language).to_owned();
    let plan = &model.pack.plan;
    let (until, last) = (plan.write(plan.actuals_until), plan.write(plan.last));
    let Facts { id, no, kind, better, decimals, .. } = facts;
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

fn rule_text(facts: &Facts, model: &Model, language: Language) -> String {
    rule(&facts.no.to_string(), &facts.indicator, &facts.unit, Body::ToBeWritten, !has_achieve(model), language)
}
