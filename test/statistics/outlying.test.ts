import { describe, expect, it } from "vitest";
import { modifiedZ, unusual } from "../../src/statistics/outlying.js";

// Iglewicz & Hoaglin (1993), How to Detect and Handle Outliers, ASQC, pp. 11-12: M = 0.6745 (x − median) / MAD; where MAD is 0,
// (x − median) / (1.253314 · mean absolute deviation). Worked by hand, and the same with numpy's median, abs and mean.
describe("the modified z-score", () => {
  it("is measured by the median absolute deviation", () => {
    // Median 100, deviations 0 2 2 1 1 0 3, their median 1: 0.6745 · 20.
    expect(modifiedZ(120, [100, 102, 98, 101, 99, 100, 103])).toBeCloseTo(13.49, 10);
    // Median 0.0215; deviations sorted .0005 .0005 .0015 .0025 .0025 .0035 .0035 .0085, their median 0.0025: 0.6745 · 0.2885 / 0.0025.
    expect(modifiedZ(0.31, [0.021, 0.018, 0.025, 0.02, 0.019, 0.03, 0.022, 0.024])).toBeCloseTo(77.8373, 4);
  });

  it("is measured by the mean one where half of the values are the same", () => {
    // Median 0, mean absolute deviation 8/8 = 1: 8 / 1.253314.
    expect(modifiedZ(8, [0, 0, 0, 0, 0, 0, 0, 8])).toBeCloseTo(6.383077, 6);
  });

  it("has no scale where all are the same, nor anything to say of none", () => {
    expect(modifiedZ(8, [5, 5, 5])).toBeNull();
    expect(modifiedZ(8, [])).toBeUndefined();
  });
});

describe("an unusual value", () => {
  it("lies more than 3.5 away", () => {
    // 0.6745 · 5 = 3.37, 0.6745 · 6 = 4.05.
    const earlier = [100, 102, 98, 101, 99, 100, 103];
    expect(unusual(105, earlier, 0)).toBeUndefined();
    expect(unusual(94, earlier, 0)).toMatchObject({ usual: 100, z: expect.closeTo(-4.047, 6) });
  });

  it("is a change that counts at all", () => {
    expect(unusual(106, [100, 100, 100], 7)).toBeUndefined();
    expect(unusual(107, [100, 100, 100], 7)).toEqual({ usual: 100, z: null });
    expect(unusual(100, [100, 100, 100], 0)).toBeUndefined();
  });
});
