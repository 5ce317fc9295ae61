import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { literal, quoted } from "../engine/sql.js";

/** The spellings of a word that a table's column had, with how often each, and the one that stands for all of them. */
export interface Spelt {
  column: string;
  shown: string;
  words: [word: string, times: number][];
}

/**
 * Makes spellings of an open column that differ in case alone one value, the commonest (ties: the first by code point),
 * over all tables that have a column of that name.
 * @param before what an earlier load made one of rows that stand in the tables
 * @returns what was made one
 */
export async function uniteSpellings(
  db: DuckDBConnection,
  loaded: ReadonlySet<TableName>,
  before: ReadonlyMap<TableName, readonly Spelt[]> = new Map(),
): Promise<Map<TableName, Spelt[]>> {
  const places = new Map<string, TableName[]>();
  for (const table of tableNames) {
    if (!loaded.has(table) || (contract[table] as Table).managed) continue;
    for (const { name, kind } of columnsOf(table))
      if (kind === "open") places.set(name, [...(places.get(name) ?? []), table]);
  }
  const united = new Map<TableName, Spelt[]>();
  for (const [name, tables] of places) {
    const column = quoted(name);
    const counted = tables.flatMap((table) => [
      `select ${literal(table)} as place, ${column} as word, count(*) as times from staging.${quoted(table)} where ${column} is not null group by ${column}`,
      ...asWritten(table, name, before.get(table) ?? []),
    ]);
    const found = await db.runAndReadAll(
      `with placed as (
          select place, word, sum(times) as times from (${counted.join(" union all ")}) as counted
          group by place, word having sum(times) > 0
      ),
      words as (select word, sum(times) as times from placed group by word),
      chosen as (
          select lower(word) as folded, first(word order by times desc, word) as shown
          from words group by folded having count(*) > 1
      )
      select placed.place, placed.word, chosen.shown, cast(placed.times as integer) from placed
      join chosen on chosen.folded = lower(placed.word) order by all`,
    );
    const rows = found.getRows().map(([place, word, shown, times]) => ({
      place: String(place) as TableName,
      word: String(word),
      shown: String(shown),
      times: Number(times),
    }));
    for (const { place, word, shown, times } of rows) {
      const all = united.get(place) ?? [];
      const known = all.find((each) => each.column === name && each.shown === shown);
      if (known) known.words.push([word, times]);
      else united.set(place, [...all, { column: name, shown, words: [[word, times]] }]);
    }
    const pairs = new Set(
      rows
        .filter(({ word, shown }) => word !== shown)
        .map(({ word, shown }) => `(${literal(word)}, ${literal(shown)})`),
    );
    if (pairs.size === 0) continue;
    for (const table of tables) {
      await db.run(
        `update staging.${quoted(table)} as target set ${column} = spelt.shown
        from (values ${[...pairs].join(", ")}) as spelt (word, shown) where target.${column} = spelt.word`,
      );
    }
  }
  return united;
}

/** Rows that take back what an earlier load made one: each word as often as it was written, the one that stands for them not so often. */
function asWritten(table: TableName, column: string, spelt: readonly Spelt[]): string[] {
  return spelt
    .filter((each) => each.column === column)
    .flatMap(({ shown, words }) => {
      const all = words.reduce((sum, [, times]) => sum + times, 0);
      const row = (word: string, times: number) => `select ${literal(table)}, ${literal(word)}, ${times}`;
      return [row(shown, -all), ...words.map(([word, times]) => row(word, times))];
    });
}
