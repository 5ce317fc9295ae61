import { describe, expect, it } from "vitest";
import { pagedRankings } from "../../src/publish/scores.js";
import type { RankedScore, Ranking } from "../../src/published/scoreTypes.js";

const subject = (at: number): RankedScore => ({
  subject: `E${String(at).padStart(5, "0")}`,
  total: 100 - at / 100,
  covered_weight: 1,
  provisional: false,
  grade: "A",
  rank: at + 1,
  items: [],
  groups: [],
});

const ranking = (count: number): Ranking => ({
  scorecard: "after_sales",
  kind: "employee",
  grain: "month",
  period_start: "2026-06-01",
  period_end: "2026-07-01",
  count,
  ranked: count,
  grades: { A: count },
  subjects: Array.from({ length: count }, (_, at) => subject(at)),
  leftOut: 0,
});

const read = (bytes: Uint8Array | undefined) => JSON.parse(Buffer.from(bytes ?? []).toString("utf8"));

describe("a ranking of 5,000", () => {
  const entries = pagedRankings([ranking(5000), ranking(30)], 2_000_000);
  const of = (path: string | undefined) => read(entries.find((entry) => entry.path === path)?.bytes);
  const [long, short] = of("ranking.json") as Ranking[];

  it("has its first hundred in its own document and the others in documents of a hundred", () => {
    expect(long).toMatchObject({ count: 5000, ranked: 5000, leftOut: 4900, pageLength: 100 });
    expect(long?.subjects.map(({ rank }) => rank)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
    const others = (long?.pages ?? []).map((path) => of(path) as RankedScore[]);
    expect(others.map((page) => page.length)).toEqual(Array(49).fill(100));
    expect(others.flat().map(({ rank }) => rank)).toEqual(Array.from({ length: 4900 }, (_, at) => at + 101));
    expect(of(long?.names)).toEqual(ranking(5000).subjects.map((each) => each.subject));
  });

  it("leaves a short one whole", () => {
    expect(short?.subjects).toHaveLength(30);
    expect([short?.leftOut, short?.pages]).toEqual([0, undefined]);
  });

  it("names documents by their content, so that they may be kept", () => {
    for (const path of long?.pages ?? [])
      expect(path).toMatch(/^ranking\/after_sales-.*\.[0-9a-f]{8}\.json$/);
  });
});

it("no document is larger than the budget, however many rankings there are", () => {
  const entries = pagedRankings(Array(60).fill(ranking(500)), 100_000);
  for (const { path, bytes } of entries) expect(bytes.length, path).toBeLessThanOrEqual(100_000);
  const all = read(entries[0]?.bytes) as Ranking[];
  for (const { count, subjects, leftOut, pages = [] } of all) {
    expect(subjects.length + leftOut).toBe(count);
    expect(pages.length).toBe(Math.ceil(leftOut / 100));
  }
});
