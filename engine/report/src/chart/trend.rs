//! Target, actual and projection by year, with a fan for uncertainty.

/// An indicator over the years.
///
/// Every list of values has one entry per year; what is absent leaves a gap. Names are drawn beside the
/// lines; a series, band or bar without values is not mentioned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trend {
    /// The years from left to right: `R4`, `令和4年度`, `2022`.
    pub years: Vec<String>,
    /// The unit of every number.
    pub unit: String,
    /// The decimals people read.
    pub decimals: usize,
    /// The targets in force.
    pub target: Series,
    /// What was recorded.
    pub actual: Series,
    /// What is expected, in the order of the legend; the first one is the fan's.
    pub projections: Vec<Series>,
    /// The fan: the widest band first.
    pub bands: Vec<Band>,
    /// The goal of the plan.
    pub goal: Option<Bar>,
    /// An outer bound.
    pub limit: Option<Bar>,
    /// Where the measure started.
    pub baseline: Option<Bar>,
}

/// A name and a value for each year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What the line is called: `見込`, a scenario's title.
    pub name: String,
    /// One entry per year.
    pub values: Vec<Option<f64>>,
}

/// Two quantiles by year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// What lies between them: `5〜95%の幅`.
    pub name: String,
    /// The lower edge, one entry per year.
    pub low: Vec<Option<f64>>,
    /// The upper edge, one entry per year.
    pub high: Vec<Option<f64>>,
}

/// A number that holds for all years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// What it is called, without its number: `基準値（R3）`.
    pub name: String,
    /// The number.
    pub value: f64,
}
