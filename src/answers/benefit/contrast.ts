import type { DuckDBConnection } from "@duckdb/node-api";
import { type Contrast, type Estimate, estimate, type Method } from "../../analysis/benefit/estimate.js";
import type { Effect } from "../../analysis/benefit/verdict.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { type Components, measure } from "../../kpi/value.js";
import { type InitiativeCases, placeOf, readCases, windowComponents } from "./cases.js";
import { type Change, type Days, type Initiative, namedWindow } from "./initiative.js";

/** What a KPI's cases in scope add up to in two windows. */
export interface Both {
  baseline: Components;
  follow_up: Components;
}

/** Two windows compared by the primary method. */
export interface Contrasted extends Both {
  cases: InitiativeCases;
  estimate: Estimate | null;
  effect: Effect | null;
}

/** The first window against the second, of a place. */
export const contrastOf = (place: string): Contrast => ({ place, before: 0, after: 1 });

/** Compares two windows of an initiative's KPI by the primary method. */
export async function contrast(
  db: DuckDBConnection,
  initiative: Initiative,
  days: readonly [Days, Days],
  method: Method,
): Promise<Contrasted> {
  const asked = { initiative, windows: days.map(namedWindow) };
  const [baseline, follow_up] = (await windowComponents(db, asked)) as [Components, Components];
  const cases = await readCases(db, asked, method);
  const place = placeOf(initiative);
  const found = estimate(cases, method, contrastOf(place));
  const both = { baseline, follow_up };
  return {
    ...both,
    cases,
    estimate: found,
    effect: found && effectIn(initiative.kpi, method, found, exposureOf(cases, place), both),
  };
}

/** Events and customer-days in scope before and after. */
export interface Exposure {
  before: { events: number; days: number };
  after: { events: number; days: number };
}

export function exposureOf({ cells }: Pick<InitiativeCases, "cells">, place: string): Exposure {
  const sums = (window: number) =>
    cells
      .filter((cell) => cell.place === place && cell.window === window)
      .reduce((sum, cell) => ({ events: sum.events + cell.sum, days: sum.days + cell.weight }), {
        events: 0,
        days: 0,
      });
  return { before: sums(0), after: sums(1) };
}

/** An estimate in the KPI's machine unit. */
export function effectIn(
  kpi: Kpi,
  method: Method,
  { coefficient, p, interval, steady_p }: Pick<Estimate, "coefficient" | "p" | "interval" | "steady_p">,
  { before, after }: Exposure,
  { baseline, follow_up }: Both,
): Effect {
  const value = measure(kpi, baseline).value;
  // Of who is kept the losses were counted, and they are fewer as it is more.
  const isLoss = method === "poisson" && kpi.accrues === "rest";
  const expected = (before.events / before.days) * after.days;
  const per = (kpi.kind === "count" ? 1 : follow_up.denominator) * (isLoss ? -1 : 1);
  const unit = kpi.kind === "nps" ? 100 : 1;
  const change = (end: number) =>
    method === "poisson" ? ((Math.exp(end) - 1) * expected) / per : unit * end;
  const ends = [interval.low, interval.high].map((end) => (end === null ? null : change(end)));
  const [low = null, high = null] = isLoss ? ends.reverse() : ends;
  const delta = change(coefficient);
  const ofValue = value ? delta / value : null;
  const isRatio = method === "poisson" && !isLoss && value !== null && value !== 0;
  const relative = isRatio ? Math.exp(coefficient) - 1 : ofValue;
  return { delta, p, interval: { low, high }, relative, ...(steady_p === undefined ? {} : { steady_p }) };
}

/** An effect as companions are told. */
export const changeOf = ({ delta, interval, p }: Effect): Change => ({
  delta,
  low: interval.low,
  high: interval.high,
  p,
});
