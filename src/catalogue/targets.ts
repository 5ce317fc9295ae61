import { addDays, type Grain, grains, monthsOf } from "../kpi/periods.js";
import { type Dimension, dimensionOf } from "./dimensions.js";
import type { Kpi } from "./kpis.js";

/** A row of `targets.csv`, limits in the KPI's machine unit. */
export interface Target {
  kpi_id: string;
  grain: Grain;
  /** ISO days; `valid_to` is exclusive. */
  valid_from: string;
  valid_to: string | null;
  /** Whose target it is; both null: the company's. A dimension without a value: that of each of its values. */
  scope_dimension: string | null;
  scope_value: string | null;
  floor: number | null;
  target: number;
  stretch: number | null;
}

/** A part of the company: the cases with a value of a dimension, which may have several names (an agent is an employee). */
export interface Part {
  dimensions: readonly Dimension[];
  value: string;
  /** The KPI's values of the parts add up to the company's, as counts and sums always do. */
  isShare?: boolean;
}

/**
 * The target of a KPI in force on the day before the period's end, of the company or a part of it.
 *
 * Targets hold for their grain; where a grain has none, rates and means take the month's, counts and sums the month's
 * times the period's months. A part's own target goes before that of each part of its kind, and that before the
 * company's, which is none of a part's where the parts' values add up to the company's.
 */
export function targetOf(
  targets: readonly Target[],
  kpi: Pick<Kpi, "id" | "kind">,
  grain: Grain,
  end: string,
  part?: Part,
): Target | null {
  const inForce = targetsInForce(targets, kpi, end, part);
  const target = inForce(grain);
  if (target || grain === "month") return target;
  const month = inForce("month");
  return month && addsUp(kpi) ? times(month, monthsOf[grain]) : month;
}

/** The grains that a KPI has a target in force for where it has none for the one asked for; empty where it has. */
export function otherTargetGrains(
  targets: readonly Target[],
  kpi: Pick<Kpi, "id" | "kind">,
  grain: Grain,
  end: string,
  part?: Part,
): Grain[] {
  if (targetOf(targets, kpi, grain, end, part)) return [];
  const inForce = targetsInForce(targets, kpi, end, part);
  return grains.filter((other) => inForce(other) !== null);
}

const addsUp = ({ kind }: Pick<Kpi, "kind">) => kind === "count" || kind === "sum";

function targetsInForce(
  targets: readonly Target[],
  kpi: Pick<Kpi, "id" | "kind">,
  end: string,
  part: Part | undefined,
): (grain: Grain) => Target | null {
  const own = targets.filter(({ kpi_id }) => kpi_id === kpi.id);
  if (own.length === 0) return () => null;
  const day = addDays(end, -1);
  const whose = part && { ...part, isShare: addsUp(kpi) || part.isShare === true };
  return (grain) => targetInForce(own, grain, day, whose);
}

function targetInForce(
  targets: readonly Target[],
  grain: Grain,
  day: string,
  part: Part | undefined,
): Target | null {
  let best: Target | null = null;
  let bestRank = 0;
  for (const target of targets) {
    const { valid_from, valid_to } = target;
    if (target.grain !== grain || valid_from > day || (valid_to !== null && valid_to <= day)) continue;
    const rank = closeness(target, part);
    if (rank > bestRank || (rank > 0 && rank === bestRank && best && valid_from > best.valid_from)) {
      best = target;
      bestRank = rank;
    }
  }
  return best;
}

/** 3 the part's own, 2 that of each such part, 1 the company's, 0 somebody else's. */
function closeness({ scope_dimension, scope_value }: Target, part: Part | undefined): number {
  if (scope_dimension === null) return part?.isShare ? 0 : 1;
  const dimension = dimensionOf(scope_dimension);
  if (!part || !dimension || !part.dimensions.includes(dimension)) return 0;
  if (scope_value === null) return 2;
  return scope_value === part.value ? 3 : 0;
}

function times(target: Target, months: number): Target {
  const scaled = (limit: number | null) => (limit === null ? null : limit * months);
  return {
    ...target,
    floor: scaled(target.floor),
    target: target.target * months,
    stretch: scaled(target.stretch),
  };
}
