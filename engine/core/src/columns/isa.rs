//! Instruction sets, and how work is compiled for each and the right one chosen when it runs.
//!
//! A [`Work`] is plain Rust whose loops the compiler widens: SSE2, AVX2 or AVX-512 code from one text. No
//! fused multiply-add and no reordering, so that every instruction set gives the same bits.

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

    /// Does some work with this instruction set, or with the plain one if the machine lacks it.
    pub fn run<W: Work>(self, work: W) -> W::Out {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "the processor is asked for exactly these features just before")]
        match self {
            // SAFETY: the processor has the features of `with_avx512`.
            Self::Avx512 if self.is_available() => return unsafe { with_avx512(work) },
            // SAFETY: the processor has the features of `with_avx2`.
            Self::Avx2 if self.is_available() => return unsafe { with_avx2(work) },
            _ => {}
        }
        work.run()
    }
}

/// Work that is compiled for each instruction set; `run` and all it calls must be `#[inline(always)]`.
pub trait Work {
    /// What comes of it.
    type Out;

    /// Does it.
    fn run(self) -> Self::Out;
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl")]
fn with_avx512<W: Work>(work: W) -> W::Out {
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<W: Work>(work: W) -> W::Out {
    work.run()
}
