//! The faults: what a lowering can get wrong, as changes of one place each.
//!
//! A place is a short text of a file; where a fault stands instead is between `⟦` and `⟧`, an
//! expression. How a line is broken does not matter. Every fault is built into one copy of the engine,
//! behind its number; `tests/faults.rs` asks with every `cargo test` that each place is still found.

/// A place and the faults that can stand there.
pub struct Place {
    /// The file, below the repository.
    pub file: &'static str,
    /// The text, found exactly once, with the expression that is replaced in `⟦⟧`.
    pub text: &'static str,
    /// What is wrong, and the expression that stands there then.
    pub faults: &'static [(&'static str, &'static str)],
}

/// How many faults there are at the places before one.
pub fn before(place: usize) -> usize {
    PLACES.iter().take(place).map(|place| place.faults.len()).sum()
}

impl Place {
    /// The source with the faults of this place in it, numbered from `first` on; absent where the text is
    /// not found exactly once.
    pub fn plant(&self, source: &str, first: usize) -> Option<String> {
        let (before, rest) = self.text.split_once('⟦')?;
        let (inside, after) = rest.split_once('⟧')?;
        let places: Vec<(usize, char)> = source.char_indices().filter(|(_, c)| !c.is_whitespace()).collect();
        let [before, inside, after] = [before, inside, after].map(|text| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>());
        let whole = [before.as_slice(), &inside, &after].concat();
        let mut found = places.windows(whole.len()).enumerate().filter(|(_, window)| window.iter().map(|(_, c)| c).eq(&whole));
        let (Some((at, _)), None) = (found.next(), found.next()) else { return None };
        let start = places.get(at + before.len())?.0;
        let (last, c) = places.get(at + before.len() + inside.len() - 1)?;
        let end = last + c.len_utf8();
        let arms: String = self.faults.iter().enumerate().map(|(n, (_, fault))| format!("{} => {{ {fault} }}\n", first + n)).collect();
        Some(format!("{}(match crate::planted() {{ {arms} _ => {{ {} }} }}){}", &source[..start], &source[start..end], &source[end..]))
    }
}

const KERNEL: &str = "engine/core/src/columns/kernel.rs";
const LINK: &str = "engine/core/src/columns/link.rs";
const LOWER: &str = "engine/core/src/columns/lower.rs";
const SCALAR: &str = "engine/core/src/columns/scalar.rs";
const TEMPLATE: &str = "engine/core/src/columns/template.rs";
const WITHIN: &str = "engine/core/src/columns/within.rs";
const ALLOCATE: &str = "engine/core/src/columns/allocate.rs";
const BOUND: &str = "engine/core/src/columns/bound.rs";
const ENSEMBLE: &str = "engine/core/src/analysis/ensemble.rs";

macro_rules! places {
    ($($file:ident $text:literal { $($name:literal => $fault:literal;)* })*) => {
        /// Every place.
        pub const PLACES: &[Place] = &[$(Place { file: $file, text: $text, faults: &[$(($name, $fault)),*] }),*];
    };
}

places! {
    KERNEL "(_, Apply::Two(f)) => numbers(registers, out, operands, ⟦f⟧)" {
        "whole powers by multiplication (powi for powf)" => r#"if found.name == "pow" {
            |a: f64, b: f64| if b == b.trunc() && b.abs() < 99.0 { a.powi(b as i32) } else { libm::pow(a, b) }
        } else { f }"#;
    }
    KERNEL "Code::Arithmetic(O::Add) => ⟦numbers(registers, out, operands, |a, b| a + b)⟧" {
        "fused multiply-add" => "
            let before = program.instructions.iter().rev().skip_while(|other| !std::ptr::eq(*other, instruction)).nth(1);
            let product = before.filter(|b| b.code == Code::Arithmetic(O::Multiply) && operands[0] == Operand::Register(b.out));
            match product {
                Some(product) => {
                    let fused: Vec<u64> = (0..registers.lanes()).map(|lane| {
                        let value = |operand: Operand| f64::from_bits(registers.lane(operand, lane));
                        libm::fma(value(product.operands[0]), value(product.operands[1]), value(operands[1])).to_bits()
                    }).collect();
                    registers.get_mut(out).copy_from_slice(&fused);
                }
                None => numbers(registers, out, operands, |a, b| a + b),
            }";
    }
    KERNEL "operands, ⟦f::min⟧)" {
        "min that hides NaN" => "f64::min";
        "min with its sides exchanged" => "|a: f64, b: f64| f::min(b, a)";
    }
    KERNEL "operands, ⟦f::max⟧)" {
        "max that hides NaN" => "f64::max";
        "max with its sides exchanged" => "|a: f64, b: f64| f::max(b, a)";
    }
    KERNEL "operands, ⟦scalar::greater⟧)" { "> without the tolerance (exact comparison)" => "|a: f64, b: f64| a > b"; }
    KERNEL "operands, ⟦scalar::equal⟧)" { "== without the tolerance (exact comparison)" => "|a: f64, b: f64| a == b"; }
    KERNEL "operands, ⟦scalar::not_equal⟧)" { "!= as the contrary of ==" => "|a: f64, b: f64| !scalar::equal(a, b)"; }
    KERNEL "(⟦-f64::from_bits(a)⟧).to_bits()" { "sign changed by subtraction from zero (sign of zero)" => "0.0 - f64::from_bits(a)"; }
    KERNEL "(_, Apply::One(f)) => unary(registers, out, operands, move |a| ⟦f⟧(" {
        "halves rounded to even" => r#"if found.name == "round" { f64::round_ties_even } else { f }"#;
    }
    KERNEL "Code::Or => binary(registers, out, operands, |a, b| ⟦a | b⟧)" { "half of a mask" => "a ^ b"; }
    KERNEL "⟦(x >= f64::from_bits(low)) & (x <= f64::from_bits(high))⟧" {
        "an interval without its lower end" => "(x > f64::from_bits(low)) & (x <= f64::from_bits(high))";
    }
    KERNEL "⟦(x >= low) & (x <= high)⟧" { "a choice without its upper end" => "(x >= low) & (x < high)"; }
    KERNEL "|mask, x| ⟦if f64::from_bits(x).abs() <= LIMIT { mask } else { TRUE }⟧" {
        "poison not spread: only the last result counts" => "let _ = mask; if f64::from_bits(x).abs() <= LIMIT { 0 } else { TRUE }";
        "poison not spread: NaN passes a guard" => "if f64::from_bits(x).abs() > LIMIT { TRUE } else { mask }";
    }
    KERNEL "Code::Chain(_, second) => ⟦chain(registers, out, operands, second, |a, b| a * b)⟧" {
        "fused multiply-add in a chain" => "match second {
            Second::Add => ternary(registers, out, operands, |a, b, c| libm::fma(f64::from_bits(a), f64::from_bits(b), f64::from_bits(c)).to_bits()),
            second => chain(registers, out, operands, second, |a, b| a * b),
        }";
    }
    KERNEL "⟦f::min(first(a, b), f64::from_bits(c))⟧" {
        "min that hides NaN, in a chain" => "f64::min(first(a, b), f64::from_bits(c))";
        "min with its sides exchanged, in a chain" => "f::min(f64::from_bits(c), first(a, b))";
    }
    KERNEL "⟦f::max(first(a, b), f64::from_bits(c))⟧" {
        "max that hides NaN, in a chain" => "f64::max(first(a, b), f64::from_bits(c))";
        "max with its sides exchanged, in a chain" => "f::max(f64::from_bits(c), first(a, b))";
    }
    KERNEL "⟦(f64::from_bits(c) - first(a, b))⟧" { "a chain subtracted the other way round" => "(first(a, b) - f64::from_bits(c))"; }

    SCALAR "Operator::Remainder => ⟦x % y⟧" { "remainder by floor" => "x - y * (x / y).floor()"; }
    SCALAR "⟦if x * y == 0.0 { 1.0 } else { larger(x.abs(), y.abs()) }⟧" {
        "scale of a comparison not 1 at zero" => "larger(x.abs(), y.abs())";
    }
    SCALAR "⟦(x - y) > scale * f64::EPSILON && scale != f64::INFINITY⟧" {
        "infinities that are greater" => "(x - y) > scale * f64::EPSILON || x == f64::INFINITY && y < x";
    }

    TEMPLATE "⟦self.number(scalar::arithmetic(operator, a, b))⟧" {
        "constants folded in single precision" => "self.number(f64::from(scalar::arithmetic(operator, a, b) as f32))";
    }
    TEMPLATE "Operation::Constant(⟦number.to_bits()⟧)" { "constants that lose the sign of zero" => "(number + 0.0).to_bits()"; }
    TEMPLATE "⟦is_power_of_two(constant)⟧ &&" { "every quotient as a product" => "true"; }
    TEMPLATE "⟦constant.to_bits() == 0⟧" { "x minus negative zero taken for x" => "constant == 0.0"; }

    WITHIN "⟦Some((first(operator, c, f64::next_down, f64::next_up)?, f64::MAX))⟧" {
        "thresholds without the tolerance (exact comparison)" => "Some((c, f64::MAX))";
    }
    WITHIN "⟦end(below, f64::next_down, f64::next_up, &inside)?⟧" {
        "a threshold moved by one float" => "end(below, f64::next_down, f64::next_up, &inside)?.next_up()";
    }
    WITHIN "⟦interval(mirrored(operator), c)⟧" { "mirrored comparison with a constant" => "interval(operator, c)"; }

    LOWER "state.live = ⟦self.code.add(Operation::And(before.live, undecided))⟧" { "short-circuit lost" => "before.live"; }
    LOWER "bound.1 = ⟦self.select(undecided, bound.1, old)⟧" { "a part not reached does its assignments" => "bound.1"; }
    LOWER "(Some(returned), Some(value)) => ⟦self.select(state.live, value, returned)⟧" {
        "early return lost" => "let _ = returned; value";
        "arms of a return exchanged" => "self.select(state.live, returned, value)";
    }
    LOWER "Some(returned) => ⟦self.select(state.live, value, returned)⟧" { "lane mask lost in an early return" => "let _ = returned; value"; }
    LOWER "⟦state.live = self.code.always(false)⟧" { "the path goes on after a return" => ""; }
    LOWER "bound.1 = ⟦self.select(mask, a.1, b.1)⟧" { "assignment of one branch only (lane mask lost)" => "let _ = b; a.1"; }
    LOWER "⟦self.code.add(Operation::Or(first.live, second.live))⟧" { "liveness of one branch only" => "first.live"; }
    LOWER "⟦self.code.add(Operation::Or(first.declined, second.declined))⟧" { "one branch only can decline" => "first.declined"; }
    LOWER "⟦self.code.add(Operation::Binary(Operator::Add, node, zero))⟧" { "whole numbers with a negative zero" => "let _ = zero; node"; }
    LOWER "_ => ⟦Err(self.sometimes_whole(span))⟧" { "whole on one path taken for a float" => "Ok(Value::float(node))"; }
    LOWER "Some(_) if value.float => ⟦Err(self.sometimes_whole(span))⟧" { "a sign changed where whole on one path" => "Ok(Value::float(node))"; }
    LOWER "⟦a.max(b) >= LARGEST⟧" { "large integers compared as floats" => "a.max(b) >= 1e18"; }
    LOWER "if ⟦largest >= LARGEST⟧" { "large integers computed as floats" => "largest >= 1e18"; }
    LOWER "⟦self.code.constant(right.node).is_none_or(|divisor| divisor == 0.0)⟧" { "a whole remainder by zero" => "false"; }
    LOWER "let node = ⟦self.code.add(Operation::Binary(operator, left.node, right.node))⟧" {
        "division by a whole number rounds down (integer division)" => r#"
            let node = self.code.add(Operation::Binary(operator, left.node, right.node));
            let floor = crate::rule::vocabulary::WORDS.iter().position(|word| word.name == "floor").unwrap_or(0) as u16;
            if operator == Operator::Divide && right.whole.is_some() { self.code.add(Operation::Word(floor, [node, 0, 0])) } else { node }"#;
    }
    LOWER "for turn in *from..⟦*to⟧" { "a loop one turn short" => "*to - 1"; }
    LOWER "⟦self.count(2, self.at)?⟧; let counter" { "steps of a loop not counted" => ""; }
    LOWER "let counter = self.whole(⟦turn as f64⟧)" { "a counter from one" => "(turn + 1) as f64"; }
    LOWER "let found = ⟦state.names.iter().rev().find(|(bound, _)| bound == name)⟧" {
        "shadowing: the oldest of equal names is read" => "state.names.iter().find(|(bound, _)| bound == name)";
    }
    LOWER "⟦state.names.iter_mut().rev().find(|(bound, _)| bound == name)⟧" {
        "shadowing: the oldest of equal names is assigned" => "state.names.iter_mut().find(|(bound, _)| bound == name)";
    }
    LOWER "⟦state.names.truncate(depth)⟧" { "shadowing: a block's names outlive it" => "let _ = depth;"; }
    LOWER "state.declined = ⟦self.code.add(Operation::Or(state.declined, here))⟧" {
        "a helper that declines is not heard" => "let _ = here; state.declined";
    }
    LOWER "⟦self.code.add(Operation::Or(state.declined, live))⟧" {
        "not_evaluable where the path has ended" => "let _ = live; self.code.always(true)";
    }

    ALLOCATE "let ends = ⟦self.last_use[*node as usize] == Some(step.node)⟧ &&" {
        "a register freed too early" => "self.last_use[*node as usize] <= Some(step.node + 1)";
    }
    LINK "⟦self.targets.extend(proposals.into_iter().map(|(key, node)| (key, Some(node))))⟧" { "stale target under adopt" => ""; }
    LINK "⟦self.compute(n, bound, year, None, true)⟧" {
        "original achievement against the target in force" => "self.compute(n, bound, year, None, false)";
    }
    LINK "=> ⟦self.guard(checked)⟧" { "poison lost" => ""; }
    LINK "⟦self.exceptional_where(declined)⟧; Cell::Number(node, declined)" { "a declined achievement is read" => ""; }

    BOUND "⟦self.at(a) * self.at(b)⟧" { "a product no larger than its first factor" => "let _ = b; self.at(a)"; }
    BOUND "⟦self.at(a) / b.abs()⟧" { "a quotient no larger than what is divided" => "let _ = b; self.at(a)"; }
    LINK "⟦self.read(Source::Assumption(assumption, then, start))⟧" {
        "a start that is an assumption is the same in every draw" => "let _ = (assumption, then); self.certain(start)";
    }

    ENSEMBLE "⟦registers.lane(exceptional, *lane) != 0⟧" { "exceptional draws are not walked" => "false"; }
    ENSEMBLE "self.block(⟦first + done⟧," { "every block begins with the first draw" => "first"; }
}
