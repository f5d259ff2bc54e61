//! Runs a program on a block of draws.
//!
//! A register is one number (or mask) for each draw of the block. The loops are plain Rust over the
//! functions of `scalar`, compiled for every instruction set (`isa`).

use super::bound::LIMIT;
use super::isa::{Isa, Work};
use super::link::{Program, Walked};
use super::scalar;
use super::template::apply;
use crate::rule::tree::Operator;
use crate::rule::vocabulary::{Apply, WORDS};

/// True, as a mask.
const TRUE: u64 = u64::MAX;

/// An operand: a register, or a number (or mask) that is the same in every draw, by its bits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// A register.
    Register(u32),
    /// A number or mask by its bits.
    Bits(u64),
}

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Code {
    /// Changes the sign of the first operand.
    Negate,
    /// Arithmetic on two numbers.
    Arithmetic(Operator),
    /// Compares two numbers: a mask.
    Compare(Operator),
    /// A word of the vocabulary.
    Word(u16),
    /// The contrary of a mask.
    Not,
    /// Both masks.
    And,
    /// One of two masks.
    Or,
    /// A mask: the first operand lies between the second and the third, ends included. A comparison
    /// with a number that is the same in every draw comes to this (see `within`).
    Within,
    /// The second operand where the first is true, else the third.
    Select,
    /// The second operand where the first lies between these two numbers, else the third.
    Choose(f64, f64),
    /// Arithmetic on the first two operands, and something on the result and the third.
    Chain(Operator, Second),
    /// A mask: the first operand, or where the second is larger than the limit or not a number.
    Guard,
    /// A walked function, by its number in the program.
    Walked(u32),
}

/// What a chain does last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Second {
    /// Adds the third operand.
    Add,
    /// Subtracts it.
    Subtract,
    /// Subtracts from it.
    SubtractFrom,
    /// Multiplies by it.
    Multiply,
    /// The lesser of both.
    Min,
    /// The greater of both.
    Max,
}

impl Second {
    /// The same with its two numbers exchanged; absent for `min` and `max`, which take the second of
    /// two equal numbers, so that the order tells 0 from −0.
    pub fn turned(self) -> Option<Self> {
        match self {
            Self::Add | Self::Multiply => Some(self),
            Self::Subtract => Some(Self::SubtractFrom),
            Self::SubtractFrom => Some(Self::Subtract),
            Self::Min | Self::Max => None,
        }
    }
}

/// One step of a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instruction {
    /// What is done.
    pub code: Code,
    /// The register written; never one that is read.
    pub out: u32,
    /// What is read, as many as the code needs.
    pub operands: [Operand; 3],
}

/// Draws that a register has room for. A block may have fewer; the rest of the lanes is not looked at.
pub const LANES: usize = 128;

/// One number or mask for each draw of a block, by its bits.
pub type Register = [u64; LANES];

/// The registers of one block.
pub struct Registers {
    lanes: usize,
    bits: Vec<Register>,
}

impl Registers {
    /// Registers for a program and blocks of so many draws (at most [`LANES`]).
    pub fn new(program: &Program, lanes: usize) -> Self {
        Self { lanes: lanes.clamp(1, LANES), bits: vec![[0; LANES]; program.registers as usize] }
    }

    /// How many draws a block has.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// A register's bits.
    pub fn get(&self, register: u32) -> &[u64] {
        self.bits.get(register as usize).map_or(&[], |bits| &bits[..self.lanes])
    }

    /// A register to write to.
    pub fn get_mut(&mut self, register: u32) -> &mut [u64] {
        match self.bits.get_mut(register as usize) {
            Some(bits) => &mut bits[..self.lanes],
            None => &mut [],
        }
    }

    /// An operand's bits in one draw of the block.
    pub fn lane(&self, operand: Operand, lane: usize) -> u64 {
        match operand {
            Operand::Bits(bits) => bits,
            Operand::Register(register) => self.get(register).get(lane).copied().unwrap_or_default(),
        }
    }
}

/// Calls a walked function on its inputs; absent where it fails or declines.
pub type Fallback<'a> = &'a dyn Fn(&Walked, &[f64]) -> Option<f64>;

/// Runs a program on the block whose input registers have been filled.
pub fn run(program: &Program, registers: &mut Registers, isa: Isa, fallback: Fallback<'_>) {
    isa.run(Steps { program, registers, fallback });
}

/// All instructions of a program, on one block.
struct Steps<'a> {
    program: &'a Program,
    registers: &'a mut Registers,
    fallback: Fallback<'a>,
}

impl Work for Steps<'_> {
    type Out = ();

    #[inline(always)]
    fn run(self) {
        for instruction in &self.program.instructions {
            step(self.program, instruction, self.registers, self.fallback);
        }
    }
}

#[inline(always)]
fn step(program: &Program, instruction: &Instruction, registers: &mut Registers, fallback: Fallback<'_>) {
    use Operator as O;
    let Instruction { code, out, operands } = *instruction;
    match code {
        Code::Negate => unary(registers, out, operands, |a| (-f64::from_bits(a)).to_bits()),
        Code::Not => unary(registers, out, operands, |a| !a),
        Code::And => binary(registers, out, operands, |a, b| a & b),
        Code::Or => binary(registers, out, operands, |a, b| a | b),
        Code::Within => ternary(registers, out, operands, |x, low, high| {
            let x = f64::from_bits(x);
            if (x >= f64::from_bits(low)) & (x <= f64::from_bits(high)) { TRUE } else { 0 }
        }),
        Code::Choose(low, high) => ternary(registers, out, operands, move |x, a, b| {
            let x = f64::from_bits(x);
            if (x >= low) & (x <= high) { a } else { b }
        }),
        Code::Select => ternary(registers, out, operands, |mask, a, b| if mask == TRUE { a } else { b }),
        Code::Arithmetic(O::Add) => numbers(registers, out, operands, |a, b| a + b),
        Code::Arithmetic(O::Subtract) => numbers(registers, out, operands, |a, b| a - b),
        Code::Arithmetic(O::Multiply) => numbers(registers, out, operands, |a, b| a * b),
        Code::Arithmetic(O::Divide) => numbers(registers, out, operands, |a, b| a / b),
        Code::Arithmetic(operator) => numbers(registers, out, operands, move |a, b| scalar::arithmetic(operator, a, b)),
        Code::Compare(O::Greater) => compares(registers, out, operands, scalar::greater),
        Code::Compare(O::GreaterOrEqual) => compares(registers, out, operands, scalar::greater_or_equal),
        Code::Compare(O::Less) => compares(registers, out, operands, |a, b| scalar::greater(b, a)),
        Code::Compare(O::LessOrEqual) => compares(registers, out, operands, |a, b| scalar::greater_or_equal(b, a)),
        Code::Compare(O::Equal) => compares(registers, out, operands, scalar::equal),
        Code::Compare(_) => compares(registers, out, operands, scalar::not_equal),
        Code::Word(word) => vocabulary(registers, out, operands, word),
        Code::Chain(O::Add, second) => chain(registers, out, operands, second, |a, b| a + b),
        Code::Chain(O::Subtract, second) => chain(registers, out, operands, second, |a, b| a - b),
        Code::Chain(_, second) => chain(registers, out, operands, second, |a, b| a * b),
        Code::Guard => binary(registers, out, operands, |mask, x| if f64::from_bits(x).abs() <= LIMIT { mask } else { TRUE }),
        Code::Walked(call) => walk(program, call, out, registers, fallback),
    }
}

#[inline(always)]
fn chain(registers: &mut Registers, out: u32, operands: [Operand; 3], second: Second, first: impl Fn(f64, f64) -> f64) {
    use crate::rule::vocabulary::functions as f;
    let first = |a: u64, b: u64| first(f64::from_bits(a), f64::from_bits(b));
    match second {
        Second::Add => ternary(registers, out, operands, |a, b, c| (first(a, b) + f64::from_bits(c)).to_bits()),
        Second::Subtract => ternary(registers, out, operands, |a, b, c| (first(a, b) - f64::from_bits(c)).to_bits()),
        Second::SubtractFrom => ternary(registers, out, operands, |a, b, c| (f64::from_bits(c) - first(a, b)).to_bits()),
        Second::Multiply => ternary(registers, out, operands, |a, b, c| (first(a, b) * f64::from_bits(c)).to_bits()),
        Second::Min => ternary(registers, out, operands, |a, b, c| f::min(first(a, b), f64::from_bits(c)).to_bits()),
        Second::Max => ternary(registers, out, operands, |a, b, c| f::max(first(a, b), f64::from_bits(c)).to_bits()),
    }
}

/// Calls a walked function draw by draw.
fn walk(program: &Program, call: u32, out: u32, registers: &mut Registers, fallback: Fallback<'_>) {
    let Some(walked) = program.walked.get(call as usize) else { return };
    for lane in 0..registers.lanes {
        let inputs: Vec<f64> = walked.inputs.iter().map(|input| f64::from_bits(registers.lane(*input, lane))).collect();
        let result = fallback(walked, &inputs).unwrap_or(f64::NAN);
        if let Some(place) = registers.get_mut(out).get_mut(lane) {
            *place = result.to_bits();
        }
    }
}

/// The words that the compiler can widen, by name; every other one is called draw by draw.
#[inline(always)]
fn vocabulary(registers: &mut Registers, out: u32, operands: [Operand; 3], word: u16) {
    use crate::rule::vocabulary::functions as f;
    let Some(found) = WORDS.get(usize::from(word)) else { return };
    match (found.name, found.apply) {
        ("min", _) => numbers(registers, out, operands, f::min),
        ("max", _) => numbers(registers, out, operands, f::max),
        ("clamp", _) => ternary(registers, out, operands, |x, low, high| {
            f::clamp(f64::from_bits(x), f64::from_bits(low), f64::from_bits(high)).to_bits()
        }),
        ("abs", _) => unary(registers, out, operands, |a| f64::from_bits(a).abs().to_bits()),
        ("sqrt", _) => unary(registers, out, operands, |a| f64::from_bits(a).sqrt().to_bits()),
        ("floor", _) => unary(registers, out, operands, |a| f64::from_bits(a).floor().to_bits()),
        ("ceil", _) => unary(registers, out, operands, |a| f64::from_bits(a).ceil().to_bits()),
        (_, Apply::One(f)) => unary(registers, out, operands, move |a| f(f64::from_bits(a)).to_bits()),
        (_, Apply::Two(f)) => numbers(registers, out, operands, f),
        (_, Apply::Three(_)) => ternary(registers, out, operands, move |a, b, c| apply(word, [a, b, c].map(f64::from_bits)).to_bits()),
    }
}

#[inline(always)]
fn numbers(registers: &mut Registers, out: u32, operands: [Operand; 3], f: impl Fn(f64, f64) -> f64) {
    binary(registers, out, operands, |a, b| f(f64::from_bits(a), f64::from_bits(b)).to_bits());
}

#[inline(always)]
fn compares(registers: &mut Registers, out: u32, operands: [Operand; 3], f: impl Fn(f64, f64) -> bool) {
    binary(registers, out, operands, |a, b| if f(f64::from_bits(a), f64::from_bits(b)) { TRUE } else { 0 });
}

/// What a loop reads: a register, or one number for all draws.
trait Read: Copy {
    /// The bits in a draw.
    fn at(self, lane: usize) -> u64;
}

impl Read for u64 {
    #[inline(always)]
    fn at(self, _lane: usize) -> u64 {
        self
    }
}

impl Read for &Register {
    #[inline(always)]
    fn at(self, lane: usize) -> u64 {
        self[lane]
    }
}

/// All registers but one. An instruction never reads what it writes.
#[derive(Clone, Copy)]
struct Others<'a> {
    before: &'a [Register],
    after: &'a [Register],
}

impl<'a> Others<'a> {
    #[inline(always)]
    fn read(self, register: u32) -> Option<&'a Register> {
        let (register, split) = (register as usize, self.before.len());
        self.before.get(register).or_else(|| self.after.get(register.wrapping_sub(split + 1)))
    }
}

/// The register to write, and the others to read.
#[inline(always)]
fn split(registers: &mut Registers, out: u32) -> Option<(&mut Register, Others<'_>)> {
    let (before, rest) = registers.bits.split_at_mut_checked(out as usize)?;
    let (out, after) = rest.split_first_mut()?;
    Some((out, Others { before, after }))
}

#[inline(always)]
fn unary(registers: &mut Registers, out: u32, [a, ..]: [Operand; 3], f: impl Fn(u64) -> u64) {
    let Some((out, others)) = split(registers, out) else { return };
    match a {
        Operand::Bits(a) => *out = [f(a); LANES],
        Operand::Register(a) => {
            if let Some(a) = others.read(a) {
                for (out, a) in out.iter_mut().zip(a) {
                    *out = f(*a);
                }
            }
        }
    }
}

#[inline(always)]
fn binary(registers: &mut Registers, out: u32, [a, b, _]: [Operand; 3], f: impl Fn(u64, u64) -> u64) {
    use Operand::{Bits, Register};
    let Some((out, others)) = split(registers, out) else { return };
    match (a, b) {
        (Bits(a), Bits(b)) => *out = [f(a, b); LANES],
        (Bits(a), Register(b)) => {
            let Some(b) = others.read(b) else { return };
            two(out, a, b, &f);
        }
        (Register(a), Bits(b)) => {
            let Some(a) = others.read(a) else { return };
            two(out, a, b, &f);
        }
        (Register(a), Register(b)) => {
            let (Some(a), Some(b)) = (others.read(a), others.read(b)) else { return };
            two(out, a, b, &f);
        }
    }
}

#[inline(always)]
fn two(out: &mut Register, a: impl Read, b: impl Read, f: &impl Fn(u64, u64) -> u64) {
    for (lane, out) in out.iter_mut().enumerate() {
        *out = f(a.at(lane), b.at(lane));
    }
}

/// At least one operand is a register: what is the same in every draw was computed when linking.
#[inline(always)]
fn ternary(registers: &mut Registers, out: u32, [a, b, c]: [Operand; 3], f: impl Fn(u64, u64, u64) -> u64) {
    use Operand::{Bits, Register};
    let Some((out, others)) = split(registers, out) else { return };
    match (a, b, c) {
        (Bits(a), Bits(b), Bits(c)) => *out = [f(a, b, c); LANES],
        (Bits(a), Bits(b), Register(c)) => {
            let Some(c) = others.read(c) else { return };
            three(out, a, b, c, &f);
        }
        (Bits(a), Register(b), Bits(c)) => {
            let Some(b) = others.read(b) else { return };
            three(out, a, b, c, &f);
        }
        (Register(a), Bits(b), Bits(c)) => {
            let Some(a) = others.read(a) else { return };
            three(out, a, b, c, &f);
        }
        (Bits(a), Register(b), Register(c)) => {
            let (Some(b), Some(c)) = (others.read(b), others.read(c)) else { return };
            three(out, a, b, c, &f);
        }
        (Register(a), Bits(b), Register(c)) => {
            let (Some(a), Some(c)) = (others.read(a), others.read(c)) else { return };
            three(out, a, b, c, &f);
        }
        (Register(a), Register(b), Bits(c)) => {
            let (Some(a), Some(b)) = (others.read(a), others.read(b)) else { return };
            three(out, a, b, c, &f);
        }
        (Register(a), Register(b), Register(c)) => {
            let (Some(a), Some(b), Some(c)) = (others.read(a), others.read(b), others.read(c)) else { return };
            three(out, a, b, c, &f);
        }
    }
}

#[inline(always)]
fn three(out: &mut Register, a: impl Read, b: impl Read, c: impl Read, f: &impl Fn(u64, u64, u64) -> u64) {
    for (lane, out) in out.iter_mut().enumerate() {
        *out = f(a.at(lane), b.at(lane), c.at(lane));
    }
}
