import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal } from "../../engine/sql.js";
import {
  type CaseRows,
  caseRows,
  casesIn,
  keyOf,
  keyText,
  ofWindow,
  otherWindow,
  placing,
  saidTexts,
} from "./cases.js";
import type { CasesOfBoth } from "./differ.js";
import type { Numbered } from "./figures.js";

/** Runs work in which a build's relations are found under their own names. */
export type Within = <T>(work: () => Promise<T>) => Promise<T>;

const sides = ["older", "newer"] as const;
type Side = (typeof sides)[number];

/** A KPI as a build's catalogue has it, and the way into that build. */
interface OfBuild {
  kpi: Kpi;
  within: Within;
}

interface OfBoth extends Record<Side, OfBuild> {
  periods: readonly Numbered[];
}

/**
 * The cases of a KPI in two builds, but for the rows that both have alike in every column: of millions of rows a few differ, and only
 * these are looked at in each month, quarter, half and year, and told of by more than their key. Rows are told apart by hashes of
 * 64 bits.
 */
export async function differingCases(db: DuckDBConnection, asked: OfBoth): Promise<CasesOfBoth> {
  const { periods } = asked;
  for (const side of sides)
    await asked[side].within(async () => {
      const { kpi } = asked[side];
      const { sql, columns } = await caseRows(db, kpi, periods);
      const hashes = [
        `hash(${columns.filter((name) => !ofWindow.includes(name)).join(", ")}) as digest`,
        `hash(${placing(kpi).join(", ")}) as place`,
      ];
      await db.run(
        `create or replace temp table rows_${side} as select ${[...(await kept(db, kpi)), ...hashes].join(", ")} from (${sql}) as cases`,
      );
    });
  const onlyIn = (side: Side, other: Side) =>
    db.run(
      `create or replace temp table differing_${side} as from rows_${side} anti join rows_${other} using (digest, place)`,
    );
  await onlyIn("older", "newer");
  await onlyIn("newer", "older");
  for (const side of sides) await db.run(`drop table rows_${side}`);
  const sql = async (side: Side) => {
    const { kpi } = asked[side];
    const columns = [...(await kept(db, kpi)), "digest"];
    const rows = { sql: `from differing_${side}`, columns };
    return casesIn(db, kpi, { periods, rows, value: "digest" });
  };
  return {
    older: await sql("older"),
    newer: await sql("newer"),
    said: async (listed) => ({
      older: await saidIn(db, asked, "older", listed),
      newer: await saidIn(db, asked, "newer", listed),
    }),
  };
}

/** The columns that a case is found by. */
const kept = async (db: DuckDBConnection, kpi: Kpi) => [
  ...new Set([...(await keyOf(db, kpi)), ...placing(kpi)]),
];

/** SQL for what a build says of listed cases, which are few among its rows and are looked for by the columns of their key. */
async function saidIn(
  db: DuckDBConnection,
  { periods, ...of }: OfBoth,
  side: Side,
  listed: string,
): Promise<string> {
  const { kpi, within } = of[side];
  const key = await keyOf(db, kpi);
  const texts = key.map((name) => `list(distinct cast(${name} as varchar))`);
  const name = keyText(key);
  const reader = await db.runAndReadAll(`
    select ${texts.join(", ")} from differing_${side}
    where ${name} in (select key from ${listed}) or '${otherWindow}' || ${name} in (select key from ${listed})`);
  const values = (reader.getRowsJson()[0] ?? []) as (readonly (string | null)[] | null)[];
  const only = key.map((column, at) => {
    const known = values[at] ?? [null];
    const texts = known.filter((value) => value !== null).map(literal);
    return `(${[
      ...(texts.length > 0 ? [`cast(cases.${column} as varchar) in (${texts.join(", ")})`] : []),
      ...(texts.length < known.length ? [`cases.${column} is null`] : []),
    ].join(" or ")})`;
  });
  const rows = await within(async (): Promise<CaseRows> => {
    const { sql, columns } = await caseRows(db, kpi, periods, only.join(" and "));
    await db.run(`create or replace temp table told_${side} as ${sql}`);
    return { sql: `from told_${side}`, columns };
  });
  return casesIn(db, kpi, { periods, rows, value: `[${saidTexts(kpi)}] as said` });
}
