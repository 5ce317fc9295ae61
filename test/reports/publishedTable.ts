import type { Cube } from "../../reports/components/data/cube.js";

/** A published table as pages read it: numbers, and words of which null is none. */
export function publishedTable(rows: readonly Record<string, string | number | null>[]): Cube {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const isNumber = (name: string) => rows.some((row) => typeof row[name] === "number");
  const wordsOf = (name: string) => {
    const words = [...new Set(rows.flatMap((row) => (row[name] == null ? [] : String(row[name]))))];
    return { words, codes: rows.map((row) => words.indexOf(String(row[name] ?? ""))) };
  };
  return {
    length: rows.length,
    words: new Map(names.filter((name) => !isNumber(name)).map((name) => [name, wordsOf(name)])),
    numbers: new Map(
      names.filter(isNumber).map((name) => [name, rows.map((row) => Number(row[name] ?? Number.NaN))]),
    ),
  };
}
