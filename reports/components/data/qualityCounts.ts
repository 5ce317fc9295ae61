import type { Quality, TableCount } from "../../src/published/quality.js";

/** The source of what the catalogue's folder holds: targets, weights and what else is set, or shipped. */
const catalogueSource = "catalog";

/** Whether a file or table is not the catalogue's alone. */
export const isOfExtracts = ({ source }: { source: string }) => source !== catalogueSource;

/** The files and tables of the extracts alone, without those of the catalogue. */
export function ofExtracts<Q extends Pick<Quality, "files" | "tables">>(quality: Q): Q {
  return {
    ...quality,
    files: quality.files.filter(isOfExtracts),
    tables: quality.tables.filter(isOfExtracts),
  };
}

const sumOf = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

/** Rows of some tables that are sums of others: quarantined, and no breach. */
function subtotalsOf(tables: readonly { table_name: string }[], reasons: Quality["reasons"]): number {
  const names = new Set(tables.map(({ table_name }) => table_name));
  return sumOf(
    reasons
      .filter(({ rule, table_name }) => rule === "subtotal" && names.has(table_name))
      .map(({ count }) => count),
  );
}

/** The share of the rows mapped onto some tables that broke the contract; null where none were. */
export function brokenShare(tables: readonly TableCount[], reasons: Quality["reasons"]): number | null {
  const mapped = sumOf(tables.map(({ rows_mapped }) => rows_mapped));
  const quarantined = sumOf(tables.map((one) => one.quarantined));
  return mapped > 0 ? (quarantined - subtotalsOf(tables, reasons)) / mapped : null;
}

/** The rows read of the extracts, those of them that are sums of others, and the share that broke the contract. */
export function readOf(quality: Pick<Quality, "files" | "tables" | "reasons">) {
  const { files, tables } = ofExtracts(quality);
  const subtotals = subtotalsOf(tables, quality.reasons);
  const rows = sumOf(files.map(({ rows_read }) => rows_read));
  const refused =
    sumOf(files.map(({ lines_rejected }) => lines_rejected)) +
    sumOf(tables.map(({ quarantined }) => quarantined)) -
    subtotals;
  return { files: files.length, rows, subtotals, refused, share: rows > 0 ? refused / rows : 0 };
}
