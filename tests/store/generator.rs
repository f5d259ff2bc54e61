//! TOML files made at random: what people and other programs might have written.
//!
//! Headers, tables `[[…]]`, dotted keys, tables between braces, lists over several lines; keys bare, in
//! either quotation mark, Japanese; texts of all four kinds; numbers in every spelling; remarks, odd
//! spaces, blank lines, LF or CRLF, with or without a last line end. Beside the text comes the list of
//! paths at which a value stands. Deliberately not generated: files that are no TOML, dates inside keys.

use mitoshi_store::Part;

use crate::columns::random::Random;

/// A file, the paths of its values, and the paths of its tables that can take a key.
pub struct Made {
    pub text: String,
    pub values: Vec<Vec<Part>>,
    pub tables: Vec<Vec<Part>>,
}

struct Maker {
    random: Random,
    out: String,
    eol: &'static str,
    names: usize,
    made: (Vec<Vec<Part>>, Vec<Vec<Part>>),
}

/// The file of a seed.
pub fn file(seed: u64) -> Made {
    let mut random = Random::new(seed);
    let eol = random.pick(&["\n", "\r\n"]);
    let mut maker = Maker { random, out: String::new(), eol, names: 0, made: (Vec::new(), vec![Vec::new()]) };
    maker.remarks();
    maker.pairs(&[]);
    for _ in 0..maker.random.below(5) {
        maker.section();
    }
    maker.remarks();
    if maker.random.chance(20) {
        maker.out.truncate(maker.out.trim_end_matches(['\n', '\r']).len());
    }
    Made { text: maker.out, values: maker.made.0, tables: maker.made.1 }
}

impl Maker {
    fn section(&mut self) {
        let (name, written) = self.key();
        if self.random.chance(30) {
            for number in 0..1 + self.random.below(3) {
                self.header("[[", &written, "]]");
                let path = vec![Part::Key(name.clone()), Part::At(number)];
                self.pairs(&path);
                self.made.1.push(path);
            }
            return;
        }
        let (mut path, mut header) = (vec![Part::Key(name)], written);
        for _ in 0..self.random.below(3) {
            let (name, written) = self.key();
            path.push(Part::Key(name));
            header += &format!("{}{written}", self.random.pick(&[".", " . ", ".\t"]));
        }
        self.header("[", &header, "]");
        self.pairs(&path);
        self.made.1.push(path);
    }

    fn header(&mut self, open: &str, keys: &str, close: &str) {
        let space = self.random.pick(&["", "", " ", "\t"]);
        self.out += &format!("{space}{open}{space}{keys}{space}{close}");
        self.end();
    }

    fn pairs(&mut self, path: &[Part]) {
        for _ in 0..self.random.below(5) {
            self.remarks();
            let (name, written) = self.key();
            let mut paths = vec![(path.to_vec(), written)];
            paths[0].0.push(Part::Key(name));
            if self.random.chance(20) {
                let (base, first) = paths.remove(0);
                for _ in 0..1 + self.random.below(2) {
                    let (name, written) = self.key();
                    let below = base.iter().cloned().chain([Part::Key(name)]).collect();
                    paths.push((below, format!("{first}{}{written}", self.random.pick(&[".", " . "]))));
                }
                self.made.1.push(base);
            }
            for (path, key) in paths {
                let space = self.random.pick(&[" ", " ", "", "  ", "\t"]);
                self.out += &format!("{}{key}{space}={space}", self.random.pick(&["", "", "  ", "\t"]));
                self.value(&path, 0);
                self.end();
            }
        }
    }

    /// The rest of a line.
    fn end(&mut self) {
        let end = self.random.pick(&["", "", " ", "  # 備考: \"これ\" [x] = 1", "\t#", " # R6 = 334, }"]);
        self.out += end;
        self.out += self.eol;
    }

    fn remarks(&mut self) {
        for _ in 0..self.random.below(3) {
            self.out += self.random.pick(&["", "   ", "# 目標は R6 = 380 のまま", "\t# [actuals]", "#", "# '''"]);
            self.out += self.eol;
        }
    }

    fn key(&mut self) -> (String, String) {
        self.names += 1;
        let n = self.names;
        match self.random.below(6) {
            0 => (format!("口コミ率{n}"), format!("\"口コミ率{n}\"")),
            1 => (format!("a.b {n}"), format!("'a.b {n}'")),
            2 => (format!("\"{n}"), format!("\"\\\"{n}\"")),
            3 => (format!("{n}"), format!("{n}")),
            4 => (format!("実績{n}"), format!("'実績{n}'")),
            _ => (format!("R-{n}_x"), format!("R-{n}_x")),
        }
    }

    fn value(&mut self, path: &[Part], depth: usize) {
        self.made.0.push(path.to_vec());
        match self.random.below(if depth < 3 { 14 } else { 11 }) {
            0..=4 => {
                let numbers = ["0", "1_000", "-3.5", "+7", "1e3", "0xFF", "0b10", "6.02e-23", "inf", "-nan", "-0.0", "91"];
                self.out += self.random.pick(&numbers);
            }
            5 => self.out += self.random.pick(&["true", "false"]),
            6 => self.out += self.random.pick(&["2024-06-01", "2024-06-01T09:00:00+09:00", "09:00:00"]),
            7 => self.out += self.random.pick(&["\"\"", "\"決算 \\\"R6\\\" # [a] = 1\"", "\"\\u3042, }\"", "\"改\\n行\""]),
            8 => self.out += self.random.pick(&["''", "'P:\\path # not a remark'", "'百万円 = ]'"]),
            9 => self.out += &format!("\"\"\"{0}一行目{0}[x]{0}a = 1 \\{0}  続き\"\"\"", self.eol),
            10 => self.out += &format!("'''{0}'一行目'{0}# x{0}'''", self.eol),
            11 | 12 => self.list(path, depth),
            _ => self.braces(path, depth),
        }
    }

    fn list(&mut self, path: &[Part], depth: usize) {
        let (open, between, close) = match self.random.below(4) {
            0 => (format!("[{}    ", self.eol), format!(", # 一つ{}    ", self.eol), format!(",{}]", self.eol)),
            1 => ("[ ".to_owned(), " , ".to_owned(), " ]".to_owned()),
            2 => (format!("[ # 並び{}", self.eol), format!(",{}", self.eol), format!("{}  ]", self.eol)),
            _ => ("[".to_owned(), ", ".to_owned(), "]".to_owned()),
        };
        self.sequence(&open, &between, &close, |maker, number| {
            let below: Vec<Part> = path.iter().cloned().chain([Part::At(number)]).collect();
            maker.value(&below, depth + 1);
        });
    }

    fn braces(&mut self, path: &[Part], depth: usize) {
        self.made.1.push(path.to_vec());
        let (open, between, close) = self.random.pick(&[("{ ", ", ", " }"), ("{", ",", "}"), ("{\t", "  ,\t", "}")]);
        self.sequence(open, between, close, |maker, _| {
            let (name, written) = maker.key();
            let below: Vec<Part> = path.iter().cloned().chain([Part::Key(name)]).collect();
            maker.out += &format!("{written}{}", maker.random.pick(&[" = ", "=", "  = "]));
            maker.value(&below, depth + 1);
        });
    }

    fn sequence(&mut self, open: &str, between: &str, close: &str, mut item: impl FnMut(&mut Self, usize)) {
        let count = self.random.below(4);
        if count == 0 {
            self.out += &format!("{}{}", open.trim(), close.trim_start_matches([',', '\r', '\n', ' ']));
            if open.contains('#') {
                self.out.truncate(self.out.rfind('[').unwrap_or(0));
                self.out += "[]";
            }
            return;
        }
        self.out += open;
        for number in 0..count {
            if number > 0 {
                self.out += between;
            }
            item(self, number);
        }
        self.out += close;
    }
}
