import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, type TableName, tableNames } from "../contract/index.js";
import { quoted } from "../engine/sql.js";
import { type Told, told } from "../words/told.js";
import type { WarningReport } from "./report.js";

/** As many references without a match are no strays when they are more than half of a column's. */
const fewest = 20;

/**
 * Columns of which more than half of the references find nothing in a table that has rows: no strays but a broken
 * mapping. A sentence each, with examples of both sides and whether another spelling would join them.
 */
export async function brokenReferences(
  db: DuckDBConnection,
  warnings: readonly WarningReport[],
): Promise<Told[]> {
  const broken: Told[] = [];
  for (const table of tableNames) {
    for (const { name, references } of columnsOf(table)) {
      const unmatched =
        warnings.find(
          (warning) =>
            warning.rule === "unknown_reference" && warning.table === table && warning.column === name,
        )?.count ?? 0;
      if (references === undefined || unmatched < fewest) continue;
      const facts = await compare(db, table, name, references as TableName);
      if (facts.keys.length === 0 || unmatched * 2 <= facts.total) continue;
      broken.push(sentence(`${table}.${name}`, references, unmatched, facts));
    }
  }
  return broken;
}

interface Facts {
  total: number;
  examples: string[];
  keys: string[];
  /** References that would find their row if both sides were written alike. */
  joined: number;
}

/** An id without what spreadsheets and other programs add to it: `101.0`, `00123`, `="00123"`. */
export const bareId = (id: string) =>
  `lower(regexp_replace(regexp_replace(trim(${id}, '="'' '), '[.]0+$', ''), '^0+([0-9])', '\\1'))`;

async function compare(
  db: DuckDBConnection,
  table: TableName,
  name: string,
  target: TableName,
): Promise<Facts> {
  const [column, key] = [quoted(name), quoted(primaryKeyOf(target)[0] ?? "")];
  const [from, to] = [`staging.${quoted(table)}`, `staging.${quoted(target)}`];
  const reader = await db.runAndReadAll(
    `with
    lost as (
        select ${column} as id, count(*) as times from ${from} as referring
        where ${column} is not null and not exists (select 1 from ${to} as target where target.${key} = referring.${column})
        group by id
    ),
    keys as (select distinct ${bareId(key)} as id from ${to})
    select
        (select count(${column}) from ${from}),
        (select list(id order by times desc, id)[:3] from lost),
        (select list(id)[:3] from (select ${key} as id from ${to} order by ${key} limit 3)),
        (select coalesce(sum(lost.times), 0) from lost join keys on keys.id = ${bareId("lost.id")})`,
  );
  const [total, examples, keys, joined] = reader.getRowsJson()[0] ?? [];
  return {
    total: Number(total),
    examples: (examples ?? []) as string[],
    keys: (keys ?? []) as string[],
    joined: Number(joined),
  };
}

function sentence(
  column: string,
  target: string,
  unmatched: number,
  { total, examples, keys, joined }: Facts,
): Told {
  const fold = joined * 2 > unmatched ? told("references.alike", { joined }) : "";
  return told("references.lost", { column, unmatched, total, target, examples, keys, fold });
}
