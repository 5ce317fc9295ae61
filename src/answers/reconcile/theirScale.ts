import type { DuckDBConnection } from "@duckdb/node-api";
import { greatest as greatestOf } from "../../statistics/extremes.js";

/** What one unit of another measure is in ours: minutes, hours and days; per cent; thousands, 万, millions and 亿. */
const scales = [60, 3600, 24, 1440, 86_400, 100, 1e3, 1e4, 1e6, 1e8].flatMap((scale) => [scale, 1 / scale]);

/** So many cases have to be on both sides, and of those so many be alike in another unit and as few in ours. */
const [fewest, most, least] = [3, 0.8, 0.2];

/**
 * By what their values are to be multiplied to be in our unit, as the cases on both sides tell: nearly all are then ours as exactly as they
 * were written, and nearly none is as it stands. 1 where nothing else fits. Fits one, the temp tables `theirs` and `their_rows` are in our unit afterwards.
 */
export async function scaleTheirs(db: DuckDBConnection): Promise<number> {
  const alike = (scale: number) =>
    `count(*) filter (abs(theirs.value * ${scale} - held.value) <= 0.5 * pow(10, -theirs.decimals) * ${scale} + 1e-9 * abs(held.value))`;
  const reader = await db.runAndReadAll(
    `select count(*), ${[1, ...scales].map(alike).join(", ")}
     from held join theirs on theirs.id = held.id where held.is_ours and held.value <> 0 and theirs.value <> 0`,
  );
  const [pairs = 0, asTheyStand = 0, ...others] = (reader.getRows()[0] ?? []).map(Number);
  if (pairs < fewest || asTheyStand > least * pairs) return 1;
  const greatest = greatestOf(others);
  const scale = greatest < most * pairs ? 1 : (scales[others.indexOf(greatest)] ?? 1);
  if (scale !== 1)
    for (const table of ["theirs", "their_rows"])
      await db.run(
        `update ${table} set value = value * ${scale}, decimals = decimals - ${Math.log10(scale)} where value is not null`,
      );
  return scale;
}
