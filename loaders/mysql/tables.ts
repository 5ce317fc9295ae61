import type { Declared, Row } from "../database/driver.js";
import { tableName } from "../database/settings.js";

type Ask = (sql: string) => Promise<Row[]>;

const notOwn = (schema: string) =>
  `${schema} not in ('information_schema', 'mysql', 'performance_schema', 'sys')`;

const relations = `
  select table_schema, table_name, table_rows, table_schema = database(), table_type = 'VIEW' from information_schema.tables
  where ${notOwn("table_schema")} order by table_schema <> database(), table_schema, table_name`;

const columns = `
  select table_schema, table_name, column_name, data_type, column_comment from information_schema.columns
  where ${notOwn("table_schema")} order by table_schema, table_name, ordinal_position`;

const keys = `
  select table_schema, table_name, column_name, constraint_name, referenced_table_schema, referenced_table_name,
    referenced_column_name, ordinal_position
  from information_schema.key_column_usage
  where ${notOwn("table_schema")} and (constraint_name = 'PRIMARY' or referenced_table_name is not null)
  order by table_schema, table_name, constraint_name, ordinal_position`;

const indexes = `
  select table_schema, table_name, column_name from information_schema.statistics
  where ${notOwn("table_schema")} and seq_in_index = 1 order by table_schema, table_name, index_name`;

/** Types whose texts may be very long. */
const long = /^(tiny|medium|long)?text$|^(var)?char$|^json$/i;
const bytes = /blob$|binary$|^geometry|^point$|polygon|linestring/i;
const times = /^(date|datetime|timestamp)$/i;
const longest = 2000;

/** What the databases of a server have that the user may know of: all that is declared of it in four questions. */
export async function tablesOf(ask: Ask, quoted: (name: string) => string): Promise<Declared[]> {
  const [found, columnRows, keyRows, indexRows] = [
    await ask(relations),
    byTable(await ask(columns)),
    byTable(await ask(keys)),
    byTable(await ask(indexes)),
  ];
  return found.map(([schema, name, rows, isOwn, isView]) => {
    const of = (all: typeof columnRows) => all.get(keyOf(schema, name)) ?? [];
    const constraints = of(keyRows);
    const isAlone = ([, , , constraint]: Row) =>
      constraints.filter((each) => each[3] === constraint).length === 1;
    return {
      schema: schema ?? "",
      name: name ?? "",
      table: isOwn === "1" ? tableName(name ?? "") : tableName(schema ?? "", name ?? ""),
      isView: isView === "1",
      about: Number(rows ?? 0) > 0 ? Number(rows) : undefined,
      columns: of(columnRows).map(([, , column, type, comment]) => ({
        name: column ?? "",
        isTime: times.test(type ?? ""),
        // Columns without any right are not listed.
        isReadable: true,
        sample: sampleOf(quoted(column ?? ""), type ?? ""),
        comment: comment ?? "",
      })),
      key: constraints.flatMap(([, , column, constraint]) =>
        constraint === "PRIMARY" ? [column ?? ""] : [],
      ),
      references: constraints
        .filter((each) => each[5] !== null && isAlone(each))
        .map(([, , column, , toSchema, table, key]) => ({
          column: column ?? "",
          schema: toSchema ?? "",
          table: table ?? "",
          key: key ?? "",
        })),
      indexed: [...new Set(of(indexRows).map(([, , column]) => column ?? ""))],
    };
  });
}

function sampleOf(name: string, type: string): string {
  if (bytes.test(type)) return `null as ${name}`;
  return long.test(type) ? `left(${name}, ${longest}) as ${name}` : name;
}

const keyOf = (schema: string | null | undefined, name: string | null | undefined) =>
  JSON.stringify([schema, name]);

function byTable(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row[0], row[1]);
    const of = found.get(key);
    if (of) of.push(row);
    else found.set(key, [row]);
  }
  return found;
}
