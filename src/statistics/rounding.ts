/**
 * A figure rounded to 1e-9. Limits, totals, ties and grades are decided after it, and not by the last bit of a quotient:
 * 0.06 − 0.05 is 0.009999999999999995.
 */
export function round9(value: number): number {
  return Math.round(value * 1e9) / 1e9 + 0;
}
