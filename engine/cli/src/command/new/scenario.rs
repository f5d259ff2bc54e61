//! `mitoshi new scenario NAME`: a scenario that changes nothing yet, with the ways to change something.

use clap::ArgMatches;
use mitoshi_core::Model;
use mitoshi_core::diagnostic::Language;
use mitoshi_core::text;
use mitoshi_report::beginning::quoted;
use mitoshi_store::Writer;

use super::answer::{Answers, any};
use super::{Draft, refused, write};
use crate::command::Exit;
use crate::refusal::Refusal;
use crate::session::{Opened, Session};

/// Writes `scenarios/<name>.toml`.
pub(super) fn begin(name: &str, typed: &ArgMatches, session: &Session) -> Result<Exit, Refusal> {
    let root = session.find().ok_or_else(|| session.no_pack())?;
    let Opened::Ready(ready) = session.open()? else { return Ok(Exit::Problems) };
    let writer = Writer::lock(&root).map_err(refused)?;
    let answers = Answers::new(typed, session);
    let known: Vec<String> = ready.model.pack.scenarios.keys().cloned().collect();
    let parent = |value: &str| match known.iter().find(|name| *name == value) {
        Some(name) => Ok(name.clone()),
        None => {
            let list = known.join(" / ");
            Err(text!("この計画一式のシナリオは {list} です。", "the scenarios of this pack: {list}"))
        }
    };
    let title = answers.one("title", name, any)?.unwrap_or_else(|| name.to_owned());
    let mut parents = answers.many("extends", "baseline", parent)?;
    if parents.is_empty() {
        parents.extend(known.iter().find(|known| *known == "baseline").cloned());
    }
    let note = answers.one("note", "", any)?;
    let path = format!("scenarios/{name}.toml");
    let text = content(&title, &parents, note.as_deref(), &ready.model, session.language);
    let next = vec![
        text!("{path} の見本の行から # を外し、変えるところだけを書く", "take the # off a line in {path}, and write only what differs"),
        text!("`mitoshi check` で点検し、`mitoshi project {name}` で見通しを見る", "run `mitoshi check`, then `mitoshi project {name}`"),
    ];
    write(&root, writer, &Draft { files: vec![(path, text)], snapshots: &[], assumed: Vec::new(), next }, session)
}

fn content(title: &str, parents: &[String], note: Option<&str>, model: &Model, language: Language) -> String {
    let plan = &model.pack.plan;
    let years: Vec<String> = plan.projected_years().map(|year| plan.write(year)).collect();
    let (first, last) = (years.first().cloned().unwrap_or_default(), years.last().cloned().unwrap_or_default());
    let with_assumption = model.pack.sheets.values().find_map(|sheet| Some((sheet, sheet.assumptions.values().next()?)));
    let (id, name, value) = with_assumption.map_or(("ID", "NAME", 1.0), |(sheet, assumption)| {
        let value = plan.projected_years().next().and_then(|year| assumption.value.at(year)).map_or(1.0, |placed| placed.value);
        (sheet.id.as_str(), assumption.name.as_str(), value)
    });
    let parents = parents.iter().map(|parent| quoted(parent)).collect::<Vec<_>>().join(", ");
    let title = quoted(title);
    let note = note.map_or_else(String::new, |note| format!("note = {}\n", quoted(note)));
    let (id, name) = (bare(id), bare(name));
    text!(
        "#:schema ../schemas/scenario.json\n\
         # シナリオ: 違うところだけを書きます。書かないことは、引き継ぐシナリオと個票のままです。\n\n\
         title = {title}\n\
         extends = [{parents}]   # 引き継ぐシナリオ。[] なら個票から始まる\n\
         {note}\n\
         # 前提を変える。どちらか一行を使います: 一つの数は見通し年度のすべてに、表は書いた年度だけに効きます。\n\
         # [assumptions.{id}]\n\
         # {name} = {value}\n\
         # {name} = {{ {first} = {value}, {last} = {value} }}\n\n\
         # 結果を固定する。\n\
         # [outcomes]\n\
         # {id} = {{ {last} = 100 }}\n\n\
         # 目標が違っていたら。\n\
         # [targets]\n\
         # {id} = {{ {last} = 100 }}\n",
        "#:schema ../schemas/scenario.json\n\
         # A scenario: only what differs. All else is as in the scenario it starts from, and in the sheets.\n\n\
         title = {title}\n\
         extends = [{parents}]   # what it starts from; [] starts from the sheets\n\
         {note}\n\
         # Set an assumption: use one of the lines, a number for every projected year or a table for some.\n\
         # [assumptions.{id}]\n\
         # {name} = {value}\n\
         # {name} = {{ {first} = {value}, {last} = {value} }}\n\n\
         # Fix an outcome.\n\
         # [outcomes]\n\
         # {id} = {{ {last} = 100 }}\n\n\
         # What if the target were another?\n\
         # [targets]\n\
         # {id} = {{ {last} = 100 }}\n"
    )
    .get(language)
    .to_owned()
}

/// A name as a key: quoted unless it is ASCII.
fn bare(name: &str) -> String {
    if name.is_ascii() { name.to_owned() } else { quoted(name) }
}
