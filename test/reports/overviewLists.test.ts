import { expect, test } from "vitest";

import type { Headline } from "../../reports/components/headline.js";
import { farthestOffTarget } from "../../reports/components/overviewLists.js";
import { refusedShare } from "../../reports/components/quality.js";
import { statusOf } from "../../reports/components/targets.js";

type Limits = { target: number; floor: number | null };

function headline(id: string, direction: "up" | "down", value: number, limits: Limits | null): Headline {
  const kpi = { id, direction };
  const point = { value, mature: true, partial: false, incomplete: false };
  return {
    kpi,
    label: id,
    points: [],
    point,
    target: limits,
    status: statusOf(kpi as Headline["kpi"], point, limits as Headline["target"]),
  } as unknown as Headline;
}

test("those below the floor stand first, then by how far each is from its target", () => {
  const off = farthestOffTarget([
    headline("met", "up", 90, { target: 80, floor: 70 }),
    // (80 − 73) ÷ (80 − 70) = 0.7
    headline("near", "up", 73, { target: 80, floor: 70 }),
    // (1.5 − 2.25) ÷ (1.5 − 2.5) = 0.75
    headline("nearer the floor", "down", 2.25, { target: 1.5, floor: 2.5 }),
    // without a floor, 0 is it: (80 − 70) ÷ 80 = 0.125, but a missed target without a floor is off target
    headline("off", "up", 70, { target: 80, floor: null }),
    headline("untargeted", "up", 1, null),
  ]);
  expect(off.map(({ headline: { label }, distance }) => [label, distance])).toEqual([
    ["off", 0.125],
    ["nearer the floor", 0.75],
    ["near", 0.7],
  ]);
});

test("what was refused is lines rejected and rows quarantined, of all rows read", () => {
  const files = [
    { rows_read: 100, lines_rejected: 2 },
    { rows_read: 60, lines_rejected: 0 },
  ];
  const tables = [{ quarantined: 1 }, { quarantined: 5 }];
  // (2 + 0 + 1 + 5) ÷ 160 = 0.05
  expect(refusedShare({ files, tables } as Parameters<typeof refusedShare>[0])).toBe(0.05);
  expect(refusedShare({ files: [], tables: [] })).toBe(0);
});
