import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { columnNames } from "../columns.js";
import type { Surveyed, Unread } from "../survey.js";
import type { Declared, Driver, Fault, Row, Session } from "./driver.js";
import { type DatabaseSettings, milliseconds } from "./settings.js";
import { type DatabaseUrl, urlIn } from "./url.js";

/** So many tables are looked at, and of each so many rows, or so many characters of them. */
const mostTables = 1000;
const mostRows = 5000;
const mostText = 16 << 20;
const firstRows = 100;
/** A view may be a long computation: so many seconds are waited for each. */
export const patience = { seconds: 30 };

/**
 * All tables and views that a database has, one after the other, with some rows of each: the first and the last by its key. What
 * cannot be read is told, and the others follow.
 */
export async function* surveyDatabase(
  driver: Driver,
  { url_env: variable, timeout = "10 minutes" }: Pick<DatabaseSettings, "url_env"> & { timeout?: string },
): AsyncGenerator<Surveyed | Unread> {
  const url = urlIn(variable, driver.schemes, (wrong) => new CliError(wrong, 2));
  const worded = (error: unknown) => {
    const found = error instanceof CliError ? undefined : driver.faultOf(error);
    return found ? new CliError(sentence(found, variable, url), codeOf(found)) : error;
  };
  const session = await driver.connect(url, milliseconds(timeout)).catch((error: unknown) => {
    throw worded(error);
  });
  try {
    const all = await session.tables().catch((error: unknown) => {
      throw worded(error);
    });
    for (const each of all.slice(0, mostTables)) {
      yield await surveyed(session, each).catch((error: unknown): Unread => {
        const found = error instanceof CliError ? undefined : driver.faultOf(error);
        if (!found || found.what === "lost" || found.what === "unreachable") throw worded(error);
        return { name: each.table, why: sentence(found, variable, url) };
      });
    }
    for (const { table } of all.slice(mostTables))
      yield { name: table, why: told("init.tooManyTables", { most: String(mostTables) }) };
  } finally {
    await session.close();
  }
}

async function surveyed(session: Session, whole: Declared): Promise<Surveyed> {
  const { declared, relation } = await readable(session, whole);
  const { schema, name, table, columns, about } = declared;
  const header = columns.map((each) => each.name);
  const names = columnNames(header);
  const named = (column: string) => names[header.indexOf(column)] ?? column;
  const { rows, isWhole, zoneless } = await sampled(session, declared);
  return {
    name: table,
    path: [schema, name],
    relation,
    isView: declared.isView,
    header,
    columns: names,
    rows,
    isWhole,
    ...(isWhole ? { about: rows.length } : about === undefined ? {} : { about }),
    comments: new Map(
      columns.flatMap((each) => (each.comment === "" ? [] : [[named(each.name), each.comment] as const])),
    ),
    key: declared.key.map(named),
    references: declared.references.map((each) => ({
      column: named(each.column),
      to: [each.schema, each.table],
      key: each.key,
    })),
    zoneless: zoneless.map(named),
    times: columns.flatMap((each) => (each.isTime ? [named(each.name)] : [])),
    indexed: declared.indexed.map(named),
  };
}

/** A table as far as its user may read it: as a whole, or by a query of the columns for which there is a right. */
async function readable(
  session: Session,
  whole: Declared,
): Promise<{ declared: Declared; relation: Surveyed["relation"] }> {
  const from = `${session.quoted(whole.schema)}.${session.quoted(whole.name)}`;
  const columns = whole.columns.filter(({ isReadable }) => isReadable);
  if (columns.length === whole.columns.length || columns.length === 0) {
    const isAll = await session.answer(`select * from ${from} limit 0`, patience.seconds * 1000).then(
      () => true,
      (error: unknown) => {
        // Columns without a right may be missing from the list.
        if (columns.length === 0) throw error;
        return false;
      },
    );
    if (isAll) return { declared: whole, relation: { table: whole.table } };
  }
  const has = (column: string) => columns.some(({ name }) => name === column);
  const key = whole.key.every(has) ? whole.key : [];
  const list = (names: readonly string[]) => names.map(session.quoted).join(", ");
  const order = key.length > 0 ? ` order by ${list(key)}` : "";
  const query = `select ${list(columns.map(({ name }) => name))} from ${from}${order}`;
  await session.answer(`${query} limit 0`, patience.seconds * 1000);
  return { declared: { ...whole, columns, key }, relation: { query } };
}

/** Some rows: all where they are few, else as many from either end of the key, or, without a key, those that come first. */
async function sampled(
  session: Session,
  { schema, name, columns, key }: Declared,
): Promise<{ rows: Row[]; isWhole: boolean; zoneless: string[] }> {
  if (columns.length === 0) return { rows: [], isWhole: true, zoneless: [] };
  const items = columns.map(({ sample }) => sample).join(", ");
  const from = `select ${items} from ${session.quoted(schema)}.${session.quoted(name)}`;
  const by = (how: string) =>
    key.length === 0 ? "" : ` order by ${key.map((each) => `${session.quoted(each)}${how}`).join(", ")}`;
  const ask = (how: string, most: number) =>
    session.answer(`${from}${by(how)} limit ${most}`, patience.seconds * 1000);
  const first = await ask("", firstRows);
  if (first.rows.length < firstRows) return { ...first, isWhole: true };
  const text = first.rows.reduce(
    (sum, row) => sum + row.reduce((length, cell) => length + (cell?.length ?? 0), 0),
    1,
  );
  const most = Math.max(firstRows, Math.min(mostRows, Math.floor((mostText / text) * firstRows)));
  const more = await ask("", most + 1);
  if (more.rows.length <= most) return { ...more, isWhole: true };
  if (key.length === 0) return { ...more, rows: more.rows.slice(0, most), isWhole: false };
  const half = Math.floor(most / 2);
  const last = await ask(" desc", half);
  return { ...more, rows: [...more.rows.slice(0, half), ...last.rows.reverse()], isWhole: false };
}

const codeOf = ({ what }: Fault): 1 | 2 => (what === "login" || what === "noDatabase" ? 2 : 1);

/** What the database said, in our words: the driver's may hold the URL. */
function sentence(found: Fault, variable: string, url: DatabaseUrl): Told {
  switch (found.what) {
    case "unreachable":
    case "unsafe":
    case "lost":
      return told(`database.${found.what}`, { variable, code: found.code });
    case "login":
    case "noDatabase":
      return told(`database.${found.what}`, { variable });
    case "writes":
      return told("database.writes");
    case "slow":
      return told("init.slow", { seconds: String(patience.seconds) });
    case "noTable":
      return told("database.refused", { reason: firstLine(url.masked(found.reason)) });
    case "forbidden":
    case "full":
    case "refused":
      return told(`database.${found.what}`, { reason: firstLine(url.masked(found.reason)) });
  }
}

const firstLine = (text: string) => text.split("\n")[0] ?? "";
