//! What of a simulation is kept in the history when its outlook is published.

use indexmap::IndexMap;

use crate::analysis::simulate::{Simulated, Simulation};
use crate::diagnostic::{Content, RawFile};
use crate::history::{Foreseen, Outlook};
use crate::pack::Pack;
use crate::stamp::Stamp;

/// The quantiles that a kept outlook needs: the ends of its 80 % band.
pub const SHARES: [f64; 2] = [0.1, 0.9];

/// One outlook for each scenario of a simulation with [`SHARES`], of the indicators that are public.
pub fn outlooks(simulation: &Simulation, pack: &Pack, files: &[RawFile]) -> Vec<Outlook> {
    let stamp = stamp(files).to_string();
    simulation.scenarios.iter().map(|scenario| outlook(simulation, scenario, pack, stamp.clone())).collect()
}

fn outlook(simulation: &Simulation, scenario: &Simulated, pack: &Pack, stamp: String) -> Outlook {
    let plan = &pack.plan;
    let mut indicators: IndexMap<String, IndexMap<String, Foreseen>> = IndexMap::new();
    let public = pack.sheets.values().filter(|sheet| sheet.public);
    for sheet in public {
        let known = sheet.actuals.range(..=plan.actuals_until).rev().find_map(|(_, entry)| entry.value);
        for year in plan.projected_years() {
            let cell = scenario.projection.cell(&sheet.id, year);
            let Some((value, target)) = cell.and_then(|cell| Some((cell.outcome?, cell.target))) else { continue };
            let number = pack.sheets.get_index_of(&sheet.id);
            let draws = scenario.cells.iter().find(|draws| Some(draws.indicator) == number && draws.year == year);
            let moves = draws.is_some_and(|draws| draws.met.is_none_or(|met| !met.certain));
            let quantile = |at: usize| draws.filter(|_| moves)?.quantiles.get(at)?.value;
            let foreseen = Foreseen {
                value,
                persistence: known,
                target,
                low: quantile(0),
                high: quantile(1),
                chance: draws.and_then(|draws| draws.met).map(|met| met.share()),
            };
            indicators.entry(sheet.id.clone()).or_default().insert(plan.write(year), foreseen);
        }
    }
    Outlook {
        scenario: scenario.projection.scenario.clone(),
        pack: stamp,
        seed: simulation.seed,
        draws: u32::try_from(simulation.draws).unwrap_or(u32::MAX),
        actuals_until: plan.write(plan.actuals_until),
        indicators,
    }
}

/// The state of a pack in 32 bytes: over the paths and bytes of its files, in the order of their paths.
pub fn stamp(files: &[RawFile]) -> Stamp {
    let mut files: Vec<&RawFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut all = Vec::new();
    for file in files {
        if let Content::Bytes(bytes) = &file.content {
            all.extend_from_slice(file.path.as_bytes());
            all.push(0);
            all.extend_from_slice(Stamp::of(bytes).to_string().as_bytes());
            all.push(b'\n');
        }
    }
    Stamp::of(&all)
}
