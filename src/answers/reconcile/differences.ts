import type { DuckDBConnection } from "@duckdb/node-api";
import {
  type ReconciledDifference,
  type ReconciledReason,
  unexplained,
} from "../../published/reconciliation.js";
import { explanationOf } from "./explanation.js";

/** The order in which reasons are told: that in which they are looked for, what none explains last. */
const order: readonly ReconciledReason[] = [
  "time_zone",
  "other_date",
  "other_period",
  "superseded",
  "repeated",
  "respelt",
  "two_spellings",
  "no_id",
  "other_scope",
  "definition",
  "not_counted",
  "awaiting",
  "immature",
  "rounded",
  "no_value",
  "few",
  "quarantined",
  "left_out",
  "not_extracted",
  ...unexplained,
];

/** The reasons of the temp table `differences`, with what each adds to our figure and ten of its cases. */
export async function readDifferences(
  db: DuckDBConnection,
  effectOf: (added: number, more: number) => number | null,
): Promise<ReconciledDifference[]> {
  const reader = await db.runAndReadAll(
    `select side, reason, detail, cast(count(*) as double) as cases, coalesce(fsum(added), 0) as added,
       cast(sum(more) as double) as more,
       to_json(arg_min({id: id, ours: ours, theirs: theirs, file: refused_file, line: refused_line}, id, 10)) as examples
     from differences group by side, reason, detail order by cases desc, detail`,
  );
  const rows = reader.getRowObjects() as unknown as (Pick<
    ReconciledDifference,
    "side" | "reason" | "detail"
  > & {
    cases: number;
    added: number;
    more: number;
    examples: string;
  })[];
  return rows
    .map(({ side, reason, detail, cases, added, more, examples }) => ({
      side,
      reason,
      detail,
      explanation: explanationOf(reason, detail),
      explained: !unexplained.some((name) => name === reason),
      cases,
      effect: effectOf(added, more),
      examples: JSON.parse(examples) as ReconciledDifference["examples"],
    }))
    .sort((one, other) => order.indexOf(one.reason) - order.indexOf(other.reason));
}
