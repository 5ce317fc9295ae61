import type { DuckDBConnection } from "@duckdb/node-api";
import type {
  Cause,
  ClosedFigure,
  ClosedPeriod,
  ClosedPeriods,
  RestatedCases,
  Restatement,
} from "../../published/closedTypes.js";
import type { Closing } from "../../warehouse/closings.js";

/** A restatement with whether the site hid the figure when it was closed. */
export type FoundRestatement = Restatement & { is_hidden: boolean };

/** What the build of a warehouse found of one closed period. */
export type FoundPeriod = Omit<ClosedPeriod, "restatements"> & {
  restatements: FoundRestatement[];
  min_cell: number;
};

/** What the build of a warehouse found of closed periods, oldest closing first. */
export async function readClosedPeriods(
  db: DuckDBConnection,
): Promise<Pick<ClosedPeriods, "of_other_data"> & { periods: FoundPeriod[] }> {
  const rows = await objectsOf(db, "select * from config.closed_periods order by number");
  const restatements = await objectsOf(
    db,
    "select * from config.restatements order by number, dimension nulls first, what, id, member",
  );
  const cases = await objectsOf(db, "select * from config.restated_cases order by number, id");
  const entryOf = (row: Row) =>
    JSON.parse(String(row.entry)) as Omit<Closing, "marks" | "definitions" | "cases">;
  const isOwn = (row: Row) => row.is_same_company === true;
  return {
    periods: rows.filter(isOwn).map((row) => {
      const { number, period, grain, start, version, closed_at, build_id, not_final, min_cell } =
        entryOf(row);
      const own = restatements.filter((each) => each.number === number).map(restatementOf);
      return {
        number,
        period,
        grain,
        start,
        version,
        closed_at,
        build_id,
        min_cell,
        compared: Number(row.compared),
        not_final,
        restated: own.length,
        restatements: own,
        cases: cases.filter((each) => each.number === number).map(casesOf),
      };
    }),
    of_other_data: rows.filter((row) => !isOwn(row)).map((row) => entryOf(row).period),
  };
}

type Row = Record<string, unknown>;

/** Rows as objects. */
export const objectsOf = async (db: DuckDBConnection, sql: string): Promise<Row[]> =>
  (await db.runAndReadAll(sql)).getRowObjectsJson();

const textOf = (value: unknown) => (value === null ? null : String(value));
const numberOf = (value: unknown) => (value === null ? null : Number(value));

/** A figure that differs, as it is written down. */
export function restatementOf(row: Row): FoundRestatement {
  const figure = (of: "old" | "new"): ClosedFigure => ({
    value: numberOf(row[`${of}_value`]),
    numerator: numberOf(row[`${of}_numerator`]),
    denominator: numberOf(row[`${of}_denominator`]),
    n: numberOf(row[`${of}_n`]),
    median: numberOf(row[`${of}_median`]),
    p90: numberOf(row[`${of}_p90`]),
    grade: textOf(row[`${of}_grade`]),
  });
  return {
    what: row.what === "score" ? "score" : "kpi",
    id: String(row.id),
    dimension: textOf(row.dimension),
    member: textOf(row.member),
    old: figure("old"),
    new: figure("new"),
    is_hidden: row.is_hidden === true,
  };
}

/** What is written down of the cases of figures that differ. */
export const casesOf = (row: Row): RestatedCases => ({
  id: String(row.id),
  cause: String(row.cause) as Cause,
  came: numberOf(row.came),
  went: numberOf(row.went),
  changed: numberOf(row.changed),
  key: textOf(row.key) ?? "",
  examples: JSON.parse(textOf(row.examples) ?? "[]"),
});
