import type { Client, QueryArrayConfig, QueryArrayResult } from "pg";
import { literal, quoted } from "../../src/engine/sql.js";
import type { Row, Session, Shape } from "../database/driver.js";
import { bareQuery, nameParts, type Relation } from "../database/settings.js";
import type { DatabaseUrl } from "../database/url.js";
import { tablesOf } from "./tables.js";

/** What a session is set to: every value as a text that loses nothing, rows of a table in the order in which they lie. */
const settings = [
  "set client_encoding = 'UTF8'",
  "set timezone = 'UTC'",
  "set datestyle = 'ISO, YMD'",
  "set intervalstyle = 'iso_8601'",
  "set bytea_output = 'hex'",
  "set extra_float_digits = 3",
  "set synchronize_seqscans = off",
  "set cursor_tuple_fraction = 1",
];

const connectionTimeout = 30_000;
/** The server is to end what takes too long by itself, so that it does not go on. */
const grace = 5000;

const boolean = 16;

/** Connects and begins a transaction that sees one moment and cannot write. */
export async function connect(url: DatabaseUrl, timeout: number): Promise<Session> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({
    host: url.host,
    port: url.port ?? 5432,
    user: url.user || undefined,
    password: url.password || undefined,
    database: url.database,
    ssl: url.tls,
    application_name: "herringbone",
    connectionTimeoutMillis: Math.min(connectionTimeout, timeout),
    query_timeout: timeout + grace,
    keepAlive: true,
  });
  // One that comes while nothing is asked is told by what is asked next.
  client.on("error", () => undefined);
  try {
    await client.connect();
    for (const each of [...settings, `set statement_timeout = ${timeout}`]) await client.query(each);
    await client.query("begin isolation level repeatable read read only");
  } catch (error) {
    await close(client);
    throw error;
  }
  return {
    async count(relation) {
      return Number((await ask(client, `select count(*) from ${from(relation)}`)).rows[0]?.[0]);
    },
    shape: (relation) => shape(client, relation),
    async print(relation, columns) {
      // Not by concat_ws, which takes no more than a hundred.
      const cells = columns.map(cellOf).join(" || '|' || ");
      const hash = `('x' || left(encode(sha256(convert_to(${cells}, 'UTF8')), 'hex'), 15))::bit(60)::bigint`;
      const now = "to_char(now() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')";
      const select = `select count(*), coalesce(sum(${hash}), 0), ${now} from ${from(relation)}`;
      const [count, sum, at] = (await ask(client, select)).rows[0] ?? [];
      return { count: Number(count), sum: String(sum), at: String(at) };
    },
    read: (relation, start) => read(client, relation, start),
    tables: () => tablesOf(async (text) => (await ask(client, text)).rows),
    async answer(select, milliseconds) {
      // A statement that fails takes all back that came before it in the transaction, settings too.
      await ask(client, "savepoint before_answer");
      try {
        await ask(client, `set local statement_timeout = ${milliseconds}`);
        const { zoneless, rows } = textsOf(await ask(client, select));
        return { zoneless, rows };
      } finally {
        await ask(client, "rollback to savepoint before_answer");
        await ask(client, "release savepoint before_answer");
      }
    },
    quoted,
    close: () => close(client),
  };
}

/** One statement, whatever its text says: by the protocol that takes no second one. */
function ask(client: Client, text: string): Promise<QueryArrayResult<(string | null)[]>> {
  const asked: QueryArrayConfig & { queryMode: "extended" } = {
    text,
    rowMode: "array",
    queryMode: "extended",
    types: { getTypeParser: () => (value: string | null) => value },
  };
  return client.query(asked);
}

const named = (table: string) => nameParts(table).map(quoted).join(".");

const from = ({ table, query = "" }: Relation) =>
  table === undefined ? `(${bareQuery(query)}\n) as counted` : named(table);

async function read(client: Client, relation: Relation, start?: string): ReturnType<Session["read"]> {
  const select = start === undefined ? await selectOf(client, relation) : since(relation, start);
  await ask(client, `declare relation_rows no scroll cursor for ${select}`);
  const first = await fetch(client, firstBatch);
  return { columns: first.columns, zoneless: first.zoneless, batches: batchesFrom(client, first.rows) };
}

/** The type of a time without a zone, by its number. */
const timestamp = 1114;
const firstBatch = 100;
const largestBatch = 10_000;
/** About so many characters are asked for at once. */
const batchText = 8 << 20;

async function* batchesFrom(client: Client, first: Row[]): AsyncGenerator<Row[]> {
  let size = firstBatch;
  for (let rows = first; rows.length > 0; ) {
    yield rows;
    const text = rows.reduce(
      (sum, row) => sum + row.reduce((length, cell) => length + (cell?.length ?? 0), 0),
      1,
    );
    size = Math.max(1, Math.min(largestBatch, Math.floor((batchText / text) * rows.length)));
    rows = (await fetch(client, size)).rows;
  }
  await ask(client, "close relation_rows");
}

async function fetch(
  client: Client,
  count: number,
): Promise<{ columns: string[]; zoneless: string[]; rows: Row[] }> {
  return textsOf(await ask(client, `fetch forward ${count} from relation_rows`));
}

/** Rows whose truth values are `true` and `false`. */
function textsOf({ fields, rows }: QueryArrayResult<(string | null)[]>): {
  columns: string[];
  zoneless: string[];
  rows: Row[];
} {
  const booleans = fields.flatMap(({ dataTypeID }, at) => (dataTypeID === boolean ? [at] : []));
  for (const row of rows) {
    for (const at of booleans) {
      const cell = row[at];
      if (cell !== null) row[at] = cell === "t" ? "true" : "false";
    }
  }
  const zoneless = fields.filter(({ dataTypeID }) => dataTypeID === timestamp).map(({ name }) => name);
  return { columns: fields.map(({ name }) => name), zoneless, rows };
}

function since(relation: Relation, start: string): string {
  const cursor = quoted(relation.cursor ?? "");
  return `select * from ${from(relation)} where ${cursor} >= ${literal(start)} or ${cursor} is null`;
}

/** By its primary key, so that a build of the same rows is the same build; without one in the order in which they lie. */
async function selectOf(client: Client, { table, query = "" }: Relation): Promise<string> {
  if (table === undefined) return bareQuery(query);
  const key = await keyOf(client, table);
  return `select * from ${named(table)}${key.length === 0 ? "" : ` order by ${key.map(quoted).join(", ")}`}`;
}

/** Types whose texts are the same wherever they are written, by their numbers in `pg_type`. */
const kinds = new Map<number, Shape["columns"][number]["as"]>([
  [boolean, "flag"],
  ...[20, 21, 23, 1700].map((type) => [type, "number"] as const),
  ...[1082, 1114, 1184].map((type) => [type, "time"] as const),
  ...[25, 1042, 1043, 2950].map((type) => [type, "text"] as const),
]);

/** A cell as it is told by; not cast, which takes blanks from behind. */
function cellOf({ name, as }: Shape["columns"][number]): string {
  const cell = quoted(name);
  return `case when ${cell} is null then 'n' else concat('t', ${as === "flag" ? `${cell}::text` : cell}) end`;
}

async function shape(client: Client, relation: Relation): Promise<Shape> {
  const { fields } = await ask(client, `select * from ${from(relation)} limit 0`);
  return {
    columns: fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
      name,
      type: `${dataTypeID} ${dataTypeModifier}`,
      as: kinds.get(dataTypeID) ?? null,
    })),
    key: relation.table === undefined ? [] : await keyOf(client, relation.table),
  };
}

async function keyOf(client: Client, table: string): Promise<string[]> {
  const { rows } = (await client.query({
    text: `select a.attname from pg_catalog.pg_index i
      join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = $1::regclass and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)`,
    values: [named(table)],
    rowMode: "array",
  })) as QueryArrayResult<[string]>;
  return rows.map(([column]) => column);
}

/** A server that says nothing is not waited for. */
async function close(client: Client): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, 2000);
  });
  await Promise.race([client.end().catch(() => undefined), late]);
  clearTimeout(timer);
  const { connection } = client as unknown as { connection?: { stream?: { destroy(): void } } };
  connection?.stream?.destroy();
}
