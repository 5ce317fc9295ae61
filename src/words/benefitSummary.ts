import type { Verdict } from "../analysis/benefit/verdict.js";
import { type Assessment, type ErrorRates, isCompared, isTested } from "../published/benefitTypes.js";
import {
  type BenefitNames,
  changeText,
  isDistrusted,
  isToCome,
  mostNamed,
  namedList,
  scopeText,
  stranger,
  verdictDay,
} from "./benefitTeller.js";
import { dayText, moneyEnds, moneyText } from "./figureText.js";
import { benefit, type Language } from "./languages.js";
import { grouped } from "./rounding.js";

/** All initiatives in a few sentences, for who reads no further. Those that were worth or cost the most are named first. */
export function benefitSummary(
  rows: readonly Assessment[],
  names: BenefitNames,
  language: Language,
): string[] {
  const say = benefit(language);
  if (rows.length === 0) return [say.summary.none];
  const isPlanned = (row: Assessment) => isToCome(row, names);
  const of = (...verdicts: Verdict[]) =>
    rows.filter((row) => verdicts.includes(row.verdict) && !isPlanned(row));
  const planned = rows.filter(isPlanned);
  const counted = (Object.keys(say.verdicts) as Verdict[])
    .map((each) => ({ verdict: each, count: of(each).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => say.summary.count(say.verdicts[verdict], count))
    .concat(planned.length > 0 ? [say.summary.count(say.toCome, planned.length)] : []);
  const named = (some: readonly Assessment[]) =>
    namedList(
      some.map(({ name }) => say.quoted(name)),
      say,
    );
  const sentences = [say.summary.counts(rows.length, counted.join(say.list))];
  /** A sentence each for the first, and one for how many others there are. */
  const tell = (verdict: Verdict, some: readonly Assessment[], sentence: (row: Assessment) => string) => {
    for (const row of some.slice(0, mostNamed)) sentences.push(sentence(row));
    if (some.length > mostNamed)
      sentences.push(say.summary.others(say.verdicts[verdict], some.length - mostNamed));
  };
  const worth = ({ value_money, hidden }: Assessment) => (hidden ? 0 : Math.abs(value_money ?? 0));
  for (const verdict of ["improved", "worsened"] as const)
    tell(
      verdict,
      of(verdict).sort((one, other) => worth(other) - worth(one)),
      (row) =>
        row.hidden
          ? say.summary.hidden(say.quoted(row.name), say.verdicts[row.verdict])
          : outcome(row, names, language),
    );
  const unshown = of("no_demonstrable_change");
  if (unshown.length > 0) sentences.push(say.summary.noChange(named(unshown)));
  const dayOf = (row: Assessment) => verdictDay(row, names.kpi(row.kpi_id));
  tell(
    "still_running",
    of("still_running").sort((one, other) => dayOf(one).localeCompare(dayOf(other))),
    (row) => say.summary.running(say.quoted(row.name), dayText(dayOf(row), language)),
  );
  for (const row of planned.slice(0, mostNamed))
    sentences.push(say.summary.planned(say.quoted(row.name), dayText(row.started_on, language)));
  if (planned.length > mostNamed) sentences.push(say.summary.others(say.toCome, planned.length - mostNamed));
  const distrusted = rows.filter((row) => isTested(row.verdict) && isDistrusted(row));
  if (distrusted.length > 0) sentences.push(say.summary.distrusted(named(distrusted)));
  const alone = rows.filter((row) => isTested(row.verdict) && !isCompared(row));
  if (alone.length > 0) sentences.push(say.summary.noComparison(named(alone)));
  const withdrawn = rows.filter((row) => row.withdrawn);
  if (withdrawn.length > 0) sentences.push(say.summary.withdrawn(named(withdrawn)));
  const late = rows.filter(
    ({ registered }) => registered && (registered.is_late || registered.changed.length > 0),
  );
  if (late.length > 0) sentences.push(say.summary.late(named(late)));
  return sentences;
}

/** What a verdict of a change says in a summary: change, money, return. */
function outcome(row: Assessment, names: BenefitNames, language: Language): string {
  const say = benefit(language);
  const kpi = names.kpi(row.kpi_id) ?? stranger(row.kpi_id);
  const { change, low, high } = changeText(row, kpi, language);
  const { value_money: money, value_money_low, value_money_high } = row;
  const ends = moneyEnds({ low: value_money_low, high: value_money_high }, names.currency, language);
  return say.summary.outcome({
    name: say.quoted(row.name),
    scope: scopeText(row, names) ?? say.everybody,
    kpi: kpi.label[language],
    change,
    interval: say.between(low, high),
    verdict: say.verdicts[row.verdict],
    worth:
      money === null || row.hidden
        ? ""
        : say.summary.worth(moneyText(money, names.currency, language), say.between(ends.low, ends.high)),
  });
}

/** How often the method erred in simulation, as the notes have it. */
export function errorRatesText({ runs, ...rates }: ErrorRates): Record<keyof ErrorRates, string> {
  const share = ([least, most]: readonly [number, number]) =>
    `${grouped(100 * least, 1)}–${grouped(100 * most, 1)} %`;
  const { found, covered, planned } = rates;
  return { runs: grouped(runs, 0), found: share(found), covered: share(covered), planned: share(planned) };
}
