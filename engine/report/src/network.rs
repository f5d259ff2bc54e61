//! The report of `graph`: the links as a table, then the loops across years.
//!
//! A link's row says from what to what, when it acts, on what it rests, where it is read first and which
//! assumptions of the reader set how strong it is. Computes nothing. `network_drawing` draws, `network_json` is for programs.

use mitoshi_core::analysis::network::{Hop, Level, Link, Network, Node};
use mitoshi_core::diagnostic::{Language, Text};
use mitoshi_core::pack::{Pack, Resolved};
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use crate::document::{Block, Cell, Column, Document, Table, Tone};
use crate::number::ABSENT;
use crate::words::{evidence, join, line, say};

/// Display columns for a name.
const NAME: usize = 20;

/// A network, told in a language.
#[derive(Clone, Copy)]
struct View<'a> {
    network: &'a Network,
    pack: &'a Pack,
    language: Language,
}

/// The document of a network; `chosen` says why some indicators are left out.
pub fn document(network: &Network, scenario: &Resolved, pack: &Pack, chosen: Option<&Text>, language: Language) -> Document {
    let view = View { network, pack, language };
    let mut document = Document::new(language);
    document.push(Block::Heading(1, pack.plan.title.clone()));
    let (name, title) = (&scenario.name, &scenario.title);
    let heading = if name == title {
        text!("つながり（依存関係）: シナリオ {name}", "Dependencies: scenario {name}")
    } else {
        text!("つながり（依存関係）: シナリオ {name}「{title}」", "Dependencies: scenario {name} “{title}”")
    };
    document.push(Block::Heading(2, say(&heading, language)));
    document.blocks.extend(chosen.map(|chosen| Block::Paragraph(say(chosen, language))));
    document.push(Block::Paragraph(view.counts()));
    if !network.links.is_empty() {
        document.push(Block::Table(view.links()));
        document.push(Block::Note(say(&explained(), language)));
    }
    document.blocks.extend(view.loops());
    document.blocks.extend(view.remarks());
    document
}

fn explained() -> Text {
    text!(
        "根拠は、効き方（影響の強さ）を決める前提のうち最も弱いもの。恒等式は、強さを決める前提がないか、算術で決まるつながりです。",
        "A link rests on the weakest of the assumptions that set how strong it is; an identity has none, or arithmetic ones only."
    )
}

/// What a node is called: `No.6 未収債権額` or its address.
pub(crate) fn name(node: &Node, level: Level, pack: &Pack) -> String {
    match (level, node.quantity.indicator().and_then(|n| pack.sheets.get_index(n))) {
        (Level::Indicators, Some((_, sheet))) => format!("No.{} {}", sheet.no.value, sheet.indicator),
        _ => node.address.clone(),
    }
}

/// `同年度`, `1年後`, `同年度と1年後`.
pub(crate) fn lags(lags: &[u8]) -> Text {
    let each = |lag: &u8| match lag {
        0 => text!("同年度", "same year"),
        1 => text!("1年後", "1 year later"),
        _ => text!("{lag}年後", "{lag} years later"),
    };
    let words: Vec<Text> = lags.iter().map(each).collect();
    let join = |part: fn(&Text) -> &str, between: &str| words.iter().map(part).collect::<Vec<_>>().join(between);
    Text { ja: join(|text| &text.ja, "と"), en: join(|text| &text.en, ", ") }
}

impl View<'_> {
    #[expect(clippy::needless_pass_by_value, reason = "every text is made where it is said")]
    fn say(self, text: Text) -> String {
        say(&text, self.language)
    }

    fn node(&self, at: usize) -> String {
        self.network.nodes.get(at).map(|node| name(node, self.network.level, self.pack)).unwrap_or_default()
    }

    fn counts(self) -> String {
        let (nodes, links) = (self.network.nodes.len(), self.network.links.len());
        let assumed = self.network.links.iter().filter(|link| link.is_only_assumed()).count();
        let ja = if self.network.level == Level::Indicators { "指標" } else { "量" };
        let en = if self.network.level == Level::Indicators { "Indicators" } else { "Quantities" };
        self.say(text!(
            "{ja}: {nodes}、つながり: {links}（うち前提だけによるもの {assumed}）",
            "{en}: {nodes}; links: {links}, of which {assumed} rest on assumptions only"
        ))
    }

    fn links(self) -> Table {
        let columns = vec![
            Column::words(self.say(text!("読まれる側", "From"))).at_most(NAME),
            Column::words(self.say(text!("読む側", "To"))).at_most(NAME),
            Column::words(self.say(text!("効く年度", "Acts"))),
            Column::words(self.say(text!("根拠", "Rests on"))),
            Column::words(self.say(text!("場所", "Place"))),
            Column::words(self.say(text!("強さを決める前提", "Strength set by"))),
        ];
        Table { columns, rows: self.network.links.iter().map(|link| self.row(link)).collect() }
    }

    fn row(self, link: &Link) -> Vec<Cell> {
        let tone = if link.is_only_assumed() { Tone::Fair } else { Tone::Plain };
        let place = link.readings.first().map(|reading| line(&self.pack.sources, reading.span));
        vec![
            Cell::words(self.node(link.from)),
            Cell::words(self.node(link.to)),
            Cell::words(self.say(lags(&link.lags))),
            Cell { tone, ..Cell::words(self.say(evidence(link.evidence))) },
            Cell::words(place.unwrap_or_default()),
            Cell::words(self.set_by(link)),
        ]
    }

    /// The assumptions that set how strong a link is, without the id of what reads them.
    fn set_by(self, link: &Link) -> String {
        let mut found: Vec<String> = Vec::new();
        for quantity in link.readings.iter().flat_map(|reading| &reading.assumptions) {
            let address = quantity.address(self.pack);
            let short = match quantity {
                Quantity::Shared(_) => address,
                _ => address.split_once('.').map(|(_, name)| name.to_owned()).unwrap_or(address),
            };
            if !found.contains(&short) {
                found.push(short);
            }
        }
        if found.is_empty() { ABSENT.to_owned() } else { join(&found, self.language) }
    }

    fn loops(self) -> Vec<Block> {
        let mut blocks = vec![Block::Heading(3, self.say(text!("年度をまたぐ循環", "Loops across years")))];
        if self.network.loops.is_empty() {
            blocks.push(Block::Paragraph(self.say(text!("ありません。", "None."))));
        }
        for each in &self.network.loops {
            blocks.push(Block::Paragraph(self.circle(&each.circle)));
            if each.nodes.len() > each.circle.len() {
                let names: Vec<String> = each.nodes.iter().map(|at| self.node(*at)).collect();
                let names = join(&names, self.language);
                blocks.push(Block::Note(self.say(text!("互いに影響し合うもの: {names}", "All that act on each other: {names}"))));
            }
        }
        blocks
    }

    /// `A →（同年度） B →（1年後） A`.
    fn circle(self, hops: &[Hop]) -> String {
        let mut out = hops.first().map(|hop| self.node(hop.from)).unwrap_or_default();
        for hop in hops {
            let (when, to) = (self.say(lags(&hop.lags)), self.node(hop.to));
            out += &self.say(text!(" →（{when}） {to}", " → ({when}) {to}"));
        }
        out
    }

    /// Who reads its own earlier years, and who is linked with nobody.
    fn remarks(self) -> Vec<Block> {
        let nodes = || self.network.nodes.iter().enumerate();
        let own: Vec<String> = nodes().filter(|(_, node)| !node.own_lags.is_empty()).map(|(at, _)| self.node(at)).collect();
        let is_linked = |at: usize| self.network.links.iter().any(|link| link.from == at || link.to == at);
        let alone: Vec<String> = nodes().filter(|(at, _)| !is_linked(*at)).map(|(at, _)| self.node(at)).collect();
        let told = [
            (own, text!("自分の前の年度の値を読むもの", "Reading their own earlier years")),
            (alone, text!("ほかとつながりのないもの", "Linked with nothing else shown")),
        ];
        let told = told.into_iter().filter(|(names, _)| !names.is_empty());
        told.map(|(names, title)| Block::Note(format!("{}: {}", say(&title, self.language), join(&names, self.language)))).collect()
    }
}
