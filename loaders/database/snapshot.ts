import { join } from "node:path";
import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { columnNames } from "../columns.js";
import type { Opening } from "../source.js";
import { readByCursor } from "./cursor.js";
import type { Driver, Fault, Session } from "./driver.js";
import type { Kept } from "./kept.js";
import { type DatabaseSettings, milliseconds, type Relation } from "./settings.js";
import { spool } from "./spool.js";
import { type DatabaseUrl, databaseUrl } from "./url.js";

let serial = 0;

/**
 * Reads all relations of a source in one transaction that is over as soon as they are read: a database is not held by what
 * is computed of them. Each is read once and kept, so that a row is the same whenever it is asked for.
 * @throws CliError 1 when the database is not there, broke off or took too long; 2 when it has not what the settings say
 */
export async function readSnapshot(
  driver: Driver,
  source: string,
  settings: DatabaseSettings,
  { tempDir, keys, rows }: Pick<Opening, "tempDir" | "keys" | "rows">,
): Promise<Map<string, Kept>> {
  const { url_env: variable, relations, timeout, full_extract: isFull } = settings;
  const url = databaseUrl(source, variable, driver.schemes);
  const refuse = (error: unknown, place: string, relation?: Relation) => {
    const found = error instanceof CliError ? undefined : driver.faultOf(error);
    return found ? worded(found, { place: `${source}.${place}`, variable, timeout, relation, url }) : error;
  };
  const session = await driver.connect(url, milliseconds(timeout)).catch((error: unknown) => {
    throw refuse(error, "url_env");
  });
  try {
    const kept = new Map<string, Kept>();
    for (const [name, relation] of Object.entries(relations)) {
      const path = join(tempDir, `relation-${process.pid}-${++serial}.parquet`);
      const byCursor = (cursor: string) => ({
        name: `${source}.${name}`,
        relation: { table: relation.table, query: relation.query, cursor },
        mappedKey: keys?.[name] ?? [],
        rows,
        place: [driver.schemes, url.host, url.port, url.database],
        isFull: relation.full_extract ?? isFull ?? false,
      });
      const read = await (relation.cursor === undefined
        ? readRelation(session, relation, path)
        : readByCursor(session, byCursor(relation.cursor), path)
      ).catch((error: unknown) => {
        throw refuse(error, `relations.${name}`, relation);
      });
      requireCursor(read.columns, `${source}.relations.${name}`, relation);
      kept.set(name, read);
    }
    return kept;
  } finally {
    await session.close();
  }
}

async function readRelation(session: Session, relation: Relation, path: string): Promise<Kept> {
  const counted = await session.count(relation);
  const { columns: header, zoneless, batches } = await session.read(relation);
  const columns = columnNames(header);
  return { path, header, columns, counted, zoneless, ...(await spool(path, columns, batches)) };
}

function requireCursor(columns: readonly string[], place: string, { cursor }: Relation): void {
  if (cursor === undefined || columns.includes(cursor)) return;
  throw fault(2, `${place}.cursor`, told("database.noColumn", { columns, column: cursor }));
}

const fault = (exitCode: 1 | 2, place: string, wrong: Told) =>
  // Not with the driver's error as its cause: it may hold the URL.
  new CliError(told("file.fault", { at: ["sources.yaml", place], wrong }), exitCode);

interface Circumstances {
  place: string;
  variable: string;
  timeout: string;
  relation: Relation | undefined;
  url: DatabaseUrl;
}

/** What the database said, in our words: the driver's may hold the URL. */
function worded(found: Fault, { place, variable, timeout, relation, url }: Circumstances): CliError {
  const at = relation ? `${place}.${relation.table === undefined ? "query" : "table"}` : place;
  switch (found.what) {
    case "unreachable":
    case "unsafe":
    case "lost":
      return fault(1, at, told(`database.${found.what}`, { variable, code: found.code }));
    case "login":
    case "noDatabase":
      return fault(2, at, told(`database.${found.what}`, { variable }));
    case "writes":
      return fault(2, at, told("database.writes"));
    case "slow":
      return fault(1, at, told("database.slow", { timeout }));
    case "noTable":
      if (relation?.table !== undefined)
        return fault(2, at, told("database.noTable", { table: relation.table }));
      return worded({ ...found, what: "refused" }, { place, variable, timeout, relation, url });
    case "forbidden":
    case "full":
    case "refused": {
      const [first = ""] = url.masked(found.reason).split("\n");
      return fault(found.isPassing ? 1 : 2, at, told(`database.${found.what}`, { reason: first }));
    }
  }
}
