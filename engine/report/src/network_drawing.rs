//! A network as a drawing in text: Mermaid or DOT (Graphviz).
//!
//! Names of nodes depend on the numbers of the measures and the places in their sheets only, so a drawing
//! changes where the pack does. Labels stand in quotation marks, with every sign that the notation would read
//! escaped. A link that rests on assumptions only is dashed; a lag of 0 alone is not written on it. From the
//! level of quantities on, those of one indicator stand in one box.

use mitoshi_core::analysis::network::{Level, Link, Network, Node};
use mitoshi_core::diagnostic::Language;
use mitoshi_core::pack::Pack;
use mitoshi_core::rule::signature::Quantity;
use mitoshi_core::text;

use crate::network::{lags, name};
use crate::network_json::about;
use crate::words::say;

/// What the drawing is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// Mermaid, a flowchart.
    Mermaid,
    /// DOT, for Graphviz.
    Dot,
}

impl Notation {
    /// Every notation.
    pub const ALL: [Self; 2] = [Self::Mermaid, Self::Dot];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mermaid => "mermaid",
            Self::Dot => "dot",
        }
    }

    /// The notation of a name; absent if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notation| notation.name() == name)
    }
}

/// Draws a network.
pub fn draw(network: &Network, pack: &Pack, notation: Notation, language: Language) -> String {
    let drawing = Drawing { network, pack, notation, language };
    let legend = say(&text!("破線は、前提だけによるつながり", "dashed: a link that rests on assumptions only"), language);
    let mut out = match notation {
        Notation::Mermaid => format!("flowchart LR\n  %% {legend}\n"),
        Notation::Dot => format!("digraph mitoshi {{\n  // {legend}\n  rankdir=LR;\n  node [shape=box];\n"),
    };
    out += &drawing.nodes();
    network.links.iter().for_each(|link| out += &drawing.link(link));
    if notation == Notation::Dot {
        out += "}\n";
    }
    out
}

struct Drawing<'a> {
    network: &'a Network,
    pack: &'a Pack,
    notation: Notation,
    language: Language,
}

impl Drawing<'_> {
    fn nodes(&self) -> String {
        let mut out = String::new();
        let mut box_of: Option<usize> = None;
        let boxed = self.network.level != Level::Indicators;
        for node in &self.network.nodes {
            let owner = node.quantity.indicator().filter(|_| boxed);
            if owner != box_of {
                out += self.close(box_of);
                out += &owner.map(|n| self.open(n)).unwrap_or_default();
                box_of = owner;
            }
            let indent = if box_of.is_some() { "    " } else { "  " };
            let (key, label) = (self.key(node), self.quoted(&self.label(node)));
            out += &match self.notation {
                Notation::Mermaid => format!("{indent}{key}[{label}]\n"),
                Notation::Dot => format!("{indent}{key} [label={label}];\n"),
            };
        }
        out + self.close(box_of)
    }

    fn open(&self, n: usize) -> String {
        let Some((_, sheet)) = self.pack.sheets.get_index(n) else { return String::new() };
        let (no, title) = (sheet.no.value, self.quoted(&format!("No.{} {}", sheet.no.value, sheet.indicator)));
        match self.notation {
            Notation::Mermaid => format!("  subgraph g{no}[{title}]\n"),
            Notation::Dot => format!("  subgraph cluster_{no} {{\n    label={title};\n"),
        }
    }

    fn close(&self, box_of: Option<usize>) -> &'static str {
        match (box_of, self.notation) {
            (None, _) => "",
            (Some(_), Notation::Mermaid) => "  end\n",
            (Some(_), Notation::Dot) => "  }\n",
        }
    }

    /// `n6`, `n6_a1` (auxiliary), `n6_r` (achievement), `n6_t` (target), `n6_p1` (assumption), `p1` (shared).
    fn key(&self, node: &Node) -> String {
        let no = node.quantity.indicator().and_then(|n| self.pack.sheets.get_index(n)).map_or(0, |(_, sheet)| sheet.no.value);
        match node.quantity {
            Quantity::Outcome(_) => format!("n{no}"),
            Quantity::Auxiliary(_, k) => format!("n{no}_a{}", k + 1),
            Quantity::Achievement(_) => format!("n{no}_r"),
            Quantity::Target(_) => format!("n{no}_t"),
            Quantity::Assumption(_, k) => format!("n{no}_p{}", k + 1),
            Quantity::Shared(k) => format!("p{}", k + 1),
        }
    }

    fn label(&self, node: &Node) -> String {
        if self.network.level == Level::Indicators {
            return name(node, self.network.level, self.pack);
        }
        let short = node.address.split_once('.').map_or(node.address.as_str(), |(_, name)| name);
        let sheet = node.quantity.indicator().and_then(|n| self.pack.sheets.get_index(n)).map(|(_, sheet)| sheet);
        let (label, ..) = about(node.quantity, sheet, self.pack);
        let words = match node.quantity {
            Quantity::Achievement(_) => say(&text!("達成率", "achievement"), self.language),
            Quantity::Target(_) => say(&text!("目標", "target"), self.language),
            Quantity::Shared(_) if label.is_empty() => return node.address.clone(),
            _ => label.to_owned(),
        };
        if words.is_empty() { short.to_owned() } else { words }
    }

    fn link(&self, link: &Link) -> String {
        let key = |at: usize| self.network.nodes.get(at).map(|node| self.key(node)).unwrap_or_default();
        let (from, to) = (key(link.from), key(link.to));
        let when = if link.lags == [0] { String::new() } else { say(&lags(&link.lags), self.language) };
        match self.notation {
            Notation::Mermaid => {
                let arrow = if link.is_only_assumed() { "-.->" } else { "-->" };
                let when = if when.is_empty() { when } else { format!("|{}|", self.quoted(&when)) };
                format!("  {from} {arrow}{when} {to}\n")
            }
            Notation::Dot => {
                let label = (!when.is_empty()).then(|| format!("label={}", self.quoted(&when)));
                let style = link.is_only_assumed().then(|| "style=dashed".to_owned());
                let attributes: Vec<String> = label.into_iter().chain(style).collect();
                let attributes = if attributes.is_empty() { String::new() } else { format!(" [{}]", attributes.join(", ")) };
                format!("  {from} -> {to}{attributes};\n")
            }
        }
    }

    /// A text in quotation marks; signs that the notation reads are escaped, whatever cannot be seen is a blank.
    fn quoted(&self, text: &str) -> String {
        let mut out = String::from("\"");
        for letter in text.chars() {
            match (self.notation, letter) {
                (_, letter) if letter.is_control() => out.push(' '),
                (Notation::Mermaid, '"' | '#' | '&' | ';' | '<' | '>' | '`' | '\\' | '[' | ']' | '{' | '}' | '|') => {
                    out += &format!("#{};", u32::from(letter));
                }
                (Notation::Dot, '"' | '\\') => {
                    out.push('\\');
                    out.push(letter);
                }
                (_, letter) => out.push(letter),
            }
        }
        out.push('"');
        out
    }
}
