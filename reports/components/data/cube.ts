import { type Batch, type Column, tableFromIPC } from "@uwdata/flechette";

import type { Components } from "../../src/kpi/value.js";

/** A published table, with its words as codes so that filters compare numbers. */
export interface Cube {
  length: number;
  words: Map<string, { codes: ArrayLike<number>; words: string[] }>;
  numbers: Map<string, ArrayLike<number>>;
}

/** Reads a published Arrow table once into plain columns. Nulls are NaN in numbers and code −1 in words. */
export function readCube(bytes: ArrayBuffer | Uint8Array): Cube {
  const table = tableFromIPC(bytes);
  const cube: Cube = { length: table.numRows, words: new Map(), numbers: new Map() };
  for (const [index, { name }] of table.schema.fields.entries()) {
    const column = table.getChildAt(index);
    const batch = column.data[0] as (Batch<unknown> & { dictionary?: Column<string> }) | undefined;
    if (!batch) continue;
    const values = batch.values as ArrayLike<number>;
    if (batch.dictionary) {
      const codes = filled(batch, values, Int32Array, -1);
      cube.words.set(name, { codes, words: [...batch.dictionary] as string[] });
    } else cube.numbers.set(name, filled(batch, values, Float64Array, Number.NaN));
  }
  return cube;
}

/** The values as they are where there is no null, else a copy with what stands for it. */
function filled(
  batch: Batch<unknown>,
  values: ArrayLike<number>,
  type: typeof Int32Array | typeof Float64Array,
  none: number,
): ArrayLike<number> {
  if (batch.nullCount === 0) return values;
  const copy = new type(batch.length);
  for (let row = 0; row < copy.length; row++) copy[row] = batch.isValid(row) ? (values[row] ?? none) : none;
  return copy;
}

/** Group → what its cases add up to; null where that is not shown. */
export type Cells = Map<string, Components | null>;

/** The columns of words that are no dimension: every row fills them. */
const always = new Set(["kpi_id", "role", "grain", "period_start", "by", "value"]);

/**
 * Adds up the rows that match `where`, a group for each combination of the `by` columns. The key of a group is
 * its words joined by the unit separator; a group with a hidden row is hidden. Every combination of the dimensions has
 * rows of its own, in which the other dimensions are null: read are the rows of exactly the dimensions asked for.
 *
 * @param where column → accepted words; a column the cube lacks matches nothing
 */
export function sumCube(
  cube: Cube,
  where: Readonly<Record<string, readonly string[]>>,
  by: readonly string[],
): Cells {
  return new Map(sumsOf(cube, where, by).map(({ words, cell }) => [words.join(separator), cell]));
}

/** The same, with the words of each group. */
export function sumsOf(
  cube: Cube,
  where: Readonly<Record<string, readonly string[]>>,
  by: readonly string[],
): { words: string[]; cell: Components | null }[] {
  const tests = Object.entries(where).map(([name, accepted]) => {
    const column = cube.words.get(name);
    return {
      codes: column?.codes ?? [],
      accepts: (column?.words ?? []).map((word) => accepted.includes(word)),
    };
  });
  const keys = by.map((name) => {
    const { codes, words } = cube.words.get(name) ?? { codes: [], words: [] };
    // A null is told as an empty word is.
    return { codes, words, none: words.indexOf(""), size: words.length + 1 };
  });
  const groups = new Map<number, { words: string[]; cell: Components | null }>();
  const numerator = cube.numbers.get("numerator") ?? [];
  const denominator = cube.numbers.get("denominator") ?? [];
  const n = cube.numbers.get("n") ?? [];
  const sumSq = cube.numbers.get("sum_sq") ?? [];
  const awaiting = cube.numbers.get("awaiting") ?? [];
  const hidden = cube.numbers.get("hidden") ?? [];
  for (const row of rowsOf(cube, where, by)) {
    if (!tests.every(({ codes, accepts }) => accepts[codes[row] ?? -1] === true)) continue;
    let key = 0;
    for (const { codes, none, size } of keys) {
      const code = codes[row] ?? -1;
      key = key * size + (code < 0 ? none : code) + 1;
    }
    let group = groups.get(key);
    if (!group) {
      const words = keys.map(({ codes, words }) => words[codes[row] ?? -1] ?? "");
      group = { words, cell: { numerator: 0, denominator: 0, n: 0, sumSq: 0, awaiting: 0 } };
      groups.set(key, group);
    }
    const { cell } = group;
    if (cell === null) continue;
    if (hidden[row]) {
      group.cell = null;
      continue;
    }
    cell.numerator += numerator[row] ?? 0;
    cell.denominator += denominator[row] ?? 0;
    cell.n += n[row] ?? 0;
    cell.sumSq += sumSq[row] ?? 0;
    cell.awaiting += awaiting[row] ?? 0;
  }
  return [...groups.values()];
}

/** The rows of a table that have the same dimensions filled, and of them those of each KPI. */
interface Rows {
  all: number[];
  ofKpi: Map<number, number[]>;
}

/** Which rows a question reads of a table: those of exactly its dimensions, and of its KPI where it is about one. */
function rowsOf(
  { length, words }: Cube,
  where: Readonly<Record<string, readonly string[]>>,
  by: readonly string[],
): readonly number[] {
  const known = tables.get(words) ?? sorted(words, length);
  tables.set(words, known);
  // Which dimensions are filled, as a sum of powers of two.
  const wanted = dimensionsOf(words).reduce(
    (sum, [name], at) => sum + (name in where || by.includes(name) ? 2 ** at : 0),
    0,
  );
  const kpi = words.get("kpi_id");
  const [id, ...others] = where.kpi_id ?? [];
  const rows = known.get(wanted);
  if (id === undefined || others.length > 0 || !kpi) return rows?.all ?? [];
  return rows?.ofKpi.get(kpi.words.indexOf(id)) ?? [];
}

/** Tables are asked again and again. They are known by their words, which the numbers of another side share. */
const tables = new WeakMap<Cube["words"], Map<number, Rows>>();

function sorted(words: Cube["words"], length: number): Map<number, Rows> {
  const shape = new Float64Array(length);
  for (const [at, [, { codes }]] of dimensionsOf(words).entries()) {
    for (let row = 0; row < length; row++)
      if ((codes[row] ?? -1) >= 0) shape[row] = (shape[row] ?? 0) + 2 ** at;
  }
  const shapes = new Map<number, Rows>();
  const kpi = words.get("kpi_id")?.codes ?? [];
  for (let row = 0; row < length; row++) {
    const own = shape[row] ?? 0;
    let rows = shapes.get(own);
    if (!rows) {
      rows = { all: [], ofKpi: new Map() };
      shapes.set(own, rows);
    }
    rows.all.push(row);
    const ofKpi = rows.ofKpi.get(kpi[row] ?? -1);
    if (ofKpi) ofKpi.push(row);
    else rows.ofKpi.set(kpi[row] ?? -1, [row]);
  }
  return shapes;
}

const dimensionsOf = (words: Cube["words"]) => [...words].filter(([name]) => !always.has(name));

export const separator = "\u001f";
