import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { isTimeZone } from "../../contract/timeZone.js";
import type { KpiValue } from "../../kpi/answer.js";
import { type Period, startOfDay } from "../../kpi/periods.js";
import { type KpiQuestion, type KpiRequest, questionsOf } from "../../kpi/request.js";
import {
  effectTogether,
  type ReconciledReason,
  type Reconciliation,
} from "../../published/reconciliation.js";
import { CliError } from "../../run/error.js";
import { readOnce } from "../../warehouse/open.js";
import type { Language } from "../../words/languages.js";
import { told } from "../../words/told.js";
import { knownValues, queryKpis, readAsOf, storedOf } from "../queryKpis.js";
import { type CaseList, caseListOf } from "./caseList.js";
import { readDifferences } from "./differences.js";
import { holdCases } from "./held.js";
import { judgeCases } from "./judge.js";
import { timesThatFit } from "./otherTimes.js";
import { keyNames, viewOwnRows } from "./ownRows.js";
import { countOf, readTheirs, type TheirFile, type Theirs } from "./theirFile.js";
import { numberOf, type TheirNumber } from "./theirNumber.js";
import { scaleTheirs } from "./theirScale.js";

/** What is to be reconciled: our figure of a period with a report of theirs, or with one figure as it was written. */
export interface ReconcileRequest {
  kpiId: string;
  period: Period;
  where: KpiRequest["where"];
  theirs: TheirFile | string;
  /** In which their report was made; by default the one that explains most, if any does. */
  timeZone?: string;
  language?: Language;
}

/**
 * Explains the difference between our figure of a period and theirs, case by case. Figures are without what only comes of adding
 * up; ours, where it is the KPI's value, is that to the last bit.
 * @throws CliError 1 where we have no figure, 2 for what cannot be compared
 */
export async function reconcile(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  request: ReconcileRequest,
): Promise<Reconciliation> {
  return withoutNoise(await compared(db, kpis, request));
}

/** Digits of a double that adding up many of them leaves right. */
const soundDigits = 13;

/** Every figure rounded to the last digit that the greatest of them has for sure. */
function withoutNoise(result: Reconciliation): Reconciliation {
  const { ours, theirs, differences, rest, value } = result;
  const all = [ours, theirs, ...differences.map(({ effect }) => effect)];
  const greatest = all.reduce<number>((most, each) => Math.max(most, Math.abs(each ?? 0)), 0);
  const digits = Math.min(20, Math.max(0, soundDigits - Math.ceil(Math.log10(greatest || 1))));
  const clean = (figure: number | null) => (figure === null ? null : Number(figure.toFixed(digits)) + 0);
  return {
    ...result,
    ours: ours === value ? ours : clean(ours),
    theirs: clean(theirs),
    differences: differences.map((difference) => ({ ...difference, effect: clean(difference.effect) })),
    rest: { ...rest, effect: clean(rest.effect) },
  };
}

async function compared(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  request: ReconcileRequest,
): Promise<Reconciliation> {
  const { period, timeZone } = request;
  const month = period.start.slice(0, 7);
  const asked: KpiRequest = {
    kpiIds: [request.kpiId],
    grain: period.grain,
    from: month,
    to: month,
    by: [],
    where: request.where,
    withoutPercentiles: true,
    ...(request.language ? { language: request.language } : {}),
  };
  const [named] = questionsOf(asked, kpis);
  const question = named as KpiQuestion;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new CliError(told("reconcile.noZone", { zone: timeZone }), 2);
  const list = typeof request.theirs === "string" ? null : await caseListOf(db, question.kpi).catch(refusal);
  const [value] = await queryKpis(db, kpis, asked);
  const ours = value as KpiValue;
  if (ours.value === null && ours.reason !== "no_cases") {
    if (list instanceof CliError) throw list;
    throw new CliError(told("reconcile.noFigure", { reason: ours.reason_text ?? "" }));
  }
  const { asOf, asOfDay } = await readAsOf(db);
  const build = await readOnce(db, "select build_id from config.settings");
  const head = {
    kpi_id: question.kpi.id,
    grain: period.grain,
    period_start: period.start,
    period_end: period.end,
    where: [...request.where],
    build_id: String(build.getRows()[0]?.[0]),
    as_of_on: asOfDay,
    time_zone: asOf.timeZone,
    their_time_zone: timeZone ?? null,
    value: ours.value,
  };
  if (list === null || typeof request.theirs === "string") {
    const text = String(request.theirs);
    const figure = possible(question.kpi, text, await numberOf(db, text));
    return { ...head, ...ofTotals(ours, figure), ...ofNoFile };
  }
  if (!(list instanceof CliError)) await viewOwnRows(db, list);
  const theirs = await readTheirs(db, list, { kpi: question.kpi, period }, request.theirs);
  const { file, valueColumn: value_column, refusedLines: refused_lines, totalRows: total_rows } = theirs;
  const read = { ...ofNoFile, file, value_column, refused_lines, total_rows };
  if (theirs.figure !== null) {
    const { row: value_row, isYearAssumed: year_assumed } = theirs;
    return { ...head, ...read, value_row, year_assumed, ...ofTotals(ours, theirs.figure) };
  }
  if (list instanceof CliError) throw list;
  if (value_column !== null && !list.hasValues)
    throw new CliError(told("reconcile.noValues", { kpi: question.kpi.id }), 2);
  const known = { ...question, where: await knownValues(db, question) };
  const cases = await ofCases(db, known, { list, period, theirs, ours, asOf, asOfDay, timeZone });
  return { ...head, ...read, key: keyNames(list), ...cases };
}

/** Why a KPI has no list of cases, of which a figure may be there all the same. */
function refusal(error: unknown): CliError {
  if (error instanceof CliError) return error;
  throw error;
}

/** @throws CliError 2 for a share beyond all, which was meant in per cent */
function possible({ unit, range: [, most] }: Kpi, text: string, figure: TheirNumber): TheirNumber {
  if (unit !== "percent" || most === null || figure.value <= most || figure.value > 100 * most) return figure;
  throw new CliError(told("reconcile.notPercent", { text }), 2);
}

/** What is said of a file where there is none. */
const ofNoFile = {
  ...{ file: null, key: [] as string[], value_column: null, value_row: null, year_assumed: false },
  ...{ refused_lines: 0, total_rows: 0 },
};

type Compared = Pick<
  Reconciliation,
  | "their_scale"
  | "id_column"
  | "measure"
  | "ours"
  | "theirs"
  | "cases"
  | "alike"
  | "matched_by_spelling"
  | "differences"
  | "rest"
>;

/** Two totals: more than that they differ nobody can say, unless theirs is ours rounded. */
function ofTotals(ours: KpiValue, { value: theirs, decimals }: TheirNumber): Compared {
  const effect = ours.value === null ? null : theirs - ours.value;
  const far = Math.abs(effect ?? Number.POSITIVE_INFINITY);
  const isRounded = far <= 0.5 * 10 ** -decimals + 1e-9;
  const reason: ReconciledReason = isRounded ? "rounded" : "total";
  const difference = {
    side: "both",
    reason,
    detail: null,
    explanation: null,
    explained: isRounded,
    cases: 0,
    effect,
    examples: [],
  } as const;
  const isSame = far <= 1e-9 * Math.max(1, Math.abs(theirs));
  return {
    id_column: null,
    their_scale: 1,
    measure: "value",
    ours: ours.value,
    theirs,
    cases: ours.n,
    alike: null,
    matched_by_spelling: 0,
    differences: isSame ? [] : [{ ...difference, examples: [] }],
    rest: { cases: 0, effect: isSame || isRounded ? 0 : effect },
  };
}

interface CasesAsked {
  list: CaseList;
  period: Period;
  theirs: Theirs;
  ours: KpiValue;
  asOf: { timeZone: string };
  asOfDay: string;
  timeZone: string | undefined;
}

async function ofCases(
  db: DuckDBConnection,
  question: KpiQuestion,
  { list, period, theirs, ours, asOf, asOfDay, timeZone }: CasesAsked,
): Promise<Compared & { their_time_zone: string | null }> {
  const { kpi } = question;
  const { columns } = await storedOf(db, kpi);
  await holdCases(db, question, list, period, columns);
  const edges = (zone: string) => [period.start, period.end].map((day) => startOfDay(day, zone)).join(" ");
  // Of a zone whose periods are ours there is nothing to tell.
  const isOurs = timeZone !== undefined && edges(timeZone) === edges(asOf.timeZone);
  const zones = { ours: asOf.timeZone, told: timeZone };
  const fitting = await timesThatFit(db, list, period, zones);
  const times = isOurs ? fitting.filter(({ is }) => is !== "zone") : fitting;
  const comparesValues = theirs.valueColumn !== null;
  const their_scale = comparesValues ? await scaleTheirs(db) : 1;
  await judgeCases(db, kpi, list, times, { comparesValues, asOfDay, grain: period.grain });
  const sides = await totals(db, list);
  const isRatio = comparesValues && kpi.kind !== "count" && kpi.kind !== "sum";
  const scale = kpi.kind === "nps" ? 100 : 1;
  const figureOf = ({ sum, cases, values }: Side) =>
    !comparesValues ? cases : !isRatio ? sum : values > 0 ? (scale * sum) / values : null;
  const figure = { ours: figureOf(sides.ours), theirs: figureOf(sides.theirs) };
  const mean = sides.ours.values > 0 ? sides.ours.sum / sides.ours.values : 0;
  const effectOf = (added: number, more: number) => {
    if (!comparesValues) return more;
    if (!isRatio) return added;
    return sides.theirs.values > 0 ? (scale * (added - mean * more)) / sides.theirs.values : null;
  };
  const differences = await readDifferences(db, effectOf);
  const differing = differences.reduce((sum, { side, cases }) => sum + (side === "both" ? cases : 0), 0);
  const rest = differences.filter(({ explained }) => !explained);
  return {
    id_column: theirs.idColumn,
    their_scale,
    their_time_zone: timeZone ?? times.find(({ is }) => is === "zone")?.name ?? null,
    measure: comparesValues ? "value" : "cases",
    // To the last bit what `kpi` says, where the cases give it.
    ours: comparesValues && isNear(figure.ours, ours.value) ? ours.value : figure.ours,
    theirs: figure.theirs,
    cases: sides.ours.cases,
    alike: (await countOf(db, "judged where in_ours and in_theirs")) - differing,
    matched_by_spelling: await countOf(db, "theirs where id <> spelt"),
    differences,
    rest: {
      cases: rest.reduce((sum, { cases }) => sum + cases, 0),
      effect: effectTogether(rest),
    },
  };
}

const isNear = (one: number | null, other: number | null) =>
  one !== null && other !== null && Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one));

/** What one side's cases add up to; `values` counts those that have one. */
interface Side {
  sum: number;
  cases: number;
  values: number;
}

async function totals(db: DuckDBConnection, { isWhole }: CaseList): Promise<{ ours: Side; theirs: Side }> {
  const rows = isWhole
    ? "their_rows"
    : "(select id, value from theirs union all select id, value from their_rows where id is null)";
  const reader = await db.runAndReadAll(
    `select coalesce(fsum(value), 0), count(*), count(value) from held where is_ours
     union all select coalesce(fsum(value), 0), count(*), count(value) from ${rows}`,
  );
  const [ours, theirs] = reader.getRows().map((row) => row.map(Number));
  const side = ([sum = 0, cases = 0, values = 0]: number[] = []) => ({ sum, cases, values });
  return { ours: side(ours), theirs: side(theirs) };
}
