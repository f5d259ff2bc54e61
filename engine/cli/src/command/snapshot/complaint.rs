//! What is to be said of a snapshot: the diagnostics M811 to M817, each with what to do.

use mitoshi_core::diagnostic::{Code, Diagnostic, FileId, Language, Span, Text};
use mitoshi_core::text;
use mitoshi_report::snapshot::{Reviewed, cause, sentence};

use super::super::find;
use super::run::PRINTING;

/// Most differences that are named.
const MOST: usize = 5;
/// Most lines of what a failed command said.
const LINES: usize = 12;

/// The file is no file, or larger than any snapshot.
pub(super) fn no_file(file: FileId) -> Diagnostic {
    let message = text!("スナップショットを読めません。", "the snapshot cannot be read");
    Diagnostic::at(Code::BadSnapshot, Span::whole(file), message)
        .hint(text!("リンクでない、8 MiB までのファイルにしてください。", "it must be a file of at most 8 MiB, not a link"))
}

/// The command line is none that a snapshot may have.
pub(super) fn not_runnable(name: &str, span: Span, why: &Text) -> Diagnostic {
    let message = text!(
        "スナップショット「{name}」の命令は実行できません: {ja}",
        "the command of snapshot `{name}` cannot be run: {en}",
        ja = why.ja.trim_end_matches('。').to_owned() + "。",
        en = &why.en
    );
    let commands: Vec<&str> = PRINTING.into_iter().filter(|name| find(name).is_some()).collect();
    let commands = commands.join(", ");
    Diagnostic::at(Code::BadSnapshotCommand, span, message).hint(text!(
        "結果を示すだけの命令を、オプションとともに書いてください。使えるのは {commands} です。",
        "write a command that only prints, with its options: {commands}"
    ))
}

/// The command ended with an error.
pub(super) fn failed(name: &str, span: Span, said: &str) -> Diagnostic {
    let message = text!("スナップショット「{name}」の命令が誤りで終わりました。", "the command of snapshot `{name}` ended with an error");
    let lines = said.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(LINES);
    let problem = lines.fold(Diagnostic::at(Code::SnapshotFailed, span, message), |problem, line| problem.note(Text::same(line)));
    problem.hint(text!(
        "命令を自分で実行して誤りを直すか、要らなくなったスナップショットなら、ファイルを消してください。",
        "run the command yourself and cure the error; delete the file if the snapshot is not needed any more"
    ))
}

/// It prints something else than was accepted.
pub(super) fn changed(reviewed: &Reviewed, span: Span) -> Diagnostic {
    let name = &reviewed.name;
    let count = reviewed.differences.len();
    let message = text!(
        "スナップショット「{name}」の結果が、承認したものと{count}か所で違います。",
        "snapshot `{name}` differs from what was accepted in {count} places"
    );
    let mut problem = Diagnostic::at(Code::SnapshotChanged, span, message);
    for difference in reviewed.differences.iter().take(MOST) {
        let say = |language: Language| sentence(difference, language);
        problem = problem.note(Text { ja: say(Language::Japanese), en: say(Language::English) });
    }
    if count > MOST {
        let more = count - MOST;
        problem = problem.note(text!("ほか{more}か所", "and {more} more"));
    }
    for moved in reviewed.causes.iter().flatten() {
        let Text { ja, en } = cause::sentence(moved);
        problem = problem.note(text!("動かした入力: {ja}", "moved by: {en}"));
    }
    problem.hint(text!(
        "`mitoshi snapshot review {name}` で違いを確かめ、正しければ `mitoshi snapshot accept {name} --reason \"理由\"` で承認してください。",
        "look at it with `mitoshi snapshot review {name}`; if it is right, `mitoshi snapshot accept {name} --reason \"…\"`"
    ))
}

/// Nothing was accepted yet.
pub(super) fn new(reviewed: &Reviewed, span: Span) -> Diagnostic {
    let name = &reviewed.name;
    let message = text!("スナップショット「{name}」はまだ承認されていません。", "snapshot `{name}` was never accepted");
    Diagnostic::at(Code::SnapshotChanged, span, message).hint(text!(
        "内容を確かめ、`mitoshi snapshot accept {name}` で承認するか、`mitoshi snapshot reject {name}` で消してください。",
        "look at it; then `mitoshi snapshot accept {name}`, or `mitoshi snapshot reject {name}` to delete it"
    ))
}

/// A file that waits, though nothing differs any more.
pub(super) fn stale(name: &str, span: Span) -> Diagnostic {
    let message = text!(
        "スナップショット「{name}」は承認どおりに戻っているのに、.snap.new が残っています。",
        "snapshot `{name}` prints what was accepted again, but its .snap.new is still there"
    );
    Diagnostic::at(Code::StaleSnapshot, span, message)
        .hint(text!("`mitoshi snapshot reject {name}` で消してください。", "delete it with `mitoshi snapshot reject {name}`"))
}

/// Somebody accepts what is not printed any more, or was never shown.
pub(super) fn moved_on(name: &str, span: Span, was_shown: bool) -> Diagnostic {
    let message = match was_shown {
        true => text!(
            "スナップショット「{name}」の結果は、.snap.new を書いたあとでまた変わりました。",
            "snapshot `{name}` prints something else by now than its .snap.new"
        ),
        false => text!(
            "スナップショット「{name}」の今の結果は、まだ見直されていません。",
            "what snapshot `{name}` prints now was not reviewed yet"
        ),
    };
    Diagnostic::at(Code::SnapshotMovedOn, span, message).hint(text!(
        "`mitoshi snapshot review {name}` で今の違いを確かめてから、承認してください。",
        "look at it as it is now with `mitoshi snapshot review {name}`, then accept it"
    ))
}
