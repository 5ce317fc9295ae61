import type { DuckDBConnection } from "@duckdb/node-api";
import { readKept } from "../catalogue/catalogueFiles.js";
import type { Progress } from "../run/progress.js";
import type { ConcludedBuild } from "../warehouse/build.js";
import { remembered } from "../warehouse/open.js";
import { told } from "../words/told.js";
import { keepVerdicts } from "./benefit/keepVerdicts.js";
import { readClosedPeriods } from "./closed/closedPeriods.js";
import { findRestatements } from "./closed/restate.js";

/** What a build has to say once its figures are there: verdicts on initiatives, and restatements of closed periods. */
export const conclude = (db: DuckDBConnection, build: ConcludedBuild, progress: Progress): Promise<void> =>
  remembered(db, async () => {
    const kept = await readKept(db);
    await keepVerdicts(db, kept, build, progress);
    await findRestatements(db, kept, build);
    const { periods, of_other_data: others } = await readClosedPeriods(db);
    for (const { period, restated: count } of periods.filter(({ restated }) => restated > 0))
      progress.warn(told("close.restated", { count, period }), { count, period });
    if (others.length > 0) progress.warn(told("close.otherData", { periods: others }), { periods: others });
  });
