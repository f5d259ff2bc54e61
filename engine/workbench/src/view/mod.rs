//! What can be asked: one file for each question. A view takes what was asked and gives an answer; it knows nothing of
//! connections, and computes nothing that `mitoshi-core` does not.

pub(crate) mod evaluate;
pub(crate) mod state;
