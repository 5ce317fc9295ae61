import { expect, test } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import { pages as en } from "../../src/words/en.js";
import { grouped, rounded } from "../../src/words/rounding.js";

/** Halves away from zero on the decimal form itself, digit by digit: by hand, as a spreadsheet rounds. */
function byHand(units: number, decimals: number): string {
  const tenfold = BigInt(units) / 10n + (BigInt(units) % 10n >= 5n ? 1n : 0n);
  const text = String(tenfold).padStart(decimals + 1, "0");
  return decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

test("halves of the decimal form go away from zero, whatever double stands for it", () => {
  for (let digits = 0; digits <= 3; digits++)
    for (let units = 5; units < 20_000; units += 10) {
      const value = Number(`${units}e-${digits + 1}`);
      expect(rounded(value, digits), `${value} with ${digits} decimals`).toBe(byHand(units, digits));
      expect(Number(rounded(-value, digits)), `${-value}`).toBe(-Number(byHand(units, digits)));
    }
});

test("a share's percentage is rounded as the percentage, not as the double below it", () => {
  for (let permille = 5; permille < 1000; permille += 10)
    expect(rounded((permille / 1000) * 100, 0), `${permille / 10} %`).toBe(byHand(permille, 0));
});

test("what rounds to nothing has no sign; large, tiny and absent numbers are written out", () => {
  expect(grouped(-0.04, 1)).toBe("0.0");
  expect(grouped(-0.05, 1)).toBe("−0.1");
  expect(grouped(1234567.895, 2)).toBe("1,234,567.90");
  expect(grouped(-999_999.5, 0)).toBe("−1,000,000");
  expect(grouped(1e-9, 2)).toBe("0.00");
  expect(grouped(123456789012345, 1)).toBe("123,456,789,012,345.0");
  expect(grouped(Number.NEGATIVE_INFINITY, 1)).toBe("−∞");
});

test("a page writes what the command line writes", () => {
  const { decimal } = formatter("en", en);
  for (const value of [1.45, 0.615, 1.005, 61.25, -2.675, 8.345])
    for (const digits of [0, 1, 2]) expect(decimal(value, digits)).toBe(grouped(value, digits));
});
