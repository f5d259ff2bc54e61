//! Bringing a plan in (取り込み): from the text of a published plan, or from tables of any layout, to a pack.
//!
//! ```text
//! text  ──text──▶ Draft ─┐
//!                        ├─judge──▶ Proposal ◀──review table──▶ people
//! cells ──grid──▶ Draft ─┘              └──pack──▶ files of a pack
//! ```
//!
//! Nothing is guessed silently: what a reader or the judge was unsure of stands beside the row as a doubt, and no pack is
//! made of a doubtful row before somebody has said so. Sentences of the source (取組内容, 取組状況) are not taken over.

pub mod draft;
mod judge;
pub mod pack;
pub mod proposal;
pub mod review;
pub mod text;
pub mod words;

pub use draft::{Draft, DraftIndicator, Place, Said};
pub use judge::judge;
pub use proposal::{Field, Proposal, Row, Verdict};
