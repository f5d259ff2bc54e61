//! Charts to draw: small ones for snapshots, and any number of rows with any numbers and names.

use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Evidence;
use mitoshi_report::chart::Chart;
use mitoshi_report::chart::bullet::{Bullet, BulletRow, Grade};
use mitoshi_report::chart::heat::{Heat, HeatCell, Scale};
use mitoshi_report::chart::network::{Link, Network, Node};
use mitoshi_report::chart::tornado::{Swing, Tornado, TornadoRow};
use mitoshi_report::chart::trend::{Band, Bar, Series, Trend};
use mitoshi_report::chart::waterfall::{Amount, Waterfall, WaterfallRow};
use mitoshi_report::document::Tone;

/// What things are called.
pub enum Names {
    /// As in a plan.
    Plain,
    /// 10,000 characters.
    Long,
    /// Markup, marks of direction, control characters.
    Hostile,
}

impl Names {
    fn name(&self, what: &str, n: usize) -> String {
        match self {
            Self::Plain => format!("No.{n} {what}の件数（{n}年度）"),
            Self::Long => format!("{what}{n}").repeat(10_000),
            Self::Hostile => format!("</text><script>alert({n})</script>&\"'\u{0}\u{1B}\u{202E}\r\n=1+1]]>{what}"),
        }
    }
}

const TONES: [Tone; 4] = [Tone::Good, Tone::Fair, Tone::Bad, Tone::Plain];

/// One chart of each kind, of `count` rows, years or nodes.
pub fn charts(count: usize, names: &Names, next: &mut dyn FnMut(usize) -> Option<f64>) -> Vec<(&'static str, Chart)> {
    let mut values = |count: usize| (0..count).map(&mut *next).collect::<Vec<_>>();
    let trend = trend(count, names, &mut values);
    let achieved = values(2 * count);
    let swings = values(2 * count + 2);
    let steps = values(count);
    let cells = values(count * count);
    vec![
        ("trend", Chart::Trend(trend)),
        ("bullet", Chart::Bullet(bullet(count, names, &achieved))),
        ("tornado", Chart::Tornado(tornado(count, names, &swings))),
        ("waterfall", Chart::Waterfall(waterfall(names, &steps))),
        ("heat", Chart::Heat(heat(count, names, &cells))),
        ("network", Chart::Network(network(count, 1, count as u64, names))),
    ]
}

fn trend(count: usize, names: &Names, values: &mut dyn FnMut(usize) -> Vec<Option<f64>>) -> Trend {
    let mut series = |what: &str, n: usize| Series { name: names.name(what, n), values: values(count) };
    let (target, actual, projections) = (series("目標", 1), series("実績", 2), vec![series("見込", 3), series("別の見込", 4)]);
    let edges = [values(count), values(count)];
    let bar = |what: &str, value: Option<f64>| value.map(|value| Bar { name: names.name(what, 0), value });
    let bars = values(3);
    Trend {
        years: (0..count).map(|n| if count > 20 { names.name("令和", n) } else { format!("R{n}") }).collect(),
        unit: names.name("件", 0),
        decimals: 1,
        labels: Vec::new(),
        target,
        actual,
        projections,
        bands: vec![Band { name: names.name("幅", 0), low: edges[0].clone(), high: edges[1].clone() }],
        goal: bar("目標値", bars[0]),
        limit: bar("限度", bars[1]),
        baseline: bar("基準値", bars[2]),
    }
}

/// As a report would write it: short, and never a word for what is no number.
fn written(value: Option<f64>) -> String {
    value.filter(|value| value.abs() < 1e9).map_or_else(|| "—".to_owned(), |value| format!("{value:.1}"))
}

fn bullet(count: usize, names: &Names, values: &[Option<f64>]) -> Bullet {
    let row = |n: usize| BulletRow {
        label: names.name("指標", n),
        achievement: values[n],
        other: values[count + n].filter(|_| n.is_multiple_of(2)),
        text: written(values[n].map(|value| value * 100.0)),
        mark: "◎".to_owned(),
        tone: TONES[n % 4],
    };
    let grade = |from: Option<f64>, name: &str| Grade { from, name: names.name(name, 0) };
    let grades =
        vec![grade(Some(1.0), "◎ 達成"), grade(Some(0.8), "○ おおむね達成"), grade(Some(0.5), "△ 遅れ"), grade(None, "× 大幅な遅れ")];
    Bullet { rows: (0..count).map(row).collect(), grades, other: names.name("当初", 0), absent: names.name("評価不能", 0) }
}

fn tornado(count: usize, names: &Names, values: &[Option<f64>]) -> Tornado {
    let bar = |n: usize| Bar { name: names.name("値", n), value: values[2 * count + n].unwrap_or(f64::NAN) };
    let row = |n: usize| TornadoRow {
        label: names.name("前提", n),
        low: Swing { set: format!("0.{n}"), result: values[2 * n] },
        high: Swing { set: names.name("上", n), result: values[2 * n + 1] },
    };
    let rows = (0..count).map(row).collect();
    Tornado {
        unit: names.name("件", 0),
        decimals: 1,
        base: bar(0),
        target: Some(bar(1)),
        low: names.name("下限", 0),
        high: names.name("上限", 0),
        rows,
    }
}

fn waterfall(names: &Names, values: &[Option<f64>]) -> Waterfall {
    let row = |(n, value): (usize, &Option<f64>)| WaterfallRow {
        label: names.name("段階", n),
        amount: if n == 0 || n + 1 == values.len() { Amount::Total(*value) } else { Amount::Change(*value) },
        tone: TONES[n % 4],
    };
    Waterfall { unit: names.name("百万円", 0), decimals: 1, rows: values.iter().enumerate().map(row).collect() }
}

fn heat(count: usize, names: &Names, values: &[Option<f64>]) -> Heat {
    let scale = |what: &str| Scale { name: names.name(what, 0), labels: (0..count).map(|n| names.name(what, n)).collect() };
    let cell = |value: &Option<f64>| HeatCell { value: *value, text: written(*value), met: value.map(|value| value > 0.0) };
    let cells = values.chunks(count.max(1)).map(|row| row.iter().map(cell).collect()).collect();
    Heat { across: scale("横"), up: scale("縦"), cells, result: names.name("結果", 0), met: names.name("目標に届く", 0) }
}

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// A network whose links run forward within a year, and `loops` of which run back across years.
pub fn network(nodes: usize, loops: usize, seed: u64, names: &Names) -> Network {
    let mut dice = Dice(seed);
    let evidence = [Evidence::Identity, Evidence::Plan, Evidence::Assumption];
    let mut links = Vec::new();
    for _ in 0..nodes + nodes / 4 {
        let (one, two) = (dice.below(nodes), dice.below(nodes));
        let lags = [&[0][..], &[1], &[0, 1], &[1, 2]][dice.below(4)].to_vec();
        links.push(Link { from: one.min(two), to: one.max(two), evidence: evidence[dice.below(3)], lags });
    }
    for _ in 0..loops {
        links.push(Link { from: dice.below(nodes), to: dice.below(nodes), evidence: Evidence::Plan, lags: vec![1] });
    }
    links.push(Link { from: 0, to: nodes + 3, evidence: Evidence::Plan, lags: vec![0] });
    let node = |n: usize| Node {
        label: names.name("指標", n),
        note: if n.is_multiple_of(3) { String::new() } else { format!("{}件", n * 1000) },
        mark: ["◎", "○", "×", ""][n % 4].to_owned(),
        tone: TONES[n % 4],
    };
    Network { nodes: (0..nodes).map(node).collect(), links, language: Language::Japanese }
}

/// One small chart of each kind, for the eye.
pub fn small() -> Vec<(&'static str, &'static str, Chart)> {
    let text = str::to_owned;
    let some = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let trend = Trend {
        years: ["R4", "R5", "R6", "R7", "R8"].map(text).to_vec(),
        unit: text("百万円"),
        target: Series { name: text("目標"), values: some(&[407.0, 380.0, 380.0, 326.0, 300.0]) },
        actual: Series { name: text("実績"), values: vec![Some(398.0), Some(426.0), None, None, None] },
        projections: vec![Series { name: text("見込"), values: vec![None, None, Some(418.0), Some(398.0), Some(375.0)] }],
        bands: vec![Band {
            name: text("5〜95%の幅"),
            low: vec![None, None, Some(370.0), Some(340.0), Some(305.0)],
            high: vec![None, None, Some(469.0), Some(468.0), Some(457.0)],
        }],
        limit: Some(Bar { name: text("限度"), value: 450.0 }),
        ..Trend::default()
    };
    let grade = |from, name: &str| Grade { from, name: text(name) };
    let row = |label: &str, achievement: Option<f64>, words: &str, mark: &str, tone| BulletRow {
        label: text(label),
        achievement,
        other: None,
        text: text(words),
        mark: text(mark),
        tone,
    };
    let bullet = Bullet {
        rows: vec![
            row("No.6 Outstanding arrears", Some(0.439), "43.9%", "×", Tone::Bad),
            row("No.9 Donations", Some(1.09), "109.0%", "◎", Tone::Good),
            row("No.12 Savings", None, "—", "", Tone::Plain),
        ],
        grades: vec![grade(Some(1.0), "◎ met (100% or more)"), grade(Some(0.8), "○ nearly met (80% or more)"), grade(None, "× missed")],
        absent: text("cannot be evaluated"),
        ..Bullet::default()
    };
    let swing = |set: &str, result| Swing { set: text(set), result };
    let tornado = Tornado {
        unit: text("百万円"),
        base: Bar { name: text("シナリオの値"), value: 375.0 },
        target: Some(Bar { name: text("目標"), value: 300.0 }),
        low: text("下限のとき"),
        high: text("上限のとき"),
        rows: vec![
            TornadoRow { label: text("新たな滞納"), low: swing("−75", Some(203.0)), high: swing("75", Some(547.0)) },
            TornadoRow { label: text("不納欠損"), low: swing("0", Some(352.0)), high: swing("60", Some(203.0)) },
        ],
        ..Tornado::default()
    };
    let step = |label: &str, amount, tone| WaterfallRow { label: text(label), amount, tone };
    let waterfall = Waterfall {
        unit: text("百万円"),
        decimals: 1,
        rows: vec![
            step("R5", Amount::Total(Some(313.8)), Tone::Plain),
            step("No.8 未利用財産の売払い", Amount::Change(Some(15.7)), Tone::Good),
            step("No.6 債権管理", Amount::Change(Some(-9.3)), Tone::Bad),
            step("R8", Amount::Total(Some(320.2)), Tone::Plain),
        ],
    };
    let cell = |value: f64| HeatCell { value: Some(value), text: format!("{value}"), met: Some(value <= 300.0) };
    let heat = Heat {
        across: Scale { name: text("徴収の努力（ポイント/年）"), labels: ["0", "4", "8"].map(text).to_vec() },
        up: Scale { name: text("新たな滞納（百万円/年）"), labels: ["−50", "0"].map(text).to_vec() },
        cells: vec![vec![cell(266.0), cell(221.0), cell(182.0)], vec![cell(382.0), cell(329.0), cell(282.0)]],
        result: text("R8の未収債権額（百万円）"),
        met: text("目標 300 に届く"),
    };
    let node = |label: &str, note: &str, mark: &str, tone| Node { label: text(label), note: text(note), mark: text(mark), tone };
    let link = |from, to, evidence, lags: &[u8]| Link { from, to, evidence, lags: lags.to_vec() };
    let network = Network {
        nodes: vec![
            node("Outstanding arrears", "375", "×", Tone::Bad),
            node("Collection rate", "25.8%", "○", Tone::Fair),
            node("Ordinary balance ratio", "91.7%", "○", Tone::Fair),
            node("Land sales", "231.0", "◎", Tone::Good),
        ],
        links: vec![
            link(1, 0, Evidence::Identity, &[0]),
            link(0, 1, Evidence::Plan, &[1]),
            link(0, 2, Evidence::Assumption, &[0, 1]),
            link(3, 3, Evidence::Identity, &[1]),
        ],
        language: Language::English,
    };
    vec![
        ("trend", "No.6 未収債権額", Chart::Trend(trend)),
        ("bullet", "Achievements in R8", Chart::Bullet(bullet)),
        ("tornado", "R8の未収債権額を動かす前提", Chart::Tornado(tornado)),
        ("waterfall", "R5からR8まで", Chart::Waterfall(waterfall)),
        ("heat", "R8の未収債権額", Chart::Heat(heat)),
        ("network", "What depends on what", Chart::Network(network)),
    ]
}
