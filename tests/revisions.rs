//! The revision rules reproduce how the city itself revised its targets in 2022 and 2023.
//!
//! Fifteen measures have numeric targets. For seven of them the arithmetic of the published plan
//! betrays an earlier path (an inference, not in the text); the others start from the published
//! one. Reviewing R4 and R5 with the actuals must lead to the targets published in June 2024.

use mitoshi_core::Request;
use mitoshi_core::year::Year;

use crate::plan::{append, files, load, replace_table};

/// Earlier target paths R4…R8, inferred.
const EARLIER: [(&str, [f64; 5]); 7] = [
    ("arrears", [407.0, 380.0, 353.0, 326.0, 300.0]),
    ("collection_rate", [38.1, 38.6, 39.1, 39.6, 40.0]),
    ("furusato_donations", [85.0, 105.0, 125.0, 145.0, 165.0]),
    ("training_usefulness", [60.0, 65.0, 70.0, 75.0, 80.0]),
    ("annual_leave", [8.0, 8.5, 9.0, 9.5, 10.0]),
    ("paternity_leave", [20.0, 23.0, 25.0, 28.0, 30.0]),
    ("women_managers", [31.0, 32.0, 33.0, 34.0, 35.0]),
];

/// Targets R5…R8 as published in June 2024 (No.12 has only the last).
const PUBLISHED: [(&str, [Option<f64>; 4]); 15] = [
    ("online_procedures", [Some(300.0), Some(350.0), Some(400.0), Some(450.0)]),
    ("mynumber_cards", [Some(44000.0), Some(46000.0), Some(48000.0), Some(49000.0)]),
    ("automation", [Some(6.0), Some(7.0), Some(8.0), Some(10.0)]),
    ("paper_reduction", [Some(165.0), Some(220.0), Some(275.0), Some(275.0)]),
    ("arrears", [Some(380.0), Some(380.0), Some(326.0), Some(300.0)]),
    ("collection_rate", [Some(38.6), Some(26.0), Some(28.0), Some(30.0)]),
    ("land_sales", [Some(94.8), Some(107.2), Some(126.3), Some(222.0)]),
    ("furusato_donations", [Some(130.0), Some(142.0), Some(154.0), Some(165.0)]),
    ("ordinary_balance_ratio", [Some(90.6), Some(90.7), Some(90.8), Some(90.9)]),
    ("debt_service_ratio", [Some(5.6), Some(5.6), Some(5.8), Some(6.0)]),
    ("window_savings", [None, None, None, Some(4.0)]),
    ("training_usefulness", [Some(80.0), Some(80.0), Some(80.0), Some(80.0)]),
    ("annual_leave", [Some(10.0), Some(10.0), Some(10.0), Some(10.0)]),
    ("paternity_leave", [Some(23.0), Some(85.0), Some(85.0), Some(85.0)]),
    ("women_managers", [Some(35.0), Some(35.0), Some(35.0), Some(35.0)]),
];

#[test]
fn fifteen_of_fifteen_measures_arrive_at_the_published_targets() {
    let mut pack = files();
    for (id, path) in EARLIER {
        let targets = path.iter().zip(4..).map(|(target, n)| format!("R{n} = {target:?}\n")).collect::<String>();
        replace_table(&mut pack, &format!("rules/{id}.toml"), "targets", &targets);
    }
    append(&mut pack, "scenarios/baseline.toml", "review = \"adopt\"\n");
    let request = Request { scenario: "baseline".to_owned(), reviewed: Some(vec![Year(2022), Year(2023)]), ..Request::default() };
    let projection = load(pack).project(&request).expect("a projection").projection;
    for (id, published) in PUBLISHED {
        let years = (2023..=2026).map(Year);
        let found: Vec<Option<f64>> = years.map(|year| projection.cell(id, year).expect("a cell").target).collect();
        assert_eq!(found, published, "{id}");
    }
}
