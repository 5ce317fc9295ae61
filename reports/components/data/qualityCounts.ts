import { brokenShare } from "../../src/contract/brokenShare.js";
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

/** The share of some tables' rows and lines that broke the contract, of one table as its limit judges it; null where there are none. */
export function shareOfTables(tables: readonly TableCount[]): number | null {
  const share = brokenShare(
    tables.map((one) => ({
      rows: one.rows_mapped,
      broken: one.quarantined - one.subtotals - one.replaced,
      lines: one.lines_rejected,
    })),
  );
  const [only, ...others] = tables;
  return share !== null && only && others.length === 0 ? only.quarantine_share : share;
}

/** The rows read of the extracts, those in the quarantine that break nothing, and the share that broke the contract. */
export function readOf(quality: Pick<Quality, "files" | "tables">) {
  const { files, tables } = ofExtracts(quality);
  const subtotals = sumOf(tables.map((one) => one.subtotals));
  const replaced = sumOf(tables.map((one) => one.replaced));
  const rows = sumOf(files.map(({ rows_read }) => rows_read));
  const refused =
    sumOf(files.map(({ lines_rejected }) => lines_rejected)) +
    sumOf(tables.map(({ quarantined }) => quarantined)) -
    subtotals -
    replaced;
  return { files: files.length, rows, subtotals, replaced, refused, share: rows > 0 ? refused / rows : 0 };
}
