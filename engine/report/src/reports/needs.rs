//! What a report says of itself, so that commands know how to make it and where it may go.

/// What a report needs before it is built, and who may read it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// It shows chances: the scenarios are simulated.
    pub draws: bool,
    /// The year under review is reviewed: its proposals stand in the projection, instead of those of the
    /// projected years.
    pub review: bool,
    /// How many scenarios it tells of.
    pub scenarios: Scenarios,
    /// When it may be published.
    pub publish: Publish,
}

/// How many scenarios a report tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scenarios {
    /// One.
    #[default]
    One,
    /// One or several at once.
    Several,
    /// Several: it says nothing about one alone, so the baseline stands beside it.
    BesideBaseline,
}

/// When a report may be published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Publish {
    /// Always.
    #[default]
    Always,
    /// Where a scenario is named: it is about an outlook.
    Outlook,
    /// Never: it is meant for the office alone.
    Never,
}
