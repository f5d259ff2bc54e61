//! Answers: from an option, else from whoever sits at the terminal, else assumed.
//!
//! In: the arguments. Out: texts that were judged. A wrong option is a refusal, a wrong answer is asked
//! again. Questions go to stderr, and only if stdin and stderr are both a terminal.

use std::io::{BufRead, IsTerminal, stderr, stdin};

use clap::ArgMatches;
use mitoshi_core::diagnostic::Text;
use mitoshi_core::pack::{Plan, as_number};
use mitoshi_core::text;
use mitoshi_core::year::Year;

use super::wanted::Wanted;
use crate::arguments::words;
use crate::digits::{half_width, whole_number};
use crate::refusal::Refusal;
use crate::session::Session;

/// Most tries at one question.
const TRIES: usize = 5;

/// Who answers.
pub(super) struct Answers<'a> {
    typed: &'a ArgMatches,
    session: &'a Session,
    is_asked: bool,
}

/// An answer, or why it is none.
pub(super) type Judged<T> = Result<T, Text>;

impl<'a> Answers<'a> {
    /// Whoever typed these arguments.
    pub(super) fn new(typed: &'a ArgMatches, session: &'a Session) -> Self {
        Self { typed, session, is_asked: stdin().is_terminal() && stderr().is_terminal() }
    }

    /// Whether questions are asked: an answer left empty is then a decision.
    pub(super) fn is_asked(&self) -> bool {
        self.is_asked
    }

    /// What was said under an option; absent if nobody said anything.
    pub(super) fn one<T>(&self, name: &str, shown: &str, judge: impl Fn(&str) -> Judged<T>) -> Result<Option<T>, Refusal> {
        let typed = words(self.typed, name);
        match typed.last() {
            Some(value) => judge(value).map(Some).map_err(|why| wrong(name, value, why)),
            None => Ok(self.ask(name, shown, judge)),
        }
    }

    /// Everything said under an option; on a terminal several answers are parted by spaces.
    pub(super) fn many<T>(&self, name: &str, shown: &str, judge: impl Fn(&str) -> Judged<T>) -> Result<Vec<T>, Refusal> {
        let typed = words(self.typed, name);
        if typed.is_empty() {
            let is_between = |c: char| c.is_whitespace() || c == '、' || c == ';';
            let all = |line: &str| line.split(is_between).filter(|part| !part.is_empty()).map(&judge).collect::<Judged<Vec<T>>>();
            return Ok(self.ask(name, shown, all).unwrap_or_default());
        }
        typed.iter().map(|value| judge(value).map_err(|why| wrong(name, value, why))).collect()
    }

    fn ask<T>(&self, name: &str, shown: &str, judge: impl Fn(&str) -> Judged<T>) -> Option<T> {
        let question = Wanted::find(name).filter(|_| self.is_asked)?.help();
        let language = self.session.language;
        for _ in 0..TRIES {
            let question = question.get(language);
            self.session.aside(&if shown.is_empty() { format!("{question}: ") } else { format!("{question} [{shown}]: ") });
            let mut line = String::new();
            let read = stdin().lock().read_line(&mut line).unwrap_or_default();
            let line = line.trim();
            if read == 0 || line.is_empty() {
                return None;
            }
            match judge(line) {
                Ok(answer) => return Some(answer),
                Err(why) => self.session.aside(&format!("  {}\n", why.get(language))),
            }
        }
        None
    }
}

fn wrong(name: &str, value: &str, why: Text) -> Refusal {
    Refusal::usage(text!("--{name} の「{value}」は使えません。", "`{value}` cannot be the value of --{name}")).hint(why)
}

/// Words as they are.
pub(super) fn any(value: &str) -> Judged<String> {
    if value.trim().is_empty() { Err(text!("空にはできません。", "it cannot be empty")) } else { Ok(value.trim().to_owned()) }
}

/// One of some words, each with what it is called in Japanese, which does as well.
pub(super) fn one_of(words: &[(&'static str, &'static [&'static str])]) -> impl Fn(&str) -> Judged<&'static str> {
    move |value| {
        let folded = half_width(value).to_lowercase();
        let found = words.iter().find(|(word, names)| *word == folded || names.contains(&folded.as_str()));
        let names: Vec<String> = words.iter().map(|(word, names)| format!("{word}（{}）", names.first().unwrap_or(word))).collect();
        let (ja, en) = (names.join("、"), words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", "));
        found.map(|(word, _)| *word).ok_or_else(|| text!("{ja} のどれかを指定してください。", "give one of {en}"))
    }
}

/// A whole number from `least` to `most`.
pub(super) fn whole(least: u32, most: u32) -> impl Fn(&str) -> Judged<u32> {
    move |value| {
        let number = whole_number(value).and_then(|number| u32::try_from(number).ok());
        number.filter(|number| (least..=most).contains(number)).ok_or_else(|| match most {
            u32::MAX => text!("{least} 以上の整数を指定してください。", "give a whole number, {least} or more"),
            _ => text!("{least} から {most} までの整数を指定してください。", "give a whole number from {least} to {most}"),
        })
    }
}

/// `R5=426`, or a number alone, which is of the year `default`; from `first` on where that is given, up to `last`.
pub(super) fn in_year(plan: &Plan, default: Year, years: (Option<Year>, Year)) -> impl Fn(&str) -> Judged<(Year, f64)> {
    let example = plan.write(default);
    let (from, to) = (years.0.map(|year| plan.write(year)), plan.write(years.1));
    move |value| {
        let folded = half_width(value);
        let (year, number) = match folded.split_once('=') {
            Some((year, number)) => (Year::parse(year.trim()), number.trim()),
            None => (Some(default), folded.as_str()),
        };
        let Some(year) = year else {
            return Err(text!(
                "{example}=426 のように、年度と数を = でつないでください。",
                "write a year and a number, such as {example}=426"
            ));
        };
        if years.0.is_some_and(|first| year < first) || year > years.1 {
            return Err(match &from {
                Some(from) => text!("年度は {from} から {to} までです。", "the year must be one from {from} to {to}"),
                None => text!("年度は {to} までです。", "the year must be {to} or earlier"),
            });
        }
        let found = number.parse::<f64>().ok().filter(|number| number.is_finite());
        found.map(|number| (year, number)).ok_or_else(|| as_number(number))
    }
}
