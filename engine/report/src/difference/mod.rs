//! The report of `diff`: the changes, then for each result a waterfall from the first run to the second.
//!
//! From a [`Diff`]. A waterfall has a column for each year that differs and a row for each change that brings anything, the
//! largest first, between the values of both runs. Decimals are added, at most [`MOST_MORE`], until the amounts that
//! matter (a thousandth of the largest) are shown to a twentieth of themselves. Computes nothing but the order.

mod changes;
mod waterfall;

use mitoshi_core::analysis::diff::shapley::MOST_EXACT;
use mitoshi_core::analysis::diff::{Diff, Moved, Shares};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::text;

use crate::document::{Block, Column, Document};
use crate::number::separate;
use crate::words::{join, say};

/// One of the two runs.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// Its title; its name where it has none.
    pub title: &'a str,
    /// What was set for this run only.
    pub settings: &'a [String],
    /// The folder of its pack as typed, where that is another one.
    pub folder: Option<&'a str>,
}

/// What is told.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The difference.
    pub diff: &'a Diff,
    /// The plan's title.
    pub plan: &'a str,
    /// From where and to where.
    pub runs: [Run<'a>; 2],
    /// Why some indicators are left out.
    pub chosen: Option<&'a Text>,
    /// The language.
    pub language: Language,
}

/// The page.
pub fn document(page: Page<'_>) -> Document {
    let mut document = Document::new(page.language);
    document.push(Block::Heading(1, page.plan.to_owned()));
    let [from, to] = [0, 1].map(|side| page.named(side));
    document.push(Block::Heading(2, page.say(text!("差の内訳: {from} → {to}", "What makes the difference: {from} → {to}"))));
    document.blocks.extend(page.chosen.map(|chosen| Block::Paragraph(say(chosen, page.language))));
    document.push(Block::Paragraph(page.counts()));
    document.blocks.extend(page.alone());
    document.blocks.extend(page.changes());
    document.blocks.extend(page.waterfalls());
    document.blocks.extend(page.method().map(|method| Block::Note(page.say(method))));
    document
}

impl Page<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "every text is made where it is said")]
    fn say(self, text: Text) -> String {
        say(&text, self.language)
    }

    fn words(self, title: Text) -> Column {
        Column::words(self.say(title))
    }

    /// `baseline「すう勢」（../last_year、x=1）`.
    fn named(self, side: usize) -> String {
        let run = self.runs[side];
        let (name, title) = (run.scenario, run.title);
        let named = if name == title { Text::same(name) } else { text!("{name}「{title}」", "{name} “{title}”") };
        let more: Vec<String> = run.folder.map(str::to_owned).into_iter().chain(run.settings.iter().cloned()).collect();
        if more.is_empty() {
            return self.say(named);
        }
        let (ja, en, more) = (named.ja, named.en, join(&more, self.language));
        self.say(text!("{ja}（{more}）", "{en} ({more})"))
    }

    /// The run in a column's width.
    fn short(self, side: usize) -> String {
        let run = self.runs[side];
        let same = self.runs[0].scenario == self.runs[1].scenario;
        match (same, side) {
            (false, _) => run.scenario.to_owned(),
            (true, 0) => self.say(text!("変更前", "before")),
            (true, _) => self.say(text!("変更後", "after")),
        }
    }

    fn counts(self) -> String {
        let (changes, moved, same) = (self.diff.changes.len(), self.diff.moved.len(), self.diff.unchanged);
        self.say(text!(
            "変更 {changes}件、変わる結果 {moved}件（ほかの{same}件は同じ）。",
            "Changes: {changes}; changed results: {moved} (the other {same} are the same)."
        ))
    }

    /// Indicators of one side only.
    fn alone(self) -> Vec<Block> {
        let list = |side: usize| {
            let all: Vec<String> =
                self.diff.alone[side].iter().map(|(id, name)| self.say(text!("{name}（{id}）", "{name} ({id})"))).collect();
            (!all.is_empty()).then(|| join(&all, self.language))
        };
        let tell = |text: Text| Block::Paragraph(self.say(text));
        let removed = list(0).map(|all| tell(text!("変更後にない指標（比べない）: {all}", "Only before the changes, not compared: {all}")));
        let added =
            list(1).map(|all| tell(text!("変更後に加わった指標（比べない）: {all}", "Only after the changes, not compared: {all}")));
        removed.into_iter().chain(added).collect()
    }

    /// How the amounts were found.
    fn method(self) -> Option<Text> {
        let shared = |moved: &Moved| moved.years.values().any(|each| matches!(each.shares, Shares::Of(_)));
        if !self.diff.moved.iter().any(shared) {
            return None;
        }
        let Some(pairs) = self.diff.sampled else {
            return Some(text!(
                "各変更の数は、変更を一つずつ入れていくすべての順番で、その変更が動かした量を平均したもの（シャープレイ値）。足すと差の全体になる。表の数は丸めてある。",
                "Each amount is what the change adds, averaged over every order in which the changes can be made (Shapley value); together they are the whole difference. Shown rounded."
            ));
        };
        let (orders, seed) = (separate(&(2 * pairs).to_string()), self.diff.seed);
        Some(text!(
            "各変更の数は、変更を一つずつ入れていく順番で、その変更が動かした量の平均（シャープレイ値）。{MOST_EXACT}件を超える変更が届く結果は、無作為の順番 {orders}通り（種 {seed}）による推定で、± はその標準誤差。足すと差の全体になる。",
            "Each amount is what the change adds, averaged over orders in which the changes can be made (Shapley value). Where more than {MOST_EXACT} changes reach a result it is estimated from {orders} random orders (seed {seed}), ± being the standard error. Together they are the whole difference."
        ))
    }
}
