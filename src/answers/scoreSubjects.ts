import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../catalogue/dimensions.js";
import type { Kpi } from "../catalogue/kpis.js";
import type { Grade, Scorecard } from "../catalogue/scorecards.js";
import { weightsInForce } from "../catalogue/weights.js";
import type { KpiValue } from "../kpi/answer.js";
import { addDays, type Grain, type Period, periodsBetween } from "../kpi/periods.js";
import { dimensionsOf, type KpiQuestion, type KpiRequest, questionsOf } from "../kpi/request.js";
import { readTargets, readWeights } from "../load/managedTables.js";
import type { SubjectKind, TracedSubject } from "../score/scored.js";
import { isIdle, scoreItem } from "../score/scoreItem.js";
import { ranked, totalled } from "../score/totals.js";
import { readOnce } from "../warehouse/open.js";
import { answerEach } from "./queryKpis.js";

export interface ScoreRequest {
  card: Scorecard;
  kind: SubjectKind;
  grain: Grain;
  /** First and last month, inclusive, `YYYY-MM`; the periods they lie in are scored. */
  from: string;
  to: string;
  /** What if: the weights in force on this ISO day, instead of those of each period. */
  weightsOn?: string;
  /** What if: these weights by KPI in every period; goes before `weightsOn`. */
  weighs?: ReadonlyMap<string, number>;
  /** Items carry what their values were settled from. */
  withSettled?: boolean;
  /** Totals alone are wanted: items have no intervals, and no statuses. */
  withoutIntervals?: boolean;
}

/**
 * Fills in a scorecard for the company, its teams or its employees, period by period, the subjects of a period in the
 * order of their rank; the company has none. A period in which nothing weighs anything has no subjects.
 *
 * Of a team or an employee only the KPIs count that belong to one. Listed are the teams, and the employees hired before the
 * period's end and not left before its start, of whom any item has a value, failures among no cases apart; `(unknown)` is
 * nobody.
 */
export async function scoreSubjects(
  db: DuckDBConnection,
  { kpis, grades }: { kpis: readonly Kpi[]; grades: readonly Grade[] },
  request: ScoreRequest,
): Promise<TracedSubject[]> {
  const { card, kind, grain, withSettled = false } = request;
  const [targets, weights] = [await readTargets(db), await readWeights(db)];
  const periods = periodsBetween(request.from, request.to, grain).map((period) => {
    const end = request.weightsOn === undefined ? period.end : addDays(request.weightsOn, 1);
    return { period, weighs: request.weighs ?? weightsInForce(weights, card.id, end) };
  });
  const places = card.groups.flatMap(({ id: group, kpis: ids }) =>
    ids.flatMap((id) => {
      const kpi = kpis.find((each) => each.id === id);
      const counts = kpi && (kind === "company" || dimensionsOf(kpi).includes(kind));
      return counts && periods.some(({ weighs }) => weighs.has(id)) ? [{ group, kpi }] : [];
    }),
  );
  const values = await readValues(
    db,
    kpis,
    places.map(({ kpi }) => kpi),
    request,
  );
  const employed = await readEmployed(db, kind);

  return periods.flatMap(({ period, weighs }) => {
    const own = places.filter(({ kpi }) => weighs.has(kpi.id));
    if (own.length === 0) return [];
    const names: (string | null)[] =
      kind === "company" ? [null] : [...(values.subjects.get(period.start) ?? [])];
    const subjects = names
      .filter((name) => name === null || employed(name, period))
      .map((subject): TracedSubject => {
        const items = own.map(({ group, kpi }) =>
          scoreItem(
            kpi,
            values.of(kpi.id, period.start, subject),
            targets,
            { group, weight: weighs.get(kpi.id) ?? 0 },
            { kind, subject, grain, end: period.end, withSettled },
          ),
        );
        const { groups, ...total } = totalled(items, card, grades);
        return {
          scorecard: card.id,
          period_start: period.start,
          period_end: period.end,
          kind,
          subject,
          ...total,
          rank: null,
          items,
          groups,
        };
      });
    return kind === "company" ? subjects : ranked(subjects);
  });
}

interface Values {
  /** A subject's value; of who has none what says why nobody has one. */
  of(kpi: string, start: string, subject: string | null): KpiValue | undefined;
  /** By period, who has any value. */
  subjects: Map<string, Set<string>>;
}

async function readValues(
  db: DuckDBConnection,
  kpis: readonly Kpi[],
  counting: readonly Kpi[],
  { kind, grain, from, to, withoutIntervals = false }: ScoreRequest,
): Promise<Values> {
  const byKpi = new Map(counting.map(({ id }) => [id, new Map<string, OfPeriod>()]));
  const subjects = new Map<string, Set<string>>();
  const add = (kpi: Kpi, row: KpiValue) => {
    const { period_start: start, value } = row;
    const subject = row.by[kind] ?? null;
    const periods = byKpi.get(kpi.id);
    const values: OfPeriod = periods?.get(start) ?? { bySubject: new Map() };
    periods?.set(start, values);
    values.bySubject.set(subject, row);
    if (value === null && row.reason !== "no_cases") values.nobodys = row;
    if (subject === null || subject === unknown || value === null || isIdle(kpi, row)) return;
    const known = subjects.get(start) ?? new Set();
    subjects.set(start, known.add(subject));
  };
  const request: KpiRequest = {
    kpiIds: counting.map(({ id }) => id),
    grain,
    by: kind === "company" ? [] : [kind],
    where: [],
    withoutPercentiles: true,
    withoutIntervals,
    withSettled: true,
    from,
    to,
  };
  const questions = counting.length === 0 ? [] : questionsOf(request, kpis);
  let at = 0;
  for await (const values of answerEach(db, questions, request)) {
    const { kpi } = questions[at++] as KpiQuestion;
    for (const row of values) add(kpi, row);
  }
  return {
    of: (kpi, start, subject) => {
      const values = byKpi.get(kpi)?.get(start);
      return values?.bySubject.get(subject) ?? values?.nobodys;
    },
    subjects,
  };
}

/** The values of a KPI in a period, by whose they are; of a period without values one that says why. */
interface OfPeriod {
  bySubject: Map<string | null, KpiValue>;
  nobodys?: KpiValue;
}

/** Who is employed in a period; anybody where the extract has no employees. */
async function readEmployed(
  db: DuckDBConnection,
  kind: SubjectKind,
): Promise<(id: string, period: Period) => boolean> {
  if (kind !== "employee") return () => true;
  const reader = await readOnce(
    db,
    `select employee_id, strftime(coalesce(hired_on, date '0001-01-01'), '%Y-%m-%d'), strftime(left_on, '%Y-%m-%d')
     from intermediate.employees`,
  );
  const spans = new Map(
    reader.getRowsJson().map(([id, hired, left]) => [String(id), { hired: String(hired), left }]),
  );
  if (spans.size === 0) return () => true;
  return (id, { start, end }) => {
    const span = spans.get(id);
    return span !== undefined && span.hired < end && (span.left === null || String(span.left) >= start);
  };
}
