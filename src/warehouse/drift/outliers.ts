import type { NullsFinding, VolumeFinding } from "../../published/drift.js";
import { unusual } from "../../statistics/outlying.js";
import type { KnownBuild } from "./history.js";
import type { Measured } from "./measure.js";

/** From so many earlier builds of a table on it is said what is usual of it. */
export const neededBuilds = 8;

/** A change that counts at all: of the rows of the build before, and of the cells of a column. */
const leastOfRows = 0.01;
const leastOfCells = 0.01;

/** What was found, before it is known whether it stops the build; only what is new since the build before may. */
export type Unblocked<Finding> = Omit<Finding, "blocks"> & { isNew: boolean };

/** Tables that gained another number of rows since the build before than they usually do. */
export function volumeFindings(
  measured: readonly Measured[],
  known: readonly KnownBuild[],
): Unblocked<VolumeFinding>[] {
  const last = known.at(-1)?.tables;
  const gone = [...(last?.keys() ?? [])].filter((table) => !measured.some((one) => one.table === table));
  const now = [
    ...measured.map(({ table, sources, loaded }) => ({ table: String(table), sources, loaded })),
    ...gone.map((table) => ({ table, sources: [], loaded: 0 })),
  ];
  return now.flatMap(({ table, sources, loaded }) => {
    const before = last?.get(table)?.loaded;
    const builds = known.filter(({ tables }) => tables.has(table)).length;
    if (before === undefined || builds < neededBuilds) return [];
    const gains = known.flatMap(({ tables }, at) => {
      const [one, other] = [known[at - 1]?.tables.get(table)?.loaded, tables.get(table)?.loaded];
      return one === undefined || other === undefined ? [] : [other - one];
    });
    const gained = loaded - before;
    const found = unusual(gained, gains, leastOfRows * before);
    return found ? [{ kind: "volume" as const, sources, table, gained, ...found, builds, isNew: true }] : [];
  });
}

/** Columns of which another share of cells is empty than usually; new where it is another than in the build before, too. */
export function nullsFindings(
  measured: readonly Measured[],
  known: readonly KnownBuild[],
): Unblocked<NullsFinding>[] {
  return measured.flatMap(({ table, sources, nullShares }) =>
    Object.entries(nullShares).flatMap(([column, share]) => {
      const earlier = known.flatMap(({ tables }) => tables.get(table)?.nullShares[column] ?? []);
      if (earlier.length < neededBuilds) return [];
      const found = unusual(share, earlier, leastOfCells);
      if (!found) return [];
      const isNew = Math.abs(share - (earlier.at(-1) ?? 0)) >= leastOfCells;
      return [
        { kind: "nulls" as const, sources, table, column, share, ...found, builds: earlier.length, isNew },
      ];
    }),
  );
}
