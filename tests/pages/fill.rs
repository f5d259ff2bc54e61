//! A payload in every text of a pack that people write freely.
//!
//! What the files say is filled once they are read ([`fill`]); headers and reasons of rules before that ([`rules`]),
//! as far as the engine lets them in. Ids and other names are no free texts (`names.rs`).

use mitoshi_core::diagnostic::{Content, RawFile};
use mitoshi_core::pack::{Assumption, Entry, Pack, Plan};

/// A text in a rule has at most 1,024 bytes (`MAX_WORDS`), and three must fit into one; so many characters each.
const LONGEST: usize = 200;

/// Puts payloads into all texts; the next text gets the next one, and the first is that of the round.
pub fn fill(pack: &mut Pack, payloads: &[String], round: usize) {
    let mut next = payloads.iter().cycle().skip(round).cloned();
    let mut put = |text: &mut String| text.clone_from(&next.next().unwrap());
    let plan = &mut pack.plan;
    [&mut plan.title, &mut plan.organisation, &mut plan.edition].into_iter().for_each(&mut put);
    let renamed = strategies(plan, &mut put);
    plan.always.iter_mut().for_each(|each| put(&mut each.note));
    plan.grades.iter_mut().for_each(|band| [&mut band.key, &mut band.mark, &mut band.word].into_iter().for_each(&mut put));
    plan.assumptions.values_mut().for_each(|each| assumption(each, &mut put));
    for sheet in pack.sheets.values_mut() {
        sheet.strategy = renamed.iter().find(|(key, _)| *key == sheet.strategy).map_or_else(String::new, |(_, new)| new.clone());
        let own = [&mut sheet.title, &mut sheet.category, &mut sheet.department, &mut sheet.indicator, &mut sheet.unit, &mut sheet.note];
        own.into_iter().chain(&mut sheet.questions).chain(sheet.process.values_mut()).for_each(&mut put);
        sheet.labels.iter_mut().for_each(|(_, label)| put(label));
        sheet.assumptions.values_mut().for_each(|each| assumption(each, &mut put));
        sheet.auxiliaries.values_mut().for_each(|each| [&mut each.label, &mut each.unit].into_iter().for_each(&mut put));
        sheet.narrative.values_mut().for_each(|each| [&mut each.done, &mut each.next].into_iter().for_each(&mut put));
        sheet.references.iter_mut().for_each(|each| put(&mut each.name));
        sheet.answered.iter_mut().for_each(|each| put(&mut each.reason));
        let entries = sheet.targets.values_mut().chain(sheet.actuals.values_mut()).chain(&mut sheet.goal).chain(&mut sheet.limit);
        entries.for_each(|each| entry(each, &mut put));
        sheet.baseline.iter_mut().for_each(|each| put(each.text.get_or_insert_default()));
        let (mut who, mut when) = sheet.entry.take().unwrap_or_default();
        [&mut who, &mut when].into_iter().for_each(&mut put);
        sheet.entry = Some((who, when));
    }
    pack.scenarios.values_mut().for_each(|each| [&mut each.title, &mut each.note].into_iter().for_each(&mut put));
}

/// New keys and titles; the keys, each with what it was before.
fn strategies(plan: &mut Plan, put: &mut impl FnMut(&mut String)) -> Vec<(String, String)> {
    let mut renamed = Vec::new();
    for (key, mut title) in std::mem::take(&mut plan.strategies) {
        let mut new = key.clone();
        [&mut new, &mut title].into_iter().for_each(&mut *put);
        plan.strategies.insert(new.clone(), title);
        renamed.push((key, new));
    }
    renamed
}

/// Payloads in the headers and the reasons of all rules: three in each, so that each stands somewhere.
pub fn rules(files: &mut [RawFile], payloads: &[String]) {
    let allowed = payloads.iter().filter(|text| !text.contains(is_refused));
    let allowed: Vec<String> = allowed.map(|text| text.chars().take(LONGEST).collect()).collect();
    let mut next = allowed.iter().cycle();
    let mut three = || [(); 3].map(|()| next.next().unwrap().as_str());
    for file in files.iter_mut().filter(|file| file.path.ends_with(".rhai")) {
        let Content::Bytes(bytes) = &mut file.content else { panic!("{} has bytes", file.path) };
        let text = String::from_utf8(std::mem::take(bytes)).unwrap();
        let mut parts = text.split("because(\"");
        let mut new = three().map(|line| format!("//! {line}\n")).concat() + parts.next().unwrap();
        for part in parts {
            let reason = three().join(" ").replace('\\', "\\\\").replace('"', "\\\"");
            new += &format!("because(\"{reason}\"{}", part.split_once('"').unwrap().1);
        }
        *bytes = new.into_bytes();
    }
}

/// Characters that cannot be seen: no file of a pack may hold one (M107).
fn is_refused(character: char) -> bool {
    character.is_control() || matches!(character, '\u{FEFF}' | '\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn assumption(assumption: &mut Assumption, put: &mut impl FnMut(&mut String)) {
    [&mut assumption.label, &mut assumption.unit, &mut assumption.basis].into_iter().for_each(put);
}

fn entry(entry: &mut Entry, put: &mut impl FnMut(&mut String)) {
    [entry.text.get_or_insert_default(), entry.source.get_or_insert_default()].into_iter().for_each(put);
}
