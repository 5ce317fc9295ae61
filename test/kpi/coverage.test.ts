import { describe, expect, it } from "vitest";
import { type Coverage, firstOf, judge, uncovered } from "../../src/kpi/coverage.js";

const from = { table: "orders", day: "2024-03-05" };
const of = (against: Coverage["against"]): Coverage => ({ ...uncovered, from, against });

describe("a KPI's list", () => {
  it("begins with its record, and a growth with the first period whose base lies inside of that", () => {
    expect(firstOf(of(null), "month")?.day).toBe("2024-03-05");
    expect(firstOf(of("year"), "month")?.day).toBe("2025-04-01");
    expect(firstOf(of("year"), "quarter")?.day).toBe("2025-04-01");
    expect(firstOf(of("year"), "year")?.day).toBe("2026-01-01");
    expect(firstOf(of("previous"), "month")?.day).toBe("2024-05-01");
    const whole = { ...uncovered, from: { ...from, day: "2024-01-01" }, against: "year" as const };
    expect(firstOf(whole, "quarter")?.day).toBe("2025-01-01");
  });

  it("has no value before that which the rule on growths would give", () => {
    const month = (start: string, end: string) =>
      judge(of("year"), { grain: "month", start, end }, "2026-02-22")?.code ?? null;
    expect(month("2025-03-01", "2025-04-01")).toBe("before_record");
    expect(month("2025-04-01", "2025-05-01")).toBeNull();
  });
});
