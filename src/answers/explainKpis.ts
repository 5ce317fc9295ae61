import type { DuckDBConnection } from "@duckdb/node-api";
import { type Dimension, unknown } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { literal } from "../engine/sql.js";
import { type AnswerContext, answer, type Cell, inPeriod, type KpiValue, settling } from "../kpi/answer.js";
import { chanceOf, isTrailing, sideOf } from "../kpi/chance.js";
import { isFinal } from "../kpi/coverage.js";
import {
  type ComparedPeriods,
  type ComparedValue,
  comparedPeriods,
  type ExplainedChange,
  explainCells,
  type PartCell,
  withQs,
} from "../kpi/explained.js";
import type { Period } from "../kpi/periods.js";
import { partsSql } from "../kpi/query.js";
import { heldBy } from "../kpi/queryRows.js";
import {
  dimensionsOf,
  employeeColumn,
  type KpiQuestion,
  type KpiRequest,
  questionsOf,
} from "../kpi/request.js";
import { mayCompare } from "../kpi/settle.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { reasons } from "../words/languages.js";
import { told } from "../words/told.js";
import { contextOf, knownValues, readAsOf, readCells, storedOf } from "./queryKpis.js";

/**
 * The changes of KPIs between the two periods of a request, each split by every dimension of the KPI in turn, or by
 * those of the request crossed. Where it names no period, the newest final one of each KPI is explained, as far as it
 * has one. A dimension of which the request wants one value only is no split.
 * @throws CliError 2 for names the catalogue or the data do not know, and for periods that cannot be compared
 */
export async function explainKpis(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  request: KpiRequest,
): Promise<ExplainedChange[]> {
  const questions = questionsOf(request, kpis);
  const asOf = await readAsOf(db);
  const asked = comparedPeriods(request, asOf);
  const isNamed = request.from !== undefined || request.to !== undefined;
  const rows: ExplainedChange[] = [];
  for (const named of questions) {
    const question = { ...named, where: await knownValues(db, named) };
    const splits = splitsOf(question);
    if (splits.length === 0 && request.kpiIds.length > 0) {
      throw new CliError(told("explain.noDimension", { kpi: question.kpi.id }), 2);
    }
    const context = await contextOf(db, question.kpi, request);
    const final = isNamed ? null : await newestFinal(db, question, request, context);
    const periods = final === null ? asked : comparedPeriods({ ...request, to: final }, asOf);
    const whole = await wholeChange(db, { ...question, by: [] }, request, periods, context);
    const own: ExplainedChange[] = [];
    for (const by of splits) {
      const split =
        whole.delta === null
          ? null
          : await readParts(db, { ...question, by }, request, periods, whole.isTested);
      const { isTested: _, reason, reason_text, ...rest } = whole;
      own.push({
        ...rest,
        by: by.map(({ name }) => name),
        groups: split?.groups ?? [],
        rate_effect: split?.rate_effect ?? null,
        mix_effect: split?.mix_effect ?? null,
        reason,
        reason_text,
      });
    }
    append(rows, withQs(own));
  }
  return rows;
}

/** The month that the newest final period of a KPI begins with; null where no value is final. */
async function newestFinal(
  db: DuckDBConnection,
  question: KpiQuestion,
  { grain }: KpiRequest,
  context: AnswerContext,
): Promise<string | null> {
  if (context.coverage.lacking) return null;
  const whole = { ...question, by: [] };
  const cells = await readCells(db, whole, grain, { withoutPercentiles: true });
  const values = [...answer(whole, { kpiIds: [], grain, by: [], where: [] }, cells, context)];
  return values.findLast((value) => isFinal(value))?.period_start.slice(0, 7) ?? null;
}

function splitsOf({ kpi, by, where }: KpiQuestion): KpiQuestion["by"][] {
  if (by.length > 0) return [by];
  const isOpen = (dimension: Dimension) => where.get(dimension)?.length !== 1;
  const columns = dimensionsOf(kpi).filter((name) => name !== "employee" || employeeColumn(kpi) === name);
  return columns
    .filter((name) => isOpen(name) && isOpen(heldBy(kpi, name)))
    .map((dimension) => [{ name: dimension, dimension }]);
}

type Whole = Pick<
  ExplainedChange,
  "kpi_id" | "grain" | "from" | "to" | "delta" | "p" | "reason" | "reason_text"
> & { isTested: boolean };

async function wholeChange(
  db: DuckDBConnection,
  question: KpiQuestion,
  { grain }: KpiRequest,
  { from, to, compare, fromRole }: ComparedPeriods,
  context: AnswerContext,
): Promise<Whole> {
  const cells = context.coverage.lacking ? [] : await readCells(db, question, grain);
  const valueIn = (start: string): KpiValue => {
    const month = start.slice(0, 7);
    const request = {
      kpiIds: [],
      grain,
      by: [],
      where: [],
      from: month,
      to: month,
      ...(compare && { compare }),
    };
    return answer(question, request, cells, context).next().value as KpiValue;
  };
  const [before, after] = [valueIn(from.start), valueIn(to.start)];
  const isElapsed = fromRole !== "period";
  const compared = compare ? (after.compare?.value ?? null) : before.value;
  const isComparable = mayCompare(
    settling(question.kpi, context),
    inPeriod(after),
    inPeriod(before),
    context.asOfDay,
  );
  const value = isComparable ? compared : null;
  const told = after.reason ? after : before;
  const delta = value === null || after.value === null ? null : after.value - value;
  const isTested = delta !== null && isFinal(before) && isFinal(after);
  const cellOf = (period: Period) =>
    sideOf(
      cells.find(({ role, start }) => role === "period" && start === period.start),
      period,
    );
  return {
    kpi_id: question.kpi.id,
    grain,
    from: side(before, { value: isElapsed ? value : before.value, isElapsed }),
    to: side(after, { value: after.value, isElapsed: false }),
    delta,
    p: isTested
      ? chanceOf({ kind: question.kpi.kind, trailing: isTrailing(question.kpi) }, cellOf(from), cellOf(to))
      : null,
    isTested,
    reason: delta === null ? told.reason : null,
    reason_text: delta === null ? (told.reason_text ?? reasons(context.language).open) : null,
  };
}

function side(
  { period_start, period_end, mature, partial, incomplete }: KpiValue,
  { value, isElapsed }: { value: number | null; isElapsed: boolean },
): ComparedValue {
  return {
    period_start,
    period_end,
    value,
    mature: mature && !isElapsed,
    partial: partial || isElapsed,
    incomplete,
  };
}

async function readParts(
  db: DuckDBConnection,
  question: KpiQuestion,
  { grain }: KpiRequest,
  periods: ComparedPeriods,
  isTested: boolean,
) {
  const { from, to, fromRole } = periods;
  const sql = partsSql(question, grain, await storedOf(db, question.kpi));
  const reader = await db.runAndReadAll(`
    select * from (${sql})
    where (role = ${literal(fromRole)} and start_on = ${literal(from.start)})
      or (role = 'period' and start_on = ${literal(to.start)})`);
  const cells = reader.getRowObjectsJson().map((row): PartCell => {
    const number = (name: string) => Number(row[name] ?? 0);
    return {
      role: String(row.role) as Cell["role"],
      start: String(row.start_on),
      group: question.by.map((_, index) => String(row[`by_${index}`] ?? unknown)),
      numerator: number("numerator"),
      denominator: number("denominator"),
      n: number("n"),
      sumSq: number("sum_sq"),
      ...("base_denominator" in row
        ? { base: { numerator: number("base_numerator"), denominator: number("base_denominator") } }
        : {}),
    };
  });
  return explainCells(question, cells, periods, isTested);
}
