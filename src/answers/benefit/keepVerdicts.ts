import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import { isTested } from "../../published/benefitTypes.js";
import type { Progress } from "../../run/progress.js";
import { told } from "../../words/told.js";
import { measureAll } from "./assess.js";
import { readInitiatives } from "./readInitiatives.js";
import { dropUnreadable, readVerdicts, writeVerdicts } from "./register.js";

/**
 * Gives initiatives that a test decides their verdict in the build that first sees them over. Later builds keep it, so that
 * what was signed does not change by what is extracted afterwards; they say where their own figures differ. An initiative whose
 * scope nobody is in is told of, and so is what cannot be read of what earlier builds kept.
 */
export async function keepVerdicts(
  db: DuckDBConnection,
  { catalogue }: Kept,
  build: { buildId: string; day: string },
  progress: Progress,
): Promise<void> {
  const unreadable = await dropUnreadable(db);
  if (unreadable.length > 0)
    progress.warn(told("register.leftOut", { ids: unreadable }), { ids: unreadable });
  const initiatives = await readInitiatives(db, catalogue.kpis);
  for (const { initiative_id: id, scope } of initiatives) {
    if (!scope?.isUnknown) continue;
    const { name: dimension, value } = scope;
    const near = scope.near === null ? "" : told("suggestion", { name: scope.near });
    progress.warn(told("initiative.noSuchValue", { id, dimension, value, near }), { id, dimension, value });
  }
  const known = await readVerdicts(db);
  if (initiatives.every(({ initiative_id }) => known.has(initiative_id))) return;
  const found = await measureAll(db, initiatives);
  const over = found.filter(({ initiative_id, verdict }) => isTested(verdict) && !known.has(initiative_id));
  await writeVerdicts(db, over, build);
}
