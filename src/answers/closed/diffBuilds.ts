import type { DuckDBConnection } from "@duckdb/node-api";
import { type Kept, readKept } from "../../catalogue/catalogueFiles.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal, quoted } from "../../engine/sql.js";
import type { Grain, Period } from "../../kpi/periods.js";
import { questionsOf } from "../../kpi/request.js";
import { looksPersonal, masked } from "../../load/persons/personal.js";
import type { RestatedCases, Restatement } from "../../published/closedTypes.js";
import type { FoundBuild } from "../../warehouse/builds.js";
import { damaged, remembered, withWarehouse } from "../../warehouse/open.js";
import { readAsOf } from "../queryKpis.js";
import { closedDimensions, numbered } from "./asked.js";
import type { Within } from "./caseScans.js";
import { keyOf, saidOf } from "./cases.js";
import { type ChangedRows, changedRows } from "./changedRows.js";
import { casesOf, objectsOf, restatementOf } from "./closedPeriods.js";
import { cardKey, definitionsOfEach } from "./definitions.js";
import { differ, type Former } from "./differ.js";
import { differingCases } from "./differingCases.js";
import { cubeDigests } from "./digests.js";
import { createFigures } from "./figures.js";

export interface DiffAsked {
  /** Only these KPIs. */
  kpis?: readonly string[];
  /** Only periods within these months, both inclusive: `YYYY-MM`. */
  from?: string;
  to?: string;
}

/** A build of two that are compared. */
export interface ComparedBuild {
  build_id: string;
  as_of_on: string;
}

/** The period that something is of. */
interface OfPeriod {
  grain: Grain;
  period_start: string;
}

/** A figure that the later build gives differently, and what changed of the cases of its KPI. */
export type DiffRow = Restatement & OfPeriod;
export type DiffCases = RestatedCases & OfPeriod;

/** A KPI or scorecard that the builds do not define alike. */
export interface Redefined {
  what: "kpi" | "score";
  id: string;
  /** One build alone has it; what decides it is another; or the newer build alone cuts it by some dimensions. */
  why: "came" | "went" | "definition" | "cut";
  dimensions?: readonly string[];
}

/** The figures in which two builds differ. */
export interface BuildsDiff {
  older: ComparedBuild;
  newer: ComparedBuild;
  /** How many periods both have, which were over in the older. */
  periods: number;
  /** The rows that were read, by table of which any is another. */
  rows: readonly ChangedRows[];
  redefined: readonly Redefined[];
  restatements: readonly DiffRow[];
  cases: readonly DiffCases[];
}

const into = { restatements: "diff_restatements", cases: "diff_cases" };
const figuresThen = "figures_then";
const then = "older_build";

/**
 * Holds the figures of two builds beside each other, KPIs of the company and by each of their dimensions, and scorecards of the company, its
 * teams and employees, by the same comparison as closed periods: those of periods that both have, and that were over in the older one.
 * @throws CliError 2 for a KPI that neither has, or a month that is none; 1 where a file is damaged
 */
export async function diffBuilds(
  older: FoundBuild,
  newer: FoundBuild,
  asked: DiffAsked,
): Promise<{ found: BuildsDiff; kept: Kept; former: Kept }> {
  // What cannot be read is named by its own file.
  const all = await withWarehouse(older.path, readKept);
  return withWarehouse(newer.path, async (db) => {
    const found = await readKept(db);
    const others = all.catalogue.kpis.filter(({ id }) => !found.catalogue.kpis.some((kpi) => kpi.id === id));
    const { kpis = [], from, to } = asked;
    const bounds = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    questionsOf({ kpiIds: kpis, grain: "month", by: [], where: [], ...bounds }, [
      ...found.catalogue.kpis,
      ...others,
    ]);
    const [kept, former] = [narrowed(found, asked), narrowed(all, asked)];
    const inOlder = await beside(db, older.path);
    const over = await periodsOver(db);
    const { asOfDay } = await readAsOf(db);
    const known = await inOlder(async () => {
      const then = (await readAsOf(db)).asOfDay;
      // What was immature then may be scored now.
      const periods = await formerPeriods(db, former, { ...asked, over, isSettled: then === asOfDay });
      return { asOfDay: then, periods };
    });
    const { periods } = known;
    const rows = await changedRows(db, then, asked.kpis);
    const two = { kept, former, periods, inOlder };
    const definitions = await definitionsOfEach(db, kept, periods);
    if (periods.length > 0)
      await compare(
        db,
        two,
        definitions,
        rows.some(({ table }) => table === "employees"),
      );
    return {
      found: {
        older: { build_id: older.id, as_of_on: known.asOfDay },
        newer: { build_id: newer.id, as_of_on: asOfDay },
        periods: periods.length,
        rows,
        redefined: redefinedIn(two, definitions),
        ...(periods.length > 0 ? await readDiff(db, former, periods) : { restatements: [], cases: [] }),
      },
      kept,
      former,
    };
  });
}

/** Attaches another build. What is done within it finds its relations under their own names. */
async function beside(db: DuckDBConnection, path: string): Promise<Within> {
  const own = await db.runAndReadAll("select current_database()");
  await db.run(`attach ${literal(path)} as ${then} (read_only)`);
  const known = new Map();
  return async (work) => {
    await db.run(`use ${then}`);
    try {
      return await remembered(db, work, known);
    } catch (error) {
      throw damaged(error, path) ?? error;
    } finally {
      await db.run(`use ${quoted(String(own.value(0, 0)))}`);
    }
  };
}

/** The periods of the older build that are compared, with what their figures were made of. */
async function formerPeriods(
  db: DuckDBConnection,
  former: Kept,
  { from, to, over, isSettled }: DiffAsked & { over: readonly Period[]; isSettled: boolean },
): Promise<Former[]> {
  const { kpis } = former.catalogue;
  const both = (await periodsOver(db)).filter(
    ({ grain, start, end }) =>
      over.some((each) => each.grain === grain && each.start === start) &&
      (from === undefined || end > `${from}-01`) &&
      (to === undefined || start <= `${to}-01`),
  );
  const periods = both.map((period, at) => ({ number: at + 1, period }));
  const cubes = await cubeDigests(db, kpis, periods);
  const keys = new Map<string, { is_kept: boolean }>();
  for (const kpi of kpis) keys.set(kpi.id, { is_kept: (await keyOf(db, kpi)).length > 0 });
  const definitions = await definitionsOfEach(db, former, both);
  return periods.map(({ number, period }, at) => ({
    ...period,
    number,
    not_final: isSettled ? 0 : 1,
    salt: "",
    definitions: definitions[at] ?? {},
    cubes: Object.fromEntries(cubes.get(number) ?? []),
    cases: Object.fromEntries(keys),
  }));
}

interface Two {
  kept: Kept;
  former: Kept;
  periods: readonly Former[];
  inOlder: Within;
}

type Definitions = Awaited<ReturnType<typeof definitionsOfEach>>;

/** What of both catalogues is not defined alike in all of the periods. */
function redefinedIn({ kept, former, periods }: Two, definitions: Definitions): Redefined[] {
  const compared = <T extends { id: string }>(
    what: Redefined["what"],
    [before, after]: [readonly T[], readonly T[]],
    key: (id: string) => string,
  ) => {
    const has = (all: readonly T[], id: string) => all.some((each) => each.id === id);
    const isOther = (id: string) =>
      periods.some((period, at) => period.definitions[key(id)] !== definitions[at]?.[key(id)]);
    const ids = [...new Set([...after, ...before].map(({ id }) => id))];
    return ids.flatMap((id): Redefined[] => {
      if (!has(before, id)) return [{ what, id, why: "came" }];
      if (!has(after, id)) return [{ what, id, why: "went" }];
      return isOther(id) ? [{ what, id, why: "definition" }] : [];
    });
  };
  const [then, now] = [former.catalogue, kept.catalogue];
  const cuts = now.kpis.flatMap((kpi): Redefined[] => {
    const before = then.kpis.find(({ id }) => id === kpi.id);
    const known = before ? closedDimensions(before) : [];
    const dimensions = before ? closedDimensions(kpi).filter((name) => !known.includes(name)) : [];
    return dimensions.length > 0 ? [{ what: "kpi", id: kpi.id, why: "cut", dimensions }] : [];
  });
  return [
    ...compared("kpi", [then.kpis, now.kpis], (id) => id),
    ...compared("score", [then.scorecards, now.scorecards], cardKey),
    ...cuts,
  ];
}

async function compare(
  db: DuckDBConnection,
  { kept, former, periods, inOlder }: Two,
  definitions: Definitions,
  isOfOthers: boolean,
): Promise<void> {
  for (const [name, table] of [
    ["restatements", into.restatements],
    ["restated_cases", into.cases],
  ])
    await db.run(`create or replace temp table ${table} as from config.${name} limit 0`);
  await createFigures(db, figuresThen);
  const { catalogue } = former;
  const gone = catalogue.kpis.filter(({ id }) => !kept.catalogue.kpis.some((kpi) => kpi.id === id));
  const { scorecards } = kept.catalogue;
  const goneCards = catalogue.scorecards.filter(({ id }) => !scorecards.some((card) => card.id === id));
  const ownOf = <T extends { id: string }>(all: readonly T[], some: readonly { id: string }[] = []) =>
    all.filter(({ id }) => some.some((each) => each.id === id));
  await differ(db, kept, {
    former: periods,
    isOfOthers,
    figures: `(select *, false as is_hidden from ${figuresThen})`,
    ask: {
      figures: figuresThen,
      within: ({ whole = [], split = [], cards = [], ...more }, work) =>
        inOlder(() =>
          work({
            ...more,
            catalogue,
            // What is gone is asked for once, with all others of the company.
            whole: [...ownOf(catalogue.kpis, whole), ...(whole.length > 0 ? gone : [])],
            split: ownOf(catalogue.kpis, split),
            cards: [...ownOf(catalogue.scorecards, cards), ...(whole.length > 0 ? goneCards : [])],
          }),
        ),
    },
    definitions: new Map(periods.map(({ number }, at) => [number, definitions[at] ?? {}])),
    casesOf: (some) => {
      const ofBoth = [...some].map(([kpi, those]) => ({
        older: catalogue.kpis.find(({ id }) => id === kpi.id) as Kpi,
        newer: kpi,
        periods: those.map(numbered),
      }));
      return differingCases(db, ofBoth, { older: inOlder, newer: (work) => work() });
    },
    into,
  });
}

/** What of a catalogue is asked about: who asks for KPIs asks for no scorecards. */
const narrowed = (kept: Kept, { kpis }: DiffAsked): Kept => ({
  ...kept,
  catalogue: {
    ...kept.catalogue,
    scorecards: kpis === undefined ? kept.catalogue.scorecards : [],
    kpis: kept.catalogue.kpis.filter(({ id }) => kpis === undefined || kpis.includes(id)),
  },
});

/** The periods of a build that were over. */
async function periodsOver(db: DuckDBConnection): Promise<Period[]> {
  const reader = await db.runAndReadAll(`
    select grain, strftime(period_start, '%Y-%m-%d'), strftime(period_end, '%Y-%m-%d') from intermediate.periods
    where role = 'period' and not is_partial order by month_count, period_start`);
  return reader.getRowsJson().map(([grain, start, end]) => ({
    grain: grain as Grain,
    start: String(start),
    end: String(end),
  }));
}

/** What the comparison found, periods in their order, the company's figures before those of groups. */
async function readDiff(
  db: DuckDBConnection,
  { catalogue }: Kept,
  periods: readonly Former[],
): Promise<Pick<BuildsDiff, "restatements" | "cases">> {
  const periodOfRow = ({ number }: Record<string, unknown>) => {
    const { grain, start } = periods.find((period) => period.number === number) as Former;
    return { grain, period_start: start };
  };
  const restatements: DiffRow[] = [];
  const rows = await db.run(
    `select * from ${into.restatements} order by number, id, dimension nulls first, member`,
  );
  // Chunk by chunk: of large companies they are many.
  for await (const some of rows.yieldRowObjectJson())
    for (const row of some) {
      const { is_hidden: _, ...restatement } = restatementOf(row);
      restatements.push({ ...periodOfRow(row), ...restatement });
    }
  const cases = await objectsOf(db, `select * from ${into.cases} order by number, id`);
  return {
    restatements,
    cases: cases.map((row) => {
      const { examples, ...found } = casesOf(row);
      const kpi = catalogue.kpis.find(({ id }) => id === found.id);
      return { ...periodOfRow(row), ...found, examples: examples.map((one) => withChanges(one, kpi)) };
    }),
  };
}

type Example = Pick<DiffCases["examples"][number], "move" | "key"> &
  Partial<Record<"was" | "now", string[] | null>>;

/** What of a case that changed is another, by column. */
function withChanges({ move, key, was, now }: Example, kpi: Kpi | undefined): DiffCases["examples"][number] {
  const columns = kpi && was && now ? saidOf(kpi) : [];
  const shown = (column: string, text = "") => {
    if (text === "") return null;
    // Cases are counted in whole numbers of a part of the KPI's unit.
    if (column === "numerator") return String(Number((Number(text) / (kpi?.scale ?? 1)).toPrecision(12)));
    return looksPersonal(text) ? masked : text;
  };
  const changes = columns.flatMap((column, at) =>
    was?.[at] === now?.[at] ? [] : [{ column, old: shown(column, was?.[at]), new: shown(column, now?.[at]) }],
  );
  return { move, key, changes };
}
