import fc from "fast-check";
import { expect, test } from "vitest";
import { measureText, wrapText } from "../../reports/components/data/text.js";
import {
  type BranchText,
  type FishboneLayout,
  layoutFishbone,
} from "../../reports/components/fishbone/fishboneLayout.js";

const branch = fc.record({
  label: fc.constantFrom("客户满意度", "Relationship maintenance", "Growth"),
  bones: fc.array(
    fc.record({
      name: fc.constantFrom("客户投诉处理满意度", "流失率", "Complaint-handling satisfaction", "Churn rate"),
      row: fc.constantFrom("● 2.1%  +0.4 个百分点", "◐ 84.3 points  +8.1 points", "– no data"),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

const named = (branches: { label: string; bones: { name: string; row: string }[] }[]): BranchText[] =>
  branches.map(({ label, bones }, i) => ({
    id: `branch${i}`,
    label,
    bones: bones.map((bone, j) => ({ ...bone, id: `bone${i}.${j}` })),
  }));

test("bones lie inside the picture, apart from each other, on branches of 60°", () => {
  fc.assert(
    fc.property(
      fc.array(branch, { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 768, max: 1920 }),
      fc.constantFrom("zh-CN" as const, "en" as const),
      (branches, width, language) => {
        const texts = named(branches);
        const layout = layoutFishbone(texts, { width, language, measure: measureText });
        if (!layout) return;
        expect(layout.branches.map(({ id }) => id)).toEqual(texts.map(({ id }) => id));
        for (const { line } of layout.branches) {
          expect(Math.abs((line.y2 - line.y1) / (line.x2 - line.x1))).toBeCloseTo(Math.sqrt(3), 6);
        }
        const bones = boxesOf(layout);
        for (const box of bones) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.top).toBeGreaterThanOrEqual(0);
          expect(box.bottom).toBeLessThanOrEqual(layout.height);
        }
        bones.forEach((a, i) => {
          for (const b of bones.slice(i + 1)) {
            const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            expect(apart, `${a.id} and ${b.id}`).toBe(true);
          }
        });
      },
    ),
  );
});

function boxesOf(layout: FishboneLayout) {
  return layout.branches.flatMap(({ bones }) =>
    bones.map(({ id, left, sparkX, y, lines }) => ({
      id,
      left,
      right: sparkX + 64,
      top: y - Math.max(lines.length * 17, 18),
      bottom: y + 20,
    })),
  );
}

test("too many branches for the width are no picture", () => {
  const many = named(Array.from({ length: 14 }, () => ({ label: "x", bones: [{ name: "y", row: "● 1" }] })));
  expect(layoutFishbone(many, { width: 800, language: "en", measure: measureText })).toBeNull();
});

test("English wraps between words, Chinese between phrases", () => {
  const measure = (text: string) => [...text].reduce((sum, letter) => sum + (letter > "\u2e80" ? 2 : 1), 0);
  const options = { size: 13, measure };
  expect(wrapText("Complaint-handling satisfaction", 20, { ...options, language: "en" })).toEqual([
    "Complaint-handling",
    "satisfaction",
  ]);
  expect(wrapText("客户投诉处理满意度", 12, { ...options, language: "zh-CN" })).toEqual([
    "客户投诉处理",
    "满意度",
  ]);
});
