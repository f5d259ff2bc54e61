//! Which way is good, from the bounds (以内), the path of the targets and the words of the title.

use super::amounts::Read;
use super::{Judged, numbers};
use crate::amount::Word;
use crate::import::draft::DraftIndicator;
use crate::pack::Kind;
use crate::projection::Better;
use crate::text;

const UP: [&str; 12] = ["向上", "増", "拡大", "促進", "推進", "拡充", "充実", "確保", "活用", "登用", "実施", "取得"];
const DOWN: [&str; 8] = ["縮減", "抑制", "減少", "低減", "短縮", "縮小", "圧縮", "解消"];

/// The way, doubtful where the numbers and the words do not agree or say nothing.
pub(super) fn of(indicator: &DraftIndicator, read: &Read, kind: Kind) -> Judged<Better> {
    if read.says(Word::Within) {
        return Judged::sure(Better::Within);
    }
    if kind == Kind::Milestone {
        return Judged::sure(Better::Higher);
    }
    if read.says(Word::AtLeast) || read.says(Word::Reduction) {
        return match path(read) {
            Some(Better::Lower) => Judged::doubtful(
                Better::Higher,
                text!(
                    "「以上」や「削減」とあるが、目標は減っていく。言葉に従った。",
                    "It says “at least” or “saved”, but the targets fall; the words were followed."
                ),
            ),
            _ => Judged::sure(Better::Higher),
        };
    }
    let words = [&indicator.title, &indicator.name].into_iter().flatten().map(|said| said.words.as_str()).collect::<String>();
    match (path(read), spoken(&words)) {
        (Some(path), Some(spoken)) if path == spoken => Judged::sure(path),
        (Some(path), None) => Judged::sure(path),
        (Some(path), Some(spoken)) => {
            let told = |better: Better| {
                if better == Better::Higher { ("多いほど良い", "higher") } else { ("少ないほど良い", "lower") }
            };
            let ((path_ja, path_en), (ja, en)) = (told(path), told(spoken));
            Judged::doubtful(
                spoken,
                text!(
                    "目標の動きは「{path_ja}」、名称の言葉は「{ja}」を指している。言葉に従った。",
                    "The targets' path says {path_en} is better, the words of the title say {en}; the words were followed."
                ),
            )
        }
        (None, spoken) => Judged::doubtful(
            spoken.unwrap_or(Better::Higher),
            text!("目標の動きから良い向きが決まらない。", "The targets do not tell which way is good."),
        ),
    }
}

/// The way the numbers go: from the baseline, or else the first target, to the goal, or else the last target.
fn path(read: &Read) -> Option<Better> {
    let targets = numbers(&read.targets);
    let from = read.baseline.as_ref().filter(|cell| cell.doubts.is_empty()).and_then(|cell| cell.number);
    let from = from.or(targets.first().map(|(_, number)| *number))?;
    let to = read.goal.as_ref().and_then(|cell| cell.number).or(targets.last().map(|(_, number)| *number))?;
    match (to > from, to < from) {
        (true, _) => Some(Better::Higher),
        (_, true) => Some(Better::Lower),
        _ => None,
    }
}

/// The way the words say; absent if they say both or nothing. 削減 says nothing: the number may be what was saved.
fn spoken(words: &str) -> Option<Better> {
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    match (says(&UP), says(&DOWN)) {
        (true, false) => Some(Better::Higher),
        (false, true) => Some(Better::Lower),
        _ => None,
    }
}
