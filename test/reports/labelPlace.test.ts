import { expect, it } from "vitest";
import { lengthWithin, overPoint, placedAround } from "../../reports/components/charts/labelPlace.js";

const room = { left: 40, right: 600, top: 8, bottom: 152 };
const label = (x: number, y: number, more = {}) => ({ x, y, width: 40, isAbove: true, ...more });
const boxOf = ({ x, y }: { x: number; y: number }) => ({
  left: x - 20,
  right: x + 20,
  top: y - 6,
  bottom: y + 6,
});

it("a stretch is as long within a box as it lies in it", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  expect(lengthWithin(box, { x: -5, y: 5 }, { x: 15, y: 5 })).toBeCloseTo(10, 9);
  expect(lengthWithin(box, { x: 0, y: 0 }, { x: 20, y: 20 })).toBeCloseTo(10 * Math.SQRT2, 9);
  expect(lengthWithin(box, { x: -5, y: 11 }, { x: 15, y: 11 })).toBe(0);
});

it("a label is struck through by no line where there is room beside its point", () => {
  // The line comes down steeply to its last firm point and goes on level; a target runs right above it.
  const own = [
    { x: 300, y: 20 },
    { x: 320, y: 80 },
    { x: 400, y: 80 },
  ];
  const target = [
    { x: 40, y: 66 },
    { x: 600, y: 66 },
  ];
  const [place] = placedAround([label(320, 80)], room, [own, target]);
  const covered = [own, target].map((line) =>
    line.slice(1).reduce((sum, to, index) => {
      const from = line[index];
      return sum + (from && place ? lengthWithin(boxOf(place), from, to) : 0);
    }, 0),
  );
  expect(covered).toEqual([0, 0]);
});

it("labels keep the order of their points, so that none is taken for another's", () => {
  // Above the upper point there is no room; the lower label would then be the nearer one.
  const [upper, lower] = placedAround([label(300, 12), label(300, 30)], room, []);
  expect((lower?.y ?? 0) - (upper?.y ?? 0)).toBeGreaterThanOrEqual(14);
});

it("labels of one height cover nothing of each other", () => {
  const [one, other] = placedAround([label(300, 148), label(300, 148)], room, []);
  expect(Math.abs((one?.y ?? 0) - (other?.y ?? 0))).toBeGreaterThanOrEqual(14);
});

it("what is wanted near its point more than another has the nearer place", () => {
  const [last, own] = placedAround([label(300, 140), label(300, 140, { pull: 2 })], room, []);
  expect(own?.y).toBeGreaterThan(last?.y ?? 0);
});

it("a total is labelled right above its point, or below it where a line runs above", () => {
  const [above] = placedAround([label(300, 80)], room, [], overPoint);
  expect(above).toMatchObject({ x: 300, y: 68 });
  const limit = [
    { x: 40, y: 68 },
    { x: 600, y: 68 },
  ];
  const [below] = placedAround([label(300, 80)], room, [limit], overPoint);
  expect(below).toMatchObject({ x: 300, y: 93 });
});

it.each([33, 26])(
  "labels in a row stand above or below their points, %i px apart, not on them",
  (between) => {
    const line = [66, 20, 32, 60, 72, 44, 52, 54].map((y, index) => ({ x: 60 + between * index, y }));
    const places = placedAround(
      line.map((at) => label(at.x, at.y, { width: 27 })),
      room,
      [line],
      overPoint,
    );
    expect(places.map(({ x }) => x)).toEqual(line.map(({ x }) => x));
    for (const [index, { y }] of places.entries())
      expect(Math.abs(y - (line[index]?.y ?? y))).toBeGreaterThanOrEqual(12);
  },
);
