import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { literal, quoted } from "../engine/sql.js";

/**
 * Makes spellings of an open column that differ in case alone one value, the commonest (ties: the first by code point),
 * over all tables that have a column of that name.
 */
export async function uniteSpellings(db: DuckDBConnection, loaded: ReadonlySet<TableName>): Promise<void> {
  const places = new Map<string, TableName[]>();
  for (const table of tableNames) {
    if (!loaded.has(table) || (contract[table] as Table).managed) continue;
    for (const { name, kind } of columnsOf(table))
      if (kind === "open") places.set(name, [...(places.get(name) ?? []), table]);
  }
  for (const [name, tables] of places) {
    const column = quoted(name);
    const counted = tables.map(
      (table) =>
        `select ${column} as word, count(*) as times from staging.${quoted(table)} where ${column} is not null group by ${column}`,
    );
    const found = await db.runAndReadAll(
      `with words as (
          select word, sum(times) as times from (${counted.join(" union all ")}) as counted group by word
      ),
      chosen as (
          select lower(word) as folded, first(word order by times desc, word) as shown
          from words group by folded having count(*) > 1
      )
      select words.word, chosen.shown from words
      join chosen on chosen.folded = lower(words.word) where words.word <> chosen.shown`,
    );
    const pairs = found
      .getRows()
      .map(([word, shown]) => `(${literal(String(word))}, ${literal(String(shown))})`);
    if (pairs.length === 0) continue;
    for (const table of tables) {
      await db.run(
        `update staging.${quoted(table)} as target set ${column} = spelt.shown
        from (values ${pairs.join(", ")}) as spelt (word, shown) where target.${column} = spelt.word`,
      );
    }
  }
}
