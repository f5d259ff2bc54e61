//! Every key of the kinds of `.toml` files, with its form and what it means.
//!
//! Declarative: editors' schemas are printed from it (`mitoshi schema`), documents and tests read it.
//! The reader over TOML (`read`) stays written by hand, because it reports every problem with its place;
//! `tests/schema.rs` asks the reader itself which keys it takes, and compares.

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// What is written.
    pub name: &'static str,
    /// What may stand after it.
    pub shape: Shape,
    /// Whether it must be there in every case.
    pub required: bool,
    /// 意味。
    pub ja: &'static str,
    /// Its meaning.
    pub en: &'static str,
}

/// What may stand after a key.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text,
    /// A finite number.
    Number,
    /// A whole number from the first to the second, if there is one.
    Whole(u32, Option<u32>),
    /// True or false.
    Flag,
    /// A fiscal year.
    Year,
    /// A day.
    Day,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list; of so many items, if a number is given.
    List(&'static Shape, Option<usize>),
    /// A table of these keys.
    Table(&'static [Key]),
    /// A table whose keys are years, names or numbers; some keys of its own may stand beside them.
    Open(Kind, &'static Shape, &'static [Key]),
    /// Any of these.
    Any(&'static [Shape]),
}

/// What the keys of an open table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fiscal years.
    Years,
    /// Names of indicators, quantities or functions.
    Names,
    /// Numbers, as in `labels`.
    Numbers,
}

const fn key(name: &'static str, shape: Shape, ja: &'static str, en: &'static str) -> Key {
    Key { name, shape, required: false, ja, en }
}

const fn need(name: &'static str, shape: Shape, ja: &'static str, en: &'static str) -> Key {
    Key { name, shape, required: true, ja, en }
}

use Shape::{Any, Flag, List, Number, Open, Table, Text, Whole, Word};

const BY_YEAR: Shape = Open(Kind::Years, &Number, &[]);
const SERIES: Shape = Any(&[Number, BY_YEAR]);
const PAIR: Shape = List(&Number, Some(2));
const START: Shape = Open(Kind::Years, &Any(&[Number, Text]), &[]);
const FIXED_NUMBER: Shape = Any(&[
    Number,
    Open(
        Kind::Years,
        &Number,
        &[
            key("fixed", Flag, "true なら、この前提のばらつきをなくします。", "true: the assumption is no longer uncertain."),
            key("value", SERIES, "fixed と並べて値も変えるときの値。", "The value, where it changes beside `fixed`."),
        ],
    ),
]);

const ENTRY: &[Key] = &[
    key("value", Number, "数。なければ書きません（0 とはみなされません）。", "The number; left out if there is none, never 0 for it."),
    key("text", Text, "計画の言葉（「累計 250件」など）。", "The plan's own words."),
];
const ACTUAL: &[Key] = &[
    key("value", Number, "実績の数。", "The recorded number."),
    key("text", Text, "実績の言葉。", "Its words."),
    key("source", Text, "出典。", "Where it was taken from."),
    key("provisional", Flag, "true なら速報で、まだ変わりえます。", "true: it may still change."),
    key("absent", Text, "実績がないと分かっている理由（数は書きません）。", "Why there is no actual; then there is no number."),
];
const TARGET: Shape = Any(&[Number, Table(ENTRY)]);

const SPREAD: &[Key] = &[
    key("normal", PAIR, "正規分布 [平均, 標準偏差]", "Normal: [mean, standard deviation]"),
    key("lognormal", PAIR, "対数正規分布 [中央値, 対数の標準偏差]", "Lognormal: [median, sd of the logarithm]"),
    key("uniform", PAIR, "一様分布 [下限, 上限]", "Uniform: [low, high]"),
    key("triangular", List(&Number, Some(3)), "三角分布 [下限, 最頻値, 上限]", "Triangular: [low, mode, high]"),
    key("pert", List(&Number, Some(3)), "ベータ PERT 分布 [下限, 最頻値, 上限]", "PERT: [low, mode, high]"),
    key("discrete", List(&PAIR, None), "[[値, 確率], …]。確率の和は 1。", "[[value, probability], …]; they add up to 1."),
    key("binomial", PAIR, "二項分布 [回数, 確率]", "Binomial: [trials, probability]"),
    key("interval", PAIR, "[5%点, 95%点] を持つ正規分布", "Normal with this 5 % to 95 % interval"),
    key("poisson", Word(&["value"]), "値を平均とするポアソン分布（値を置き換えます）。", "Poisson around the value, which it replaces."),
    key("as", Word(&["factor"]), "足すのではなく、値に掛けます。", "Multiplies the value instead of being added."),
    key("every_year", Flag, "true なら年度ごとに引き直します。", "true: drawn anew each year."),
];

const ASSUMPTION: &[Key] = &[
    need("value", SERIES, "値。一つの数か、見通し年度すべての値。", "The value: one number, or one for each projected year."),
    key("range", PAIR, "置いてよい範囲 [下限, 上限]。外の値は警告します。", "What may be set, [low, high]; outside is a warning."),
    key(
        "spread",
        Any(&[Table(SPREAD), Open(Kind::Years, &Table(SPREAD), &[])]),
        "値からのずれのばらつき。年度ごとにも書けます。",
        "How uncertain it is: a deviation from the value, also by year.",
    ),
    key("label", Text, "読む人のための名称。", "A label for readers."),
    key("unit", Text, "単位。", "The unit."),
    key("basis", Text, "根拠。どこから来た数か。", "Where the number comes from."),
    key(
        "evidence",
        Word(&["plan", "identity", "assumption"]),
        "plan 計画による、identity 計算による、assumption 前提。",
        "How it is founded.",
    ),
];
const ASSUMPTIONS: Shape = Open(Kind::Names, &Table(ASSUMPTION), &[]);

/// `rules/plan.toml`.
pub const PLAN: &[Key] = &[
    need("title", Text, "計画の名称。", "The plan's title."),
    key("organisation", Text, "団体名。", "Whose plan it is."),
    key("edition", Text, "版。", "The edition."),
    key("language", Word(&["ja", "en"]), "出力の言語。", "The language of all output."),
    need(
        "actuals_until",
        Shape::Year,
        "実績のある最後の年度。翌年度から見通します。",
        "The last year with actuals; later ones are projected.",
    ),
    need("years", List(&Shape::Year, Some(2)), "[最初の年度, 最後の年度]", "[first year, last year]"),
    key(
        "strategy",
        List(
            &Table(&[
                need("key", Text, "個票の strategy に書くキー。", "What a sheet's `strategy` names."),
                need("title", Text, "取組戦略の名称。", "Its title."),
            ]),
            None,
        ),
        "取組戦略。",
        "The plan's strategies.",
    ),
    key(
        "grade",
        List(
            &Table(&[
                need("key", Text, "区分の名前。", "Its name."),
                key(
                    "from",
                    Number,
                    "達成率の下限（1.0 が 100%）。最後の区分には書きません。",
                    "Lower end of the achievement; none for the last grade.",
                ),
                key("mark", Text, "記号。", "Its mark."),
                key("word", Text, "言葉。", "Its word."),
            ]),
            None,
        ),
        "評価の区分。良い順に並べます。",
        "Grades, best first.",
    ),
    key("assumptions", ASSUMPTIONS, "計画共通の前提 [assumptions.名前]。", "Assumptions that every rule can read."),
    key(
        "correlation",
        List(
            &Table(&[
                need("between", List(&Text, Some(2)), "[\"指標.前提\", \"指標.前提\"]", "[\"ID.NAME\", \"ID.NAME\"]"),
                need("coefficient", Number, "相関係数（−1〜1）。", "From −1 to 1."),
            ]),
            None,
        ),
        "前提どうしの相関。",
        "Assumptions that move together.",
    ),
    key(
        "always",
        List(
            &Table(&[
                need(
                    "address",
                    Text,
                    "指標、指標.補助量、指標.achievement。@R8 を付ければその年度だけ。",
                    "ID, ID.NAME or ID.achievement; with @R8 in that year only.",
                ),
                need(
                    "holds",
                    Text,
                    ">= 数、<= 数、within 数..数、never falls（下がらない）、never rises（上がらない）。",
                    ">= X, <= X, within A..B, never falls or never rises.",
                ),
                key("note", Text, "なぜそうでなければならないか。", "Why it must hold."),
            ]),
            None,
        ),
        "どのシナリオでも、前提をどう置いても成り立つこと。mitoshi test が反例を探します。",
        "What must hold in every scenario and whatever the assumptions are; `mitoshi test` looks for counterexamples.",
    ),
];

/// `rules/<id>.toml`.
pub const SHEET: &[Key] = &[
    need("no", Whole(1, None), "取組の番号。重なってはいけません。", "Number of the measure, unique."),
    need(
        "kind",
        Word(&["cumulative", "annual", "level", "rate", "milestone"]),
        "cumulative 累計、annual 単年度、level 残高・水準、rate 率、milestone 実施の有無。",
        "What kind of quantity it is.",
    ),
    key(
        "baseline",
        Table(&[
            need("year", Shape::Year, "基準の年度。", "Its year."),
            need("value", Number, "基準値。", "The number."),
            key("text", Text, "計画の言葉。", "The plan's words."),
        ]),
        "基準値。年度とともに書きます。",
        "What the measure started from.",
    ),
    need("title", Text, "取組の名称。", "The measure."),
    key("strategy", Text, "取組戦略（plan.toml の key）。", "A key of the plan's strategies."),
    key("category", Text, "区分。", "The category."),
    key("department", Text, "担当課。", "The department."),
    need("indicator", Text, "指標の名称。", "The indicator's name."),
    key("unit", Text, "単位。milestone のほかは必須です。", "The unit; required but for a milestone."),
    key(
        "units",
        Word(&["strict"]),
        "strict なら、点検のたびに単位をルールの式にそって調べます。",
        "strict: every check follows the units through the rule.",
    ),
    need(
        "better",
        Word(&["higher", "lower", "within"]),
        "higher 多いほど良い、lower 少ないほど良い、within 以内。",
        "Which direction is good.",
    ),
    key("decimals", Whole(0, Some(9)), "表示する小数の桁数。", "Decimals shown."),
    key(
        "achieve",
        Text,
        "達成率を求める rules/lib の関数。ルールに書くなら省きます。",
        "Library function for the achievement, unless the rule has one.",
    ),
    key("revise", Text, "目標の見直し案を求める rules/lib の関数。", "Library function for revisions; without one targets are kept."),
    key("feedback", Flag, "true なら、見込みが自分の目標を読めます。", "true: the projection may read its own target."),
    key("start", START, "実績のない年度に last が読む出発値。例: { R5 = 0.0 }", "What `last` reads where there is no actual: { R5 = 0.0 }"),
    key("origin", Number, "達成率の起点（省略: 0）。", "Where progress counts from (default 0)."),
    key("limit", TARGET, "目標とは別の、外側の限度。", "An outer bound that is not the goal."),
    key("goal", TARGET, "目標値。最後の目標と違う場合だけ。", "The goal, where it is not the last target."),
    key("goal_text", Text, "目標値の言葉。", "Its words."),
    key("bounds", PAIR, "取りうる値 [下限, 上限]。外に出ると警告します。", "What the number can be; leaving it is a warning."),
    key(
        "progress_base",
        Any(&[Number, Word(&["none"])]),
        "目標値への進みの起点（省略: 基準値）。none なら示しません。",
        "Base of the progress to the goal; none: not shown.",
    ),
    key("process", Open(Kind::Years, &Text, &[]), "年度ごとの工程の言葉。", "Words for the process, by year."),
    key(
        "labels",
        Open(Kind::Numbers, &Text, &[]),
        "値を言葉で示します。例: { 0 = \"未実施\", 1 = \"実施\" }",
        "Words for values: { 0 = \"not begun\", 1 = \"done\" }",
    ),
    key("targets", Open(Kind::Years, &TARGET, &[]), "年度ごとの目標。", "Targets by year."),
    key(
        "actuals",
        Open(Kind::Years, &Any(&[Number, Table(ACTUAL)]), &[]),
        "年度ごとの実績。計画の前の年度も書けます。",
        "Actuals by year, also before the plan.",
    ),
    key(
        "auxiliaries",
        Open(
            Kind::Names,
            &Table(&[
                key("unit", Text, "単位。", "The unit."),
                key("label", Text, "名称。", "A label for readers."),
                key("start", START, "last_… が読む出発値。", "What `last_…` reads where there is none."),
            ]),
            &[],
        ),
        "補助量。同じ名前の関数がルールに要ります。",
        "Other numbers; the rule has a function of that name.",
    ),
    key("assumptions", ASSUMPTIONS, "この指標の前提 [assumptions.名前]。", "Assumptions of this indicator."),
    key(
        "narrative",
        Open(
            Kind::Years,
            &Table(&[key("done", Text, "したこと。", "What was done."), key("next", Text, "次にすること。", "What comes next.")]),
            &[],
        ),
        "取組の記述 [narrative.年度]。",
        "What was done and what comes next, by year.",
    ),
    key("public", Flag, "公開する指標か。", "Whether it is published."),
    key("denominator", Number, "率の分母の人数や件数。", "Persons or cases behind a rate."),
    key(
        "entry",
        Table(&[need("who", Text, "記入する人や課。", "Who records the actual."), key("when", Text, "いつ。", "When.")]),
        "実績を記入する人と時期。",
        "Who records the actual, and when.",
    ),
    key("questions", List(&Text, None), "原課に確かめたいこと。", "Questions to the department."),
    key(
        "fiscal",
        Table(&[
            need("quantity", Text, "\"outcome\" か補助量の名前（百万円の量）。", "`outcome`, or an auxiliary in 百万円."),
            need("side", Word(&["revenue", "expenditure"]), "revenue 歳入、expenditure 歳出。", "Revenue or expenditure."),
            need("recurring", Flag, "毎年続くか。", "Whether it recurs every year."),
        ]),
        "財政への寄与。",
        "Contribution to the budget.",
    ),
    key("lever", Text, "目標からの逆算で最初に動かす前提。", "The assumption that a goal seek moves first."),
    key(
        "reference",
        List(
            &Table(&[
                need("name", Text, "何の数値か。", "What it is."),
                key("year", Shape::Year, "年度。", "Its year."),
                need("value", Number, "数。", "The number."),
            ]),
            None,
        ),
        "比べる数値。",
        "Figures to compare with.",
    ),
    key("note", Text, "覚え書き。", "A note."),
    key(
        "answered",
        Open(Kind::Names, &Text, &[]),
        "計画の点検への回答。例: { M903 = \"国の目標に合わせた\" }",
        "Answers to findings on the plan: { M903 = \"it follows the national target\" }",
    ),
    key(
        "examples",
        List(
            &Open(
                Kind::Names,
                &Number,
                &[
                    need(
                        "given",
                        Open(Kind::Names, &Number, &[]),
                        "関数の引数すべての値。",
                        "A number for every parameter of the function.",
                    ),
                    key("tolerance", Number, "許す差（省略: ほぼ 0）。", "How far the result may be off (default: hardly at all)."),
                ],
            ),
            None,
        ),
        "ルールの例。given に引数の値、関数の名前に結果を書きます。mitoshi test が確かめます。",
        "Worked examples of the rule: inputs in `given`, the result under the function's name; `mitoshi test` runs them.",
    ),
];

/// `scenarios/<name>.toml`.
pub const SCENARIO: &[Key] = &[
    key("title", Text, "シナリオの名称。", "The scenario's title."),
    key("note", Text, "説明。", "A note."),
    key("extends", List(&Text, None), "引き継ぐシナリオ。いくつでも。", "The scenarios it starts from."),
    key(
        "review",
        Word(&["propose", "adopt"]),
        "propose 見直し案を示すだけ（省略時）、adopt 翌年度からの目標にする。",
        "Proposals only, or adopted as targets.",
    ),
    key(
        "assumptions",
        Open(Kind::Names, &Open(Kind::Names, &FIXED_NUMBER, &[]), &[]),
        "前提を置く [assumptions.指標]。計画共通の前提は [assumptions.plan]。",
        "Sets assumptions, [assumptions.ID]; shared ones under `plan`.",
    ),
    key("outcomes", Open(Kind::Names, &SERIES, &[]), "結果を固定する [outcomes.指標]。", "Fixes outcomes, [outcomes.ID]."),
    key("targets", Open(Kind::Names, &SERIES, &[]), "目標が違っていたら [targets.指標]。", "Other targets, [targets.ID]."),
    key(
        "rules",
        Open(Kind::Names, &Text, &[]),
        "指標 = 別のルール（rules/ から見た場所）。",
        "ID = another rule, by its path below rules/.",
    ),
];

/// `rules/causes.toml`.
pub const CAUSES: &[Key] = &[key(
    "cause",
    List(
        &Table(&[
            need("key", Text, "要因の名前。重なってはいけません。", "Its name, unique."),
            need("indicator", Text, "指標の ID。", "Id of the indicator."),
            need("year", Shape::Year, "要因が効いた実績の年度。", "The year whose actual it moved."),
            need("side", Word(&["external", "internal"]), "external 外部要因、internal 内部要因。", "Outside or inside the office."),
            need("title", Text, "要因の名称（「能登半島地震」など）。", "What people call it."),
            key(
                "effect",
                Number,
                "実績を動かした額の推計（指標の単位、増やした分が正）。推計していなければ書きません（0 とはみなされません）。",
                "Estimate of how much it added to the actual, in its unit; left out if not estimated, never 0 for it.",
            ),
            key(
                "persistence",
                Word(&["once", "fading", "continuing"]),
                "once 単年度限り、fading 薄れる、continuing 続く。",
                "What becomes of it in later years.",
            ),
            key("basis", Text, "影響額をどう推計したか。", "How the effect was estimated."),
            key("source", Text, "出典。", "Where it can be read."),
            key("note", Text, "覚え書き。公表しません。", "A note, never published."),
            key("public", Flag, "true なら公表する資料にも載せます。", "true: it may be published."),
        ]),
        None,
    ),
    "実績に影響した要因 [[cause]]。",
    "Causes of what an actual came to.",
)];

/// `rules/opinions.toml`.
pub const OPINIONS: &[Key] = &[key(
    "opinion",
    List(
        &Table(&[
            need("no", Whole(1, None), "意見の番号。重なってはいけません。", "Its number, unique."),
            need("meeting", Text, "会議の名称。", "The meeting."),
            need("date", Shape::Day, "会議の日。", "The day of the meeting."),
            key("indicators", List(&Text, None), "対象の指標の ID。省けば計画全体。", "Ids of the indicators; without it, the plan."),
            need("opinion", Text, "意見の内容。", "What was said."),
            key("response", Text, "対応方針、または回答。", "What is to be done, or the answer."),
            key("answered", Shape::Day, "回答した日。書くまで「未了」です。", "The day of the answer; until then it is open."),
            key("owner", Text, "担当。", "Who has to see to it."),
            key("due", Shape::Day, "期限。", "The last day for it."),
            key("reflected_in", Text, "反映した版の名称。", "The edition that took it up."),
        ]),
        None,
    ),
    "本部などの意見 [[opinion]]。公表しません。",
    "Opinions of meetings, never published.",
)];
