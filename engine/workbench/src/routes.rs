//! Every route in one table: method, address, who may use it, what it does.
//!
//! The router and the tests of the door are made from this table, so that no route can be without its guard.
//! No address holds a path of a file; what is asked stands in the query or in the body.

use crate::answer::Answer;
use crate::asked::Asked;
use crate::desk::{Desk, Held};
use crate::refused::Refused;
use crate::turns::Turn;
use crate::view;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Who holds the key, and shows it here.
    Key,
    /// Who knows the password, and says it here in a form.
    Password,
    /// Who came in.
    Inside,
    /// Who came in, unless the workbench was started read-only.
    Writing,
}

/// A route.
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Its address.
    pub path: &'static str,
    /// Who may use it.
    pub access: Access,
    pub(crate) work: Work,
}

/// What a view gives.
pub(crate) type Outcome = Result<Answer, Refused>;

/// What a route does.
#[derive(Clone, Copy)]
pub(crate) enum Work {
    /// Exchanges the key for a cookie.
    Start,
    /// Exchanges the password for a cookie.
    Login,
    /// A file of the page.
    Page,
    /// Tells of changes until the reader goes.
    Events,
    /// Answers from the desk: the state of things, files, savings.
    Desk(fn(&Desk, &Asked) -> Outcome),
    /// Computes from a model alone; may be overtaken by a newer request of the same page.
    Model(fn(&Held, &Asked, &Turn) -> Outcome),
}

/// Every route.
pub const ROUTES: &[Route] = &[
    route("GET", "/start", Access::Key, Work::Start),
    route("POST", "/login", Access::Password, Work::Login),
    route("GET", "/", Access::Inside, Work::Page),
    route("GET", "/assets/{name}", Access::Inside, Work::Page),
    route("GET", "/api/events", Access::Inside, Work::Events),
    route("GET", "/api/state", Access::Inside, Work::Desk(view::state::state)),
    route("GET", "/api/assumptions", Access::Inside, Work::Model(view::assumptions::assumptions)),
    route("POST", "/api/evaluate", Access::Inside, Work::Model(view::evaluate::evaluate)),
    route("POST", "/api/explain", Access::Inside, Work::Model(view::explain::explain)),
    route("POST", "/api/compare", Access::Inside, Work::Model(view::compare::compare)),
    route("POST", "/api/sensitivity", Access::Inside, Work::Model(view::sensitivity::sensitivity)),
    route("POST", "/api/seek", Access::Inside, Work::Model(view::seek::seek)),
    route("POST", "/api/graph", Access::Inside, Work::Model(view::graph::graph)),
    route("GET", "/api/reports", Access::Inside, Work::Desk(view::report::reports)),
    route("POST", "/api/report", Access::Inside, Work::Model(view::report::report)),
    route("GET", "/api/texts", Access::Inside, Work::Desk(view::texts::texts)),
    route("GET", "/api/text", Access::Inside, Work::Desk(view::texts::text)),
    route("GET", "/api/indicator", Access::Inside, Work::Desk(view::texts::indicator)),
    route("POST", "/api/draft", Access::Inside, Work::Model(view::draft::draft)),
    route("POST", "/api/scenario", Access::Writing, Work::Desk(view::scenario::scenario)),
    route("POST", "/api/text", Access::Writing, Work::Desk(view::save::text)),
    route("POST", "/api/indicator/draft", Access::Inside, Work::Model(view::begin::draft)),
    route("POST", "/api/indicator", Access::Writing, Work::Desk(view::begin::indicator)),
    route("GET", "/api/cycle", Access::Inside, Work::Desk(view::cycle::cycle)),
    route("GET", "/api/cycle/review", Access::Inside, Work::Model(view::cycle::review)),
    route("POST", "/api/cycle/record", Access::Writing, Work::Desk(view::recording::record)),
    route("POST", "/api/cycle/close", Access::Writing, Work::Desk(view::recording::close)),
    route("POST", "/api/cycle/undo", Access::Writing, Work::Desk(view::recording::undo)),
    route("POST", "/api/cycle/adopt", Access::Writing, Work::Desk(view::cycle::adopt)),
];

const fn route(method: &'static str, path: &'static str, access: Access, work: Work) -> Route {
    Route { method, path, access, work }
}
