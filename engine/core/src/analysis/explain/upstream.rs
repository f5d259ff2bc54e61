//! What lies upstream of a number: the computed ones as a tree, the given ones as a list.
//!
//! The tree shows quantities that are computed, recorded or fixed; what was shown once is referred to afterwards. The
//! list holds every given number (assumptions, actuals, starts, targets) however far upstream, one line for a
//! number that is the same in several years: so every number of the page leads to a line of a file.

use indexmap::IndexMap;

use super::Explainer;
use super::origin::Origin;
use super::reading::Reading;
use crate::rule::signature::Quantity;
use crate::year::Year;

/// A quantity of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The number.
    pub reading: Reading,
    /// True if what it rests on was shown before.
    pub is_repeated: bool,
    /// True if what it rests on lies deeper than was asked for.
    pub is_deeper: bool,
    /// What it is computed from.
    pub below: Vec<Node>,
}

/// A given number, in the years in which it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// The number, in the first of the years.
    pub reading: Reading,
    /// Its address without a year.
    pub address: String,
    /// The years; empty for what has none.
    pub years: Vec<Year>,
}

impl Node {
    /// True if something lies deeper here than was asked for.
    pub(super) fn is_cut(&self) -> bool {
        self.is_deeper || self.below.iter().any(Self::is_cut)
    }
}

type Of = (Quantity, Year);

/// Given numbers by address, number and place.
type Grounds = IndexMap<(String, u64, String), Ground>;

impl Explainer<'_> {
    pub(super) fn upstream(&self, quantity: Quantity, year: Year) -> Vec<Node> {
        let mut shown = vec![(quantity, year)];
        self.below(quantity, year, self.depth, &mut shown)
    }

    fn below(&self, quantity: Quantity, year: Year, depth: usize, shown: &mut Vec<Of>) -> Vec<Node> {
        let read = self.read_by(quantity, year);
        let inner: Vec<Of> = read.into_iter().filter(|(quantity, _)| is_result(*quantity)).collect();
        inner.into_iter().map(|(quantity, year)| self.node(quantity, year, depth, shown)).collect()
    }

    fn node(&self, quantity: Quantity, year: Year, depth: usize, shown: &mut Vec<Of>) -> Node {
        let reading = self.look(quantity, year);
        let has_more = self.read_by(quantity, year).iter().any(|(quantity, _)| is_result(*quantity));
        let known = shown.contains(&(quantity, year));
        let goes_on = has_more && !known && depth > 1;
        shown.push((quantity, year));
        let below = if goes_on { self.below(quantity, year, depth - 1, shown) } else { Vec::new() };
        Node { reading, is_repeated: has_more && known, is_deeper: has_more && !known && !goes_on, below }
    }

    /// What a computed quantity of a year reads, in the order of the parameters; each once.
    fn read_by(&self, quantity: Quantity, year: Year) -> Vec<Of> {
        let computed = matches!(self.origin(quantity, year).origin, Origin::Computed(_) | Origin::Failed);
        let function = self.schedule().function(quantity, year).filter(|_| computed);
        let mut found = Vec::new();
        if let (Some(bound), Some(n)) = (function, quantity.indicator()) {
            for input in &bound.inputs {
                found.extend(self.source_of(n, input, year).filter(|of| !found.contains(of)));
            }
        }
        found.extend(self.start_assumption(quantity, year).filter(|_| !computed));
        found
    }

    pub(super) fn grounds(&self, quantity: Quantity, year: Year) -> Vec<Ground> {
        let direct = self.read_by(quantity, year);
        let mut seen: Vec<Of> = vec![(quantity, year)];
        let mut found = Grounds::new();
        let mut at = 0;
        while let Some((quantity, year)) = seen.get(at).copied() {
            at += 1;
            let read = self.read_by(quantity, year);
            if at > 1 {
                self.facts(quantity, year, &mut found);
            }
            if at > 1 && !direct.contains(&(quantity, year)) {
                self.ground(quantity, year, &mut found);
            }
            for of in read {
                if !seen.contains(&of) {
                    seen.push(of);
                }
            }
        }
        let mut grounds: Vec<Ground> = found.into_values().collect();
        grounds.iter_mut().for_each(|ground| ground.years.sort());
        grounds.sort_by_key(|ground| ground.reading.of.map(|(quantity, year)| (quantity.indicator(), quantity, year)));
        grounds
    }

    /// Notes the numbers that a function reads and that belong to no year, such as a baseline.
    fn facts(&self, quantity: Quantity, year: Year, found: &mut Grounds) {
        let Some((bound, n)) = self.schedule().function(quantity, year).zip(quantity.indicator()) else { return };
        for input in bound.inputs.iter().filter(|input| self.source_of(n, input, year).is_none()) {
            let reading = self.look_input(n, input, year);
            if let (Origin::Sheet, Some(value)) = (&reading.origin, reading.measure.value) {
                let address = reading.address.clone();
                let key = (address.clone(), value.to_bits(), String::new());
                found.entry(key).or_insert_with(|| Ground { reading, address, years: Vec::new() });
            }
        }
    }

    /// Notes a number that is given.
    fn ground(&self, quantity: Quantity, year: Year, found: &mut Grounds) {
        let reading = self.look(quantity, year);
        let Some(value) = reading.measure.value.filter(|_| !matches!(reading.origin, Origin::Computed(_) | Origin::Failed)) else { return };
        let address = quantity.address(self.schedule().pack);
        let place = reading.place.as_ref().map(super::Place::write).unwrap_or_default();
        let ground =
            found.entry((address.clone(), value.to_bits(), place)).or_insert_with(|| Ground { reading, address, years: Vec::new() });
        ground.years.push(year);
    }
}

/// A quantity that is the result of something, as against an assumption or a target.
fn is_result(quantity: Quantity) -> bool {
    matches!(quantity, Quantity::Outcome(_) | Quantity::Auxiliary(..) | Quantity::Achievement(_))
}
