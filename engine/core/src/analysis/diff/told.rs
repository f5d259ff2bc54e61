//! What is told of a difference beside its numbers: that there is none, or why one cannot be shared out.

use super::{Attribution, Diff, Moved, Shares};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::text;

/// Most changes of a coalition that are named one by one.
const MOST_NAMED: usize = 6;

impl Diff {
    /// The warnings.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = self.moved.iter().flat_map(|moved| self.not_shared(moved)).collect();
        found.extend(self.nothing());
        found
    }

    fn nothing(&self) -> Option<Diagnostic> {
        let count = self.changes.len();
        let message = match count {
            0 => text!("二つの見通しに、変わるところはありません。", "nothing differs between the two"),
            _ => text!(
                "変更は{count}件ありますが、選んだ指標と年度の結果は変わりません。",
                "there are changes ({count}), but none of the results looked at differs"
            ),
        };
        let hint = text!(
            "シナリオの名前と、--select、--year、--all の指定を確かめてください。",
            "check the names of the scenarios, and --select, --year and --all"
        );
        self.moved.is_empty().then(|| Diagnostic::new(Code::NothingDiffers, message).hint(hint))
    }

    /// One warning for each reason, with the years in which it holds.
    fn not_shared(&self, moved: &Moved) -> Vec<Diagnostic> {
        let mut told: Vec<(Text, Vec<String>)> = Vec::new();
        for (year, each) in &moved.years {
            let Shares::None(made) = &each.shares else { continue };
            let (why, year) = (self.why(each, made), year.write(self.year_style));
            match told.iter_mut().find(|(known, _)| *known == why) {
                Some((_, years)) => years.push(year),
                None => told.push((why, vec![year])),
            }
        }
        let address = moved.address();
        let tell = |(why, years): (Text, Vec<String>)| {
            let (ja, en, why_ja, why_en) = (years.join("、"), years.join(", "), why.ja, why.en);
            let message = text!(
                "{address}（{ja}）の差は、変更ごとに分けられません。{why_ja}",
                "the difference of {address} ({en}) cannot be shared out: {why_en}"
            );
            Diagnostic::new(Code::NotAttributed, message).hint(text!(
                "値がない理由は `mitoshi explain {address}` で確かめられます。途中で値がなくなるときは、その変更だけを入れたシナリオで試してください。",
                "`mitoshi explain {address}` tells why there is no number; if only some of the changes lose it, try a scenario with those alone"
            ))
        };
        told.into_iter().map(tell).collect()
    }

    fn why(&self, each: &Attribution, made: &[usize]) -> Text {
        match (each.from, each.to) {
            (None, _) => text!("変更前に値がありません。", "there is no number before the changes"),
            (_, None) => text!("変更後に値がありません。", "there is no number after the changes"),
            _ => {
                let names: Vec<&str> =
                    made.iter().filter_map(|change| self.changes.get(*change)).map(|change| change.address.as_str()).collect();
                let more = names.len().saturating_sub(MOST_NAMED);
                let (ja, en) = (names[..names.len() - more].join("、"), names[..names.len() - more].join(", "));
                let rest = if more > 0 { text!("など{count}件", " and {more} more", count = names.len()) } else { Text::same("") };
                let (rest_ja, rest_en) = (rest.ja, rest.en);
                text!("{ja}{rest_ja} だけを変えると、計算できません。", "with only {en}{rest_en} changed it cannot be computed")
            }
        }
    }
}
