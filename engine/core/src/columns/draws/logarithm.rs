//! The natural logarithm, written so that the compiler can widen a loop over it.
//!
//! x = 2^k·m with m between √½ and √2; ln m = f − f²/2 + s·(f²/2 + R), f = m − 1, s = f/(2 + f), where R is
//! a polynomial in s² (minimax, error below 2^−58; coefficients of fdlibm, Sun Microsystems, 1993). For
//! normal positive numbers the same bits as `libm::log`: a test holds it.

/// Coefficients of s², s⁴, … s¹⁴.
const L: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// ln 2 in two parts: k times the first is exact.
const LN2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// The bits of √½, cut to the upper half.
const ROOT_HALF: u64 = 0x3FE6_A09E << 32;
const ONE: u64 = 0x3FF0_0000 << 32;
const FRACTION: u64 = (1 << 52) - 1;
/// 2^52 + 2^51: a whole number added to its last bits is that number as a float.
const WHOLE: f64 = 6_755_399_441_055_744.0;

/// ln `x`, for a positive normal number.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let moved = x.to_bits().wrapping_add(ONE - ROOT_HALF);
    let exponent = (moved >> 52).wrapping_sub(1023);
    // A small whole number, as a float without a conversion that could not be widened.
    let k = f64::from_bits(WHOLE.to_bits().wrapping_add(exponent)) - WHOLE;
    let m = f64::from_bits((moved & FRACTION) + ROOT_HALF);
    let f = m - 1.0;
    let half = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (L[1] + w * (L[3] + w * L[5]));
    let odd = z * (L[0] + w * (L[2] + w * (L[4] + w * L[6])));
    s * (half + (odd + even)) + k * LN2[1] - half + f + k * LN2[0]
}

#[cfg(test)]
mod tests {
    use super::ln;

    #[test]
    fn equals_libm_to_the_bit() {
        let mut bits = 0x9E37_79B9_7F4A_7C15_u64;
        for n in 0..200_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let anywhere = f64::from_bits(bits >> 1);
            let below_one = (bits >> (12 + n % 40)) as f64 * (f64::EPSILON / 2.0);
            for x in [anywhere, below_one, 1.0, f64::MIN_POSITIVE, f64::MAX].into_iter().filter(|x| x.is_normal()) {
                assert_eq!(ln(x).to_bits(), libm::log(x).to_bits(), "ln {x:e}");
            }
        }
    }
}
