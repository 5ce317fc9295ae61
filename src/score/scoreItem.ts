import type { Kpi } from "../catalogue/kpis.js";
import { otherTargetGrains, type Part, type Target, targetOf } from "../catalogue/targets.js";
import type { KpiValue } from "../kpi/answer.js";
import { fewestCases } from "../kpi/fewestCases.js";
import { partOf } from "../kpi/part.js";
import type { Grain } from "../kpi/periods.js";
import { scoreOf } from "./score.js";
import type { SubjectKind, TracedItem, Unscored } from "./scored.js";

/** Whose card an item is on, in which period. */
export interface ItemPlace {
  kind: SubjectKind;
  subject: string | null;
  grain: Grain;
  /** The period's exclusive end, an ISO day. */
  end: string;
  /** The item carries what its value was settled from. */
  withSettled?: boolean;
}

/**
 * The value of a KPI as an item of a scorecard, with its score or why it has none.
 *
 * Of several reasons the first counts: no value, a count of failures among no cases, a period that is not over, or not wholly recorded, a value that may still change, an employee with
 * fewer than 10 cases (a count has none but itself), no target. A part's share of the company's value (of a count, a sum, or a rate whose
 * denominator is the company's) can only be measured by a target of its own.
 */
export function scoreItem(
  kpi: Kpi,
  value: KpiValue | undefined,
  targets: readonly Target[],
  weighs: Pick<TracedItem, "group" | "weight">,
  place: ItemPlace,
): TracedItem {
  const { kind, subject } = place;
  const part = kind === "company" || subject === null ? undefined : partOf(kpi, [[kind, [subject]]]);
  const limits = targetOf(targets, kpi, place.grain, place.end, part);
  const { score, unscored } = judge(kpi, value, limits, place.kind, part);
  const others =
    unscored === "no_target" ? otherTargetGrains(targets, kpi, place.grain, place.end, part) : [];
  return {
    kpi_id: kpi.id,
    group: weighs.group,
    value: value?.value ?? null,
    n: value?.n ?? 0,
    weight: weighs.weight,
    score,
    unscored,
    ...(others.length > 0 ? { target_grains: others } : {}),
    numerator: value?.numerator ?? null,
    denominator: value?.denominator ?? null,
    low: value?.low ?? null,
    high: value?.high ?? null,
    target: limits?.target ?? null,
    status: value?.status ?? null,
    sure: value?.sure ?? null,
    ...(place.withSettled && value?.settled ? { settled: value.settled } : {}),
  };
}

/**
 * Whether a count that should fall is 0 because there was nothing to fail at: no ticket that could be overdue. It is 0 all the
 * same, and no merit.
 */
export const isIdle = ({ kind, direction }: Kpi, { settled }: KpiValue): boolean =>
  kind === "count" && direction === "down" && settled?.components?.denominator === 0;

function judge(
  kpi: Kpi,
  value: KpiValue | undefined,
  limits: Target | null,
  kind: SubjectKind,
  part: Part | undefined,
): { score: number | null; unscored: Unscored | null } {
  const without = (unscored: Unscored) => ({ score: null, unscored });
  if (!value || value.value === null) return without("no_data");
  if (kind !== "company" && isIdle(kpi, value)) return without("no_cases");
  if (value.partial) return without("partial");
  if (value.incomplete) return without("incomplete");
  if (!value.mature) return without("immature");
  if (kind === "employee" && kpi.kind !== "count" && value.n < fewestCases) return without("few_cases");
  if (part?.isShare && (kpi.score.rule !== "linear" || !limits)) return without("no_target");
  const score = scoreOf(kpi, value.value, limits);
  return score === null ? without("no_target") : { score, unscored: null };
}
