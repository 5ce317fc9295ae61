import { quoted } from "../../src/engine/sql.js";
import type { Declared } from "../database/driver.js";
import { tableName } from "../database/settings.js";

type Ask = (text: string) => Promise<readonly (readonly (string | null)[])[]>;

/** Tables, views and the like of all schemas but the server's own and those of extensions; of a parted table the whole. */
const relations = `
  select c.oid, n.nspname, c.relname, c.reltuples::bigint, pg_catalog.pg_table_is_visible(c.oid), c.relkind in ('v', 'm')
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and not exists (select from pg_catalog.pg_depend d
      where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  order by n.nspname, c.relname`;

const columns = `
  select a.attrelid, a.attname, t.typname, pg_catalog.col_description(a.attrelid, a.attnum),
    pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'select')
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_class c on c.oid = a.attrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_type t on t.oid = a.atttypid
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    and a.attnum > 0 and not a.attisdropped
  order by a.attrelid, a.attnum`;

const indexes = `
  select i.indrelid, i.indisprimary, a.attname, k.place
  from pg_catalog.pg_index i
  cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
  join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where (i.indisprimary or k.place = 1) and i.indisvalid and i.indpred is null
  order by i.indrelid, k.place`;

const foreignKeys = `
  select f.conrelid, a.attname, n.nspname, c.relname, b.attname
  from pg_catalog.pg_constraint f
  join pg_catalog.pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
  join pg_catalog.pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1]
  join pg_catalog.pg_class c on c.oid = f.confrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where f.contype = 'f' and array_length(f.conkey, 1) = 1
  order by f.conrelid, f.conname`;

/** Types whose texts may be very long. */
const long = new Set(["text", "json", "jsonb", "xml", "bpchar", "varchar"]);
const times = new Set(["date", "timestamp", "timestamptz"]);
const longest = 2000;

/** What a database has, by its catalogue: all that is declared of it in four questions. */
export async function tablesOf(ask: Ask): Promise<Declared[]> {
  const [found, columnRows, indexRows, keyRows] = [
    await ask(relations),
    byFirst(await ask(columns)),
    byFirst(await ask(indexes)),
    byFirst(await ask(foreignKeys)),
  ];
  return found.map(([oid, schema = "", name = "", tuples, isVisible, isView]) => {
    const of = (rows: typeof columnRows) => rows.get(oid ?? "") ?? [];
    const indexed = of(indexRows).flatMap(([, , column, place]) => (place === "1" ? [column ?? ""] : []));
    return {
      schema: schema ?? "",
      name: name ?? "",
      table: isVisible === "t" ? tableName(name ?? "") : tableName(schema ?? "", name ?? ""),
      isView: isView === "t",
      about: Number(tuples) > 0 ? Number(tuples) : undefined,
      columns: of(columnRows).map(([, column, type, comment, isReadable]) => ({
        name: column ?? "",
        isTime: times.has(type ?? ""),
        isReadable: isReadable === "t",
        sample: sampleOf(column ?? "", type ?? ""),
        comment: comment ?? "",
      })),
      key: of(indexRows).flatMap(([, isPrimary, column]) => (isPrimary === "t" ? [column ?? ""] : [])),
      references: of(keyRows).map(([, column, toSchema, table, key]) => ({
        column: column ?? "",
        schema: toSchema ?? "",
        table: table ?? "",
        key: key ?? "",
      })),
      indexed: [...new Set(indexed)],
    };
  });
}

function sampleOf(column: string, type: string): string {
  const name = quoted(column);
  if (type === "bytea") return `null::text as ${name}`;
  // Lists and types of one's own have texts of any length, too.
  if (long.has(type) || type.startsWith("_")) return `left(${name}::text, ${longest}) as ${name}`;
  return name;
}

function byFirst(rows: Awaited<ReturnType<Ask>>): Map<string, (readonly (string | null)[])[]> {
  const found = new Map<string, (readonly (string | null)[])[]>();
  for (const row of rows) {
    const of = found.get(row[0] ?? "");
    if (of) of.push(row);
    else found.set(row[0] ?? "", [row]);
  }
  return found;
}
