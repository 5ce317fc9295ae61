import type { DuckDBConnection } from "@duckdb/node-api";
import type { OwnTable } from "../catalogue/dimensions.js";
import { type OwnDimension, ownTable } from "../catalogue/ownDimensions.js";
import { ownValue } from "../catalogue/ownValue.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { literal, quoted } from "../engine/sql.js";

/**
 * Creates `intermediate.own_dimensions_<table>` for every table that dimensions of the catalogue are taken from: the
 * table's key and each dimension's value. Spellings that differ in case alone are one value, shown as the
 * models' columns of that dimension spell it, else in the commonest spelling; `config.own_words` keeps what became of each.
 */
export async function createOwnDimensions(db: DuckDBConnection, own: readonly OwnDimension[]): Promise<void> {
  const tables = tableNames.flatMap((table) => ownTable(own, table) ?? []);
  if (tables.length === 0) return;
  await db.run("create schema if not exists config; create schema if not exists intermediate");
  await db.run("create table config.own_words (dimension varchar, given varchar, word varchar)");
  for (const dimension of own) await db.run(`insert into config.own_words ${wordsSql(dimension)}`);
  for (const table of tables) await db.run(viewSql(table, own));
}

function wordsSql({ id, from }: OwnDimension): string {
  const given = [...from].map(
    ([table, column]) => `select ${textOf(table, column)} as given, false as is_model from staging.${table}`,
  );
  const models = modelColumns(id).map(
    ([table, column]) => `select ${textOf(table, column)}, true from staging.${table}`,
  );
  return `
    with
    words as (
      select given, is_model, count(*) as uses
      from (${[...given, ...models].join(" union all ")}) where given is not null group by given, is_model
    ),
    spellings as (
      select given, row_number() over (
          partition by lower(given) order by bool_or(is_model) desc, sum(uses) desc, given
        ) as place
      from words group by given
    )
    select ${literal(id)} as dimension, words.given, spellings.given as word
    from words inner join spellings on lower(spellings.given) = lower(words.given) and spellings.place = 1
    where not words.is_model`;
}

/** Where the models take a dimension from. */
function modelColumns(dimension: string): [TableName, string][] {
  const named: Record<string, string> = { class: "complaint_class", reason: "reason_category" };
  const column = ownValue(named, dimension) ?? dimension;
  return tableNames
    .filter((table) => columnsOf(table).some(({ name, kind }) => name === column && kind !== "id"))
    .map((table) => [table, column]);
}

const textOf = (table: TableName, column: string) => `cast(${table}.${quoted(column)} as varchar)`;

function viewSql({ table, keys, dimensions }: OwnTable, own: readonly OwnDimension[]): string {
  const columnOf = (id: string) => own.find((each) => each.id === id)?.from.get(table) ?? id;
  const joins = dimensions.map(
    (id) => `left join config.own_words as words_${id}
      on words_${id}.dimension = ${literal(id)} and words_${id}.given = ${textOf(table, columnOf(id))}`,
  );
  const columns = [
    ...keys.map((key) => `${table}.${quoted(key)}`),
    ...dimensions.map((id) => `words_${id}.word as ${id}`),
  ];
  return `create view intermediate.own_dimensions_${table} as
    select ${columns.join(", ")} from staging.${table} ${joins.join(" ")} where ${hasHappened(table)}`;
}

/**
 * Rows of at or after as_of are out, whatever asks for them; one whose own time nobody knows stays, and so does an employee
 * hired later, whose team is known (see DECISIONS.md).
 */
function hasHappened(table: TableName): string {
  const { ownTime } = contract[table] as Table;
  if (ownTime === undefined || table === "employees") return "true";
  const isDay = columnsOf(table).find(({ name }) => name === ownTime)?.kind === "date";
  const time = `${table}.${quoted(ownTime)}`;
  return isDay
    ? `coalesce(${time} <= (select as_of_on from config.settings), true)`
    : `coalesce(${time} < (select as_of from config.settings), true)`;
}
