//! Every call of the system that a record makes is made to fail: the sheet and the history stay together.

use std::fs;
use std::io::ErrorKind;
use std::time::Duration;

use mitoshi_core::history::{Change, Draft, Fact, PATH};
use mitoshi_store::{Fault, Ledger, Opening, Receipt, Writer};

use super::pack::{history, small, told};
use crate::store::disk::{Calls, Faulty, Mishap};
use crate::support::Folder;

fn record(folder: &Folder, disk: Faulty) -> Result<Receipt, Fault> {
    let writer = Writer::lock_on(Box::new(disk), folder.path(), Duration::ZERO)?;
    let mut ledger = match Ledger::on(writer, folder.path())? {
        Opening::Ready(ledger) => *ledger,
        Opening::Broken(problems, _) => panic!("{:?}", told(&problems)),
    };
    let changes = vec![Change::new("visitors", "actuals.R6", Fact::Absent, Fact::Number(44.5))];
    ledger.take(Draft { on: "2025-05-20".to_owned(), changes, ..Draft::default() })?;
    ledger.commit()
}

fn lay_out() -> Folder {
    small("cycle-faults")
}

#[test]
fn whichever_call_fails_sheet_and_history_stay_together() {
    let folder = lay_out();
    let before = fs::read(folder.path().join("rules/visitors.toml")).unwrap();
    let calls = Calls::default();
    record(&folder, Faulty { calls: calls.clone(), ..Faulty::none() }).unwrap();
    let count = calls.lock().unwrap().len();
    assert!(count > 40, "{count} calls");
    let (mut failed, mut done) = (0, 0);
    for mishap in [Mishap::Refused(ErrorKind::StorageFull), Mishap::Short, Mishap::Lie] {
        for at in 0..count {
            let folder = lay_out();
            let result = record(&folder, Faulty { at, mishap, calls: Calls::default(), hand: None });
            let sheet = fs::read(folder.path().join("rules/visitors.toml")).unwrap();
            match result {
                Ok(_) => {
                    done += 1;
                    assert!(sheet != before, "call {at}, {mishap:?}: success was claimed");
                }
                Err(_) => {
                    failed += 1;
                    assert_eq!(sheet, before, "call {at}, {mishap:?}");
                    assert!(!folder.path().join(PATH).exists(), "call {at}, {mishap:?}");
                }
            }
            let (read, problems) = history(folder.path());
            assert!(problems.is_empty() && read.lines.len() != 1, "call {at}, {mishap:?}: {:?}", told(&problems));
        }
    }
    assert!(failed > count && done > 0, "{failed} failed, {done} done");
}
