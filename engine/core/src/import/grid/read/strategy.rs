//! Strategies by their keys: the number before a name, or the order where there is none.

use crate::import::draft::Said;
use crate::import::grid::cell::folded;
use crate::text;

/// The strategies met so far.
#[derive(Default)]
pub(super) struct Strategies {
    /// Key and name.
    list: Vec<(String, Said)>,
}

impl Strategies {
    /// The key of a strategy, which is added if it is new.
    pub(super) fn key(&mut self, said: Said) -> String {
        let (number, name) = split(&said.words);
        let is_same = |(key, known): &&mut (String, Said)| match number.is_empty() {
            true => folded(&known.words) == folded(&name),
            false => *key == number,
        };
        if let Some((key, known)) = self.list.iter_mut().find(is_same) {
            if !name.is_empty() && folded(&known.words) != folded(&name) && known.doubts.is_empty() {
                let place = said.place.told();
                let (ja, en) = (place.ja, place.en);
                known.doubts.push(text!("{ja}には「{name}」とあります。", "{en} says `{name}`"));
            }
            return key.clone();
        }
        let mut strategy = Said { words: name, ..said };
        let key = if number.is_empty() { self.free() } else { number };
        if strategy.words.is_empty() {
            strategy.words.clone_from(&key);
            strategy.doubts.push(text!("戦略の番号だけで、名がありません。", "this strategy has a number and no name"));
        }
        self.list.push((key.clone(), strategy));
        key
    }

    /// The first whole number that is no key yet.
    fn free(&self) -> String {
        let is_free = |key: &String| self.list.iter().all(|(known, _)| known != key);
        (1..=self.list.len() + 1).map(|key| key.to_string()).find(is_free).unwrap_or_default()
    }

    pub(super) fn into_list(self) -> Vec<(String, Said)> {
        self.list
    }
}

/// `1-2 行政のデジタル化`, `戦略1：…`, `(2) …`: the number and the name.
fn split(words: &str) -> (String, String) {
    let is_space = |c: char| c.is_whitespace() || ".．、:：)）]】・_".contains(c);
    let heads = ["基本戦略", "重点戦略", "取組戦略", "戦略", "基本目標", "分野", "strategy", "Strategy"];
    let bare = words.trim_start_matches(['(', '（', '[', '【']);
    let bare = heads.iter().find_map(|head| bare.strip_prefix(head)).unwrap_or(bare).trim_start();
    let length: usize = bare.chars().take_while(|c| is_figure(*c) || "-－‐−ー".contains(*c)).map(char::len_utf8).sum();
    let (number, rest) = bare.split_at(length);
    let number = folded(number).replace(['‐', '−', 'ー'], "-");
    let number = number.trim_matches('-');
    let is_number = number.chars().any(|c| c.is_ascii_digit()) && (rest.is_empty() || rest.starts_with(is_space));
    if !is_number {
        return (String::new(), words.to_owned());
    }
    (number.to_owned(), rest.trim_start_matches(is_space).to_owned())
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}
