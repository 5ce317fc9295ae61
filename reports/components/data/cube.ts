import type { Table } from "apache-arrow";

import type { Components } from "../../src/kpi/value.js";

/** A published table, with its words as codes so that filters compare numbers. */
export interface Cube {
  length: number;
  words: Map<string, { codes: ArrayLike<number>; words: string[] }>;
  numbers: Map<string, ArrayLike<number>>;
}

/** Reads a published Arrow table once into plain columns. Nulls are NaN in numbers and code −1 in words. */
export function readCube(table: Table): Cube {
  const cube: Cube = { length: table.numRows, words: new Map(), numbers: new Map() };
  for (const { name } of table.schema.fields) {
    const vector = table.getChild(name);
    if (!vector) continue;
    const [data] = vector.data;
    const dictionary = data?.dictionary;
    if (data && dictionary) {
      const known: ArrayLike<number> = data.values;
      const codes =
        vector.nullCount === 0
          ? known
          : Int32Array.from(known, (code, row) => (data.getValid(row) ? code : -1));
      cube.words.set(name, { codes, words: [...dictionary] as string[] });
    } else if (vector.nullCount === 0) {
      cube.numbers.set(name, vector.toArray());
    } else {
      cube.numbers.set(
        name,
        Float64Array.from(vector, (value) => value ?? Number.NaN),
      );
    }
  }
  return cube;
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
  const tests = Object.entries(where).map(([name, accepted]) => {
    const column = cube.words.get(name);
    return {
      codes: column?.codes ?? [],
      accepts: (column?.words ?? []).map((word) => accepted.includes(word)),
    };
  });
  const keys = by.map((name) => cube.words.get(name) ?? { codes: [], words: [] });
  const splits = [...cube.words]
    .filter(([name]) => !always.has(name))
    .map(([name, { codes }]) => ({ codes, filled: name in where || by.includes(name) }));
  const groups: Cells = new Map();
  const numerator = cube.numbers.get("numerator") ?? [];
  const denominator = cube.numbers.get("denominator") ?? [];
  const n = cube.numbers.get("n") ?? [];
  const sumSq = cube.numbers.get("sum_sq") ?? [];
  const awaiting = cube.numbers.get("awaiting") ?? [];
  const hidden = cube.numbers.get("hidden") ?? [];
  for (let row = 0; row < cube.length; row++) {
    if (!splits.every(({ codes, filled }) => filled === (codes[row] ?? -1) >= 0)) continue;
    if (!tests.every(({ codes, accepts }) => accepts[codes[row] ?? -1] === true)) continue;
    const key = keys.map(({ codes, words }) => words[codes[row] ?? -1] ?? "").join(separator);
    let group = groups.get(key);
    if (group === null) continue;
    if (hidden[row]) {
      groups.set(key, null);
      continue;
    }
    if (!group) {
      group = { numerator: 0, denominator: 0, n: 0, sumSq: 0, awaiting: 0 };
      groups.set(key, group);
    }
    group.numerator += numerator[row] ?? 0;
    group.denominator += denominator[row] ?? 0;
    group.n += n[row] ?? 0;
    group.sumSq += sumSq[row] ?? 0;
    group.awaiting += awaiting[row] ?? 0;
  }
  return groups;
}

export const separator = "\u001f";
