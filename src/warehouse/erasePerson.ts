import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf, tableNames } from "../contract/index.js";
import type { PersonKind } from "../contract/personKinds.js";
import { columnsOfOthers, holderOf, kindsNamed, personalColumns } from "../contract/persons.js";
import { literal, quoted } from "../engine/sql.js";
import { keptTables } from "../load/kept/tables.js";
import { idKeysOf } from "../load/mapping/leftOut.js";
import { masked } from "../load/persons/personal.js";
import { withDatabase } from "./open.js";
import { replaceFile } from "./swap.js";

/** A person, and what takes the place of the id. */
export interface Erased {
  kind: PersonKind;
  id: string;
  pseudonym: string;
}

/** Schemas whose texts quote rows of extracts, or figures with the ids of their groups. */
const quoting = ["config", "ingest"];

/**
 * Writes a build's file anew without a person, and puts it in the place of the old one: a reader sees either. Deleted rows stay in a
 * DuckDB file until it is; so they are only in the copy that is worked on, which goes.
 */
export const eraseFromFile = (path: string, person: Erased): Promise<void> =>
  replaceFile(path, async (building, scratch) => {
    const working = join(scratch, "working.duckdb");
    await withDatabase(building, { tempDir: scratch }, async (db) => {
      const own = quoted(await nameOf(db));
      await db.run(`attach ${literal(path)} as whole (read_only)`);
      await db.run(`attach ${literal(working)} as working`);
      await db.run("copy from database whole to working");
      await db.run("use working");
      await erase(db, person);
      await db.run(`use ${own}`);
      await db.run(`copy from database working to ${own}`);
      await db.run("detach working");
      await db.run("detach whole");
      await db.run("checkpoint");
    });
  });

const nameOf = async (db: DuckDBConnection) =>
  String((await db.runAndReadAll("select current_database()")).value(0, 0));

/** The kinds of persons that have an id in a build: a row, or rows that refer to one. */
export async function kindsWith(db: DuckDBConnection, id: string): Promise<PersonKind[]> {
  // A build from before ids were kept of rows that a mapping leaves out has none.
  const leftOut = await db.runAndReadAll(
    "select 1 from information_schema.tables where table_schema = 'ingest' and table_name = 'left_out'",
  );
  const found = tableNames.flatMap((table) =>
    columnsOf(table).flatMap(({ name }) => {
      // Of a column that may name one of several kinds it is not known which.
      const [kind, ...others] = kindsNamed(table, name);
      if (kind === undefined || others.length > 0) return [];
      const row = `select ${literal(kind)} as kind from`;
      const at = leftOut.currentRowCount > 0 ? idKeysOf(table).indexOf(name) : -1;
      return [
        `${row} staging.${quoted(table)} where ${quoted(name)} = ${literal(id)}`,
        ...(at < 0
          ? []
          : [`${row} ingest.left_out where table_name = ${literal(table)} and key_${at} = ${literal(id)}`]),
      ];
    }),
  );
  const reader = await db.runAndReadAll(`select distinct kind from (${found.join(" union all ")})`);
  return reader.getRowsJson().map(([kind]) => kind as PersonKind);
}

interface TextColumn {
  schema: string;
  table: string;
  name: string;
}

/** The columns of texts of a database's tables. */
async function textColumns(db: DuckDBConnection): Promise<TextColumn[]> {
  const reader = await db.runAndReadAll(`
    select schema_name, table_name, column_name from duckdb_columns()
    inner join (select table_oid, database_name from duckdb_tables()) using (table_oid, database_name)
    where database_name = current_database() and data_type = 'VARCHAR' and schema_name <> 'quarantine'
    order by all`);
  return reader.getRowsJson().map(([schema, table, name]) => ({
    schema: String(schema),
    table: String(table),
    name: String(name),
  }));
}

/** Replaces a person's id wherever it stands, and takes away what else leads there. Rows stay, so that figures do. */
async function erase(db: DuckDBConnection, { kind, id, pseudonym }: Erased): Promise<void> {
  const [known, instead] = [literal(id), literal(pseudonym)];
  const others = columnsOfOthers(kind);
  const all = await textColumns(db);
  // Builds go on from tables by what their files were, which no longer is what stands in them.
  if (all.some(({ schema, table }) => `${schema}.${table}` === keptTables))
    await db.run(`delete from ${keptTables}`);
  const texts = await textsOf(db, all, { kind, id });
  await maskQuarantine(db, [id, ...texts]);
  const tables = new Map<string, TextColumn[]>();
  for (const column of all) {
    const table = `${quoted(column.schema)}.${quoted(column.table)}`;
    tables.set(table, [...(tables.get(table) ?? []), column]);
  }
  for (const [table, columns] of tables) {
    const names = columns.map(({ name }) => name);
    const isOwn = names.includes(holderOf(kind)) ? `${quoted(holderOf(kind))} = ${known}` : undefined;
    const sets = columns.flatMap(({ schema, name }) => {
      const column = quoted(name);
      if (isOwn && personalColumns.includes(name)) {
        const gone = name === "name" ? instead : "null";
        return [{ set: `${column} = case when ${isOwn} then ${gone} else ${column} end`, where: isOwn }];
      }
      if (quoting.includes(schema) && table !== "config.catalogue_files")
        return [quotedText(column, id, pseudonym, texts)];
      if (others.has(name)) return [];
      return [
        {
          set: `${column} = case when ${column} = ${known} then ${instead} else ${column} end`,
          where: `${column} = ${known}`,
        },
      ];
    });
    if (sets.length === 0) continue;
    await db.run(
      `update ${table} set ${sets.map(({ set }) => set).join(", ")} where ${sets.map(({ where }) => where).join(" or ")}`,
    );
  }
}

/** A text, or JSON in which a text stands, that is the id, or begins or ends with it, as a case's key of several columns does. */
function quotedText(column: string, id: string, pseudonym: string, texts: readonly string[]) {
  const pattern = `(^|[" ])${escaped(id)}($|[" ])`;
  const once = (sql: string) =>
    `regexp_replace(${sql}, ${literal(pattern)}, ${literal(`\\1${pseudonym}\\2`)}, 'g')`;
  const isText = texts.map((text) => `${column} = ${literal(text)}`).join(" or ") || "false";
  return {
    // Twice: of two beside each other the blank between them is only one's.
    set: `${column} = case when ${isText} then null else ${once(once(column))} end`,
    where: `(${isText} or regexp_matches(${column}, ${literal(pattern)}))`,
  };
}

const escaped = (text: string) =>
  text.replaceAll(/[^\p{L}\p{N}]/gu, (each) => `\\x{${each.codePointAt(0)?.toString(16)}}`);

/** What the personal columns of a person's rows say. */
async function textsOf(
  db: DuckDBConnection,
  all: readonly TextColumn[],
  { kind, id }: Pick<Erased, "kind" | "id">,
): Promise<string[]> {
  const found = new Set<string>();
  for (const { schema, table, name } of all) {
    const isHeld = all.some(
      (each) => each.schema === schema && each.table === table && each.name === holderOf(kind),
    );
    if (schema !== "staging" || !isHeld || !personalColumns.includes(name)) continue;
    const reader = await db.runAndReadAll(
      `select distinct ${quoted(name)} from staging.${quoted(table)}
       where ${quoted(holderOf(kind))} = ${literal(id)} and ${quoted(name)} is not null`,
    );
    for (const [text] of reader.getRowsJson()) found.add(String(text));
  }
  return [...found];
}

/** Rows in the quarantine that have an id or a text of a person keep their place and the rules that they broke. */
async function maskQuarantine(db: DuckDBConnection, texts: readonly string[]): Promise<void> {
  const [id = "", ...others] = texts;
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  const names = `(^|[^\\p{L}\\p{N}_-])${escaped(id)}($|[^\\p{L}\\p{N}_-])`;
  const has = (column: string) =>
    [
      `regexp_matches(${column}, ${literal(names)})`,
      ...others.flatMap((text) => [text, json(text)]).map((text) => `contains(${column}, ${literal(text)})`),
    ].join(" or ");
  await db.run(`
    update quarantine.rows set raw = ${literal(JSON.stringify(masked))},
      violations = regexp_replace(cast(violations as varchar), '"value":"(\\\\.|[^"\\\\])*"', '"value":"${masked}"', 'g')
    where ${has("raw")} or ${has("cast(violations as varchar)")}`);
}
