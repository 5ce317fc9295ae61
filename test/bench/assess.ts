import { cpSync, linkSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measure, median } from "./measure.js";

/** What holds at 1e7 tickets and 20 initiatives. */
const limits = { seconds: 20, peakBytes: 1e9 };

const kpis = [
  "first_response_time",
  "on_time_response_rate",
  "first_contact_resolution",
  "resolution_time",
  "recontact_rate",
  "overdue_responses",
  "repeat_handling",
  "complaint_rate",
  "churn_rate",
  "csat",
];

/** Twenty initiatives, each KPI in two regions, half a year before and after a start that the record holds. */
function initiatives(): string {
  const rows = kpis.flatMap((kpi, at) =>
    ["华东", "华南"].map(
      (region, number) =>
        `I${at}${number},${kpi},2025-0${1 + (at % 9)}-01,${kpi},region,${region},,180,180,0,1000,1`,
    ),
  );
  const head =
    "initiative_id,name,started_on,kpi_id,scope_dimension,scope_value,expected_change,baseline_days,follow_up_days,lag_days,cost,value_per_unit";
  return [head, ...rows, ""].join("\n");
}

/**
 * `assess` of twenty initiatives over the benchmark's extract, after its build.
 * @returns whether it keeps the limits that hold at 1e7 tickets
 */
export async function benchAssess(
  herringbone: string,
  data: string,
  scratch: string,
  repetitions: number,
  say: (text: string) => void,
): Promise<boolean> {
  const folder = join(scratch, "assessed");
  mkdirSync(folder);
  for (const name of readdirSync(data)) {
    if (statSync(join(data, name)).isDirectory())
      cpSync(join(data, name), join(folder, name), { recursive: true });
    else if (name !== "initiatives.csv") linkSync(join(data, name), join(folder, name));
  }
  writeFileSync(join(folder, "initiatives.csv"), initiatives());
  const warehouse = join(scratch, "assessed.duckdb");
  const build = await measure([herringbone, "build", "--data", folder, "--warehouse", warehouse, "--quiet"]);
  const runs = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1)
    runs.push(await measure([herringbone, "assess", "--warehouse", warehouse, "--format", "json"]));
  const seconds = median(runs.map((run) => run.seconds));
  const peak = median(runs.map((run) => run.peakBytes ?? Number.NaN));
  say(
    `\nassess, 20 initiatives, medians of ${repetitions}, after a build of ${build.seconds.toFixed(2)} s that gives their verdicts`,
  );
  say(
    `  assess ${seconds.toFixed(2).padStart(8)} s  peak ${Math.round(peak / 1e6)} MB (limits ${limits.seconds} s, ${limits.peakBytes / 1e6} MB)`,
  );
  return seconds <= limits.seconds && !(peak > limits.peakBytes);
}
