import type { Kpi } from "../catalogue/kpis.js";
import { type Standing, standingOf, statusOf } from "../kpi/status.js";
import { greatest } from "../statistics/extremes.js";
import { round9 } from "../statistics/rounding.js";

export type { Standing };

/** What is known of one KPI that would show a cause. */
export interface Reading {
  kpi: string;
  standing: Standing;
  /** How far off target, see `distanceTo`; null without a signal. */
  distance: number | null;
}

/** What the KPIs that would show a cause say of it. They only point to it; they prove nothing. */
export interface CauseEvidence {
  cause: string;
  /** Its KPIs, the strongest sign first: by standing, then distance, then as listed. */
  readings: Reading[];
  /** The worst known standing of its KPIs; `untargeted` or `none` where none gives a signal. */
  standing: Standing;
  /** The largest distance of its KPIs. */
  distance: number | null;
  /** 1 for the largest distance, ties sharing it (1, 1, 3); null where no KPI is off target. */
  rank: number | null;
}

const severity: Record<Standing, number> = {
  bad: 0,
  near: 1,
  unsure: 2,
  good: 3,
  few: 4,
  untargeted: 4,
  none: 5,
};

/**
 * How far a value is off its target without a unit: (target − value) ÷ (target − floor), which is 0 at the target
 * and 1 at the floor for KPIs of either direction, and 0 where the target is met. Without a floor it is that of
 * the linear score: 0 where higher is better, twice the target where lower is. Where target and floor leave no
 * room between them, a missed target counts 1.
 */
export function distanceTo(
  direction: "up" | "down",
  value: number,
  limits: { target: number; floor: number | null },
): number {
  const sign = direction === "up" ? 1 : -1;
  const floor = limits.floor ?? (direction === "up" ? 0 : 2 * limits.target);
  const missing = sign * (round9(limits.target) - round9(value));
  const room = sign * (limits.target - floor);
  if (missing <= 0) return 0;
  return room > 0 ? round9(missing / room) : 1;
}

/** A KPI as evidence. Only what is sure of its status is a signal: what cannot be told from the target has no distance. */
export function readingOf(
  kpi: Pick<Kpi, "id" | "kind" | "direction">,
  point: Parameters<typeof statusOf>[1],
  limits: { target: number; floor: number | null } | null,
): Reading {
  const { standing } = standingOf(statusOf(kpi, point, limits));
  const isSignal = standing === "good" || standing === "near" || standing === "bad";
  const distance =
    isSignal && point?.value != null && limits && kpi.direction !== "none"
      ? distanceTo(kpi.direction, point.value, limits)
      : null;
  return { kpi: kpi.id, standing, distance };
}

/**
 * The causes of a problem by how far off target the KPIs are that would show them, the farthest first; causes that
 * no KPI gives a signal for follow, those without any data last. Equal ones keep their order.
 *
 * @param readings KPI id → what is known of it; a KPI that is missing counts as without data
 */
export function rankCauses(
  causes: readonly { id: string; kpis: readonly string[] }[],
  readings: ReadonlyMap<string, Reading>,
): CauseEvidence[] {
  const ranked = causes
    .map(({ id, kpis }): CauseEvidence => {
      const own = kpis
        .map((kpi): Reading => readings.get(kpi) ?? { kpi, standing: "none", distance: null })
        .sort((a, b) => severity[a.standing] - severity[b.standing] || (b.distance ?? 0) - (a.distance ?? 0));
      const known = own.flatMap(({ distance }) => distance ?? []);
      return {
        cause: id,
        readings: own,
        standing: own[0]?.standing ?? "none",
        distance: known.length > 0 ? greatest(known) : null,
        rank: null,
      };
    })
    .sort((a, b) => place(b) - place(a));
  ranked.forEach((evidence, index) => {
    if (evidence.distance === null || evidence.distance <= 0) return;
    const before = ranked[index - 1];
    evidence.rank = before?.distance === evidence.distance ? before.rank : index + 1;
  });
  return ranked;
}

/** Causes surely off target, then those that cannot be told from it, those on target, without a signal, without data. */
function place({ distance, standing }: CauseEvidence): number {
  if (distance !== null && distance > 0) return distance;
  if (standing === "unsure") return 0;
  return -severity[standing];
}
