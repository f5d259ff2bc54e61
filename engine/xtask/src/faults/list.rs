//! The faults: what a lowering can get wrong, as changes of one place each.

/// One fault.
pub struct Fault {
    /// What is wrong.
    pub name: &'static str,
    /// The file, below the repository.
    pub file: &'static str,
    /// What stands there, exactly once.
    pub search: &'static str,
    /// What stands there instead.
    pub replacement: &'static str,
}

const KERNEL: &str = "engine/core/src/columns/kernel.rs";
const LINK: &str = "engine/core/src/columns/link.rs";
const LOWER: &str = "engine/core/src/columns/lower.rs";
const SCALAR: &str = "engine/core/src/columns/scalar.rs";
const TEMPLATE: &str = "engine/core/src/columns/template.rs";
const WITHIN: &str = "engine/core/src/columns/within.rs";

macro_rules! faults {
    ($($name:literal in $file:ident: $search:literal => $replacement:literal;)*) => {
        /// Every fault.
        pub const FAULTS: &[Fault] = &[$(Fault { name: $name, file: $file, search: $search, replacement: $replacement },)*];
    };
}

faults! {
    "whole powers by multiplication" in KERNEL:
        r#"("abs", _) => unary("# =>
        r#"("pow", _) => numbers(registers, out, operands, |a, b| if b == b.trunc() && b.abs() < 99.0 { a.powi(b as i32) } else { libm::pow(a, b) }),
        ("abs", _) => unary("#;
    "fused multiply-add" in KERNEL:
        "    for instruction in &program.instructions {
        step(program, instruction, registers, fallback);
    }" =>
        "    let mut before: Option<&Instruction> = None;
    for instruction in &program.instructions {
        let pair = before.filter(|b| b.code == Code::Arithmetic(Operator::Multiply) && instruction.code == Code::Arithmetic(Operator::Add) && instruction.operands[0] == Operand::Register(b.out));
        let fused: Option<Vec<u64>> = pair.map(|b| (0..registers.lanes()).map(|lane| {
            let value = |operand: Operand| f64::from_bits(registers.lane(operand, lane));
            libm::fma(value(b.operands[0]), value(b.operands[1]), value(instruction.operands[1])).to_bits()
        }).collect());
        step(program, instruction, registers, fallback);
        if let Some(fused) = fused {
            registers.get_mut(instruction.out).copy_from_slice(&fused);
        }
        before = Some(instruction);
    }";
    "min that hides NaN" in KERNEL: "operands, f::min)" => "operands, f64::min)";
    "max that hides NaN" in KERNEL: "operands, f::max)" => "operands, f64::max)";
    "max with its sides exchanged" in KERNEL: "operands, f::max)" => "operands, |a, b| f::max(b, a))";
    "> without the tolerance" in KERNEL: "operands, scalar::greater)" => "operands, |a, b| a > b)";
    "== without the tolerance" in KERNEL: "operands, scalar::equal)" => "operands, |a, b| a == b)";
    "!= as the contrary of ==" in KERNEL: "operands, scalar::not_equal)" => "operands, |a, b| !scalar::equal(a, b))";
    "sign changed by subtraction from zero" in KERNEL: "(-f64::from_bits(a)).to_bits()" => "(0.0 - f64::from_bits(a)).to_bits()";
    "halves rounded to even" in KERNEL:
        r#"("abs", _) => unary("# =>
        r#"("round", _) => unary(registers, out, operands, |a| f64::from_bits(a).round_ties_even().to_bits()),
        ("abs", _) => unary("#;
    "half of a mask" in KERNEL: "|a, b| a | b)" => "|a, b| a ^ b)";
    "an interval without its end" in KERNEL: "if (x >= f64::from_bits(low)) & (x <= f64::from_bits(high)) { TRUE } else { 0 }" =>
        "if (x > f64::from_bits(low)) & (x <= f64::from_bits(high)) { TRUE } else { 0 }";
    "a choice without its end" in KERNEL: "if (x >= low) & (x <= high) { a } else { b }" => "if (x >= low) & (x < high) { a } else { b }";
    "remainder by floor" in SCALAR: "x % y" => "x - y * (x / y).floor()";
    "scale of a comparison not 1 at zero" in SCALAR: "if x * y == 0.0 { 1.0 } else { larger(x.abs(), y.abs()) }" => "larger(x.abs(), y.abs())";
    "infinities that are greater" in SCALAR: "(x - y) > scale * f64::EPSILON && scale != f64::INFINITY" => "(x - y) > scale * f64::EPSILON || x == f64::INFINITY && y < x";
    "constants folded in single precision" in TEMPLATE:
        "self.number(scalar::arithmetic(operator, a, b))" => "self.number(f64::from(scalar::arithmetic(operator, a, b) as f32))";
    "every quotient as a product" in TEMPLATE: "is_power_of_two(constant) && " => "";
    "thresholds without the tolerance" in WITHIN:
        "Some((first(operator, c, f64::next_down, f64::next_up)?, f64::MAX))" => "Some((c, f64::MAX))";
    "a threshold moved by one float" in WITHIN:
        "Some((y, (end(below, f64::next_down, f64::next_up, &inside)?, " => "Some((y, (end(below, f64::next_down, f64::next_up, &inside)?.next_up(), ";
    "mirrored comparison with a constant" in WITHIN: "interval(mirrored(operator), c)" => "interval(operator, c)";
    "short-circuit lost" in LOWER: "state.live = self.code.add(Operation::And(before.live, undecided));" => "state.live = before.live;";
    "a part not reached does its assignments" in LOWER: "bound.1 = self.select(undecided, bound.1, old);" => "let _ = old;";
    "arms of a return exchanged" in LOWER: "self.select(state.live, value, returned)," => "self.select(state.live, returned, value),";
    "lane mask lost in an early return" in LOWER: "Some(returned) => self.select(state.live, value, returned)," => "Some(_) => value,";
    "assignment of one branch only" in LOWER: "bound.1 = self.select(mask, a.1, b.1);" => "bound.1 = a.1; let _ = b;";
    "liveness of one branch only" in LOWER:
        "state.live = self.code.add(Operation::Or(first.live, second.live));" => "state.live = first.live;";
    "whole numbers with a negative zero" in LOWER: "node: self.code.add(Operation::Binary(Operator::Add, node, zero))," => "node: { let _ = zero; node },";
    "whole on one path taken for a float" in LOWER: "_ => Err(self.sometimes_whole(span))," => "_ => Ok(Value::float(node)),";
    "large integers compared as floats" in LOWER: "const LARGEST: f64 = (1_u64 << 50) as f64;" => "const LARGEST: f64 = (1_u64 << 60) as f64;";
    "a loop one turn short" in LOWER: "for turn in *from..*to {" => "for turn in *from..*to - 1 {";
    "steps of a loop not counted" in LOWER: "                    self.count(2, self.at)?;\n                    let counter" => "                    let counter";
    "a helper that declines is not heard" in LOWER:
        "state.declined = self.code.add(Operation::Or(state.declined, here));" => "let _ = here;";
    "not_evaluable where the path has ended" in LOWER: "self.code.add(Operation::Or(state.declined, live));" => "{ let _ = live; self.code.always(true) };";
    "a register freed too early" in LINK: "if self.last_use[*node as usize] == at && " => "if self.last_use[*node as usize] <= at + 1 && ";
    "stale target under adopt" in LINK: "self.targets.extend(proposals.into_iter()" => "self.targets.extend(proposals.into_iter().take(0)";
    "original achievement against the target in force" in LINK: "match self.compute(n, bound, year, None, true) {" => "match self.compute(n, bound, year, None, false) {";
    "poison lost" in LINK: "None => self.poison = self.code.add(Operation::Poison(self.poison, checked))," => "None => {}";
    "a declined achievement is read" in LINK:
        "                    self.poison_where(declined);\n                    Cell::Number(node, declined)" => "                    Cell::Number(node, declined)";
    "a start that is an assumption is the same in every draw" in LINK:
        "Some((assumption, then)) => self.read(Source::Assumption(assumption, then, start))," => "Some(_) => self.certain(start),";
}
