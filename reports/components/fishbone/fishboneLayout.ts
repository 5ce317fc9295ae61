import type { Language } from "../../src/published/siteTypes.js";
import { greatest } from "../../src/statistics/extremes.js";
import { type Measure, wrapText } from "../data/text.js";

/** What a bone says, as text to be measured. */
export interface BoneText {
  id: string;
  name: string;
  /** The row below the bone: status, value and change as one line. */
  row: string;
  /** What stands below the row; it wraps. */
  detail?: string;
}

export interface BranchText {
  id: string;
  label: string;
  bones: BoneText[];
}

export interface PlacedBone {
  id: string;
  lines: string[];
  /** The bone runs from `left` to `right`, where it meets its branch. */
  left: number;
  right: number;
  y: number;
  /** Left edge of the spark line, which ends short of the branch; without one, where text has to end. */
  sparkX: number;
  /** The lines of the detail. */
  detail: string[];
}

export interface PlacedBranch {
  id: string;
  above: boolean;
  labelLines: string[];
  label: { x: number; y: number; width: number; height: number };
  /** From the outer end to the joint on the spine. */
  line: { x1: number; y1: number; x2: number; y2: number };
  bones: PlacedBone[];
}

export interface FishboneLayout {
  width: number;
  height: number;
  spineY: number;
  tailX: number;
  headX: number;
  headWidth: number;
  branches: PlacedBranch[];
}

export const boneFont = { name: 13, row: 13, detail: 12, label: 14, lineHeight: 17 };

const slope = Math.tan(Math.PI / 3);
const headWidth = 190;
const tailX = 22;
const rowBelow = 22;
const boneGap = 12;
const detailHeight = 16;
const spineGap = 34;

export interface LayoutOptions {
  width: number;
  language: Language;
  measure: Measure;
  /** Px of the spark line beside each name; default 64. */
  spark?: number;
}

/**
 * Places a fishbone of any number of branches in a given width: branches at 60° alternately above and below the
 * spine, as far apart as their bones need. Null when the bones cannot be told apart in that width.
 */
export function layoutFishbone(
  branches: readonly BranchText[],
  options: LayoutOptions,
): FishboneLayout | null {
  const sides = [branches.filter((_, i) => i % 2 === 0), branches.filter((_, i) => i % 2 === 1)];
  const headX = options.width - headWidth;
  const columns = sides[0]?.map((branch, j) => [branch, ...(sides[1]?.[j] ? [sides[1][j]] : [])]) ?? [];
  const spine = headX - tailX - 16;
  const columnGap = gapOf(columns);
  let { lengths, stagger } = divide(columns, spine - 200 / slope, options);
  const reachesAt = () =>
    sides.map((side) =>
      greatest(
        side.map((branch, j) => reachOf(branch, lengths[j] ?? 0, options)),
        0,
      ),
    );
  for (let pass = 0; pass < 2; pass++) {
    ({ lengths, stagger } = divide(columns, spine - greatest(reachesAt()) / slope, options));
  }
  if (lengths.some((length, j) => length < narrowest(columns[j] ?? [], options))) return null;

  const reaches = reachesAt();
  const labelHeights = sides.map((side) =>
    greatest(
      side.map((b) => labelOf(b, options).height),
      0,
    ),
  );
  const spineY = Math.max((reaches[0] ?? 0) + (labelHeights[0] ?? 0) + 2, headWidth / 2);
  const height = spineY + Math.max(headWidth / 2, (reaches[1] ?? 0) + (labelHeights[1] ?? 0) + 2);
  const placed = new Map<string, PlacedBranch>();
  sides.forEach((side, i) => {
    let joint = headX - 16 - (i === 0 ? stagger : 0);
    for (let j = columns.length - 1; j >= 0; j--) {
      const branch = side[j];
      const length = lengths[j] ?? 0;
      if (branch) {
        const at = { joint, length, above: i === 0, spineY, reach: reaches[i] ?? 0 };
        placed.set(branch.id, place(branch, at, options));
      }
      joint -= length + columnGap;
    }
  });
  return {
    width: options.width,
    height: Math.ceil(height),
    spineY,
    tailX,
    headX,
    headWidth,
    branches: branches.flatMap(({ id }) => placed.get(id) ?? []),
  };
}

/**
 * Divides the spine among columns of one branch above and one below, and the step between the two: each column
 * gets what its bones need; of what is left a third moves the lower branches on, up to half a column.
 */
function divide(columns: readonly BranchText[][], available: number, options: LayoutOptions) {
  const needs = columns.map((column) => greatest(column.map((branch) => needOf(branch, options))));
  const spare = available - needs.reduce((sum, need) => sum + need + gapOf(columns), 0);
  const half = needs.reduce((sum, need) => sum + need, 0) / Math.max(1, needs.length) / 2;
  const stagger = Math.max(28, Math.min(spare / 3, half));
  const each = (spare - stagger) / Math.max(1, columns.length);
  return { lengths: needs.map((need) => Math.min(need + each, 440)), stagger };
}

/** Between a bone and the branch behind it, whose slant comes nearer with each line below the bone. */
function gapOf(columns: readonly BranchText[][]): number {
  const hasDetails = columns.flat().some(({ bones }) => bones.some(({ detail }) => detail));
  return hasDetails ? 40 : 22;
}

function needOf({ bones }: BranchText, options: LayoutOptions): number {
  const { measure } = options;
  const names = bones.map(
    ({ name }) => Math.min(measure(name, boneFont.name, true), 190) + besideName(options) + 2,
  );
  return greatest([...names, ...rowWidths(bones, measure)]);
}

/** What a name leaves of its bone: the spark line, or the slant of the branch over lines that reach up to it. */
const besideName = ({ spark = 64 }: LayoutOptions) => (spark > 0 ? spark + 24 : 36);

/** The least a column may have: its longest row below a bone, or half a name beside the spark line. */
function narrowest(column: readonly BranchText[], { measure }: LayoutOptions): number {
  return greatest(
    column.flatMap(({ bones }) => rowWidths(bones, measure)),
    150,
  );
}

function rowWidths(bones: readonly BoneText[], measure: Measure): number[] {
  return bones.map(({ row }) => measure(row, boneFont.row, true) + 26);
}

function linesOf({ name }: BoneText, length: number, options: LayoutOptions): string[] {
  return wrapText(name, length - besideName(options), { ...options, size: boneFont.name, bold: true });
}

function detailOf({ detail = "" }: BoneText, length: number, options: LayoutOptions): string[] {
  return wrapText(detail, length - 44, { ...options, size: boneFont.detail });
}

/** How far from the spine a branch with these bones ends. */
function reachOf(branch: BranchText, length: number, options: LayoutOptions): number {
  const heights = branch.bones.map(
    (bone) =>
      nameHeight(linesOf(bone, length, options)) +
      rowBelow +
      detailOf(bone, length, options).length * detailHeight,
  );
  return spineGap + heights.reduce((sum, height) => sum + height + boneGap, 0) + 6;
}

const nameHeight = (lines: readonly string[]) => Math.max(lines.length * boneFont.lineHeight, 18) + 4;

function labelOf({ label }: BranchText, { language, measure }: LayoutOptions) {
  const lines = wrapText(label, 200, { size: boneFont.label, bold: true, language, measure });
  const width = greatest(lines.map((line) => measure(line, boneFont.label, true))) + 24;
  return { lines, width, height: lines.length * 20 + 10 };
}

interface Place {
  joint: number;
  length: number;
  above: boolean;
  spineY: number;
  reach: number;
}

function place(branch: BranchText, at: Place, options: LayoutOptions): PlacedBranch {
  const { joint, length, above, spineY, reach } = at;
  const { spark = 64 } = options;
  const sign = above ? -1 : 1;
  const xAt = (y: number) => joint - Math.abs(spineY - y) / slope;
  const outerY = spineY + sign * reach;
  const label = labelOf(branch, options);
  const bones: PlacedBone[] = [];
  let top = above ? outerY + 8 : spineY + spineGap - 14;
  for (const bone of branch.bones) {
    const lines = linesOf(bone, length, options);
    const detail = detailOf(bone, length, options);
    const y = top + nameHeight(lines);
    const right = xAt(y);
    const left = right - length;
    const crossing = above ? xAt(y - 20) : xAt(y);
    bones.push({ id: bone.id, lines, left, right, y, sparkX: crossing - spark - 8, detail });
    top = y + rowBelow + detail.length * detailHeight + boneGap;
  }
  const x = Math.max(label.width / 2, xAt(outerY));
  return {
    id: branch.id,
    above,
    labelLines: label.lines,
    label: {
      x: x - label.width / 2,
      y: above ? outerY - label.height : outerY,
      width: label.width,
      height: label.height,
    },
    line: { x1: xAt(outerY), y1: outerY, x2: joint, y2: spineY },
    bones,
  };
}
