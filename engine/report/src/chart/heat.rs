//! A result over two assumptions.

/// A result for each pair of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// What runs from left to right.
    pub across: Scale,
    /// What runs from bottom to top.
    pub up: Scale,
    /// A row for each value of `up`, lowest first; in it a cell for each value of `across`.
    pub cells: Vec<Vec<HeatCell>>,
    /// The result and its unit: `未収債権額 R8（百万円）`.
    pub result: String,
    /// What the line parts: `目標 300 に届く`; empty if there is no target.
    pub met: String,
}

/// The values of one assumption.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scale {
    /// The assumption and its unit.
    pub name: String,
    /// Its values as people read them.
    pub labels: Vec<String>,
}

/// One result.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeatCell {
    /// The number; absent leaves the cell empty.
    pub value: Option<f64>,
    /// The number as people read it.
    pub text: String,
    /// Whether the target is met; absent if there is none.
    pub met: Option<bool>,
}
