import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { InitiativeRow } from "../../catalogue/faults/initiativeFaults.js";
import { isTested } from "../../published/benefitTypes.js";
import { CliError } from "../../run/error.js";
import { currentDefinitions, type Definition, registeredFields } from "../../warehouse/initiativeRegister.js";
import { told } from "../../words/told.js";
import type { Assessment, Registered } from "./initiative.js";

interface Entry {
  definition: Partial<Definition>;
  seen_on: string;
  build_id: string;
}

/** What the register says of each initiative: since when its definition stands, and what it was before. */
export async function readRegister(db: DuckDBConnection): Promise<ReadonlyMap<string, Registered>> {
  const rows = await kept(
    db,
    `select register.initiative_id, register.definition, cast(register.seen_on as varchar), register.build_id,
      coalesce(cast(initiatives.started_on as varchar), json_extract_string(register.definition, '$.started_on'))
    from config.initiative_register as register
    left join staging.initiatives as initiatives on initiatives.initiative_id = register.initiative_id
    order by register.rowid`,
  );
  const entries = new Map<string, Entry[]>();
  const starts = new Map<string, string>();
  for (const [id = "", definition, seen_on = "", build_id = "", start = ""] of rows) {
    const list = entries.get(id) ?? [];
    list.push({ definition: parsed(definitionSchema, definition), seen_on, build_id });
    entries.set(id, list);
    starts.set(id, start);
  }
  return new Map([...entries].map(([id, list]) => [id, registered(list, starts.get(id) ?? "")]));
}

/** Rows of what earlier builds wrote down. */
async function kept(db: DuckDBConnection, sql: string): Promise<string[][]> {
  try {
    return (await db.runAndReadAll(sql)).getRowsJson().map((row) => row.map(String));
  } catch (error) {
    throw unread(error);
  }
}

const unread = (cause: unknown) => new CliError(told("register.unread"), 1, { cause });

/** What a build wrote down as JSON. */
function parsed<T>(schema: z.ZodType<T>, text: string | undefined): T {
  try {
    return schema.parse(JSON.parse(text ?? ""));
  } catch (error) {
    throw unread(error);
  }
}

const definitionSchema = z.partialRecord(z.enum(registeredFields), z.string().nullable());

const text = z.string().nullable();
const days = z.string().regex(/^\d{1,4}$/);
/** What a verdict was given on. */
const decidedSchema = z.looseObject({
  kpi_id: z.string(),
  scope_dimension: text,
  scope_value: text,
  started_on: z.iso.date(),
  baseline_days: days,
  follow_up_days: days,
  lag_days: days,
  expected_change: text,
});

const figure = z.number().nullable();
const windowSchema = z.looseObject({
  start: z.iso.date(),
  end: z.iso.date(),
  value: figure,
  numerator: figure,
  denominator: figure,
  n: figure,
});
/** Of a verdict that was kept, what it is told by. */
const assessmentSchema = z.looseObject({
  initiative_id: z.string(),
  kpi_id: z.string(),
  scope: z.record(z.string(), z.string()),
  started_on: z.iso.date(),
  verdict: z.string(),
  baseline: windowSchema,
  follow_up: windowSchema,
  ...Object.fromEntries(
    ["delta", "low", "high", "relative", "p", "q", "expected", "cost", "value_per_unit"].map((name) => [
      name,
      figure,
    ]),
  ),
  ...Object.fromEntries(
    ["value_money", "value_money_low", "value_money_high", "return", "return_low", "return_high"].map(
      (name) => [name, figure],
    ),
  ),
}) as unknown as z.ZodType<Assessment>;

/**
 * Leaves out what cannot be read of what earlier builds wrote down.
 * @returns the ids of its initiatives
 */
export async function dropUnreadable(db: DuckDBConnection): Promise<string[]> {
  const ids = new Set<string>();
  for (const [table, column, schema] of [
    ["initiative_register", "definition", definitionSchema],
    ["initiative_verdicts", "assessment", assessmentSchema],
    ["initiative_verdicts", "definition", decidedSchema],
  ] as const) {
    const rows = await kept(db, `select rowid, initiative_id, ${column} from config.${table} order by rowid`);
    for (const [row, id = "", text] of rows) {
      try {
        parsed<unknown>(schema, text);
      } catch {
        await db.run(`delete from config.${table} where rowid = ${row}`);
        ids.add(id);
      }
    }
  }
  return [...ids].sort();
}

function registered(entries: readonly Entry[], startedOn: string): Registered {
  const first = entries[0];
  const changes = entries.slice(1).flatMap(({ definition: now, seen_on, build_id }, at) => {
    const old = entries[at]?.definition ?? {};
    // What is set right before it begins is no change of what is assessed, whichever start holds.
    const starts = [old.started_on, now.started_on, startedOn];
    if (!starts.some((start) => start != null && seen_on > start)) return [];
    return registeredFields
      .filter((field) => field in old && old[field] !== now[field])
      .map((field) => ({
        on: seen_on,
        build_id,
        field,
        old: old[field] ?? null,
        new: now[field] ?? null,
      }));
  });
  const [earliest = startedOn] = [startedOn, first?.definition.started_on ?? startedOn].sort();
  const is_late = (first?.seen_on ?? "") > earliest;
  return {
    first_seen: first?.seen_on ?? "",
    is_late,
    late_for: is_late ? earliest : null,
    changed: changes,
  };
}

/** A verdict that a build gave once and for all. */
export interface Kept {
  assessment: Assessment;
  decided_on: string;
  build_id: string;
  /** Whether the initiative has been defined anew since. */
  isRedefined: boolean;
}

/**
 * The verdicts of a test that were given, by id, of each initiative the first, however it was defined anew since: what was
 * too little, or could not be tested, is asked anew.
 */
export async function readVerdicts(db: DuckDBConnection): Promise<ReadonlyMap<string, Kept>> {
  const rows = await kept(
    db,
    `select verdicts.initiative_id, verdicts.assessment, cast(verdicts.decided_on as varchar), verdicts.build_id,
      coalesce(found.definition <> verdicts.definition, false)
    from config.initiative_verdicts as verdicts
    left join (${currentDefinitions}) as found on found.initiative_id = verdicts.initiative_id
    order by verdicts.rowid desc`,
  );
  return new Map(
    rows
      .map(([id = "", text, decided_on = "", build_id = "", isRedefined]): [string, Kept] => [
        id,
        {
          assessment: parsed(assessmentSchema, text),
          decided_on,
          build_id,
          isRedefined: isRedefined === "true",
        },
      ])
      .filter(([, { assessment }]) => isTested(assessment.verdict)),
  );
}

/** Initiatives as they were when they were given their verdict, by id. */
export async function readDecidedRows(
  db: DuckDBConnection,
): Promise<ReadonlyMap<string, { row: InitiativeRow; isRedefined: boolean }>> {
  const verdicts = await readVerdicts(db);
  const rows = await kept(
    db,
    "select initiative_id, definition from config.initiative_verdicts order by rowid desc",
  );
  const found = new Map<string, { row: InitiativeRow; isRedefined: boolean }>();
  for (const [id = "", json] of rows) {
    const verdict = verdicts.get(id);
    if (!verdict) continue;
    const definition = parsed(decidedSchema, json);
    const { name, name_en = null, cost, value_per_unit } = verdict.assessment;
    const { kpi_id, started_on, scope_dimension, scope_value } = definition;
    const row: InitiativeRow = {
      initiative_id: id,
      name,
      name_en,
      started_on,
      kpi_id,
      scope_dimension,
      scope_value,
      expected_change: definition.expected_change === null ? null : Number(definition.expected_change),
      baseline_days: Number(definition.baseline_days),
      follow_up_days: Number(definition.follow_up_days),
      lag_days: Number(definition.lag_days),
      cost,
      value_per_unit,
    };
    found.set(id, { row, isRedefined: verdict.isRedefined });
  }
  return found;
}

/** Writes down the verdicts of initiatives that are over, of each the first time. */
export async function writeVerdicts(
  db: DuckDBConnection,
  assessments: readonly Assessment[],
  { buildId, day }: { buildId: string; day: string },
): Promise<void> {
  for (const assessment of assessments) {
    await db.run(
      `insert into config.initiative_verdicts
       select initiative_id, definition, $1, cast($2 as date), $3 from (${currentDefinitions}) as found
       where initiative_id = $4`,
      [JSON.stringify(assessment), day, buildId, assessment.initiative_id],
    );
  }
}
