import { addDays, daysBetween } from "../kpi/periods.js";
import { type Assessment, type Days, isCompared, isTested } from "../published/benefitTypes.js";
import { limitsOf } from "./benefitLimits.js";
import {
  type BenefitNames,
  changeText,
  day,
  expectedText,
  isToCome,
  isUnequal,
  kpiName,
  qText,
  scopeText,
  stranger,
  type Teller,
  verdictDay,
} from "./benefitTeller.js";
import { countedText, differenceText, moneyEnds, moneyText, shareText, valueText } from "./figureText.js";
import { benefit, type Language } from "./languages.js";

/** An initiative in words. Every sentence follows from a figure by rule, and none says more than the verdict. */
export interface BenefitText {
  /** One line: what the verdict is of what. */
  happened: string;
  /** What was done, what became of the KPI, how sure that is, and what it was worth. */
  sentences: string[];
  /** What keeps the figures from being more than they are. */
  limits: string[];
}

/** An initiative's paragraph. */
export function benefitText(row: Assessment, names: BenefitNames, language: Language): BenefitText {
  const say = benefit(language);
  const kpi = names.kpi(row.kpi_id) ?? stranger(row.kpi_id);
  const teller: Teller = { say, language, names, row, kpi };
  const limits = limitsOf(teller);
  const sentences = [
    done(teller),
    ...figures(teller),
    ...verdict(teller),
    ...expectation(teller),
    ...worth(teller),
    ...(isTested(row.verdict) ? attribution(teller, limits.length > 0) : []),
  ];
  return { happened: headline(teller), sentences, limits };
}

/** All of a text in one paragraph. */
export const benefitParagraph = ({ sentences, limits }: BenefitText, language: Language): string =>
  [...sentences, ...limits].join(benefit(language).join);

const spanOf = ({ start, end }: Days, teller: Teller) =>
  teller.say.span(day(start, teller), day(addDays(end, -1), teller));

function headline(teller: Teller): string {
  const { say, row, language, kpi } = teller;
  const { name } = row;
  const words = say.headline;
  if (row.hidden) return words.hidden(name, isTested(row.verdict) ? say.verdicts[row.verdict] : null);
  if (!isTested(row.verdict))
    return row.verdict === "still_running"
      ? words[isToCome(row, teller.names) ? "planned" : "still_running"](
          name,
          day(verdictDay(row, kpi), teller),
        )
      : words[row.verdict as "not_recorded" | "not_testable" | "too_little_data"](name);
  const { change, low, high } = changeText(row, kpi, language);
  const parts = { name, kpi: kpiName(teller), change, interval: say.between(low, high) };
  if (row.verdict === "no_demonstrable_change") return words.no_demonstrable_change(parts);
  return words.changed({ ...parts, verdict: say.verdicts[row.verdict] });
}

function done(teller: Teller): string {
  const { say, row, names, kpi, language } = teller;
  const scope = scopeText(row, names) ?? say.everybody;
  const parts = { name: row.name, scope, on: day(row.started_on, teller) };
  const isBegun = row.started_on <= names.as_of_on;
  const goal =
    row.expected === null || row.expected === 0
      ? say.goal.none(kpiName(teller))
      : say.goal[row.expected < 0 ? "lower" : "raise"](
          kpiName(teller),
          expectedText(kpi, Math.abs(row.expected), language).replace("+", ""),
        );
  return (isBegun ? say.done : say.planned)({ ...parts, goal });
}

function figures(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { baseline, follow_up } = row;
  if (row.hidden) return [say.hidden[row.hidden](names.min_cell)];
  if (row.verdict === "not_recorded") return [];
  if (row.scope_unknown) {
    const [[dimension = "", value = ""] = []] = Object.entries(row.scope);
    return [say.noSuchValue({ dimension: names.dimension(dimension), value, near: row.scope_unknown.near })];
  }
  if (row.rounded) return [say.restated];
  if ((baseline.n ?? 0) + (follow_up.n ?? 0) === 0 && row.started_on <= names.as_of_on) return [say.empty];
  const counts = kpi.counts[language];
  const side = (window: Assessment["baseline"]) => ({
    value: valueText(kpi, { value: window.value }, language),
    span: spanOf(window, teller),
    n: say.n(
      Math.round(window.n ?? 0).toLocaleString("en-US"),
      countedText(counts, Math.round(window.n ?? 0), language),
    ),
  });
  const asOfEnd = addDays(names.as_of_on, 1);
  const before = side({ ...baseline, end: [baseline.end, asOfEnd].sort()[0] ?? asOfEnd });
  if (baseline.value === null && follow_up.value === null) return [];
  if (follow_up.start > names.as_of_on) return [say.before({ kpi: kpiName(teller), ...before })];
  const isPartial = addDays(follow_up.end, -1) > names.as_of_on;
  if (isPartial)
    return [
      say.soFar({
        kpi: kpiName(teller),
        before,
        after: side({ ...follow_up, end: addDays(names.as_of_on, 1) }),
        days: daysBetween(follow_up.start, addDays(names.as_of_on, 1)),
        of: daysBetween(follow_up.start, follow_up.end),
      }),
    ];
  return [
    say.figures({ kpi: kpiName(teller), before, after: side(follow_up) }),
    ...(isUnequal(row) && isTested(row.verdict) ? [say.unequal] : []),
  ];
}

function verdict(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { delta, relative, q } = row;
  switch (row.verdict) {
    case "not_recorded":
      return [say.notRecorded];
    case "not_testable":
      return [row.untestable === "windows_differ" ? say.windowsDiffer : say.notTestable];
    case "too_little_data":
      return row.hidden ? [] : [say.tooLittle];
    case "still_running": {
      const { follow_up } = row;
      const waits = kpi.horizon_days
        ? say.horizon(kpi.horizon_days)
        : kpi.matures
          ? say.matures[kpi.matures]
          : "";
      if (isToCome(row, names)) return [say.notBegun(day(verdictDay(row, kpi), teller))];
      const isOver = addDays(follow_up.end, -1) <= names.as_of_on;
      const parts = {
        end: day(addDays(follow_up.end, -1), teller),
        on: day(verdictDay(row, kpi), teller),
        waits,
      };
      return [isOver ? say.waiting(parts) : say.running(parts)];
    }
    default: {
      if (row.hidden) return [say.hiddenVerdict(say.verdicts[row.verdict])];
      if (delta === null) return [];
      const { low, high } = changeText(row, kpi, language);
      const dimension = Object.keys(row.scope)[0];
      const parts = {
        kpi: kpiName(teller),
        amount: differenceText(kpi, { value: delta, low: row.low, high: row.high }, language, false),
        change: differenceText(kpi, { value: delta, low: row.low, high: row.high }, language),
        interval: say.between(low, high),
        relative: relative === null ? "" : signedShare(relative, language),
        against: isCompared(row) && dimension ? say.against(names.dimension(dimension)) : say.ownPast,
        q: qText(q ?? 1),
      };
      if (row.verdict === "no_demonstrable_change") return [say.noChange(parts), ...whyNot(teller)];
      const moved = delta < 0 ? say.fell : say.rose;
      return [moved(parts), say.judged(say.verdicts[row.verdict], parts.q)];
    }
  }
}

const signedShare = (share: number, language: Language) =>
  `${share > 0 ? "+" : ""}${shareText(share, language)}`.replace(/^\+?−0(\D)/, "0$1");

/** Why a change whose interval lies off zero is none all the same, and what the others may still be. */
function whyNot({ say, row, kpi, language }: Teller): string[] {
  const { low, high, p, q, companions } = row;
  const isOffZero = (low !== null && low > 0) || (high !== null && high < 0);
  const ranks = companions?.mann_whitney;
  const isAlone = p !== null && p <= 0.05 && q !== null && q > 0.05;
  if (isAlone) return [say.onlyAlone];
  if (isOffZero && kpi.direction === "none") return [say.noDirection];
  if (isOffZero && ranks) return [say.ranksDisagree];
  const found = companions?.placebo_time?.found;
  return [
    say.compatible,
    ...(found
      ? [say.smallest(differenceText(kpi, { value: Math.abs(found), low, high }, language, false))]
      : []),
  ];
}

function expectation({ say, row, kpi, language }: Teller): string[] {
  const { expected, expected_reached: reached, verdict } = row;
  if (row.hidden || expected === null || reached === null || !isTested(verdict)) return [];
  return [say.reached[reached](expectedText(kpi, expected, language))];
}

function worth({ say, row, kpi, names, language }: Teller): string[] {
  const { cost, value_per_unit: perUnit, value_money_low: low, value_money_high: high, verdict } = row;
  const money = (value: number) => moneyText(value, names.currency, language);
  const costs = cost === null ? null : money(cost);
  if (row.hidden || !isTested(verdict))
    return costs === null ? [] : [(row.started_on > names.as_of_on ? say.costToCome : say.cost)(costs)];
  if (perUnit === null || kpi.direction === "none")
    return costs === null ? [say.noMoney] : [say.costOnly(costs)];
  const ends = moneyEnds({ low, high }, names.currency, language);
  const range = say.between(ends.low, ends.high);
  const shares = [row.return_low, row.return_high].map((share) =>
    share === null ? "–" : shareText(share, language),
  ) as [string, string];
  const isShown = row.value_money !== null && verdict !== "no_demonstrable_change";
  const returned =
    row.return_low === null && row.return_high === null
      ? ""
      : isShown && row.return !== null
        ? say.returned(shareText(row.return, language), say.between(...shares))
        : say.returnRange(say.between(...shares));
  const parts = { range, cost: costs === null ? say.noCost : say.atCost(costs), returned };
  return [isShown ? say.worth({ ...parts, money: money(row.value_money ?? 0) }) : say.worthRange(parts)];
}

/** Whether the change may be laid to the measure. */
function attribution({ say, row }: Teller, isLimited: boolean): string[] {
  if (row.verdict === "no_demonstrable_change" || row.hidden) return [];
  if (!isCompared(row)) return [];
  const { companions } = row;
  const isChecked =
    companions && (companions.event_study || companions.placebo_time || companions.placebo_space);
  return isChecked && !isLimited ? [say.holds] : [];
}
