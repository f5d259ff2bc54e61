//! What rules are lowered to, as text: snapshots of three reference rules and of the proof that none is walked.

use insta::assert_snapshot;
use mitoshi_core::Request;
use mitoshi_core::analysis::kernels;

use crate::plan;

#[test]
fn the_reference_plan_has_no_walked_function_in_any_scenario() {
    let model = plan::model();
    for scenario in model.scenarios() {
        let request = Request { scenario: scenario.to_owned(), ..Request::default() };
        let walked: Vec<_> =
            model.with_parts(&request, kernels::of).unwrap().into_iter().filter(|kernel| kernel.residue.is_some()).collect();
        assert!(walked.is_empty(), "{scenario}: {walked:#?}");
    }
}

/// The listing of one indicator of the reference plan.
fn listing(indicator: &str) -> String {
    let request = Request { scenario: "baseline".to_owned(), ..Request::default() };
    plan::model().with_parts(&request, |parts| kernels::listing(parts, Some(indicator))).unwrap()
}

#[test]
fn window_savings_is_lowered_to_this() {
    assert_snapshot!("window_savings", listing("window_savings"));
}

#[test]
fn arrears_is_lowered_to_this() {
    assert_snapshot!("arrears", listing("arrears"));
}

#[test]
fn online_procedures_is_lowered_to_this() {
    assert_snapshot!("online_procedures", listing("online_procedures"));
}
