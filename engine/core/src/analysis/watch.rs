//! Who watches a long run: told how far it is, asked whether it should go on.
//!
//! The core knows no clock and no terminal; whoever has them implements [`Watch`]. A run that is asked to
//! stop ends soon; what it returns then is not whole, and whoever stopped it knows that.

/// Watches a run.
pub trait Watch: Sync {
    /// So many draws or points are to be run.
    fn expect(&self, _runs: u64) {}

    /// So many are done.
    fn done(&self, _runs: u64) {}

    /// True if the run should stop soon.
    fn stop(&self) -> bool {
        false
    }
}

/// Nobody watches.
impl Watch for () {}
