import { copyFileSync, rmSync } from "node:fs";
import { type Told, told } from "../../src/words/told.js";
import { columnNames } from "../columns.js";
import type { RowCache } from "../source.js";
import type { Print, Session, Shape } from "./driver.js";
import type { Kept } from "./kept.js";
import { type Marks, type Merged, merge, startOf } from "./merge.js";
import type { Relation } from "./settings.js";
import { spool } from "./spool.js";

/** What a relation is read with that has a cursor. */
export interface CursorReading {
  /** As the user knows it. */
  name: string;
  relation: Relation;
  /** Columns by which mappings tell rows apart: those of a relation without a primary key. */
  mappedKey: readonly string[];
  /** What is kept for the next build; nothing is without. */
  rows: RowCache | "forgotten" | undefined;
  /** Which database it is. */
  place: unknown;
  isFull: boolean;
}

/** What is noted of kept rows. */
interface Notes {
  shape: Shape;
  /** When they were read, by the database's clock. */
  at: string;
}

/**
 * Reads a relation by its cursor: of what an earlier build kept of it only rows from the last cursor's value on, less a margin, and all
 * where these and the kept ones are not, by their number and a sum of their cells' hashes, what the database has at the moment.
 * Its rows are in the order of their key either way.
 * @param path of the Parquet file that its rows shall be in
 */
export async function readByCursor(session: Session, reading: CursorReading, path: string): Promise<Kept> {
  const { relation, rows, name } = reading;
  const shape = await session.shape(relation);
  const marks = marksOf(shape, reading);
  if ("id" in marks) return readWhole(session, relation, path, { told: whole(name, marks) });
  const print = await session.print(relation, marks.held);
  const cache = rows === "forgotten" ? undefined : rows;
  const id = cache?.key({ ...reading, rows: undefined, isFull: undefined });
  const kept = cache && id && !reading.isFull ? await cache.find<Notes>(id) : undefined;
  let why = rows === "forgotten" ? told("cursor.forgotten") : undefined;
  if (kept && JSON.stringify(kept.notes.shape) === JSON.stringify(shape)) {
    const start = await startOf(kept.path, marks, kept.notes.at, path);
    const made = start && (await readSince(session, { relation, marks, path, print }, kept.path, start));
    if (made) {
      await keep(path);
      const counts = { file: name, rows: print.count, anew: made.anew };
      return { ...made.kept, told: [told("cursor.anew", counts)] };
    }
    why = told("cursor.otherwise");
  } else if (kept) why = told("cursor.columns");
  const { isWhole, ...read } = await readWhole(session, relation, path, { marks, print });
  if (isWhole) await keep(path);
  else why = told("cursor.unfit");
  return { ...read, told: why ? whole(name, why) : [] };

  async function keep(from: string): Promise<void> {
    if (cache && id) await cache.keep(id, { shape, at: print.at }, async (to) => copyFileSync(from, to));
  }
}

const whole = (file: string, why: Told) => [told("cursor.whole", { file, why })];

/** The columns that rows are told apart by; or why there are none. */
function marksOf({ columns, key }: Shape, { relation, mappedKey }: CursorReading): Marks | Told {
  const names = columnNames(columns.map(({ name }) => name));
  const column = (name: string) => {
    const at = names.indexOf(name);
    return columns[at]?.name === name ? columns[at] : undefined;
  };
  const found = (key.length > 0 ? key : mappedKey).map(column);
  const known = found.filter((each) => each !== undefined && each.as !== null && each.as !== "flag");
  if (found.length === 0 || known.length < found.length) return told("cursor.noKey");
  const cursor = column(relation.cursor ?? "");
  if (!cursor || (cursor.as !== "time" && cursor.as !== "number")) return told("cursor.noOrder");
  return { key: known as Marks["key"], cursor, held: columns.filter(({ as }) => as !== null) };
}

interface Task {
  relation: Relation;
  marks: Marks;
  path: string;
  print: Print;
}

/** What was kept with what came since; undefined where that is not what the database has. */
async function readSince(session: Session, task: Task, kept: string, start: string) {
  const { relation, marks, path, print } = task;
  const { columns: header, zoneless, batches } = await session.read(relation, start);
  const columns = columnNames(header);
  const read = `${path}.read`;
  try {
    const { accepted, refused } = await spool(read, columns, batches);
    if (refused.length > 0) return undefined;
    const merged = await merge(path, marks, columns, read, { path: kept, start });
    if (!isAs(print, merged)) return undefined;
    return { kept: { ...keptOf(path, header, merged), zoneless }, anew: accepted };
  } finally {
    rmSync(read, { force: true });
  }
}

const isAs = (print: Print, { count, sum, isKey }: Merged) =>
  isKey && print.count === count && print.sum === sum;

const keptOf = (path: string, header: string[], { count, sha256 }: Merged): Kept => ({
  path,
  header,
  columns: columnNames(header),
  counted: count,
  accepted: count,
  refused: [],
  sha256,
});

/**
 * All rows: in the order of their key where it is known and they are by it what the database has, else as they come.
 */
async function readWhole(
  session: Session,
  relation: Relation,
  path: string,
  task: Pick<Task, "marks" | "print"> | { told: Told[] },
): Promise<Kept & { isWhole: boolean }> {
  const counted = "print" in task ? task.print.count : await session.count(relation);
  const { columns: header, zoneless, batches } = await session.read(relation);
  const columns = columnNames(header);
  const as = { path, header, columns, counted, zoneless };
  if ("told" in task) return { ...as, ...(await spool(path, columns, batches)), ...task, isWhole: false };
  const read = `${path}.read`;
  const spooled = await spool(read, columns, batches);
  if (spooled.refused.length === 0) {
    const merged = await merge(path, task.marks, columns, read);
    if (isAs(task.print, merged)) {
      rmSync(read, { force: true });
      return { ...keptOf(path, header, merged), zoneless, isWhole: true };
    }
  }
  return { ...as, ...spooled, path: read, isWhole: false };
}
