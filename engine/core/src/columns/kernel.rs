//! Runs a program on a block of draws.
//!
//! A register is one number (or mask) for each draw of the block. The loops are plain Rust over the
//! functions of `scalar`; the compiler makes them SSE2, AVX2 or AVX-512 code, chosen when the program
//! runs. No fused multiply-add and no reordering: every instruction set gives the same bits.

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
    /// The first, or NaN where the second is not finite.
    Poison,
    /// A walked function, by its number in the program.
    Walked(u32),
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

/// An instruction set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// What the build targets: SSE2 on x86-64.
    Plain,
    /// AVX2.
    Avx2,
    /// AVX-512 (F, DQ, VL).
    Avx512,
}

impl Isa {
    /// Every instruction set, the plain one first.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Avx2, Self::Avx512];

    /// True if this machine has it.
    pub fn is_available(self) -> bool {
        match self {
            Self::Plain => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                std::arch::is_x86_feature_detected!("avx512f")
                    && std::arch::is_x86_feature_detected!("avx512dq")
                    && std::arch::is_x86_feature_detected!("avx512vl")
            }
            #[cfg(not(target_arch = "x86_64"))]
            _ => false,
        }
    }

    /// The best one this machine has.
    pub fn best() -> Self {
        Self::ALL.into_iter().rev().find(|isa| isa.is_available()).unwrap_or(Self::Plain)
    }
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
    #[cfg(target_arch = "x86_64")]
    match isa {
        Isa::Avx512 if isa.is_available() => return run_avx512_checked(program, registers, fallback),
        Isa::Avx2 if isa.is_available() => return run_avx2_checked(program, registers, fallback),
        _ => {}
    }
    let _ = isa;
    run_plain(program, registers, fallback);
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the caller has asked the processor for exactly these features")]
fn run_avx512_checked(program: &Program, registers: &mut Registers, fallback: Fallback<'_>) {
    // SAFETY: `run` calls this only where `Isa::Avx512.is_available()`.
    unsafe { run_avx512(program, registers, fallback) }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "the caller has asked the processor for exactly these features")]
fn run_avx2_checked(program: &Program, registers: &mut Registers, fallback: Fallback<'_>) {
    // SAFETY: `run` calls this only where `Isa::Avx2.is_available()`.
    unsafe { run_avx2(program, registers, fallback) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn run_avx512(program: &Program, registers: &mut Registers, fallback: Fallback<'_>) {
    run_plain(program, registers, fallback);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn run_avx2(program: &Program, registers: &mut Registers, fallback: Fallback<'_>) {
    run_plain(program, registers, fallback);
}

#[inline(always)]
fn run_plain(program: &Program, registers: &mut Registers, fallback: Fallback<'_>) {
    for instruction in &program.instructions {
        step(program, instruction, registers, fallback);
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
        Code::Poison => numbers(registers, out, operands, |a, b| a + b * 0.0),
        Code::Walked(call) => walk(program, call, out, registers, fallback),
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

#[inline(always)]
fn unary(registers: &mut Registers, out: u32, [a, ..]: [Operand; 3], f: impl Fn(u64) -> u64) {
    match a {
        Operand::Bits(a) => {
            if let Some(out) = registers.bits.get_mut(out as usize) {
                *out = [f(a); LANES];
            }
        }
        Operand::Register(a) => {
            if let Ok([out, a]) = registers.bits.get_disjoint_mut([out as usize, a as usize]) {
                for lane in 0..LANES {
                    out[lane] = f(a[lane]);
                }
            }
        }
    }
}

#[inline(always)]
fn binary(registers: &mut Registers, out: u32, [a, b, _]: [Operand; 3], f: impl Fn(u64, u64) -> u64) {
    match (a, b) {
        (Operand::Bits(a), b) => unary(registers, out, [b; 3], |b| f(a, b)),
        (a, Operand::Bits(b)) => unary(registers, out, [a; 3], |a| f(a, b)),
        (Operand::Register(a), Operand::Register(b)) if a == b => unary(registers, out, [Operand::Register(a); 3], |a| f(a, a)),
        (Operand::Register(a), Operand::Register(b)) => {
            if let Ok([out, a, b]) = registers.bits.get_disjoint_mut([out as usize, a as usize, b as usize]) {
                for lane in 0..LANES {
                    out[lane] = f(a[lane], b[lane]);
                }
            }
        }
    }
}

#[inline(always)]
fn ternary(registers: &mut Registers, out: u32, [a, b, c]: [Operand; 3], f: impl Fn(u64, u64, u64) -> u64) {
    match (a, b, c) {
        (a, b, Operand::Bits(c)) => binary(registers, out, [a, b, b], |a, b| f(a, b, c)),
        (a, Operand::Bits(b), c) => binary(registers, out, [a, c, c], |a, c| f(a, b, c)),
        (Operand::Bits(a), b, c) => binary(registers, out, [b, c, c], |b, c| f(a, b, c)),
        (Operand::Register(ra), Operand::Register(rb), Operand::Register(rc)) => {
            if ra == rb {
                return binary(registers, out, [a, c, c], |a, c| f(a, a, c));
            }
            if ra == rc || rb == rc {
                let shared = ra == rc;
                return binary(registers, out, [a, b, b], move |a, b| if shared { f(a, b, a) } else { f(a, b, b) });
            }
            if let Ok([out, a, b, c]) = registers.bits.get_disjoint_mut([out as usize, ra as usize, rb as usize, rc as usize]) {
                for lane in 0..LANES {
                    out[lane] = f(a[lane], b[lane], c[lane]);
                }
            }
        }
    }
}
