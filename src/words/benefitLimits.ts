import { isCompared, isOtherFinding, isOtherWorth, isTested } from "../published/benefitTypes.js";
import { changeText, day, expectedText, isDistrusted, namedList, type Teller } from "./benefitTeller.js";
import { dayText, differenceText, moneyEnds, moneyText, shareText } from "./figureText.js";

/** What keeps an initiative's figures from being more than they are. */
export const limitsOf = (teller: Teller): string[] => [
  ...figureLimits(teller),
  ...registrationOf(teller),
  ...decidedOf(teller),
];

/** Fewer cases than this in a window are few. */
const fewCases = 100;

/** So much of the customers may leave or join without being said. */
const mostChanged = 0.3;

function figureLimits(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { companions, baseline, follow_up } = row;
  const limits: string[] = [];
  if (row.hidden) return limits;
  if (isTested(row.verdict)) {
    if (!isCompared(row)) limits.push(say.noComparison(day(row.started_on, teller)));
    const [before, after] = [baseline.n, follow_up.n];
    // How many there are is not known of windows whose figures are not shown.
    if (before !== null && after !== null && Math.min(before, after) < fewCases)
      limits.push(say.few(String(Math.round(before)), String(Math.round(after))));
  }
  if (!companions) return limits;
  const { placebo_time: time, placebo_space: space, event_study: study, extreme_month: extreme } = companions;
  if (time && isDistrusted(row)) limits.push(say.distrusted(time.alarms, time.starts.length));
  if (space && space.rank > 1)
    limits.push(
      say.notExtreme({
        rank: space.rank,
        of: space.of,
        dimension: names.dimension(Object.keys(row.scope)[0] ?? ""),
      }),
    );
  if (study?.flat_p != null && study.flat_p < 0.05) limits.push(say.notFlat(isCompared(row)));
  if (extreme?.is) limits.push(say.extreme[extreme.is](monthText(extreme.month, teller), extreme.months));
  const {
    mix_effect: mix,
    customers,
    overlapping,
    in_comparison: inComparison = [],
    year_earlier: year,
  } = companions;
  if (mix !== null && row.delta !== null && Math.abs(mix) > Math.abs(row.delta))
    limits.push(say.mix(differenceText(kpi, { value: mix, low: row.low, high: row.high }, language)));
  const isLike = (low: number | null, high: number | null) =>
    row.delta !== null && (row.delta < 0 ? high !== null && high < 0 : low !== null && low > 0);
  if (year && isTested(row.verdict) && isLike(year.low, year.high))
    limits.push(say.season(differenceText(kpi, { ...year, value: year.delta }, language)));
  if (customers) {
    const { both, left, joined } = customers;
    const all = both + left + joined;
    if ((left + joined) / all > mostChanged)
      limits.push(say.customers({ share: shareText((left + joined) / all, language), both, left, joined }));
  }
  if (overlapping.length > 0) limits.push(say.overlapping(namedList(overlapping.map(names.initiative), say)));
  if (inComparison.length > 0)
    limits.push(say.inComparison(namedList(inComparison.map(names.initiative), say)));
  return limits;
}

/** `2025-10` in words. */
const monthText = (month: string, { say, language }: Teller) => say.month(dayText(`${month}-01`, language));

function registrationOf(teller: Teller): string[] {
  const { say, row, names } = teller;
  const { registered, started_on, copy_of } = row;
  const copied = copy_of ? [say.copyOf(namedList([names.initiative(copy_of)], say))] : [];
  if (!registered) return copied;
  return [
    ...copied,
    ...(registered.is_late
      ? [say.seenLate(day(registered.first_seen, teller), day(registered.late_for ?? started_on, teller))]
      : []),
    ...registered.changed.map(({ on, field, old, new: now }) =>
      say.changed({
        on: day(on, teller),
        field: say.fields[field] ?? field,
        old: fieldText(field, old, teller),
        now: fieldText(field, now, teller),
      }),
    ),
  ];
}

/** What today's data, cost and value per unit would give where a verdict given before stays. */
function decidedOf(teller: Teller): string[] {
  const { say, row, names, kpi, language } = teller;
  const { decided, hidden } = row;
  const withdrawn = row.withdrawn ? [say.withdrawn] : [];
  if (!decided?.now || hidden) return withdrawn;
  const {
    verdict,
    cost,
    value_per_unit: perUnit,
    value_money_low,
    value_money_high,
    ...change
  } = decided.now;
  const money = (value: number | null) =>
    value === null ? say.nothing : moneyText(value, names.currency, language);
  const worth = moneyEnds({ low: value_money_low, high: value_money_high }, names.currency, language);
  return [
    ...withdrawn,
    ...(decided.redefined || isOtherFinding(row, decided.now)
      ? [
          (decided.redefined ? say.redefined : say.decided)({
            on: day(decided.on, teller),
            verdict: say.verdicts[verdict],
            change: change.delta === null ? "" : changeText(change, kpi, language).change,
          }),
        ]
      : []),
    ...(isOtherWorth(row, decided.now)
      ? [
          say.decidedWorth({
            cost: money(cost),
            perUnit: money(perUnit),
            worth:
              value_money_low === null && value_money_high === null
                ? say.nothing
                : say.between(worth.low, worth.high),
          }),
        ]
      : []),
  ];
}

/** What a field of an initiative held, in words where it is a figure of the KPI or money. */
function fieldText(field: string, value: string | null, { say, names, kpi, language }: Teller): string {
  if (value === null) return say.nothing;
  if (!Number.isFinite(Number(value))) return value;
  if (field === "expected_change") return expectedText(kpi, Number(value), language);
  const isMoney = field === "cost" || field === "value_per_unit";
  return isMoney ? moneyText(Number(value), names.currency, language) : value;
}
