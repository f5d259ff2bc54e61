//! The workbench: a local page on which a plan is tried out.
//!
//! [`serve`] reads the pack, opens a port and answers until it is told to stop. The way of a request:
//! `door` (who may come in) → `routes` (one table of all routes) → `pool` (own threads; nothing is computed on
//! those of the network) → a file of `view` (what is asked, what is answered) → `answer`. The pack in memory
//! is the business of `desk`: it is read again when its files change, and the last good one is kept.
//! The contract with the page is `docs/workbench_api.md`; the page itself lies in `pages/`.

mod answer;
mod asked;
mod assets;
mod confined;
mod desk;
mod door;
mod password;
mod pool;
mod refused;
mod routes;
mod server;
mod turns;
mod view;

pub use confined::evaluate_child;
pub use routes::{Access, ROUTES, Route};
pub use server::{Abroad, Options, Running, Trouble, serve};
