import type { Kind } from "../catalogue/kpis.js";
import { greatest, least } from "../statistics/extremes.js";

/** What a group's cases add up to in one period, in the KPI's unit. */
export interface Sums {
  numerator: number;
  denominator: number;
  /** Of the growth of a share: the same of the base, whose share the share is divided by. */
  base?: { numerator: number; denominator: number };
}

/** Group → its sums. A group without cases may be left out. */
export type Groups = ReadonlyMap<string, Sums>;

/** A group's part in the change of a KPI, in the KPI's machine unit. */
export interface GroupChange {
  group: string;
  /** The group's share of the whole denominator; null where that is not split: counts, sums, dimensions of the numerator only. */
  weight_from: number | null;
  weight_to: number | null;
  /** The group's own value; null where it has none. */
  value_from: number | null;
  value_to: number | null;
  /** What the change of the group's own value, and the change of its weight, add; null without weights. */
  rate_effect: number | null;
  mix_effect: number | null;
  contribution: number;
}

/** The change of a KPI between two periods, split by a dimension. */
export interface Explanation {
  from: number;
  to: number;
  delta: number;
  rate_effect: number | null;
  mix_effect: number | null;
  /** The contributions add up to `delta`; the largest, up or down, stands first. */
  groups: GroupChange[];
}

/**
 * Splits the change of a KPI into the contributions of the groups of a dimension, which add up to it; null where the
 * KPI has no value in one of the periods.
 *
 * A ratio of sums is a mean of the groups' own ratios r, weighted by their shares w of the denominator. A group adds
 * ½(w₀+w₁)(r₁−r₀) by its own change (rate effect) and (w₁−w₀)(½(r₀+r₁) − ½(R₀+R₁)) by its weight's (mix effect), where R
 * is the whole (the midpoint form of Kitagawa 1955, JASA 50, with the mix measured from the whole). A group absent in
 * one period takes the other's ratio. Cases of a group without a denominator, say complaints of customers already
 * lost, count to its rate effect whole.
 *
 * Growth of a sum is such a ratio, weighted by the base. Growth of a share is a ratio S/B of two: it changes by
 * ½(1/B₀+1/B₁)(S₁−S₀) − ½(S₀+S₁)(B₁−B₀)/(B₀B₁), and the changes of S and B are each split as above. Counts and sums have
 * no weights: a group adds its own change.
 *
 * @param wholeOf groups that share a denominator: of a dimension that only the numerator has, each value stands over
 * the whole denominator and is split for itself. Default: all groups are parts of one.
 */
export function explain(
  kind: Kind,
  from: Groups,
  to: Groups,
  wholeOf?: (group: string) => string,
): Explanation | null {
  const names = [...new Set([...from.keys(), ...to.keys()])];
  if (kind === "count" || kind === "sum") return sumChange(names, from, to);
  const isShareGrowth = [...from.values(), ...to.values()].some(({ base }) => base !== undefined);
  const split = isShareGrowth ? shareGrowthChange(names, from, to) : ratioChange(names, from, to, wholeOf);
  if (split === null) return null;
  const scale = kind === "nps" ? 100 : 1;
  const shown = (ratio: number | null, weight = 1) =>
    ratio === null || !(weight > 0) ? null : kind === "growth" ? ratio - 1 : scale * ratio;
  const rows = split.parts.map(
    (part): GroupChange => ({
      group: part.group,
      weight_from: part.weighs ? part.w0 : null,
      weight_to: part.weighs ? part.w1 : null,
      value_from: shown(part.r0, part.w0),
      value_to: shown(part.r1, part.w1),
      rate_effect: part.weighs ? scale * part.rate : null,
      mix_effect: part.weighs ? scale * part.mix : null,
      contribution: scale * part.contribution,
    }),
  );
  return ordered(shown(split.from) ?? 0, shown(split.to) ?? 0, rows);
}

/** The first `count` groups, and what all others add together. */
export function largest<G extends GroupChange>(
  groups: readonly G[],
  count: number,
): {
  shown: readonly G[];
  others: (Pick<GroupChange, "rate_effect" | "mix_effect" | "contribution"> & { count: number }) | null;
} {
  if (groups.length <= count) return { shown: groups, others: null };
  const rest = groups.slice(count);
  return {
    shown: groups.slice(0, count),
    others: {
      count: rest.length,
      rate_effect: effect(rest, "rate_effect"),
      mix_effect: effect(rest, "mix_effect"),
      contribution: total(rest.map(({ contribution }) => contribution)),
    },
  };
}

/** How far the contributions of a dimension's groups lie apart. */
export function spread({ groups }: Pick<Explanation, "groups">): number {
  const values = groups.map(({ contribution }) => contribution);
  return values.length === 0 ? 0 : greatest(values) - least(values);
}

interface Part {
  group: string;
  weighs: boolean;
  w0: number;
  w1: number;
  r0: number | null;
  r1: number | null;
  rate: number;
  mix: number;
  contribution: number;
}

interface Split {
  from: number;
  to: number;
  parts: Part[];
}

const nothing: Sums = { numerator: 0, denominator: 0 };

function sumChange(names: readonly string[], from: Groups, to: Groups): Explanation {
  const values = (side: Groups) => total([...side.values()].map(({ numerator }) => numerator));
  const rows = names.map((group): GroupChange => {
    const value_from = from.get(group)?.numerator ?? 0;
    const value_to = to.get(group)?.numerator ?? 0;
    return {
      group,
      weight_from: null,
      weight_to: null,
      value_from,
      value_to,
      rate_effect: null,
      mix_effect: null,
      contribution: value_to - value_from,
    };
  });
  return ordered(values(from), values(to), rows);
}

function ratioChange(
  names: readonly string[],
  from: Groups,
  to: Groups,
  wholeOf?: (group: string) => string,
): Split | null {
  const keyOf = wholeOf ?? (() => "");
  const wholes = new Map<string, { before: Sums; after: Sums; size: number }>();
  for (const [key, members] of grouped(names, keyOf)) {
    wholes.set(key, { before: sum(members, from), after: sum(members, to), size: members.length });
  }
  const ratios = [...wholes.values()].map(({ before, after }) => [ratio(before), ratio(after)] as const);
  if (ratios.length === 0 || ratios.some(([before, after]) => before === null || after === null)) return null;
  const parts = names.map((group): Part => {
    const { before, after, size } = wholes.get(keyOf(group)) ?? { before: nothing, after: nothing, size: 0 };
    const own = { before: from.get(group) ?? nothing, after: to.get(group) ?? nothing };
    const [w0, w1] = [own.before.denominator / before.denominator, own.after.denominator / after.denominator];
    const [r0, r1] = [ratio(own.before), ratio(own.after)];
    const [c0, c1] = [own.before.numerator / before.denominator, own.after.numerator / after.denominator];
    const [one, other] = [r0 ?? r1 ?? 0, r1 ?? r0 ?? 0];
    const middle = ((ratio(before) ?? 0) + (ratio(after) ?? 0)) / 2;
    const outside = (r1 === null ? c1 : 0) - (r0 === null ? c0 : 0);
    return {
      group,
      weighs: wholeOf === undefined || size > 1,
      w0,
      w1,
      r0,
      r1,
      rate: ((w0 + w1) / 2) * (other - one) + outside,
      mix: (w1 - w0) * ((one + other) / 2 - middle),
      contribution: c1 - c0 - (w1 - w0) * middle,
    };
  });
  return {
    from: total(ratios.map(([before]) => before ?? 0)),
    to: total(ratios.map(([, after]) => after ?? 0)),
    parts,
  };
}

function shareGrowthChange(names: readonly string[], from: Groups, to: Groups): Split | null {
  const bases = (side: Groups): Groups =>
    new Map([...side].map(([group, { base }]) => [group, base ?? nothing]));
  const share = ratioChange(names, from, to);
  const base = ratioChange(names, bases(from), bases(to));
  if (share === null || base === null || base.from === 0 || base.to === 0) return null;
  const ofShare = (1 / base.from + 1 / base.to) / 2;
  const ofBase = (share.from + share.to) / 2 / (base.from * base.to);
  const quotient = (one: number | null | undefined, other: number | null | undefined) =>
    one === null || one === undefined || !other ? null : one / other;
  return {
    from: share.from / base.from,
    to: share.to / base.to,
    parts: share.parts.map((part, index): Part => {
      const under = base.parts[index];
      const combined = (key: "rate" | "mix" | "contribution") =>
        ofShare * part[key] - ofBase * (under?.[key] ?? 0);
      return {
        ...part,
        r0: quotient(part.r0, under?.r0),
        r1: quotient(part.r1, under?.r1),
        rate: combined("rate"),
        mix: combined("mix"),
        contribution: combined("contribution"),
      };
    }),
  };
}

function grouped(names: readonly string[], keyOf: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const members = groups.get(keyOf(name));
    if (members) members.push(name);
    else groups.set(keyOf(name), [name]);
  }
  return groups;
}

function sum(names: readonly string[], side: Groups): Sums {
  const own = names.map((name) => side.get(name) ?? nothing);
  return {
    numerator: total(own.map(({ numerator }) => numerator)),
    denominator: total(own.map(({ denominator }) => denominator)),
  };
}

function ratio({ numerator, denominator }: Sums): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

function ordered(from: number, to: number, rows: GroupChange[]): Explanation {
  const size = ({ contribution }: GroupChange) => Math.abs(contribution);
  const groups = rows.sort((a, b) => size(b) - size(a) || (a.group < b.group ? -1 : 1));
  return {
    from,
    to,
    delta: to - from,
    rate_effect: effect(groups, "rate_effect"),
    mix_effect: effect(groups, "mix_effect"),
    groups,
  };
}

function effect(rows: readonly GroupChange[], key: "rate_effect" | "mix_effect"): number | null {
  const values = rows.map((row) => row[key]);
  return values.some((value) => value === null) ? null : total(values.map((value) => value ?? 0));
}

/** A sum that keeps the bits that plain addition drops (Neumaier 1974). */
function total(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}
