//! Quantities whose draws are kept one by one, for whoever wants to count them otherwise.

use crate::analysis::address::{Address, TYPED, parse};
use crate::analysis::ensemble::{Block, Ensemble, Lane};
use crate::columns::Output;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Pack;
use crate::rule::signature::Quantity;
use crate::text;
use crate::year::Year;

/// Draws that stand together: `values[scenario][quantity][draw]`.
pub struct KeptDraws<'a> {
    /// Number of the first draw.
    pub first: u64,
    /// The values.
    pub values: &'a [Vec<Vec<Lane>>],
}

/// Where a kept quantity is found.
pub(super) enum Kept {
    Output(usize),
    Column(usize),
    Same(Lane),
}

impl Kept {
    pub(super) fn new(ensemble: &Ensemble<'_>, address: Address) -> Self {
        let Some(year) = address.year else { return Self::Same(Lane::Absent) };
        match address.quantity {
            quantity @ (Quantity::Assumption(..) | Quantity::Shared(_)) => match ensemble.program.reads.get(&(quantity, year)) {
                Some(column) => Self::Column(*column as usize),
                None => Self::Same(ensemble.parts.schedule.assumption(quantity, year).map_or(Lane::Absent, Lane::Number)),
            },
            quantity => ensemble.output(Output::Value(quantity, year)).map_or(Self::Same(Lane::Absent), Self::Output),
        }
    }

    pub(super) fn lane(&self, block: &Block<'_>, lane: usize) -> Lane {
        match self {
            Self::Output(number) => block.lane(*number, lane),
            Self::Column(number) => Lane::Number(block.column(*number, lane)),
            Self::Same(same) => *same,
        }
    }
}

/// The quantities of these addresses in projected years, each once; without a year all of them. With
/// no address: every outcome.
///
/// # Errors
/// All addresses that name nothing, or nothing that differs from draw to draw.
pub fn kept(pack: &Pack, after: Year, addresses: &[String]) -> Result<Vec<Address>, Vec<Diagnostic>> {
    let years: Vec<Year> = pack.plan.years().filter(|year| *year > after).collect();
    let every = |quantity: Quantity| years.iter().map(move |year| Address { quantity, year: Some(*year) });
    if addresses.is_empty() {
        return Ok((0..pack.sheets.len()).flat_map(|n| every(Quantity::Outcome(n))).collect());
    }
    let (mut found, mut problems): (Vec<Address>, _) = (Vec::new(), Vec::new());
    for typed in addresses {
        match parse(pack, typed).and_then(|address| drawn(address, typed, &years)) {
            Ok(Address { quantity, year: None }) => found.extend(every(quantity)),
            Ok(address) => found.push(address),
            Err(problem) => problems.push(*problem),
        }
    }
    let mut once: Vec<Address> = Vec::with_capacity(found.len());
    for address in found {
        if !once.contains(&address) {
            once.push(address);
        }
    }
    if problems.is_empty() { Ok(once) } else { Err(problems) }
}

/// Refuses what no draw can change.
fn drawn(address: Address, typed: &str, years: &[Year]) -> Result<Address, Box<Diagnostic>> {
    let message = if matches!(address.quantity, Quantity::Target(_)) {
        text!("「{typed}」は目標なので、試行の記録には書き出せません。", "`{typed}` is a target: its draws cannot be kept")
    } else if address.year.is_some_and(|year| !years.contains(&year)) {
        text!("「{typed}」は見通し年度の値ではありません。", "`{typed}` is not in a projected year")
    } else {
        return Ok(address);
    };
    Err(Box::new(Diagnostic::at(Code::UnknownAddress, TYPED, message).hint(text!(
        "見通し年度の結果、補助量、達成率、前提を指定します（例: arrears@R8）。",
        "name an outcome, auxiliary, achievement or assumption of a projected year, such as arrears@R8"
    ))))
}
