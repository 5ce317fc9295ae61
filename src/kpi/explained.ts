import { CliError } from "../run/error.js";
import { told } from "../words/told.js";
import type { Cell } from "./answer.js";
import { benjaminiHochberg, chanceOf, isTrailing, sideOf } from "./chance.js";
import type { ReasonCode } from "./coverage.js";
import { explain, type GroupChange, type Sums } from "./explain.js";
import { type AsOf, comparedStart, type Grain, isPartial, type Period, periodOf } from "./periods.js";
import { heldBy } from "./queryRows.js";
import type { KpiQuestion, KpiRequest } from "./request.js";
import type { Components } from "./value.js";

/** A KPI's change between two periods, split by one dimension or by several crossed. */
export interface ExplainedChange {
  kpi_id: string;
  grain: Grain;
  from: ComparedValue;
  to: ComparedValue;
  delta: number | null;
  /** Of chance alone (see `chanceOf`); null where there is no test. */
  p: number | null;
  by: readonly string[];
  /** The largest contribution, up or down, first; empty where there is no change to explain. */
  groups: readonly ExplainedGroup[];
  rate_effect: number | null;
  mix_effect: number | null;
  /** Why the change is not known. */
  reason: ReasonCode | null;
  reason_text: string | null;
}

/** One of the two periods. Partial: only the elapsed days of both count. */
export interface ComparedValue {
  period_start: string;
  period_end: string;
  value: number | null;
  mature: boolean;
  partial: boolean;
  incomplete: boolean;
}

export interface ExplainedGroup extends Omit<GroupChange, "group"> {
  /** The values of the dimensions, in the order of `by`. */
  group: readonly string[];
  /** Of the change of the group's own value; q among all groups of the KPI that were looked at. */
  p: number | null;
  q: number | null;
}

/** The two periods of a request, and how the first follows from the second where it does. */
export interface ComparedPeriods {
  from: Period;
  to: Period;
  compare: "previous" | "year" | null;
  /** The window of the first period: as many days as have elapsed of a partial second one. */
  fromRole: Cell["role"];
}

/**
 * The periods whose difference a request asks for: the last one against the one it is compared with (by default the
 * one before), or the first against the last where both are named and no comparison is.
 * @throws CliError 2 where both are the same, or a partial period has no elapsed days to be compared with
 */
export function comparedPeriods(
  { grain, from: first, to: last, compare: asked }: KpiRequest,
  { asOf, asOfDay }: { asOf: AsOf; asOfDay: string },
): ComparedPeriods {
  const to = periodOf(last ?? asOfDay, grain);
  const start = (compare: "previous" | "year") => comparedStart(to, compare);
  const from =
    asked || first === undefined ? periodOf(start(asked ?? "previous"), grain) : periodOf(first, grain);
  if (from.start >= to.start) {
    throw new CliError(told("explain.onePeriod", { grain, first: first ?? "" }), 2);
  }
  const compare = (["previous", "year"] as const).find((name) => start(name) === from.start) ?? null;
  if (!isPartial(to, asOf)) return { from, to, compare, fromRole: "period" };
  if (compare === null) {
    throw new CliError(told("explain.notOver", { grain, start: to.start, first: first ?? "" }), 2);
  }
  return { from, to, compare, fromRole: `elapsed_${compare}` };
}

/** A cell of one group, with the base's sums where the KPI is the growth of a share. */
export interface PartCell extends Sums, Pick<Components, "n" | "sumSq"> {
  role: Cell["role"];
  start: string;
  group: readonly string[];
}

/** Splits the change of a question's KPI between two periods into its groups' contributions. */
export function explainCells(
  { kpi, by }: KpiQuestion,
  cells: readonly PartCell[],
  periods: Pick<ComparedPeriods, "from" | "to" | "fromRole">,
  isTested = false,
): Pick<ExplainedChange, "groups" | "rate_effect" | "mix_effect"> | null {
  const side = (role: Cell["role"], { start }: Period): ReadonlyMap<string, PartCell> =>
    new Map(
      cells
        .filter((cell) => cell.role === role && cell.start === start)
        .map((cell) => [cell.group.join(separator), cell]),
    );
  const ofNumerator = by.map(({ dimension }) => kpi.numerator_dimensions.includes(heldBy(kpi, dimension)));
  const wholeOf = (key: string) =>
    key
      .split(separator)
      .filter((_, index) => ofNumerator[index])
      .join(separator);
  const [before, after] = [side(periods.fromRole, periods.from), side("period", periods.to)];
  const explanation = explain(kpi.kind, before, after, ofNumerator.includes(true) ? wholeOf : undefined);
  if (explanation === null) return null;
  const groups = explanation.groups
    .filter((row) => row.contribution !== 0 || row.weight_to !== null || row.value_from || row.value_to)
    .map(
      (row): ExplainedGroup => ({
        ...row,
        group: row.group.split(separator),
        p: isTested
          ? chanceOf(
              { kind: kpi.kind, trailing: isTrailing(kpi) },
              sideOf(before.get(row.group), periods.from),
              sideOf(after.get(row.group), periods.to),
            )
          : null,
        q: null,
      }),
    );
  return { groups, rate_effect: explanation.rate_effect, mix_effect: explanation.mix_effect };
}

/** The same with the q of each group among all that the splits of one KPI look at. */
export function withQs<S extends Pick<ExplainedChange, "groups">>(splits: readonly S[]): S[] {
  const qs = benjaminiHochberg(splits.flatMap(({ groups }) => groups.map(({ p }) => p)));
  let at = 0;
  return splits.map((split) => ({
    ...split,
    groups: split.groups.map((group) => ({ ...group, q: qs[at++] ?? null })),
  }));
}

const separator = "\u001f";
