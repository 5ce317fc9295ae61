/** Quantiles and tails of the distributions behind the intervals, to about 1e-13 relative. Pure; runs in pages too. */

/** z such that 95 % of the standard normal lies within ±z. */
export const z95 = 1.959963984540054;

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 15. */
function logGamma(x: number): number {
  let shift = 1;
  let y = x;
  while (y < 15) {
    shift *= y;
    y += 1;
  }
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + stirlingRest(y) - Math.log(shift);
}

function stirlingRest(y: number): number {
  const s = 1 / (y * y);
  return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) / y;
}

/** x^a e^(−x) / Γ(a + 1), without the cancellation of its parts for large a. */
function gammaTerm(a: number, x: number): number {
  if (x === 0) return 0;
  if (a < 15) return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  return Math.exp(-a * deviation(x / a) - stirlingRest(a)) / Math.sqrt(2 * Math.PI * a);
}

/** u − 1 − ln u, by its series near 1. */
function deviation(u: number): number {
  const d = u - 1;
  if (Math.abs(d) > 0.01) return d - Math.log(u);
  let term = d * d;
  let sum = term / 2;
  for (let k = 3; k < 20; k++) {
    term *= -d;
    sum += term / k;
  }
  return sum;
}

/** The regularised incomplete gamma functions [P(a, x), Q(a, x)]; DLMF 8.11.4 and 8.9.2. */
export function incompleteGamma(a: number, x: number): [lower: number, upper: number] {
  if (x <= 0) return [0, 1];
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    const lower = sum * gammaTerm(a, x);
    return [lower, 1 - lower];
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 100_000; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  const upper = fraction * a * gammaTerm(a, x);
  return [1 - upper, upper];
}

/** The x with P(a, x) = p: Newton's method from the Wilson–Hilferty approximation, kept within a shrinking bracket. */
export function gammaQuantile(p: number, a: number): number {
  const z = normalQuantile(p);
  const start = a * (1 - 1 / (9 * a) + z / (3 * Math.sqrt(a))) ** 3;
  const below = (x: number) => {
    const [lower, upper] = incompleteGamma(a, x);
    return p < 0.5 ? lower - p : 1 - p - upper;
  };
  const density = (x: number) => (a / x) * gammaTerm(a, x);
  return findRoot(below, density, start > 0 ? start : Math.exp((Math.log(p) + logGamma(a + 1)) / a), [
    0,
    Infinity,
  ]);
}

/** The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction (DLMF 8.17.22). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const step = c * d;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return (fraction * betaTerm(x, a, b)) / a;
}

/** The x with I_x(a, b) = p: Newton's method from the mean, kept within a shrinking bracket. */
export function betaQuantile(p: number, a: number, b: number): number {
  const density = (x: number) => betaTerm(x, a, b) / (x * (1 - x));
  return findRoot((x) => incompleteBeta(x, a, b) - p, density, a / (a + b), [0, 1]);
}

/** x^a (1 − x)^b / B(a, b). */
function betaTerm(x: number, a: number, b: number): number {
  if (a < 15 || b < 15) {
    const beta = logGamma(a) + logGamma(b) - logGamma(a + b);
    return Math.exp(a * Math.log(x) + b * Math.log1p(-x) - beta);
  }
  const n = a + b;
  const exponent = a * deviation((x * n) / a) + b * deviation(((1 - x) * n) / b);
  const rest = stirlingRest(n) - stirlingRest(a) - stirlingRest(b);
  return Math.exp(rest - exponent) * Math.sqrt((a * b) / (2 * Math.PI * n));
}

/** P(X ≤ k) of the binomial distribution. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, n - k, k + 1);
}

/** P(X ≥ k) of the binomial distribution, without the cancellation of 1 − P(X < k). */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return incompleteBeta(p, k, n - k + 1);
}

/** P(|Z| ≥ |z|) of the standard normal distribution. */
export const normalTwoSided = (z: number) => incompleteGamma(0.5, (z * z) / 2)[1];

/** P(|T| ≥ |t|) of Student's t; `degrees` need not be whole. */
export const studentTwoSided = (t: number, degrees: number) =>
  incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);

/** The 97.5 % quantile of Student's t: two-sided 95 %. */
export function t95(degrees: number): number {
  if (degrees > 1000) return z95 + expansion(1 / degrees);
  if (degrees === 1) return Math.tan(Math.PI * 0.475);
  const quantile = quantiles.get(degrees) ?? rootOfT(degrees);
  if (Number.isInteger(degrees)) quantiles.set(degrees, quantile);
  return quantile;
}

/** Those of whole degrees, which are asked for again and again. */
const quantiles = new Map<number, number>();

function rootOfT(degrees: number): number {
  const tail = (t: number) => 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  const scale = logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - 0.5 * Math.log(degrees * Math.PI);
  const density = (t: number) => Math.exp(scale - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees));
  const start = z95 + expansion(1 / degrees);
  return findRoot((t) => 0.025 - tail(t), density, start, [0, Infinity]);
}

/** What t exceeds z by, in powers of 1 / degrees (Abramowitz and Stegun 26.7.5). */
function expansion(u: number): number {
  const z2 = z95 * z95;
  const first = (z2 + 1) / 4;
  const second = ((5 * z2 + 16) * z2 + 3) / 96;
  const third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
  const fourth = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160;
  return z95 * u * (first + u * (second + u * (third + u * fourth)));
}

/** The standard normal quantile (Abramowitz and Stegun 26.2.23: 4.5e-4), enough to start a search. */
function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  const q = Math.sqrt(-2 * Math.log(tail));
  const top = 2.515517 + q * (0.802853 + q * 0.010328);
  const bottom = 1 + q * (1.432788 + q * (0.189269 + q * 0.001308));
  const z = q - top / bottom;
  return p < 0.5 ? -z : z;
}

/** Root of an increasing function with known slope: Newton steps, halving where they leave the bracket. */
function findRoot(
  f: (x: number) => number,
  slope: (x: number) => number,
  start: number,
  bracket: [number, number],
): number {
  let [low, high] = bracket;
  let x = start;
  for (let round = 0; round < 200; round++) {
    const y = f(x);
    if (y === 0) return x;
    if (y < 0) low = x;
    else high = x;
    let next = x - y / slope(x);
    if (!(next > low && next < high)) next = high === Infinity ? x * 2 : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * Math.abs(x)) return next;
    x = next;
  }
  return x;
}

/** The quantile of Student's t for a probability above one half. */
export function studentQuantile(p: number, degrees: number): number {
  const x = betaQuantile(2 * (1 - p), degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}
