import { studentQuantile } from "../../statistics/distributions.js";

/** How likely a real change has to be found, and how likely none may be taken for one. */
const [power, alpha] = [0.8, 0.05];

/** By how many standard errors a change has to lie from 0 to be found with 80 % power at 5 %, two-sided. */
export const foundErrors = (degrees: number): number =>
  studentQuantile(1 - alpha / 2, degrees) + studentQuantile(power, degrees);

/** Lengths of follow-up that are tried on what is recorded before a start, for one of so many days. */
export const plannedLengths = (days: number): number[] =>
  [...new Set([30, 60, 90, 120, 180, 270, 365, days])].sort((one, other) => one - other);

/** The squared standard error of an estimate by the length of its follow-up, of a baseline that stays. */
export interface ErrorOfLength {
  days: number;
  variance: number;
}

/** A variance by the days of the follow-up: stays + shrinks ÷ days. */
export interface Variance {
  stays: number;
  shrinks: number;
}

/**
 * The variance as what stays however long the follow-up is (the baseline's, and what customers have of their own) and what
 * shrinks with it: a + b ÷ days, by least squares with neither below 0.
 */
export function varianceByLength(found: readonly ErrorOfLength[]): Variance | null {
  if (found.length === 0) return null;
  const xs = found.map(({ days }) => 1 / days);
  const ys = found.map(({ variance }) => variance);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(xs), mean(ys)];
  const products = mean(xs.map((each, at) => each * (ys[at] ?? 0)));
  const squares = mean(xs.map((each) => each * each));
  const spread = squares - x * x;
  const slope = spread > 0 ? (products - x * y) / spread : 0;
  const stays = y - slope * x;
  if (slope < 0 || found.length === 1) return { stays: 0, shrinks: products / squares };
  if (stays < 0) return { stays: 0, shrinks: products / squares };
  return { stays, shrinks: slope };
}

/** How an error becomes a change of the KPI: as it is, or of counts as a ratio of what a window holds. */
export interface Scale {
  /**
   * Of counts: which part of what shrinks with the follow-up comes from the scope's own events there, of which a rise makes
   * more and a fall fewer; null of what is no count.
   */
  own: number | null;
  /** The KPI's change by 1 of the error in a follow-up of some days; of counts it grows with them. */
  unit(days: number): number;
}

/** `Scale.own` by the events of the follow-up in scope and, where there is one, in its comparison group. */
export const ownShare = (inScope: number, outside: number | null): number =>
  outside === null || inScope + outside === 0 ? 1 : outside / (inScope + outside);

/** By how much the error that shrinks is another one once events have changed by such a logarithm. */
const factor = ({ own }: Scale, logarithm: number) =>
  own === null ? 1 : 1 - own + own * Math.exp(-logarithm);

/**
 * The smallest change that a follow-up of some days finds, without sign, where a rise or a fall of what is counted is looked
 * for; null where none is found, since a fall leaves too few events to find it by.
 */
export function smallestChange(
  errors: number,
  { stays, shrinks }: Variance,
  days: number,
  scale: Scale,
  isFall: boolean,
): number | null {
  const sign = isFall ? -1 : 1;
  const unit = Math.abs(scale.unit(days));
  let apart = errors * Math.sqrt(stays + shrinks / days);
  if (scale.own === null) return unit * apart;
  for (let step = 0; step < 200; step += 1)
    apart = errors * Math.sqrt(stays + (shrinks / days) * factor(scale, sign * Math.min(apart, 50)));
  return apart > 10 ? null : unit * Math.abs(Math.expm1(sign * apart));
}

/**
 * Days of follow-up, at least, after which such a change, meant of a follow-up of so many days, is found.
 * @returns null where no length is enough; `more_than_all` of counts that would fall below nothing
 */
export function daysToFind(
  { change, days }: { change: number; days: number },
  errors: number,
  { stays, shrinks }: Variance,
  scale: Scale,
): number | null | "more_than_all" {
  const share = change / scale.unit(days);
  if (scale.own !== null && share <= -1) return "more_than_all";
  const apart = scale.own === null ? share : Math.log1p(share);
  const room = (apart / errors) ** 2 - stays;
  return room > 0 ? Math.max(1, Math.ceil((shrinks * factor(scale, apart)) / room)) : null;
}
