/** A place in a chart, px from its left and top. */
export interface Place {
  x: number;
  y: number;
}

/** A label that names the point at its place. */
export interface Label extends Place {
  width: number;
  /** On which side of the point the line leaves room. */
  isAbove: boolean;
  /** How much more than others it is wanted near its point; default 1. */
  pull?: number;
}

/** Between which px a label's middle lies, and its ends. */
export interface Room {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Px of a label with what parts it from a line, and how far two labels' middles lie apart. */
const [labelHeight, step] = [16, 15];
/** Where a label may stand, what is wanted most first. */
interface Reach {
  /** How far the middle lies above its point, or below it. */
  above: readonly number[];
  below: readonly number[];
  /** Parts of its width by which the middle lies to the left of its point. */
  shifts: readonly number[];
  /** Px between two labels at one height, that they are not read as one. */
  apart: number;
}
const aroundEnd: Reach = {
  above: [-13, 15, -28, 30, -43, 45],
  below: [15, -13, 30, -28, 45, -43],
  shifts: [0.5, 0, -0.5, 0.9, 1.4],
  apart: 40,
};
/** Right above the point or right below it: a row of them along a line. */
export const overPoint: Reach = { above: [-12, 13], below: [13, -12], shifts: [0], apart: 3 };
/** Px of a line that a point of its own counts for. */
const dot = 6;
/** Px of a line that a label may rather cover than stand a px farther off. */
const farness = 0.5;

/** A label's middle, with the height of the point that it names. */
type Placed = Place & { width: number; of: number };

/**
 * The middles of labels beside their points, where they cover least of the lines and nothing of each other, and the nearer
 * the better. Labels, the upper point's first, keep the order of their points: none is taken for another's.
 */
export function placedAround(
  labels: readonly Label[],
  room: Room,
  lines: readonly (readonly (Place | null)[])[],
  reach = aroundEnd,
): Place[] {
  const choices = labels.map((label) => candidates(label, room, lines, reach));
  let best: { cost: number; places: Placed[] } | null = null;
  const search = (places: Placed[], cost: number) => {
    if (best && cost >= best.cost) return;
    const choice = choices[places.length];
    if (!choice) {
      best = { cost, places };
      return;
    }
    for (const { at, cost: more } of choice) {
      if (places.every((other) => isApart(other, at, reach))) search([...places, at], cost + more);
    }
  };
  search([], 0);
  const found = best as { places: Placed[] } | null;
  const clamped = (y: number) => Math.min(Math.max(y, room.top), room.bottom);
  return found?.places ?? labels.map(({ x, y }, at) => choices[at]?.[0]?.at ?? { x, y: clamped(y) });
}

/** Whether a label stands below one named before it, or far to a side; of points as high as each other either way. */
const isApart = (upper: Placed, lower: Placed, { apart }: Reach): boolean =>
  (Math.abs(lower.of - upper.of) < 2 ? Math.abs(lower.y - upper.y) : lower.y - upper.y) >= step - 1 ||
  Math.abs(lower.x - upper.x) >= (upper.width + lower.width) / 2 + apart;

/** Where a label has room, the best first. */
function candidates(
  { x, y, width, isAbove, pull = 1 }: Label,
  room: Room,
  lines: readonly (readonly (Place | null)[])[],
  reach: Reach,
): { at: Placed; cost: number }[] {
  return reach[isAbove ? "above" : "below"]
    .flatMap((offset, rank) =>
      reach.shifts.map((shift, side) => {
        const nudge = shift > 0 ? 6 : shift < 0 ? -6 : 0;
        const at = { x: x - shift * width + nudge, y: y + offset, width, of: y };
        const far = Math.abs(offset) + rank + 3 * side;
        return { at, cost: covered(at, lines) + far * farness * pull };
      }),
    )
    .filter(
      ({ at }) =>
        at.y >= room.top &&
        at.y <= room.bottom &&
        at.x - width / 2 >= room.left &&
        at.x + width / 2 <= room.right,
    )
    .sort((one, other) => one.cost - other.cost);
}

/** Px of the lines that a label covers. */
function covered(
  { x, y, width }: Place & { width: number },
  lines: readonly (readonly (Place | null)[])[],
): number {
  const box = {
    left: x - width / 2 - 2,
    right: x + width / 2 + 2,
    top: y - labelHeight / 2,
    bottom: y + labelHeight / 2,
  };
  let sum = 0;
  for (const line of lines) {
    line.forEach((from, index) => {
      const to = line[index + 1];
      if (from && to) sum += lengthWithin(box, from, to);
      else if (from && isWithin(box, from)) sum += dot;
    });
  }
  return sum;
}

const isWithin = ({ left, right, top, bottom }: Room, { x, y }: Place) =>
  x >= left && x <= right && y >= top && y <= bottom;

/** How long a stretch runs within a box (Liang and Barsky's clipping). */
export function lengthWithin({ left, right, top, bottom }: Room, from: Place, to: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  let [start, end] = [0, 1];
  for (const [p, q] of [
    [-dx, from.x - left],
    [dx, right - from.x],
    [-dy, from.y - top],
    [dy, bottom - from.y],
  ] as const) {
    if (p === 0) {
      if (q < 0) return 0;
    } else if (p < 0) start = Math.max(start, q / p);
    else end = Math.min(end, q / p);
  }
  return Math.max(0, end - start) * Math.hypot(dx, dy);
}
