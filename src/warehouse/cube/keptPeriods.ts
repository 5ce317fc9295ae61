import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../engine/sql.js";
import { addMonths, type Grain, grains, monthsOf } from "../../kpi/periods.js";
import type { BuildCache } from "../kept/buildCache.js";
import { keepRows, rowsOf } from "./keptMonths.js";

/** A window of the cube: a period, or the elapsed days that a partial one is compared with. */
type Window = readonly [role: string, grain: Grain, start: string];

/** What builds keep of the cells of a KPI's windows. */
interface Notes {
  /** By where they count: a window, or the period in which runs begin or end. */
  prints: readonly [kind: "window" | "turn", ...Window, print: string][];
  /** The windows that there were. */
  windows: readonly Window[];
}

/** The book of a grain's periods: as it was up to one of them, `after`, and to be gone on with in the next, `from`. */
export interface KeptBook {
  grain: Grain;
  after: string;
  from: string;
}

/** Which windows' cells may be taken from what an earlier build kept. */
export interface KeptPeriods {
  /** SQL condition of the windows whose cells are as they were; undefined where there are none. */
  same: string | undefined;
  /** SQL condition of the others, and whether there are any. */
  others: string;
  hasOthers: boolean;
  /** The books that are other ones from some period on. */
  books: readonly KeptBook[];
  /** SQL for the rows that were kept. */
  rows: string;
  /** Keeps the rows of a relation, those of all windows, for the builds that follow. */
  keep(relation: string): Promise<void>;
}

/**
 * Compares the cases of each window with those that an earlier build had, by their number and two sums of their hashes. A case is
 * about one window, or about a run of periods: a book is the sum of the runs that began less those that ended, so that a period's is
 * as it was where no turn up to it has changed.
 * @param cases a relation of cases with `role`, `grain`, `period_start` and `until_start`
 * @param told SQL of all that counts of a case
 * @param query what is computed of them
 */
export async function comparePeriods(
  db: DuckDBConnection,
  cache: BuildCache | undefined,
  cases: string,
  told: readonly string[],
  query: string,
): Promise<KeptPeriods | undefined> {
  if (!cache) return undefined;
  const version = await db.runAndReadAll("select version()");
  const key = cache.key({ engine: String(version.value(0, 0)), query, told });
  const prints = await printsOf(db, cases, told);
  const windows = await windowsOf(db);
  const found = await cache.find<Notes & { types: [string, string][] }>(key);
  const keep = (relation: string) => keepRows(db, cache, key, { prints, windows } satisfies Notes, relation);
  const none = { same: undefined, others: "true", hasOthers: true, books: [], rows: "", keep };
  if (!found) return none;
  const before = new Map(found.notes.prints.map(([...of]) => [nameOf(of), of.at(-1)]));
  const now = new Map(prints.map((of) => [nameOf(of), of.at(-1)]));
  const changed = [...prints, ...found.notes.prints].filter(
    (of) => before.get(nameOf(of)) !== now.get(nameOf(of)),
  );
  const isChanged = new Set(changed.map(nameOf));
  const turns = new Map<Grain, string>();
  for (const [kind, , grain, start] of changed)
    if (kind === "turn" && start < (turns.get(grain) ?? "9")) turns.set(grain, start);
  const known = new Set(found.notes.windows.map(([...window]) => window.join(" ")));
  const isOther = (window: Window) => {
    const [role, grain, start] = window;
    return (
      !known.has(window.join(" ")) ||
      isChanged.has(nameOf(["window", ...window])) ||
      (role === "period" && start >= (turns.get(grain) ?? "9"))
    );
  };
  const others = windows.filter(isOther);
  const same = windows.filter((window) => !isOther(window));
  const books = grains.flatMap((grain): KeptBook[] => {
    const periods = windows.filter(([role, of]) => role === "period" && of === grain);
    const [[, , from] = []] = periods.filter(isOther);
    const after = from && addMonths(from, -monthsOf[grain]);
    return from && after ? [{ grain, after, from }] : [];
  });
  const isGoneOn = ({ grain, after }: KeptBook) =>
    same.some((each) => each.join(" ") === `period ${grain} ${after}`);
  if (!books.every(isGoneOn)) return none;
  cache.taken.ofMonths += windows.length;
  cache.taken.months += same.length;
  return {
    same: same.length > 0 ? isOf(same) : undefined,
    others: isOf(others),
    hasOthers: others.length > 0,
    books,
    rows: rowsOf(found),
    keep: async (relation) => {
      if (others.length > 0 || found.notes.windows.length !== windows.length) await keep(relation);
    },
  };
}

const nameOf = (of: readonly string[]) => of.slice(0, 4).join(" ");

const isOf = (windows: readonly Window[]) => {
  const list = windows.map(
    ([role, grain, start]) => `(${literal(role)}, ${literal(grain)}, date ${literal(start)})`,
  );
  return list.length > 0 ? `(role, grain, period_start) in (${list.join(", ")})` : "false";
};

async function windowsOf(db: DuckDBConnection): Promise<Window[]> {
  const reader = await db.runAndReadAll(
    "select role, grain, cast(period_start as varchar) from intermediate.periods order by all",
  );
  return reader.getRows().map((row) => row.map(String) as unknown as Window);
}

async function printsOf(
  db: DuckDBConnection,
  cases: string,
  told: readonly string[],
): Promise<Notes["prints"]> {
  const sums = "sum(number) || ' ' || sum(total) || ' ' || bit_xor(mixed)";
  const reader = await db.runAndReadAll(`
    with printed as (
      select role, grain, period_start, until_start, hash(${told.join(", ")}) as print from ${cases}
    ),
    grouped as (
      select role, grain, period_start, until_start, count(*) as number, sum(print) as total, bit_xor(print) as mixed
      from printed group by role, grain, period_start, until_start
    ),
    placed as (
      select 'window' as kind, role, grain, period_start as turn_on, 0 as is_end, number, total, mixed
      from grouped where until_start is null
      union all
      select 'turn', role, grain, period_start, 0, number, total, mixed from grouped where until_start is not null
      union all
      select 'turn', role, grain, until_start, 1, number, total, mixed from grouped where until_start is not null
    ),
    ends as (
      select kind, role, grain, turn_on, is_end, ${sums} as print from placed group by kind, role, grain, turn_on, is_end
    )
    select kind, role, grain, cast(turn_on as varchar), string_agg(is_end || ': ' || print, ', ' order by is_end)
    from ends group by kind, role, grain, turn_on order by all`);
  return reader.getRows().map((row) => row.map(String)) as unknown as Notes["prints"];
}
