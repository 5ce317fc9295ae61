import type { DuckDBConnection } from "@duckdb/node-api";
import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { type Target, targetOf } from "../catalogue/targets.js";
import { partOf } from "../kpi/part.js";
import { type Grain, periodOf } from "../kpi/periods.js";
import { type KpiRequest, questionsOf } from "../kpi/request.js";
import { readTargets } from "../load/managedTables.js";
import { type Assessment, decidedFields } from "../published/benefitTypes.js";
import type { CarriedFigures } from "../published/carriedFigures.js";
import { CliError } from "../run/error.js";
import { totalledOfShown } from "../score/hiddenItems.js";
import type { TracedSubject } from "../score/scored.js";
import { assess } from "./benefit/assess.js";
import { readInitiatives } from "./benefit/readInitiatives.js";
import { roundKept } from "./benefit/roundKept.js";
import { queryKpis } from "./queryKpis.js";
import { scoreSubjects } from "./scoreSubjects.js";

type Figures = CarriedFigures["figures"];
type Value = Figures["values"][number];
type Score = Figures["scores"][number];
type Figure = number | string | boolean | null;

/** What a figure is of. */
export interface Place {
  kind: "value" | "score" | "initiative" | "pack";
  /** The KPI's, scorecard's, initiative's or pack's, and what it is called in the PDF. */
  id: string;
  label: string;
  /** Of a scorecard's item its KPI. */
  item: { id: string; label: string } | null;
  /** The part of the company that it tells of, as `{"region": "East"}`; empty for the whole. */
  of: Record<string, string>;
  /** Null of initiatives, which have windows, and of packs. */
  period: { grain: Grain; period_start: string } | null;
}

/** A figure that the warehouse does not give. */
export interface Difference extends Place {
  /** Its name, as `numerator` or `follow_up.value`. */
  figure: string;
  carried: Figure;
  now: Figure;
}

/** How figures that were carried compare with those of a warehouse. */
export interface Verified {
  figures: number;
  agree: number;
  /** Values, items and initiatives whose figures were not carried, since they tell of too few. */
  not_carried: number;
  differ: Difference[];
}

const valueFields = [
  "period_end",
  "value",
  "numerator",
  "denominator",
  "n",
  "low",
  "high",
  "mature",
  "partial",
  "floor",
  "target",
  "stretch",
  "status",
] as const;
const scoreFields = ["period_end", "total", "grade", "covered_weight"] as const;
const itemFields = ["value", "target", "weight", "score"] as const;

/** What is said of an initiative: its definition, its windows, its change, what it was worth. */
const initiativeFields = [
  "kpi_id",
  "scope",
  "started_on",
  "withdrawn",
  "baseline",
  "follow_up",
  "relative",
  "p",
  "method",
  "untestable",
  "expected",
  "expected_reached",
  ...decidedFields,
  "decided",
] as const;
/** What is known of one whose figures are not told. */
const openFields = ["kpi_id", "scope", "started_on", "withdrawn", "verdict", "expected", "cost"] as const;

/**
 * Works out anew every figure that a PDF carries: values by the query of the command line, scores by the scorecards,
 * initiatives by the assessment with the verdicts that stay.
 */
export async function verifyFigures(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { values, scores, initiatives }: Pick<Figures, "values" | "scores" | "initiatives">,
): Promise<Verified> {
  const found: Verified = { figures: 0, agree: 0, not_carried: 0, differ: [] };
  await compareValues(db, catalogue, values, found);
  await compareScores(db, catalogue, scores, found);
  if (initiatives.length > 0) await compareInitiatives(db, catalogue, initiatives, found);
  return found;
}

/** Adds what is other beside the figures. */
export const withDifferences = (found: Verified, differ: readonly Difference[]): Verified => ({
  ...found,
  figures: found.figures + differ.length,
  differ: [...differ, ...found.differ],
});

async function compareValues(
  db: DuckDBConnection,
  { kpis }: Catalogue,
  values: readonly Value[],
  found: Verified,
): Promise<void> {
  const targets = await readTargets(db);
  for (const one of values) {
    const now = await valueNow(db, { kpis, targets }, one);
    compare(found, placeOfValue(one), valueFields, one, now);
  }
}

/** What a value is of. */
export const placeOfValue = ({
  kpi_id: id,
  label,
  by: of,
  grain,
  period_start,
}: Pick<Value, "kpi_id" | "label" | "by" | "grain" | "period_start">): Place => ({
  kind: "value",
  id,
  label,
  item: null,
  of,
  period: { grain, period_start },
});

/** A value as the warehouse has it; null where it knows no such KPI, part or period. */
export async function valueNow(
  db: DuckDBConnection,
  { kpis, targets }: Pick<Catalogue, "kpis"> & { targets: readonly Target[] },
  { kpi_id, grain, period_start, by }: Pick<Value, "kpi_id" | "grain" | "period_start" | "by">,
): Promise<Pick<Value, (typeof valueFields)[number]> | null> {
  const kpi = kpis.find(({ id }) => id === kpi_id);
  const month = period_start.slice(0, 7);
  if (!kpi || periodOf(period_start, grain).start !== period_start) return null;
  const request: KpiRequest = {
    kpiIds: [kpi_id],
    grain,
    by: [],
    where: Object.entries(by).map(([dimension, value]) => ({ dimension, value })),
    from: month,
    to: month,
    withoutPercentiles: true,
  };
  return orNull(async () => {
    const [row] = await queryKpis(db, kpis, request);
    const [question] = questionsOf(request, kpis);
    if (!row || !question) return null;
    const limits = targetOf(targets, kpi, grain, row.period_end, partOf(kpi, [...question.where]));
    return { ...row, floor: limits?.floor ?? null, stretch: limits?.stretch ?? null };
  });
}

async function compareScores(
  db: DuckDBConnection,
  catalogue: Catalogue,
  scores: readonly Score[],
  found: Verified,
): Promise<void> {
  const known = new Map<string, TracedSubject[]>();
  for (const one of scores) {
    const key = JSON.stringify([one.scorecard, one.kind, one.grain, one.period_start]);
    const subjects = known.get(key) ?? (await subjectsNow(db, catalogue, one));
    known.set(key, subjects);
    compareScore(catalogue, one, subjects, found);
  }
}

export async function subjectsNow(
  db: DuckDBConnection,
  catalogue: Catalogue,
  { scorecard, kind, grain, period_start }: Pick<Score, "scorecard" | "kind" | "grain" | "period_start">,
): Promise<TracedSubject[]> {
  const card = catalogue.scorecards.find(({ id }) => id === scorecard);
  const month = period_start.slice(0, 7);
  if (!card || periodOf(period_start, grain).start !== period_start) return [];
  const request = { card, kind, grain, from: month, to: month };
  return (await orNull(() => scoreSubjects(db, catalogue, request))) ?? [];
}

function compareScore(
  { scorecards, grades }: Catalogue,
  one: Score,
  subjects: readonly TracedSubject[],
  found: Verified,
): void {
  const own = subjects.find(({ subject }) => subject === one.subject);
  const card = scorecards.find(({ id }) => id === one.scorecard);
  const place = placeOfScore(one);
  const hidden = new Set(one.items.flatMap((item) => (item.hidden ? item.kpi_id : [])));
  const items = (own?.items ?? []).map((item) =>
    hidden.has(item.kpi_id) ? { ...item, score: null, hidden: true as const } : item,
  );
  // What hidden items weigh in has no total.
  const total = own && card && hidden.size > 0 ? { ...own, ...totalledOfShown(items, card, grades) } : own;
  compare(found, place, scoreFields, one, total ?? null);
  for (const item of one.items) {
    const now = own?.items.find(({ kpi_id }) => kpi_id === item.kpi_id);
    const of = { ...place, item: { id: item.kpi_id, label: item.label } };
    if (item.hidden) found.not_carried += 1;
    compare(found, of, item.hidden ? ["weight"] : itemFields, item, now ?? null);
  }
}

/** What a scorecard's total is of. */
export const placeOfScore = ({
  scorecard: id,
  label,
  kind,
  subject,
  grain,
  period_start,
}: Pick<Score, "scorecard" | "label" | "kind" | "subject" | "grain" | "period_start">): Place => ({
  kind: "score",
  id,
  label,
  item: null,
  of: kind === "company" ? {} : { [kind]: subject ?? "" },
  period: { grain, period_start },
});

async function compareInitiatives(
  db: DuckDBConnection,
  { kpis }: Catalogue,
  carried: Figures["initiatives"],
  found: Verified,
): Promise<void> {
  const all = await assess(db, await readInitiatives(db, kpis));
  for (const one of carried) {
    const { initiative_id: id, name: label, hidden } = one;
    const now = asTold(one, all.find(({ initiative_id }) => initiative_id === id) ?? null);
    const place: Place = { kind: "initiative", id, label, item: null, of: {}, period: null };
    if (hidden || one.rounded) found.not_carried += 1;
    const carriedOne: Record<string, unknown> = one;
    compare(found, place, hidden ? openFields : initiativeFields, carriedOne, now);
  }
}

/** What the warehouse says of an initiative, as it is told where its figures are rounded or today's are hidden. */
function asTold(
  { rounded, decided }: Figures["initiatives"][number],
  now: Assessment | null,
): Assessment | null {
  const own = rounded && now ? roundKept(now) : now;
  return decided?.hidden && own?.decided
    ? { ...own, decided: { ...own.decided, now: null, hidden: true } }
    : own;
}

/** Counts the figures of one place that agree, and lists the others; where neither has one there is none. */
function compare<Name extends string>(
  found: Verified,
  place: Place,
  names: readonly Name[],
  carried: { [Field in Name]?: unknown },
  now: { [Field in Name]?: unknown } | null,
): void {
  for (const name of names) {
    const [was, is] = [new Map<string, Figure>(), new Map<string, Figure>()];
    flatten(name, carried[name], was);
    flatten(name, now?.[name], is);
    for (const figure of new Set([...was.keys(), ...is.keys()])) {
      const [one, other] = [was.get(figure) ?? null, is.get(figure) ?? null];
      if (one === null && other === null) continue;
      found.figures += 1;
      if (areSame(one, other)) found.agree += 1;
      else found.differ.push({ ...place, figure, carried: one, now: other });
    }
  }
}

/** The figures in something, each by the names that lead to it. */
function flatten(name: string, value: unknown, into: Map<string, Figure>): void {
  if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) flatten(`${name}.${key}`, inner, into);
  else if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    into.set(name, value);
}

/** Numbers may differ in the digits that no page shows: sums of other machines round in another order. */
const areSame = (one: Figure, other: Figure): boolean =>
  typeof one === "number" && typeof other === "number"
    ? Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other))
    : one === other;

/** What names that the warehouse does not know ask for is not there. */
async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CliError && error.exitCode === 2) return null;
    throw error;
  }
}
