import type { Connection, FieldPacket, QueryOptions, TypeCastField } from "mysql2";
import type { Row, Session } from "../database/driver.js";
import { bareQuery, nameParts, type Relation } from "../database/settings.js";
import type { DatabaseUrl } from "../database/url.js";
import { shapeOf, textOf } from "./cells.js";
import { Silence } from "./faultOf.js";
import { tablesOf } from "./tables.js";

/** What a session is set to; the last begins the moment of which all is read. */
const settings = [
  "set names utf8mb4",
  "set time_zone = '+00:00'",
  // The server is not to give up because rows are put down.
  "set session net_write_timeout = 600",
  "set session transaction isolation level repeatable read",
  "start transaction with consistent snapshot, read only",
];

const connectionTimeout = 30_000;

/** Connects and begins a transaction that sees one moment and cannot write. */
export async function connect(url: DatabaseUrl, timeout: number): Promise<Session> {
  const { createConnection } = await import("mysql2");
  const connection = createConnection({
    ...(url.host.startsWith("/") ? { socketPath: url.host } : { host: url.host, port: url.port ?? 3306 }),
    user: url.user,
    password: url.password,
    database: url.database,
    charset: "utf8mb4",
    connectTimeout: Math.min(connectionTimeout, timeout),
    flags: ["-LOCAL_FILES"],
    ...(url.tls
      ? { ssl: { ...url.tls, verifyIdentity: !("checkServerIdentity" in url.tls) } as object }
      : {}),
  });
  // One that comes while nothing is asked is told by what is asked next.
  connection.on("error", () => undefined);
  const ask = (sql: string) => asked(connection, sql, timeout);
  try {
    await watched(
      connection,
      timeout,
      () =>
        new Promise<void>((resolve, reject) => {
          connection.connect((error) => (error ? reject(error) : resolve()));
        }),
    );
    for (const each of settings) await ask(each);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  let bound = 0;
  /** Lets a statement run so long: MariaDB has one setting for it, MySQL another. */
  const bounded = async (milliseconds: number) => {
    if (bound === milliseconds) return;
    bound = milliseconds;
    await ask(`set session max_statement_time = ${milliseconds / 1000}`).catch(() =>
      ask(`set session max_execution_time = ${milliseconds}`).catch(() => []),
    );
  };
  return {
    async count(relation) {
      return Number((await ask(`select count(*) from ${from(relation)}`))[0]?.[0]);
    },
    async shape(relation) {
      const { fields } = await answered(connection, `select * from ${from(relation)} limit 0`, timeout);
      return {
        columns: fields.map(shapeOf),
        key: relation.table === undefined ? [] : await keyOf(relation.table, ask),
      };
    },
    async print(relation, columns) {
      const cells = columns
        .map(({ name }) => `coalesce(concat('t', convert(${quoted(name)} using utf8mb4)), 'n')`)
        .join(", ");
      const hash = `cast(conv(left(sha2(concat_ws('|', ${cells}), 256), 15), 16, 10) as unsigned)`;
      const select = `select count(*), coalesce(sum(${hash}), 0), utc_timestamp() from ${from(relation)}`;
      const [count, sum, at] = (await ask(select))[0] ?? [];
      return { count: Number(count), sum: String(sum), at: String(at) };
    },
    async read(relation, start) {
      const select = start === undefined ? await selectOf(relation, ask) : since(relation, start);
      return streamed(connection, select, timeout);
    },
    tables: () => tablesOf(ask, quoted),
    async answer(select, milliseconds) {
      await bounded(milliseconds);
      const { rows, fields } = await answered(connection, select, timeout);
      return { zoneless: zonelessOf(fields), rows };
    },
    quoted,
    async close() {
      connection.destroy();
    },
  };
}

const quoted = (name: string) => `\`${name.replaceAll("`", "``")}\``;
const named = (table: string) => nameParts(table).map(quoted).join(".");

const from = ({ table, query = "" }: Relation) =>
  table === undefined ? `(${bareQuery(query)}\n) as counted` : named(table);

function since(relation: Relation, start: string): string {
  const cursor = quoted(relation.cursor ?? "");
  return `select * from ${from(relation)} where ${cursor} >= ${literal(start)} or ${cursor} is null`;
}

type Ask = (sql: string) => Promise<Row[]>;

/** By its primary key, so that a build of the same rows is the same build; a query as it says. */
async function selectOf({ table, query = "" }: Relation, ask: Ask): Promise<string> {
  if (table === undefined) return bareQuery(query);
  const key = await keyOf(table, ask);
  return `select * from ${named(table)}${key.length === 0 ? "" : ` order by ${key.map(quoted).join(", ")}`}`;
}

async function keyOf(table: string, ask: Ask): Promise<string[]> {
  const parts = nameParts(table);
  const [name = "", schema] = parts.reverse();
  const key = await ask(
    `select column_name from information_schema.key_column_usage where constraint_name = 'PRIMARY'
    and table_schema = ${schema === undefined ? "database()" : literal(schema)} and table_name = ${literal(name)}
    order by ordinal_position`,
  );
  return key.map(([column]) => column ?? "");
}

/** A text by its bytes: what is quoted how is a setting of the server's. */
const literal = (text: string) => `convert(x'${Buffer.from(text).toString("hex")}' using utf8mb4)`;

/** A query whose cells come as the server wrote them. */
const verbatim = (sql: string): QueryOptions => ({
  sql,
  rowsAsArray: true,
  typeCast: (field: TypeCastField) => field.buffer(),
});

const asked = async (connection: Connection, sql: string, timeout: number): Promise<Row[]> =>
  (await answered(connection, sql, timeout)).rows;

const answered = (
  connection: Connection,
  sql: string,
  timeout: number,
): Promise<{ rows: Row[]; fields: FieldPacket[] }> =>
  watched(
    connection,
    timeout,
    () =>
      new Promise((resolve, reject) => {
        connection.query(verbatim(sql), (error: Error | null, rows: unknown, fields: FieldPacket[]) => {
          if (error) reject(error);
          else if (!Array.isArray(rows) || !fields) resolve({ rows: [], fields: [] });
          else resolve({ rows: (rows as Cells[]).map((row) => texts(row, fields)), fields });
        });
      }),
  );

type Cells = (Buffer | null)[];

const texts = (cells: Cells, fields: readonly FieldPacket[]): Row =>
  cells.map((cell, at) => (cell === null ? null : textOf(cell, fields[at] as FieldPacket)));

/** Does what gives an answer in time, or else ends the connection. */
async function watched<T>(connection: Connection, timeout: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      connection.destroy();
      reject(new Silence());
    }, timeout);
  });
  try {
    return await Promise.race([work(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** The type of the protocol for a time without a zone. */
const datetime = 12;
const zonelessOf = (fields: readonly FieldPacket[]) =>
  fields.filter(({ columnType }) => columnType === datetime).map(({ name }) => name);
/** So many rows are held beyond those that are being put down. */
const heldRows = 100;
/** About so many bytes, and so many rows at most, are handed on at once. */
const batchBytes = 8 << 20;
const batchRows = 1000;

async function streamed(connection: Connection, sql: string, timeout: number): ReturnType<Session["read"]> {
  const query = connection.query(verbatim(sql));
  const stream = query.stream({ highWaterMark: heldRows });
  // Of a stream's query the driver tells the connection that it is lost, and not the stream.
  const lost = (error: Error) => stream.destroy(error);
  connection.once("error", lost);
  const timer = setTimeout(() => {
    connection.destroy();
    stream.destroy(new Silence());
  }, timeout);
  const fields = await new Promise<FieldPacket[]>((resolve, reject) => {
    query.on("fields", resolve);
    stream.on("error", reject);
  }).catch((error: unknown) => {
    clearTimeout(timer);
    connection.off("error", lost);
    throw error;
  });
  async function* batches(): AsyncGenerator<Row[]> {
    try {
      let batch: Row[] = [];
      let bytes = 0;
      for await (const row of stream as AsyncIterable<Cells>) {
        timer.refresh();
        for (const cell of row) bytes += cell?.length ?? 0;
        batch.push(texts(row, fields));
        if (bytes < batchBytes && batch.length < batchRows) continue;
        yield batch;
        batch = [];
        bytes = 0;
      }
      if (batch.length > 0) yield batch;
    } finally {
      clearTimeout(timer);
      connection.off("error", lost);
    }
  }
  return { columns: fields.map(({ name }) => name), zoneless: zonelessOf(fields), batches: batches() };
}
