import type { DuckDBConnection } from "@duckdb/node-api";
import { currentDefinitions, type Definition, definingFields } from "../../warehouse/initiativeRegister.js";
import type { Assessment, Registered } from "./initiative.js";

interface Entry {
  definition: string;
  seen_on: string;
  build_id: string;
}

/** What the register says of each initiative: since when its definition stands, and what it was before. */
export async function readRegister(db: DuckDBConnection): Promise<ReadonlyMap<string, Registered>> {
  const reader = await db.runAndReadAll(`
    select register.initiative_id, register.definition, cast(register.seen_on as varchar), register.build_id,
      cast(initiatives.started_on as varchar)
    from config.initiative_register as register
    inner join staging.initiatives as initiatives on initiatives.initiative_id = register.initiative_id
    order by register.rowid`);
  const entries = new Map<string, Entry[]>();
  const starts = new Map<string, string>();
  for (const [id, definition, seen_on, build_id, start] of reader
    .getRowsJson()
    .map((row) => row.map(String))) {
    const list = entries.get(id ?? "") ?? [];
    list.push({ definition: definition ?? "", seen_on: seen_on ?? "", build_id: build_id ?? "" });
    entries.set(id ?? "", list);
    starts.set(id ?? "", start ?? "");
  }
  return new Map([...entries].map(([id, list]) => [id, registered(list, starts.get(id) ?? "")]));
}

function registered(entries: readonly Entry[], startedOn: string): Registered {
  const [first] = entries;
  const changes = entries.slice(1).flatMap(({ definition, seen_on, build_id }, at) => {
    const [old, now] = [entries[at]?.definition ?? "{}", definition].map(
      (text) => JSON.parse(text) as Definition,
    );
    return definingFields
      .filter((field) => old?.[field] !== now?.[field])
      .map((field) => ({
        on: seen_on,
        build_id,
        field,
        old: old?.[field] ?? null,
        new: now?.[field] ?? null,
      }));
  });
  return {
    first_seen: first?.seen_on ?? "",
    is_late: (first?.seen_on ?? "") > startedOn,
    // What is set right before it begins is no change of what is assessed.
    changed: changes.filter(({ on }) => on > startedOn),
  };
}

/** A verdict that a build gave once and for all. */
export interface Kept {
  assessment: Assessment;
  decided_on: string;
  build_id: string;
}

/** The verdicts that hold for the initiatives as they are defined now, by id. */
export async function readVerdicts(db: DuckDBConnection): Promise<ReadonlyMap<string, Kept>> {
  const reader = await db.runAndReadAll(`
    select verdicts.initiative_id, verdicts.assessment, cast(verdicts.decided_on as varchar), verdicts.build_id
    from config.initiative_verdicts as verdicts
    inner join (${currentDefinitions}) as found
      on found.initiative_id = verdicts.initiative_id and found.definition = verdicts.definition
    order by verdicts.rowid desc`);
  return new Map(
    reader.getRowsJson().map(([id, assessment, decided_on, build_id]) => [
      String(id),
      {
        assessment: JSON.parse(String(assessment)) as Assessment,
        decided_on: String(decided_on),
        build_id: String(build_id),
      },
    ]),
  );
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
