import type { Kpi } from "../catalogue/kpis.js";
import { chanceOf, isTrailing, moreThanChance, sideOf } from "./chance.js";
import type { Period } from "./periods.js";
import type { Settled } from "./settle.js";

/** What can be said of a change of a KPI: better or worse by more than chance, or why neither. */
export type Change = "better" | "worse" | "within_chance" | "no_test" | "no_direction";

/** A value that is a signal (see `isFinal`), with its period. */
export type Final = Pick<Settled, "components"> & { value: number; period: Period };

/**
 * Whether a later final value is better or worse than an earlier one by more than chance, and the p of that one change.
 * It says that something changed, not why.
 */
export function changeOf(
  kpi: Pick<Kpi, "kind" | "direction" | "look_back">,
  before: Final,
  after: Final,
): { change: Change; p: number | null } {
  const side = ({ components, period }: Final) => sideOf(components ?? undefined, period);
  const p = chanceOf({ kind: kpi.kind, trailing: isTrailing(kpi) }, side(before), side(after));
  if (p === null) return { change: "no_test", p };
  if (kpi.direction === "none") return { change: "no_direction", p };
  if (!moreThanChance(p)) return { change: "within_chance", p };
  return { change: after.value > before.value === (kpi.direction === "up") ? "better" : "worse", p };
}
