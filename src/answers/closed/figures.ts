import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../../catalogue/catalogueFiles.js";
import type { Kpi } from "../../catalogue/kpis.js";
import type { Scorecard } from "../../catalogue/scorecards.js";
import type { KpiValue } from "../../kpi/answer.js";
import { isFinal } from "../../kpi/coverage.js";
import type { Period } from "../../kpi/periods.js";
import { questionsOf } from "../../kpi/request.js";
import type { TracedSubject } from "../../score/scored.js";
import { passing } from "../../warehouse/open.js";
import { answerEach } from "../queryKpis.js";
import { scoreSubjects } from "../scoreSubjects.js";
import { byGrain, closedDimensions, type Numbered, type Span, spanOf } from "./asked.js";
import { addCells, addFiguresOf, createCells, hasCases, isMeasured, type SplitAsked } from "./splitCells.js";

/** Numbers of what is signed: of scorecards `value` is the total and `denominator` the weight covered. */
export const closedNumbers = ["value", "numerator", "denominator", "n", "median", "p90"] as const;

/** Columns of what is signed: KPIs, and scorecards' totals and grades. */
const columns = `number integer, what varchar, id varchar, dimension varchar, member varchar,
  ${closedNumbers.map((name) => `${name} double`).join(", ")}, grade varchar, is_final boolean`;

type Names = Pick<Catalogue, "kpis" | "scorecards" | "grades">;

/** Which figures of some periods are asked for. */
export interface Asked {
  catalogue: Names;
  periods: readonly Numbered[];
  /** KPIs of the company, KPIs by each of their dimensions, and scorecards; by default all. */
  whole?: readonly Kpi[];
  split?: readonly Kpi[];
  cards?: readonly Scorecard[];
  /** A temp table with the cells of `split` that have a figure of interest; by default all are found. */
  cells?: string;
}

/** Makes an empty temp table of figures. */
export async function createFigures(db: DuckDBConnection, table: string): Promise<void> {
  await db.run(`create or replace temp table ${table} (${columns})`);
}

/**
 * Adds the figures of periods to a temp table as the one query function gives them: KPIs of the company and by each of their
 * dimensions, with their percentiles where these are kept, scorecards of the company, its teams and employees. A part without cases has no row; the company always has.
 */
export async function addFigures(db: DuckDBConnection, table: string, asked: Asked): Promise<void> {
  const { catalogue, periods } = asked;
  const { whole = catalogue.kpis, split = catalogue.kpis, cards = catalogue.scorecards } = asked;
  const appender = await db.createAppender(table, "main", "temp");
  const text = (value: string | null) =>
    value === null ? appender.appendNull() : appender.appendVarchar(value);
  const double = (value: number | null) =>
    value === null ? appender.appendNull() : appender.appendDouble(value);
  const append = ({ number, what, id, dimension, member, ...row }: Figure) => {
    appender.appendInteger(number);
    for (const word of [what, id, dimension, member]) text(word);
    for (const name of closedNumbers) double(row[name]);
    text(row.grade);
    appender.appendBoolean(row.is_final);
    appender.endRow();
  };
  for (const [grain, some] of byGrain(periods)) {
    const numbers = new Map(some.map(({ number, period }) => [period.start, number]));
    const starts = [...numbers.keys()].sort();
    const span = spanOf(grain, starts);
    const add = ({ period_start, ...row }: Dated) => {
      const number = numbers.get(period_start);
      if (number !== undefined) append({ number, ...row });
    };
    await kpiFigures(db, { kpis: catalogue.kpis, whole, split }, span, add);
    await scoreFigures(db, catalogue, { cards, starts, grain }, add);
  }
  appender.closeSync();
  if (split.length > 0) await addSplit(db, table, { kpis: split, periods, cells: asked.cells });
}

async function addSplit(
  db: DuckDBConnection,
  figures: string,
  { cells, ...asked }: SplitAsked & { cells: string | undefined },
): Promise<void> {
  const own = cells ?? `${figures}_cells`;
  if (cells === undefined) {
    await createCells(db, own);
    await addCells(db, own, asked);
  }
  await addFiguresOf(db, { cells: own, figures }, asked);
  if (cells === undefined) await db.run(`drop table ${own}`);
}

interface Figure extends Record<(typeof closedNumbers)[number], number | null> {
  number: number;
  what: "kpi" | "score";
  id: string;
  dimension: string | null;
  member: string | null;
  grade: string | null;
  is_final: boolean;
}

/** A figure of the period that begins on a day. */
type Dated = Omit<Figure, "number"> & { period_start: string };

/** KPIs of the company, and by those of their dimensions whose figures have percentiles. */
async function kpiFigures(
  db: DuckDBConnection,
  { kpis, whole, split }: Record<"kpis" | "whole" | "split", readonly Kpi[]>,
  span: Span,
  append: (row: Dated) => void,
): Promise<void> {
  const dimensions = [undefined, ...new Set(split.flatMap(closedDimensions))];
  for (const dimension of dimensions) {
    const some = dimension === undefined ? whole : split.filter((kpi) => isMeasured(kpi, dimension));
    for (const withoutPercentiles of [true, false]) {
      const kpiIds = some
        .filter(({ percentiles }) => (percentiles === undefined) === withoutPercentiles)
        .map(({ id }) => id);
      if (kpiIds.length === 0) continue;
      const by = dimension === undefined ? [] : [dimension];
      const request = { kpiIds, ...span, by, where: [], withoutPercentiles, isBare: true };
      const answered = async () => {
        for await (const values of answerEach(db, questionsOf(request, kpis), request))
          add(values, dimension);
      };
      await (dimension === undefined ? answered() : passing(db, answered));
    }
  }
  function add(values: Iterable<KpiValue>, dimension: string | undefined) {
    for (const row of values) {
      const kpi = kpis.find(({ id }) => id === row.kpi_id);
      if (dimension !== undefined && kpi && !hasCases(kpi, dimension)(row)) continue;
      const { kpi_id: id, period_start, value, numerator, denominator, n } = row;
      const member = dimension === undefined ? null : (row.by[dimension] ?? null);
      append({
        period_start,
        what: "kpi",
        id,
        dimension: dimension ?? null,
        member,
        value,
        numerator,
        denominator,
        n,
        median: row.median ?? null,
        p90: row.p90 ?? null,
        grade: null,
        is_final: value === null || isFinal(row),
      });
    }
  }
}

/** So many periods are scored together: of thousands of employees no more fit into memory with all that they are scored by. */
const scoredTogether = 24;

async function scoreFigures(
  db: DuckDBConnection,
  catalogue: Names,
  {
    cards,
    starts,
    grain,
  }: { cards: readonly Scorecard[]; starts: readonly string[]; grain: Period["grain"] },
  append: (row: Dated) => void,
): Promise<void> {
  for (let at = 0; at < starts.length; at += scoredTogether) {
    const span = spanOf(grain, starts.slice(at, at + scoredTogether));
    for (const kind of new Set(cards.flatMap(({ subjects }) => subjects)))
      await passing(db, async () => {
        for (const card of cards.filter(({ subjects }) => subjects.includes(kind)))
          for (const subject of await scoreSubjects(db, catalogue, {
            card,
            kind,
            ...span,
            withoutIntervals: true,
          }))
            append(scoreFigure(subject));
      });
  }
}

const scoreFigure = ({
  scorecard,
  period_start,
  kind,
  subject,
  total,
  covered_weight,
  grade,
  items,
}: TracedSubject): Dated => ({
  period_start,
  what: "score",
  id: scorecard,
  dimension: kind === "company" ? null : kind,
  member: subject,
  value: total,
  numerator: null,
  denominator: covered_weight,
  n: null,
  median: null,
  p90: null,
  grade,
  is_final: !items.some(({ unscored }) => unscored === "immature" || unscored === "incomplete"),
});
