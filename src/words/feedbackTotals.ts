import type { FeedbackSheet, SheetTotal } from "../score/feedback.js";
import { type RaterGroup, raterGroups } from "../score/review360.js";
import type { Teller } from "./feedbackTeller.js";
import { pointsText, shareText } from "./figureText.js";
import { labelIn } from "./wording.js";

/** The totals of a sheet in sentences, or why there are none. */
export function overall(sheet: FeedbackSheet, teller: Teller): string[] {
  const { say, language } = teller;
  const { quantitative, qualitative, combined } = sheet;
  if (sheet.is_partial) return [say.partial];
  const lines: string[] = [];
  if (!quantitative) lines.push(say.noCard);
  else if (quantitative.between)
    lines.push(untold(say.kpiTotalUntold(kpiNames(quantitative.untold ?? [], teller)), quantitative, teller));
  else if (quantitative.total === null)
    lines.push(say.noKpiTotal(shareText(quantitative.covered_weight, language)));
  else lines.push(total(say.kpiTotal, quantitative, quantitative.covered_weight, teller));
  if (combined?.total != null && quantitative?.total != null && qualitative?.total != null) {
    const { weights } = combined;
    const share = (weight: number) =>
      shareText(weight / (weights.quantitative + weights.qualitative), language);
    const made = say.combinedParts({
      quantitative: pointsText(quantitative.total),
      qualitative: pointsText(qualitative.total),
      weights: [share(weights.quantitative), share(weights.qualitative)],
    });
    lines.push(total(say.combinedTotal, combined, 1, teller, made));
  } else if (combined?.between) lines.push(untold(say.combinedUntold, combined, teller));
  else {
    const lacks = [
      ...(quantitative?.total == null && !quantitative?.between ? (["kpi"] as const) : []),
      ...(qualitative?.total == null ? (["review"] as const) : []),
    ];
    lines.push(say.noCombined(lacks));
  }
  return lines;
}

/** That a total is not told, with what follows of it from what is. */
function untold(
  sentence: string,
  { between, rank, ranked }: Pick<SheetTotal, "between" | "rank" | "ranked">,
  { say }: Teller,
): string {
  const range = between?.isSure ? [say.rangeTold(pointsText(between.low), pointsText(between.high))] : [];
  const place = rank !== null && isRanked(ranked) ? [say.rankTold(String(rank), ofHowMany(ranked))] : [];
  const noPlace = rank === null && isRanked(ranked) ? say.rankUntold : "";
  return [sentence + noPlace, ...range, ...place].join(say.semicolon) + say.stop;
}

/** Whether there are others to be ranked with; where it is not known how many, there are. */
const isRanked = (ranked: number | null): boolean => ranked === null || ranked > 1;
const ofHowMany = (ranked: number | null): string | null => (ranked === null ? null : String(ranked));

/** What KPIs are called, as a list. */
const kpiNames = (ids: readonly string[], { say, names, language }: Teller): string =>
  ids.map((id) => labelIn(names.kpis.get(id)?.label, language) ?? id).join(say.list);

/** A total with its grade, its place and how it moved. */
export function total(
  sentence: (total: string, grade: string) => string,
  own: Omit<SheetTotal, "covered_weight">,
  covered: number,
  teller: Teller,
  made?: string,
): string {
  const { say, language, names } = teller;
  const { total: points, provisional, grade, rank, ranked } = own;
  const called = labelIn(names.grades.get(grade ?? ""), language) ?? "–";
  const parts = [
    sentence(pointsText(points ?? 0), provisional ? say.provisional(called) : called) +
      (!isRanked(ranked) ? "" : rank === null ? say.rankUntold : say.rank(String(rank), ofHowMany(ranked))) +
      (covered < 1 ? say.covered(shareText(covered, language)) : ""),
    ...(made === undefined ? [] : [made]),
  ];
  const change = changeOfTotal(own, teller);
  return [...parts, ...(change === null ? [] : [change])].join(say.semicolon) + say.stop;
}

/** How a total moved, and how it would have with the weights of before where those have changed. */
function changeOfTotal(own: Pick<SheetTotal, "total" | "previous">, teller: Teller): string | null {
  const moved = movedText(own, teller);
  const former = own.previous?.change?.formerDelta ?? null;
  if (moved === null || former === null) return moved;
  const delta = `${former < 0 ? "−" : "+"}${pointsText(Math.abs(former))}`;
  return [moved, teller.say.reweighed(delta)].join(teller.say.semicolon);
}

/** How a total moved; over what is scored in both periods where that is not all that either total is made of. */
function movedText(
  { total: points, previous }: Pick<SheetTotal, "total" | "previous">,
  { say, language, names }: Teller,
): string | null {
  if (!previous || points === null) return null;
  const [before, now] = [pointsText(previous.total), pointsText(points)];
  const { change } = previous;
  if (!change) return say.incomparable(before);
  const isWhole =
    change.joined.length + change.left.length === 0 &&
    pointsText(change.from) === before &&
    pointsText(change.to) === now;
  if (!isWhole) {
    const nameOf = (id: string) =>
      (raterGroups as readonly string[]).includes(id)
        ? say.groups[id as RaterGroup]
        : (labelIn(names.kpis.get(id)?.label, language) ?? id);
    const listed = (ids: readonly string[]) => ids.map(nameOf).join(say.list);
    const basis = [
      change.joined.length > 0 ? say.joined(listed(change.joined)) : "",
      change.left.length > 0 ? say.fellOut(listed(change.left)) : "",
    ].filter(Boolean);
    return say.scoredInBoth({
      previous: before,
      from: pointsText(change.from),
      to: pointsText(change.to),
      basis: basis.join(say.semicolon),
    });
  }
  if (now === before) return say.same(before);
  const number = (text: string) => Number(text.replace("−", "-"));
  const by = pointsText(Math.abs(number(now) - number(before)));
  return (points > previous.total ? say.higher : say.lower)(before, by);
}
