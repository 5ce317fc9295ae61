import { describe, expect, it } from "vitest";
import { statusOf } from "../../src/kpi/status.js";

const up = { kind: "rate", direction: "up" } as const;
const down = { kind: "rate", direction: "down" } as const;
const final = { mature: true, partial: false, incomplete: false, n: 100 };
const of = (value: number | null, low: number | null, high: number | null, more = {}) => ({
  ...final,
  value,
  low,
  high,
  ...more,
});

describe("the status of a value", () => {
  it.each([
    // value, interval, target, floor → by the value; sure when the interval lies wholly on that side of the target
    [up, 0.92, 0.91, 0.93, 0.9, 0.8, "on", true],
    [up, 0.92, 0.88, 0.95, 0.9, 0.8, "on", false],
    [up, 0.9, 0.9, 0.93, 0.9, 0.8, "on", true],
    [up, 0.85, 0.82, 0.88, 0.9, 0.8, "near", true],
    [up, 0.85, 0.79, 0.9, 0.9, 0.8, "near", false],
    [up, 0.8, 0.75, 0.85, 0.9, 0.8, "near", true],
    [up, 0.79, 0.7, 0.87, 0.9, 0.8, "off", true],
    [up, 0.79, 0.66, 0.91, 0.9, 0.8, "off", false],
    [up, 0.85, 0.82, 0.88, 0.9, null, "off", true],
    [down, 0.02, 0.01, 0.04, 0.03, 0.05, "on", false],
    [down, 0.05, 0.04, 0.06, 0.03, 0.05, "near", true],
    [down, 0.06, 0.05, 0.07, 0.03, 0.05, "off", true],
    [down, 0.02, null, null, 0.03, 0.05, "on", true],
  ] as const)(
    "%j: %d [%d, %d] against %d, floor %d",
    (kpi, value, low, high, target, floor, status, sure) => {
      expect(statusOf(kpi, of(value, low, high), { target, floor })).toEqual({ status, sure, without: null });
    },
  );

  it("is decided after rounding to 1e-9", () => {
    expect(statusOf(up, of(0.1 + 0.2, null, null), { target: 0.3, floor: null }).status).toBe("on");
    expect(statusOf(down, of(0.1 + 0.2, null, null), { target: 0.3, floor: null }).status).toBe("on");
  });

  it("is none of fewer than ten cases of a rate or mean, whoever they are; a count and money have no cases but themselves", () => {
    const few = of(0.5, 0.2, 0.8, { n: 9 });
    const limits = { target: 0.9, floor: 0.8 };
    for (const kind of ["rate", "customer_rate", "poisson_rate", "mean", "nps"] as const) {
      expect(statusOf({ ...up, kind }, few, limits)).toEqual({
        status: null,
        sure: null,
        without: "few_cases",
      });
    }
    for (const kind of ["count", "sum", "growth", "share"] as const) {
      expect(statusOf({ ...up, kind }, few, limits).status).toBe("off");
    }
    expect(statusOf(up, { ...few, n: 10 }, limits).status).toBe("off");
  });

  it("is none without value, target or a better direction, and while the value is not final", () => {
    const limits = { target: 0.9, floor: 0.8 };
    expect(statusOf(up, null, limits).without).toBe("no_data");
    expect(statusOf(up, of(null, null, null), limits).without).toBe("no_data");
    expect(statusOf(up, of(0.5, 0.4, 0.6), null).without).toBe("no_target");
    expect(statusOf({ kind: "rate", direction: "none" }, of(0.5, 0.4, 0.6), limits).without).toBe(
      "no_target",
    );
    for (const open of [{ partial: true }, { mature: false }, { incomplete: true }])
      expect(statusOf(up, of(0.5, 0.4, 0.6, open), limits)).toEqual({
        status: null,
        sure: null,
        without: "not_final",
      });
  });
});
