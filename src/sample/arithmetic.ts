/*
 * Logarithm, exponential and the normal distribution out of + - * / alone. IEEE 754 fixes those four to the last bit;
 * it does not fix Math.log and Math.exp, and engines differ in them. A sample must be the same bytes everywhere.
 */

const { LN2, LN10, SQRT1_2 } = Math;

/** 1/3, 1/5, ..., 1/19. */
const ODD = Array.from({ length: 9 }, (_, k) => 1 / (2 * k + 3));
/** 1/0!, 1/1!, ..., 1/10!. */
const FACTORIALS = [1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800].map((factorial) => 1 / factorial);

const parts = new DataView(new ArrayBuffer(8));

/** The natural logarithm of a positive normal number, within 1e-14 of the true value. */
export function ln(x: number): number {
  parts.setFloat64(0, x);
  const high = parts.getUint32(0);
  let exponent = (high >>> 20) - 1022;
  // The same mantissa with the exponent of 0.5: a number in [0.5, 1).
  parts.setUint32(0, (high & 0x000fffff) | 0x3fe00000);
  let mantissa = parts.getFloat64(0);
  if (mantissa < SQRT1_2) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln m = 2 atanh((m - 1) / (m + 1)), whose series converges fast because |s| < 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let k = ODD.length - 1; k >= 0; k--) sum = (sum + ODD[k]) * square;
  return exponent * LN2 + 2 * s * (1 + sum);
}

/** e to the power of x, for |x| < 700, within 1e-14 of the true value (relative). */
export function exp(x: number): number {
  const k = Math.floor(x / LN2 + 0.5);
  const rest = (x - k * LN2) / 8;
  // Taylor's series on |rest| < 0.044, then three squarings.
  let sum = 0;
  for (let i = FACTORIALS.length - 1; i >= 0; i--) sum = sum * rest + FACTORIALS[i];
  sum *= sum;
  sum *= sum;
  sum *= sum;
  parts.setUint32(0, (k + 1023) << 20);
  parts.setUint32(4, 0);
  return sum * parts.getFloat64(0);
}

/** The logarithm to base 10 of a positive normal number. */
export function log10(x: number): number {
  return ln(x) / LN10;
}

/** 10 to the power of x, for |x| < 300. */
export function pow10(x: number): number {
  return exp(x * LN10);
}

/**
 * The standard normal distribution function, to 1.5e-7 (Abramowitz and Stegun, formula 26.2.19).
 *
 * @returns the probability of a value below z
 */
export function normalProbability(z: number): number {
  const x = z < 0 ? -z : z;
  let d = 0.000005383;
  d = d * x + 0.0000488906;
  d = d * x + 0.0000380036;
  d = d * x + 0.0032776263;
  d = d * x + 0.0211410061;
  d = d * x + 0.049867347;
  d = d * x + 1;
  const p2 = d * d;
  const p4 = p2 * p2;
  const p8 = p4 * p4;
  const tail = 0.5 / (p8 * p8);
  return z < 0 ? tail : 1 - tail;
}

/**
 * The inverse of the standard normal distribution function, to 1.2e-9 relative (P. J. Acklam's rational approximation).
 *
 * @param p a probability strictly between 0 and 1
 */
export function normalQuantile(p: number): number {
  if (p < 0.02425) return tail(Math.sqrt(-2 * ln(p)));
  if (p > 0.97575) return -tail(Math.sqrt(-2 * ln(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  const numerator =
    ((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
    2.506628277459239;
  const denominator =
    ((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
    1;
  return (numerator * q) / denominator;
}

function tail(q: number): number {
  const numerator =
    ((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
    2.938163982698783;
  const denominator =
    (((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
    1;
  return numerator / denominator;
}
