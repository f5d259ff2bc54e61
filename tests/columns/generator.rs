//! Writes rules at random: from the grammar, so that most of them are valid.
//!
//! Generated: `let`, shadowing, assignment with and without operator, `if` as statement and as
//! expression (also inside conditions and arguments), early `return` (also inside loops, blocks and
//! expressions), helpers of the rule and of the library, `for`, whole numbers and arithmetic of them,
//! names that are whole on one path only, `%`, all six comparisons between numbers of both kinds,
//! `&& || !`, every word of the vocabulary, nested blocks, empty statements, `because`,
//! `not_evaluable` in `achieve`.
//!
//! Deliberately not generated: what the checks refuse before anything runs (texts of `tests/hostile`),
//! names and spacing (the scanner's business), rules near the limits of size and steps (listed by hand
//! in `corpus.rs`: at random they would only be slow), `let` without a value (refused), more than three
//! helpers deep. Invalid rules arise by chance (an integer handed to a helper that divides): at most 30 %.

use std::fmt::Write as _;

use mitoshi_core::rule::vocabulary::WORDS;

use super::random::Random;

/// A kind of value, as far as the generator knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Float,
    Whole,
    /// A float on some paths, a whole number on others.
    Mixed,
    Truth,
}

/// A program: functions of one rule.
pub struct Generated {
    /// The text of the rule.
    pub rule: String,
    /// The numbers that stand in it.
    pub literals: Vec<f64>,
}

struct Generator<'r> {
    random: &'r mut Random,
    literals: Vec<f64>,
    /// Helpers so far: name and kinds of the parameters.
    helpers: Vec<(String, Vec<Kind>)>,
    names: Vec<(String, Kind)>,
    fresh: usize,
    in_loop: bool,
    may_decline: bool,
}

/// Numbers that decide: halves for `round`, neighbours of one, the ends of what floats can hold.
const FLOATS: [&str; 16] = [
    "0.0",
    "1.0",
    "2.0",
    "0.5",
    "1.5",
    "0.1",
    "0.3",
    "100.0",
    "0.05",
    "3.0",
    "1e300",
    "1e-300",
    "5e-324",
    "4503599627370496.0",
    "12.25",
    "0.9999999999999999",
];
const WHOLES: [&str; 9] = ["0", "1", "2", "3", "5", "7", "10", "100", "1000"];
const LARGE: [&str; 4] = ["9007199254740992", "9007199254740991", "4503599627370497", "1125899906842623"];

/// Writes one function with these parameters (all of them floats) and up to two helpers.
pub fn generate(random: &mut Random, name: &str, parameters: &[&str], may_decline: bool) -> Generated {
    let mut generator =
        Generator { random, literals: Vec::new(), helpers: Vec::new(), names: Vec::new(), fresh: 0, in_loop: false, may_decline };
    let mut rule = String::new();
    for _ in 0..generator.random.below(3) {
        rule += &generator.helper(name);
    }
    // A helper that nothing calls is an error: it is called with something, whatever else happens.
    generator.names = parameters.iter().map(|name| ((*name).to_owned(), Kind::Float)).collect();
    let mut body = String::new();
    for (helper, kinds) in generator.helpers.clone() {
        let arguments = generator.arguments(&kinds, 1);
        let fresh = generator.fresh();
        let _ = writeln!(body, "    let {fresh} = {helper}({arguments});");
        generator.names.push((fresh, Kind::Mixed));
    }
    body += &generator.body(2);
    let _ = write!(rule, "fn {name}({}) {{\n{body}}}\n", parameters.join(", "));
    Generated { rule, literals: generator.literals }
}

impl Generator<'_> {
    fn fresh(&mut self) -> String {
        self.fresh += 1;
        format!("v{}", self.fresh)
    }

    fn helper(&mut self, owner: &str) -> String {
        let name = format!("helper_{owner}_{}", self.helpers.len());
        let kinds: Vec<Kind> = (0..1 + self.random.below(3))
            .map(|_| self.random.pick(&[Kind::Float, Kind::Float, Kind::Float, Kind::Whole, Kind::Truth]))
            .collect();
        self.names = kinds.iter().enumerate().map(|(n, kind)| (format!("p{n}"), *kind)).collect();
        let parameters: Vec<String> = self.names.iter().map(|(name, _)| name.clone()).collect();
        let body = self.body(1);
        self.helpers.push((name.clone(), kinds));
        format!("fn {name}({}) {{\n{body}}}\n", parameters.join(", "))
    }

    /// Statements, then a value; half of the functions turn what is not finite into a number.
    fn body(&mut self, depth: usize) -> String {
        let mut out = String::new();
        for _ in 0..1 + self.random.below(4) {
            out += &self.statement(depth);
        }
        let value = self.number(depth);
        match self.random.below(6) {
            0 => {
                let other = self.number(depth);
                let condition = self.truth(1);
                let _ = writeln!(out, "    if {condition} {{ {value} }} else {{ {other} }}");
            }
            1 => {
                let _ = writeln!(out, "    return {value};");
            }
            2..=4 => {
                let fresh = self.fresh();
                let _ =
                    writeln!(out, "    let {fresh} = {value};\n    if {fresh} < 1e300 && {fresh} > -1e300 {{ {fresh} }} else {{ 7.25 }}");
            }
            _ => {
                let _ = writeln!(out, "    {value}");
            }
        }
        out
    }

    fn block(&mut self, depth: usize) -> String {
        let before = self.names.len();
        let mut out = String::new();
        for _ in 0..1 + self.random.below(2) {
            out += &self.statement(depth);
        }
        self.names.truncate(before);
        out
    }

    fn statement(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 6 } else { 12 }) {
            0..=2 => self.binding(depth),
            3 | 4 => self.assignment(depth),
            5 => self.random.pick(&["    ;\n", "    because(\"x\");\n", ""]).to_owned(),
            6 | 7 => {
                let condition = self.truth(depth);
                let then = self.block(depth - 1);
                let otherwise = if self.random.chance(50) { format!(" else {{\n{}    }}", self.block(depth - 1)) } else { String::new() };
                format!("    if {condition} {{\n{then}    }}{otherwise}\n")
            }
            8 => {
                let (condition, value) = (self.truth(depth), self.number(depth));
                format!("    if {condition} {{ return {value}; }}\n")
            }
            9 => self.repeat(depth),
            10 => format!("    {{\n{}    }}\n", self.block(depth - 1)),
            _ if self.may_decline => format!("    if {} {{ not_evaluable(\"x\") }}\n", self.truth(depth)),
            _ => self.binding(depth),
        }
    }

    fn binding(&mut self, depth: usize) -> String {
        let kind = self.random.pick(&[Kind::Float, Kind::Float, Kind::Float, Kind::Whole, Kind::Truth]);
        let value = if self.random.chance(8) && depth > 0 { self.returning(kind, depth) } else { self.of(kind, depth) };
        // Sometimes an older name of any kind is hidden.
        let hidden = self.random.chance(25).then(|| self.random.below(self.names.len().max(1)));
        let name = hidden.and_then(|n| self.names.get(n)).map(|(name, _)| name.clone());
        let name = name.unwrap_or_else(|| self.fresh());
        self.names.push((name.clone(), kind));
        format!("    let {name} = {value};\n")
    }

    /// A value, or the end of the function.
    fn returning(&mut self, kind: Kind, depth: usize) -> String {
        let (condition, ended, value) = (self.truth(depth - 1), self.number(depth - 1), self.of(kind, depth - 1));
        if self.random.chance(50) {
            format!("if {condition} {{ return {ended}; }} else {{ {value} }}")
        } else {
            format!("if {condition} {{ {value} }} else {{ return {ended}; }}")
        }
    }

    fn assignment(&mut self, depth: usize) -> String {
        if self.names.is_empty() {
            return self.binding(depth);
        }
        let at = self.random.below(self.names.len());
        let name = self.names[at].0.clone();
        // The youngest of this name is meant.
        let at = self.names.iter().rposition(|(bound, _)| *bound == name).unwrap_or(at);
        let kind = self.names[at].1;
        if kind == Kind::Truth {
            return format!("    {name} = {};\n", self.truth(depth));
        }
        if self.random.chance(50) {
            let operator = self.random.pick(&["+", "-", "*", "/", "%"]);
            let kind = if kind == Kind::Float && operator != "/" && operator != "%" { self.any_number() } else { Kind::Float };
            let kind = if self.names[at].1 == Kind::Whole && operator != "/" { Kind::Whole } else { kind };
            let value = self.of(kind, depth);
            if self.names[at].1 == Kind::Whole && operator == "/" {
                self.names[at].1 = Kind::Mixed;
            }
            return format!("    {name} {operator}= {value};\n");
        }
        let wanted = if kind == Kind::Mixed { self.any_number() } else { kind };
        let other = !self.in_loop && self.random.chance(15);
        let wanted = if other { self.any_number() } else { wanted };
        if wanted != kind {
            self.names[at].1 = Kind::Mixed;
        }
        format!("    {name} = {};\n", self.of(wanted, depth))
    }

    fn repeat(&mut self, depth: usize) -> String {
        let counter = self.fresh();
        let from = self.random.below(5) as i64 - 2;
        let to = from + self.random.below(5) as i64;
        let before = self.names.len();
        let outer = std::mem::replace(&mut self.in_loop, true);
        self.names.push((counter.clone(), Kind::Whole));
        let body = self.block(depth - 1);
        self.names.truncate(before);
        self.in_loop = outer;
        let range = if self.random.chance(20) { format!("{from}..={to}") } else { format!("{from}..{to}") };
        if from < 0 {
            return format!("    for {counter} in 0..{} {{\n{body}    }}\n", to - from);
        }
        format!("    for {counter} in {range} {{\n{body}    }}\n")
    }

    fn any_number(&mut self) -> Kind {
        self.random.pick(&[Kind::Float, Kind::Float, Kind::Float, Kind::Whole])
    }

    fn number(&mut self, depth: usize) -> String {
        let kind = self.any_number();
        self.of(kind, depth)
    }

    fn of(&mut self, kind: Kind, depth: usize) -> String {
        match kind {
            Kind::Float | Kind::Mixed => self.float(depth),
            Kind::Whole => self.whole(depth),
            Kind::Truth => self.truth(depth),
        }
    }

    fn name(&mut self, kinds: &[Kind]) -> Option<String> {
        let hidden = |at: usize| self.names[at + 1..].iter().any(|(name, _)| *name == self.names[at].0);
        let fitting: Vec<usize> = (0..self.names.len()).filter(|at| kinds.contains(&self.names[*at].1) && !hidden(*at)).collect();
        let at = *fitting.get(self.random.below(fitting.len()))?;
        Some(self.names[at].0.clone())
    }

    fn literal(&mut self, from: &[&'static str]) -> String {
        let text = self.random.pick(from);
        self.literals.push(text.parse().unwrap());
        text.to_owned()
    }

    fn float(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.chance(15) {
            let name = if self.random.chance(75) { self.name(&[Kind::Float]) } else { None };
            return name.unwrap_or_else(|| self.literal(&FLOATS));
        }
        let less = depth - 1;
        match self.random.below(16) {
            0..=5 => {
                // One side is certainly a float: nothing here divides whole numbers.
                let operator = self.random.pick(&["+", "-", "*", "/", "%"]);
                let float = self.float(less);
                let other = match self.random.below(4) {
                    0 => self.whole(less),
                    1 => self.name(&[Kind::Mixed]).unwrap_or_else(|| self.float(less)),
                    _ => self.float(less),
                };
                if self.random.chance(50) { format!("({float} {operator} {other})") } else { format!("({other} {operator} {float})") }
            }
            6..=9 => {
                let word = &WORDS[self.random.below(WORDS.len())];
                let arguments: Vec<String> = (0..word.apply.arity()).map(|_| self.number(less)).collect();
                format!("{}({})", word.name, arguments.join(", "))
            }
            10 => format!("(-{})", self.float(less)),
            11 => self.choice(Kind::Float, less),
            12 => self.nested(Kind::Float, less),
            13 => self.helper_call(less).unwrap_or_else(|| self.float(less)),
            14 => {
                let mixed = self.name(&[Kind::Mixed]);
                mixed.map_or_else(|| self.float(less), |name| format!("({name} + 0.5)"))
            }
            _ => format!("(if {} {{ 1.0 }} else {{ 0.0 }})", self.truth(less)),
        }
    }

    fn whole(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.chance(25) {
            let name = if self.random.chance(60) { self.name(&[Kind::Whole]) } else { None };
            let large = self.random.chance(3);
            return name.unwrap_or_else(|| self.literal(if large { &LARGE } else { &WHOLES }));
        }
        let less = depth - 1;
        match self.random.below(7) {
            0..=2 => {
                let operator = self.random.pick(&["+", "-", "*"]);
                format!("({} {operator} {})", self.whole(less), self.whole(less))
            }
            3 => format!("({} % {})", self.whole(less), if self.random.chance(90) { self.literal(&WHOLES[1..]) } else { self.whole(less) }),
            4 => format!("(-{})", self.whole(less)),
            5 => self.choice(Kind::Whole, less),
            _ => self.nested(Kind::Whole, less),
        }
    }

    fn truth(&mut self, depth: usize) -> String {
        if depth == 0 {
            let name = if self.random.chance(20) { self.name(&[Kind::Truth]) } else { None };
            return name.unwrap_or_else(|| self.comparison(0));
        }
        let less = depth - 1;
        match self.random.below(12) {
            0..=4 => self.comparison(less),
            5 | 6 => {
                let parts: Vec<String> = (0..2 + self.random.below(2)).map(|_| self.part(less)).collect();
                format!("({})", parts.join(" && "))
            }
            7 | 8 => {
                let parts: Vec<String> = (0..2 + self.random.below(2)).map(|_| self.part(less)).collect();
                format!("({})", parts.join(" || "))
            }
            9 => format!("!({})", self.truth(less)),
            10 => self.choice(Kind::Truth, less),
            _ => self.random.pick(&["true", "false"]).to_owned(),
        }
    }

    /// A part of `&&` or `||`; now and then one that does something when it is reached.
    fn part(&mut self, depth: usize) -> String {
        if self.random.chance(6)
            && let Some(name) = self.name(&[Kind::Float])
        {
            let (value, truth) = (self.float(depth), self.truth(0));
            return format!("(if {truth} {{ {name} = {value}; true }} else {{ false }})");
        }
        if self.may_decline && self.random.chance(4) {
            let (condition, truth) = (self.truth(0), self.truth(0));
            return format!("(if {condition} {{ not_evaluable(\"x\") }} else {{ {truth} }})");
        }
        self.truth(depth)
    }

    fn comparison(&mut self, depth: usize) -> String {
        let operator = self.random.pick(&["<", "<=", ">", ">=", "==", "!="]);
        // Mostly a name against a literal: those are the thresholds.
        let left = self.name(&[Kind::Float]).filter(|_| self.random.chance(60)).unwrap_or_else(|| self.number(depth));
        let right = if self.random.chance(60) { self.literal(&FLOATS) } else { self.number(depth) };
        format!("({left} {operator} {right})")
    }

    fn choice(&mut self, kind: Kind, depth: usize) -> String {
        format!("(if {} {{ {} }} else {{ {} }})", self.truth(depth), self.of(kind, depth), self.of(kind, depth))
    }

    fn nested(&mut self, kind: Kind, depth: usize) -> String {
        let before = self.names.len();
        let bound = self.binding(0);
        let value = self.of(kind, depth);
        self.names.truncate(before);
        format!("({{ {} {value} }})", bound.trim())
    }

    fn helper_call(&mut self, depth: usize) -> Option<String> {
        let (name, kinds) = self.helpers.get(self.random.below(self.helpers.len()))?.clone();
        let arguments = self.arguments(&kinds, depth);
        Some(format!("({name}({arguments}) + 0.0)"))
    }

    fn arguments(&mut self, kinds: &[Kind], depth: usize) -> String {
        let arguments: Vec<String> = kinds
            .iter()
            .map(|kind| match kind {
                Kind::Float if self.random.chance(8) => self.whole(depth),
                kind => self.of(*kind, depth),
            })
            .collect();
        arguments.join(", ")
    }
}
