//! The review of a year: what the rules propose for later targets, for people to decide.

use crate::pack::Pack;
use crate::projection::Projection;
use crate::year::Year;

/// One later target under review.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The indicator, by its number in the pack.
    pub indicator: usize,
    /// The year whose target it is.
    pub of: Year,
    /// The target in force.
    pub from: f64,
    /// What the rule proposes; equal to `from` where it keeps the target.
    pub to: f64,
    /// The function that proposed it: a name of the library, or `revise` of the rule itself.
    pub rule: String,
    /// Why, in the rule's words.
    pub reason: String,
}

impl Proposal {
    /// Whether the target would change.
    pub fn is_change(&self) -> bool {
        self.from != self.to
    }
}

/// What a projection that reviewed `year` proposes: changes first, kept targets after them, each in the plan's order.
pub fn proposals(projection: &Projection, pack: &Pack, year: Year) -> Vec<Proposal> {
    let of_indicator = |(number, (id, sheet)): (usize, (&String, &crate::pack::Sheet))| {
        let rule = sheet.revise.as_ref().map_or_else(|| "revise".to_owned(), |name| name.value.clone());
        let cell = projection.cell(id, year);
        let one = move |(of, revision): (&Year, &crate::projection::Revision)| Proposal {
            indicator: number,
            of: *of,
            from: revision.from,
            to: revision.to,
            rule: rule.clone(),
            reason: revision.reason.clone(),
        };
        cell.into_iter().flat_map(|cell| &cell.revisions).map(one).collect::<Vec<_>>()
    };
    let mut found: Vec<Proposal> = pack.sheets.iter().enumerate().flat_map(of_indicator).collect();
    found.sort_by_key(|proposal| !proposal.is_change());
    found
}
