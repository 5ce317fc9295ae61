import type { DuckDBConnection } from "@duckdb/node-api";
import { literal, quoted, type Select, selectSql } from "../../engine/sql.js";
import { nodes, parseSelects } from "../../engine/sqlTree.js";
import type { BuildCache, Kept } from "../kept/buildCache.js";

/** What builds keep of a query's rows: a print of the cases of each month that they were computed from, and the columns' types. */
interface Notes extends Typed {
  prints: readonly [month: string, print: string][];
}

/** The columns of kept rows with their types: Parquet does not have all of them. */
interface Typed {
  types: [column: string, type: string][];
}

/** The prints of cases by month, and whether there are cases without one. */
export interface Prints {
  prints: readonly [month: string, print: string][];
  hasNone: boolean;
}

/** Which months' rows may be taken from what an earlier build kept. */
export interface KeptMonths {
  printed: Prints;
  /** The months whose cases are as they were, `YYYY-MM-DD`. */
  same: readonly string[];
  /** The other months that have cases. */
  others: readonly string[];
  /** Months that had cases and have none any more. */
  gone: readonly string[];
  /** Whether there are cases without a month. */
  hasNone: boolean;
  /** What was kept: its columns, and SQL for its rows; undefined where there is nothing. */
  kept: { columns: readonly string[]; rows: string } | undefined;
  /** Keeps the rows of a relation, those of all months that have cases, for the builds that follow. */
  keep(relation: string): Promise<void>;
}

/**
 * Compares the cases of each month with those that an earlier build had, by their number and two sums of their hashes: whatever is
 * computed of a month's cases alone is the same where these are. Without a cache all months are others.
 * @param cases one row a case with its `month` and all that counts of it
 * @param query what is computed of them
 * @param known the prints of these cases, or of more and by more
 */
export async function compareMonths(
  db: DuckDBConnection,
  cache: BuildCache | undefined,
  cases: Select,
  query: unknown,
  known?: Prints,
): Promise<KeptMonths | undefined> {
  if (!cache) return undefined;
  const version = await db.runAndReadAll("select version()");
  const key = cache.key({ engine: String(version.value(0, 0)), query, cases: selectSql(cases) });
  const printed = known ?? (await printsOf(db, cases));
  const { prints, hasNone } = printed;
  const found = await cache.find<Notes>(key);
  const before = new Map(found?.notes.prints);
  const isSame = ([month, print]: [string, string]) => before.get(month) === print;
  cache.taken.ofMonths += prints.length;
  cache.taken.months += prints.filter(isSame).length;
  return {
    printed,
    same: prints.filter(isSame).map(([month]) => month),
    others: prints.filter((each) => !isSame(each)).map(([month]) => month),
    gone: [...before.keys()].filter((month) => !prints.some(([each]) => each === month)),
    hasNone,
    kept: found && { columns: found.notes.types.map(([name]) => name), rows: rowsOf(found) },
    keep: async (relation) => {
      const isKnown = found && prints.length === before.size && prints.every(isSame);
      if (!isKnown) await keepRows(db, cache, key, { prints }, relation);
    },
  };
}

/** SQL for days as a list. */
export const dayList = (days: readonly string[]): string => days.map((day) => `date '${day}'`).join(", ");

async function printsOf(db: DuckDBConnection, cases: Select): Promise<Prints> {
  const { month = "", ...told } = cases.columns;
  const print = `hash(${(await readBy(db, Object.values(told))).join(", ")})`;
  const reader = await db.runAndReadAll(
    `select cast(month as varchar), count(*) || ' ' || sum(print) || ' ' || bit_xor(print)
    from (${selectSql({ ...cases, columns: { month, print } })}) as printed group by month order by month`,
  );
  const rows = reader.getRowsJson();
  return {
    prints: rows
      .filter(([month]) => month !== null)
      .map(([month, print]): [string, string] => [String(month), String(print)]),
    hasNone: rows.some(([month]) => month === null),
  };
}

/**
 * What expressions follow from: the columns that they read, each once, which are fewer and need not be worked out; the expressions
 * themselves where they ask more than their own row.
 */
async function readBy(db: DuckDBConnection, expressions: readonly string[]): Promise<string[]> {
  const list = expressions.join(", ");
  const read = nodes(await parseSelects(db, [{ sql: `select ${list}`, file: list }]));
  if (read.some((node) => node.class === "SUBQUERY" || node.class === "LAMBDA")) return [...expressions];
  const names = read.flatMap((node) =>
    node.class === "COLUMN_REF" ? [(node.column_names as string[]).map(quoted).join(".")] : [],
  );
  return names.length > 0 ? [...new Set(names)] : ["null"];
}

/** Parquet has no whole numbers of 128 bits and no bit strings. */
function storedSql(column: string, type: string): string {
  if (type === "HUGEINT") return `cast(${column} as decimal(38, 0))`;
  return type === "BIT" || type === "UHUGEINT" ? `cast(${column} as varchar)` : column;
}

/** Keeps the rows of a relation with notes and their types. */
export async function keepRows(
  db: DuckDBConnection,
  cache: BuildCache,
  key: string,
  notes: object,
  relation: string,
): Promise<void> {
  const described = await db.runAndReadAll(`describe ${relation}`);
  const types = described.getRowsJson().map(([name, type]): [string, string] => [String(name), String(type)]);
  const columns = types.map(([name, type]) => `${storedSql(quoted(name), type)} as ${quoted(name)}`);
  await cache.keep(key, { ...notes, types } satisfies Typed, (path) =>
    db.run(
      `copy (select ${columns.join(", ")} from ${relation}) to ${literal(path)} (format parquet, compression snappy)`,
    ),
  );
}

/** SQL for rows that were kept, with their types. */
export function rowsOf({ path, notes }: Kept<Typed>): string {
  const columns = notes.types.map(([name, type]) => `cast(${quoted(name)} as ${type}) as ${quoted(name)}`);
  return `(select ${columns.join(", ")} from read_parquet(${literal(path)}))`;
}
