import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import {
  alone,
  type CaseScan,
  caseScans,
  casesAmong,
  type OfBoth,
  type Side,
  sides,
  type Within,
} from "./caseScans.js";
import { caseRows, casesIn, keyOf, keyText, ofWindow, otherWindow, placing, saidTexts } from "./cases.js";
import type { CasesOfBoth } from "./differ.js";

/** So many rows of a relation are held with the columns of all KPIs that are made of it. */
const mostTogether = 250_000;

/**
 * The cases of KPIs in two builds, but for rows that both have alike: of millions a few differ, and only these are looked at KPI by KPI,
 * in each month, quarter, half and year. They are found by hashes of 64 bits of all that any KPI of a relation says of a row, by
 * one look through the relation for all its KPIs. What is given of a KPI holds until the next is asked for.
 */
export async function* differingCases(
  db: DuckDBConnection,
  all: readonly OfBoth[],
  within: Readonly<Record<Side, Within>>,
): AsyncGenerator<{ kpi: Kpi; cases: CasesOfBoth }> {
  for (const scan of await caseScans(db, all, within)) yield* differingIn(db, scan, within);
}

async function* differingIn(
  db: DuckDBConnection,
  scan: CaseScan,
  within: Readonly<Record<Side, Within>>,
): AsyncGenerator<{ kpi: Kpi; cases: CasesOfBoth }> {
  const found = await findPlaces(db, scan, within);
  if (found > mostTogether && scan.kpis.length > 1) {
    for (const one of await alone(db, scan, within)) yield* differingIn(db, one, within);
    return;
  }
  for (const side of sides)
    await within[side](() =>
      db.run(`
        create or replace temp table scanned_${side} as
        from (${scan.sql[side]}) where hash(${scan.places.join(", ")}) in (select place from differing_places)`),
    );
  for (const each of scan.kpis) {
    const { of } = each;
    const rowsOf = (side: Side, kpi: Kpi) =>
      caseRows(db, kpi, of.periods, casesAmong(each, `scanned_${side}`));
    const kept = [...new Set([...each.key, ...placing(of.newer)])];
    for (const side of sides)
      await within[side](async () => {
        const { sql, columns } = await rowsOf(side, of[side]);
        const told = columns.filter((name) => !ofWindow.includes(name));
        await db.run(`
          create or replace temp table rows_${side} as
          select ${kept.join(", ")}, hash(${told.join(", ")}) as digest from (${sql}) as cases`);
      });
    const digests = (side: Side) =>
      casesIn(db, of[side], {
        periods: of.periods,
        rows: { sql: `from rows_${side}`, columns: [...kept, "digest"] },
        value: "digest",
      });
    const said = async (side: Side, listed: string) => {
      const name = keyText(await keyOf(db, of[side]));
      const rows = await within[side](async () => {
        const { sql, columns } = await rowsOf(side, of[side]);
        await db.run(`
          create or replace temp table told_${side} as from (${sql}) as cases
          where ${name} in (select key from ${listed}) or '${otherWindow}' || ${name} in (select key from ${listed})`);
        return { sql: `from told_${side}`, columns };
      });
      return casesIn(db, of[side], {
        periods: of.periods,
        rows,
        value: `[${saidTexts(of[side])}] as said`,
      });
    };
    yield {
      kpi: of.newer,
      cases: {
        older: await digests("older"),
        newer: await digests("newer"),
        said: async (listed) => ({ older: await said("older", listed), newer: await said("newer", listed) }),
      },
    };
  }
  for (const side of sides)
    for (const name of ["scanned", "rows", "told"]) await db.run(`drop table if exists ${name}_${side}`);
}

/** Fills `differing_places` with hashes of where rows lie that only one of the builds has as they are, and says how many these are. */
async function findPlaces(
  db: DuckDBConnection,
  { sql, columns, places }: CaseScan,
  within: Readonly<Record<Side, Within>>,
): Promise<number> {
  const hashes = `hash(${places.join(", ")}) as place, hash(${columns.join(", ")}) as digest`;
  await within.older(() =>
    db.run(`create or replace temp table hashes_older as select ${hashes} from (${sql.older})`),
  );
  await within.newer(() =>
    db.run(`
      create or replace temp table differing_places as
      select distinct coalesce(older.place, newer.place) as place
      from hashes_older as older full outer join (select ${hashes} from (${sql.newer})) as newer using (digest)
      where older.place is null or newer.place is null`),
  );
  await db.run("drop table hashes_older");
  const reader = await db.runAndReadAll("select count(*) from differing_places");
  return Number(reader.value(0, 0));
}
