import { statSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Count, type Extract, onDisk } from "../../../loaders/index.js";
import type { Cells, RunContext } from "../../contract/runContext.js";
import { quoted } from "../../engine/sql.js";
import { machineFailure } from "../../run/machineFailure.js";
import { cellsOf, insertSql } from "../loadTable.js";
import { catalogSource, type PlannedMapping, type PlannedSource } from "../plan.js";
import { wideColumns } from "../width.js";

/** Up to so many bytes a file costs less to read than the statement that judges its rows does to plan. */
const smallBytes = 262_144;

/** So many files are judged by one statement. */
const most = 500;

/** A file as one mapping reads it. */
interface Step {
  source: PlannedSource;
  mapping: PlannedMapping;
  /** Null of a `select`. */
  file: string | null;
}

/** Steps in their order, small files that follow each other and are mapped alike in one group, all others alone. */
export function inGroups<T extends Step>(steps: readonly T[], isKept: (path: string) => boolean): T[][] {
  const groups: T[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    const [first] = group ?? [];
    if (group && first?.mapping === step.mapping && group.length < most && [first, step].every(isSmall))
      group.push(step);
    else groups.push([step]);
  }
  return groups;

  function isSmall({ source, file }: T): boolean {
    if (file === null || !source.kind.fileName || source.name === catalogSource) return false;
    const path = onDisk(join(source.folder, file));
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? Number.POSITIVE_INFINITY;
    return size <= smallBytes && !isKept(path);
  }
}

/** Runs of files that have the same columns and are judged alike. */
export function alike<T extends { extract: Extract; context: RunContext }>(files: readonly T[]): T[][] {
  const runs: T[][] = [];
  let last: string | undefined;
  for (const file of files) {
    const { isCommaDoubtful, mayHoldErrors } = file.context;
    const sign = JSON.stringify([file.extract.columns, isCommaDoubtful, mayHoldErrors]);
    if (sign === last) runs.at(-1)?.push(file);
    else runs.push([file]);
    last = sign;
  }
  return runs;
}

/**
 * Loads files that are alike into their staging table, in their order: their rows come together, and one statement maps, types and judges them.
 * @returns what each gave; null where that is to be found out file by file: nothing was loaded then
 * @throws CliError as `loadFile` does
 */
export async function loadTogether(
  db: DuckDBConnection,
  mapping: PlannedMapping,
  extracts: readonly [Extract, ...Extract[]],
  context: RunContext,
  label: string,
): Promise<{ counts: Count[]; cells: Cells } | null> {
  const [{ columns }] = extracts;
  if (columns.length === 0 || columns.length > wideColumns) return null;
  const mapped = await cellsOf(db, mapping, extracts[0], context, label);
  if (mapped.inOrder) return null;
  const named = columns.map(quoted);
  await db.run(
    `create or replace temp table small_files (${named.map((name) => `${name} VARCHAR`).join(", ")})`,
  );
  try {
    const counts: Count[] = [];
    for (const extract of extracts) {
      const insert = (relation: string) =>
        db.run(`insert into small_files select ${named.join(", ")} from ${relation}`);
      counts.push(await extract.load(db, async (relation) => (await insert(relation)).rowsChanged));
    }
    const { expressions, kept, cells } = mapped;
    await db.run(insertSql(mapping, expressions, kept, cells, context, columns, "small_files"));
    return { counts, cells };
  } catch (error) {
    if (machineFailure(error)) throw error;
    return null;
  } finally {
    await db.run("drop table if exists temp.small_files");
  }
}
