//! The files of a pack: sorted, decoded, each put to its use.
//!
//! In: what the store found, in any order. Out: [`Files`], and problems of files as such: not
//! readable, too large, a link, not UTF-8, in a place nobody reads. Two paths that differ only in
//! Unicode's composition count as one: file systems disagree about them.

use std::collections::{BTreeMap, BTreeSet};

use super::decode::{decode, odd_characters};
use super::place::{MAX_RULE, MAX_TOML, Place, is_others, place};
use super::table::Log;
use crate::diagnostic::{Code, Content, Diagnostic, FileId, RawFile, Sources, Span};
use crate::text;

/// A pack's files by what they are for.
#[derive(Default)]
pub(super) struct Files {
    /// The texts.
    pub(super) sources: Sources,
    /// `rules/plan.toml`; among the broken ones if it is not there.
    pub(super) plan: FileId,
    /// Sheets by id.
    pub(super) sheets: BTreeMap<String, FileId>,
    /// Rules by their path below `rules/`.
    pub(super) rules: BTreeMap<String, FileId>,
    /// The library.
    pub(super) library: Vec<FileId>,
    /// Templates of reports by their name without `.j2`.
    pub(super) templates: BTreeMap<String, FileId>,
    /// Scenarios by name.
    pub(super) scenarios: BTreeMap<String, FileId>,
    /// `rules/causes.toml`, where there is one.
    pub(super) causes: Option<FileId>,
    /// `rules/opinions.toml`, where there is one.
    pub(super) opinions: Option<FileId>,
    /// Files without a text.
    pub(super) broken: BTreeSet<FileId>,
    /// Files with characters that cannot be seen; TOML's complaints about those would say it twice.
    pub(super) hidden: BTreeSet<FileId>,
}

/// Sorts, decodes and classifies.
pub(super) fn gather(mut files: Vec<RawFile>, log: &Log) -> Files {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut found = Files { plan: FileId::COMMAND_LINE, ..Files::default() };
    for RawFile { path, content } in files {
        let place = place(&path);
        let refused = !matches!(content, Content::Bytes(_) | Content::TooLarge(_)) && !is_others(&path);
        if place != Place::Ignored || refused {
            found.add(&path, &content, place, log);
        }
    }
    if found.plan == FileId::COMMAND_LINE {
        found.plan = found.sources.add("rules/plan.toml", "");
        found.broken.insert(found.plan);
        log.push(Diagnostic::new(Code::MissingFile, text!("rules/plan.toml がありません。", "there is no rules/plan.toml")).hint(text!(
            "計画一式のフォルダーかどうか、ファイル名が正しいかを確かめてください。",
            "is this the folder of a pack, and is the name right?"
        )));
    }
    found
}

impl Files {
    fn add(&mut self, path: &str, content: &Content, place: Place, log: &Log) {
        match place {
            Place::Astray => return log.push(unused(path)),
            Place::NearMiss(meant) => return log.push(near_miss(path, &meant)),
            _ => {}
        }
        let id = self.sources.next_id();
        let text = readable(path, content, id, log).and_then(|bytes| decode(path, bytes, id, log)).unwrap_or_else(|| {
            self.broken.insert(id);
            String::new()
        });
        let odd = odd_characters(&text, id);
        if odd.iter().any(|problem| problem.code == Code::HiddenCharacter) {
            self.hidden.insert(id);
        }
        odd.into_iter().for_each(|problem| log.push(problem));
        self.sources.add(path, text);
        self.keep(place, id, log);
    }

    fn keep(&mut self, place: Place, id: FileId, log: &Log) {
        let replaced = match place {
            Place::Plan => {
                self.plan = id;
                None
            }
            Place::Sheet(name) => self.sheets.insert(name, id),
            Place::Rule(path) => self.rules.insert(path, id),
            Place::Template(name) => self.templates.insert(name, id),
            Place::Scenario(name) => self.scenarios.insert(name, id),
            Place::Causes => self.causes.replace(id),
            Place::Opinions => self.opinions.replace(id),
            Place::Library => {
                self.library.push(id);
                None
            }
            Place::Astray | Place::NearMiss(_) | Place::Ignored => None,
        };
        if let Some(other) = replaced {
            let path = &self.sources.get(id).path;
            let message = text!("同じ名前のファイル {path} が二つあります。", "there are two files {path}");
            let hint = text!("どちらかを消してください。", "delete one of them");
            log.push(Diagnostic::at(Code::Duplicate, Span::whole(id), message).mark(Span::whole(other)).hint(hint));
        }
    }
}

/// The bytes of a file; absent after `TooLarge`, `Link` or `Unreadable`.
fn readable<'c>(path: &str, content: &'c Content, file: FileId, log: &Log) -> Option<&'c [u8]> {
    let limit = if path.ends_with(".rhai") { MAX_RULE } else { MAX_TOML };
    let at = Span::whole(file);
    let problem = match content {
        Content::Bytes(bytes) if bytes.len() as u64 <= limit => return Some(bytes),
        Content::Bytes(bytes) => too_large(path, bytes.len() as u64, limit, at),
        Content::TooLarge(size) => too_large(path, *size, limit, at),
        Content::Link => {
            let message =
                text!("{path} はリンクです。計画一式のファイルとしては読みません。", "{path} is a link, and links are not followed");
            Diagnostic::at(Code::Link, at, message).hint(text!("リンク先のファイルそのものを置いてください。", "put the file itself there"))
        }
        Content::Unreadable(why) => {
            let message = text!("{path} を読めません（{ja}）。", "{path} cannot be read: {en}", ja = &why.ja, en = &why.en);
            let hint = text!(
                "ファイルの名前と読取りの権限を確かめ、要らなければ消してください。",
                "check its name and whether it may be read, or delete it"
            );
            Diagnostic::at(Code::Unreadable, at, message).hint(hint)
        }
    };
    log.push(problem);
    None
}

fn too_large(path: &str, size: u64, limit: u64, at: Span) -> Diagnostic {
    let most = limit >> 10;
    let message =
        text!("{path} は {size} バイトあり、上限の {most} KiB を超えています。", "{path} has {size} bytes; at most {most} KiB are read");
    let hint = if path.ends_with(".rhai") {
        text!("共通の関数を rules/lib に移し、ルールを短くしてください。", "move shared functions to rules/lib and shorten the rule")
    } else {
        text!("計画一式のファイルかどうかを確かめ、不要な部分を消してください。", "is it a file of the pack? delete what is not needed")
    };
    Diagnostic::at(Code::TooLarge, at, message).hint(hint)
}

fn unused(path: &str) -> Diagnostic {
    let message = text!("{path} はどこからも読まれません。", "nothing reads {path}");
    Diagnostic::new(Code::UnusedFile, message).hint(text!(
        "個票とルールは rules/、共通の関数は rules/lib/、シナリオは scenarios/ の直下に置いてください。",
        "sheets and rules stand in rules/, shared functions in rules/lib/, scenarios in scenarios/"
    ))
}

fn near_miss(path: &str, meant: &str) -> Diagnostic {
    let message = text!(
        "{path} は、名前の終わりが .toml でも .rhai でもないので読まれません。",
        "{path} is not read: its name ends neither in .toml nor in .rhai"
    );
    Diagnostic::new(Code::UnusedFile, message).hint(text!("{meant} と改名してください。", "rename it to {meant}"))
}
