/** Rows to be judged together: those mapped onto tables, those of them that break the contract, and the lines no table was given. */
export interface Judged {
  rows: number;
  broken: number;
  lines: number;
}

/**
 * The share of rows and lines that break the contract, which is what a limit is held against; null where there are none. Sums of
 * other rows, and rows that a later file has a newer version of, are in the quarantine and break nothing.
 */
export function brokenShare(parts: readonly Judged[]): number | null {
  const sum = (of: keyof Judged) => parts.reduce((total, part) => total + part[of], 0);
  const all = sum("rows") + sum("lines");
  return all > 0 ? (sum("broken") + sum("lines")) / all : null;
}
