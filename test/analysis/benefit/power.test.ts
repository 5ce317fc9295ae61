import { expect, it } from "vitest";
import { daysToFind, foundErrors, ownShare, smallestChange } from "../../../src/analysis/benefit/power.js";

const errors = foundErrors(1000);
/** Of counts: 0.01 events a customer and day, so that a window of d days holds 0.01 d. */
const counts = (own: number) => ({ own, unit: (days: number) => 0.01 * days });

it("the smallest change of a count grows with its window as the value does, in the ratio it shrinks", () => {
  const variance = { stays: 0.001, shrinks: 0.6 };
  const found = [60, 90, 180, 365].map(
    (days) => smallestChange(errors, variance, days, counts(0), false) ?? 0,
  );
  const ratios = found.map((change, at) => change / (0.01 * ([60, 90, 180, 365][at] ?? 1)));
  expect(found).toEqual([...found].sort((one, other) => one - other));
  expect(ratios).toEqual([...ratios].sort((one, other) => other - one));
  // By hand: 60 days have a variance of 0.001 + 0.01, and 2.8 standard errors of it are 0.2938 of the logarithm.
  expect(errors * Math.sqrt(0.011)).toBeCloseTo(0.294, 3);
  expect(found[0]).toBeCloseTo(0.6 * (Math.exp(errors * Math.sqrt(0.011)) - 1), 12);
});

it("a mean's does not depend on how much a window holds", () => {
  const mean = { own: null, unit: () => 1 };
  expect(smallestChange(errors, { stays: 1, shrinks: 60 }, 20, mean, false)).toBeCloseTo(errors * 2, 12);
  expect(daysToFind({ change: -errors * 2, days: 20 }, errors, { stays: 1, shrinks: 60 }, mean)).toBe(20);
});

it("a fall leaves fewer events to find it by than a rise, and may leave none", () => {
  expect(ownShare(50, 150)).toBe(0.75);
  expect(ownShare(50, null)).toBe(1);
  const of = (isFall: boolean, shrinks: number) =>
    smallestChange(errors, { stays: 0, shrinks }, 100, counts(1), isFall) ?? Number.NaN;
  // What is found solves c = k √(b ÷ d · e^∓c).
  const rise = Math.log1p(of(false, 0.5));
  expect(rise).toBeCloseTo(errors * Math.sqrt(0.005 * Math.exp(-rise)), 9);
  const fall = -Math.log1p(-of(true, 0.5));
  expect(fall).toBeCloseTo(errors * Math.sqrt(0.005 * Math.exp(fall)), 9);
  expect(smallestChange(errors, { stays: 0, shrinks: 20 }, 100, counts(1), true)).toBeNull();
  expect(smallestChange(errors, { stays: 0, shrinks: 20 }, 100, counts(1), false)).toBeGreaterThan(0);
});

it("days needed are those of which the change is the smallest found, meant as a share of what the window holds", () => {
  const variance = { stays: 0.001, shrinks: 0.6 };
  for (const isFall of [false, true]) {
    const size = smallestChange(errors, variance, 90, counts(0.5), isFall) ?? 0;
    const change = isFall ? -size : size;
    expect(daysToFind({ change: change * 1.0001, days: 90 }, errors, variance, counts(0.5))).toBe(90);
    // The same ratio, meant of a window of twice the days.
    expect(daysToFind({ change: 2.0002 * change, days: 180 }, errors, variance, counts(0.5))).toBe(90);
  }
  expect(daysToFind({ change: 0.001, days: 90 }, errors, variance, counts(0.5))).toBeNull();
  expect(daysToFind({ change: -0.9, days: 90 }, errors, variance, counts(0.5))).toBe("more_than_all");
});
