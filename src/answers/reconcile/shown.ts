import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { grains } from "../../kpi/periods.js";
import type { Reconciliation, ShownReconciliation } from "../../published/reconciliation.js";
import { CliError } from "../../run/error.js";
import { machineFailure } from "../../run/machineFailure.js";
import { beside } from "../../warehouse/beside.js";
import { areFound, readMarks } from "../../warehouse/companyMarks.js";
import { replaceText } from "../../warehouse/swap.js";
import { told } from "../../words/told.js";
import { isOfNobody } from "../closed/cases.js";

const number = z.number().nullable();
const text = z.string().nullable();
const shownSchema = z.array(
  z.strictObject({
    made_on: z.iso.date(),
    /** Ids by which later data are known to be the same company's, as digests. */
    salt: z.string(),
    marks: z.record(z.string(), z.array(z.string())),
    result: z.object({
      kpi_id: z.string(),
      grain: z.enum(grains),
      period_start: z.iso.date(),
      period_end: z.iso.date(),
      where: z.array(z.object({ dimension: z.string(), value: z.string() })),
      ...{ build_id: z.string(), as_of_on: z.iso.date(), file: text, id_column: text, value_column: text },
      ...{ key: z.array(z.string()), time_zone: z.string(), their_time_zone: text },
      ...{ measure: z.enum(["cases", "value"]), ours: number, theirs: number, value: number, cases: number },
      ...{ alike: number, matched_by_spelling: z.number(), refused_lines: z.number() },
      // Those kept before had none of them.
      ...{ value_row: text.default(null), year_assumed: z.boolean().default(false) },
      ...{ total_rows: z.number().default(0), their_scale: z.number().default(1) },
      differences: z.array(
        z.object({
          ...{ side: z.enum(["theirs", "ours", "both"]), reason: z.string(), detail: text },
          // One kept before had none.
          explanation: z.object({ "zh-CN": z.string(), en: z.string() }).nullable().default(null),
          ...{ explained: z.boolean(), cases: z.number(), effect: number },
          examples: z.array(
            z.object({ id: z.string(), ours: number, theirs: number, file: text, line: number }),
          ),
        }),
      ),
      rest: z.object({ cases: z.number(), effect: number }),
    }),
  }),
);
type Kept = Omit<z.infer<typeof shownSchema>[number], "result"> & { result: Reconciliation };

const fileOf = (warehouse: string) => beside(warehouse, "reconciled.json");

/** @throws CliError 1 where the file is damaged */
function read(warehouse: string): Kept[] {
  const path = fileOf(warehouse);
  try {
    return shownSchema.parse(JSON.parse(readFileSync(path, "utf8"))) as Kept[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw machineFailure(error) ?? new CliError(told("reconcile.damaged", { path }), 1, { cause: error });
  }
}

function write(warehouse: string, kept: readonly Kept[]): void {
  replaceText(fileOf(warehouse), `${JSON.stringify(kept, null, 1)}\n`);
}

const isOf =
  ({ kpi_id, grain, period_start }: Pick<Reconciliation, "kpi_id" | "grain" | "period_start">) =>
  ({ result }: Kept) =>
    result.kpi_id === kpi_id && result.grain === grain && result.period_start === period_start;

/** Reasons of which an id is whatever their list has, and not a case of ours. */
const ofTheirIds = ["not_extracted", "left_out", "no_id", "quarantined"];

/** What is kept names nobody: without ids of persons, and those that only their list has. */
function withoutIds(result: Reconciliation): Reconciliation {
  const columns = result.key.map((name) => name.split(".").at(-1) ?? "");
  const isShown = columns.length > 0 && isOfNobody(columns);
  const differences = result.differences.map((difference) => ({
    ...difference,
    examples: isShown && !ofTheirIds.includes(difference.reason) ? difference.examples : [],
  }));
  return { ...result, differences };
}

/** Keeps a reconciliation beside the warehouse for the site to show, in the place of an earlier one of the KPI and period. */
export async function showReconciliation(
  db: DuckDBConnection,
  warehouse: string,
  result: Reconciliation,
  now: Date,
): Promise<void> {
  const salt = randomBytes(16).toString("hex");
  const kept: Kept = {
    made_on: now.toISOString().slice(0, 10),
    salt,
    marks: await readMarks(db, salt),
    result: withoutIds(result),
  };
  write(warehouse, [...read(warehouse).filter((each) => !isOf(result)(each)), kept]);
}

/**
 * Takes one away again.
 * @returns whether there was one
 */
export function hideReconciliation(
  warehouse: string,
  of: Pick<Reconciliation, "kpi_id" | "grain" | "period_start">,
): boolean {
  const all = read(warehouse);
  const others = all.filter((each) => !isOf(of)(each));
  if (others.length === all.length) return false;
  write(warehouse, others);
  return true;
}

/** Those that were asked to be shown and are of the warehouse's company, the newest period first. */
export async function shownReconciliations(
  db: DuckDBConnection,
  warehouse: string,
): Promise<ShownReconciliation[]> {
  const own: ShownReconciliation[] = [];
  for (const { made_on, salt, marks, result } of read(warehouse))
    if (await areFound(db, marks, salt)) own.push({ ...result, made_on });
  return own.sort(
    (one, other) => other.period_end.localeCompare(one.period_end) || one.kpi_id.localeCompare(other.kpi_id),
  );
}
