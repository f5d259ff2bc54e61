//! A payload in every text of a pack that people write freely.

use mitoshi_core::pack::{Assumption, Entry, Pack};

/// Puts payloads into all texts; the next text gets the next one, and the first is that of the round.
pub fn fill(pack: &mut Pack, payloads: &[String], round: usize) {
    let mut next = payloads.iter().cycle().skip(round).cloned();
    let mut put = |text: &mut String| text.clone_from(&next.next().unwrap());
    let plan = &mut pack.plan;
    [&mut plan.title, &mut plan.organisation, &mut plan.edition].into_iter().for_each(&mut put);
    plan.strategies.values_mut().for_each(&mut put);
    plan.grades.iter_mut().for_each(|band| [&mut band.mark, &mut band.word].into_iter().for_each(&mut put));
    plan.assumptions.values_mut().for_each(|each| assumption(each, &mut put));
    for sheet in pack.sheets.values_mut() {
        let own = [&mut sheet.title, &mut sheet.category, &mut sheet.department, &mut sheet.indicator, &mut sheet.unit, &mut sheet.note];
        own.into_iter().chain(&mut sheet.questions).chain(sheet.process.values_mut()).for_each(&mut put);
        sheet.labels.iter_mut().for_each(|(_, label)| put(label));
        sheet.assumptions.values_mut().for_each(|each| assumption(each, &mut put));
        sheet.auxiliaries.values_mut().for_each(|each| [&mut each.label, &mut each.unit].into_iter().for_each(&mut put));
        sheet.narrative.values_mut().for_each(|each| [&mut each.done, &mut each.next].into_iter().for_each(&mut put));
        sheet.references.iter_mut().for_each(|each| put(&mut each.name));
        let entries = sheet.targets.values_mut().chain(sheet.actuals.values_mut()).chain(&mut sheet.goal).chain(&mut sheet.limit);
        entries.for_each(|each| entry(each, &mut put));
        sheet.baseline.iter_mut().for_each(|each| put(each.text.get_or_insert_default()));
        let (mut who, mut when) = sheet.entry.take().unwrap_or_default();
        [&mut who, &mut when].into_iter().for_each(&mut put);
        sheet.entry = Some((who, when));
    }
    pack.scenarios.values_mut().for_each(|each| [&mut each.title, &mut each.note].into_iter().for_each(&mut put));
}

fn assumption(assumption: &mut Assumption, put: &mut impl FnMut(&mut String)) {
    [&mut assumption.label, &mut assumption.unit, &mut assumption.basis].into_iter().for_each(put);
}

fn entry(entry: &mut Entry, put: &mut impl FnMut(&mut String)) {
    [entry.text.get_or_insert_default(), entry.source.get_or_insert_default()].into_iter().for_each(put);
}
