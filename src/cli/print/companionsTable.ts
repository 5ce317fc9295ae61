import type { Assessment, Initiative } from "../../answers/benefit/initiative.js";
import type { Kpi } from "../../catalogue/kpis.js";
import type { BenefitNames } from "../../words/benefitTeller.js";
import { benefitText } from "../../words/benefitText.js";
import { benefitTable, explainTable, type Language, pages } from "../../words/languages.js";
import { rounded } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { between, changed, kpiOf, viewOf } from "./benefitCells.js";
import { shown, toTable } from "./columns.js";

/** A line of what stands beside a verdict: what was compared, what came of it. */
interface Line {
  what: string;
  delta: number | null;
  low: number | null;
  high: number | null;
  p: number | null;
}

/** What stands beside the verdicts of initiatives, for people: in words, and every figure of it. */
export function toCompanionsText(
  rows: readonly Assessment[],
  initiatives: readonly Initiative[],
  names: BenefitNames,
  language: Language,
): string {
  const view = viewOf(initiatives, names, language);
  const words = pages(language).benefits;
  return rows
    .map((row) => {
      const { sentences, limits } = benefitText(row, names, language);
      const kpi = kpiOf(row, view);
      const list = linesOf(row, kpi, names, language);
      const table = toTable<Line>(
        [
          shown(words.effects.title, ({ what }) => visible(what)),
          shown(benefitTable(language).change, ({ delta }) => changed(delta, kpi, view)),
          shown(benefitTable(language).interval, ({ low, high }) =>
            between([low, high], (end) => changed(end, kpi, view), view),
          ),
          shown("p", ({ p }) => (p === null ? "–" : p < 0.001 ? "<0.001" : rounded(p, 3))),
        ],
        list,
      );
      const text = [...sentences, ...limits.map((limit) => `- ${limit}`), ...checksOf(row, names, language)];
      return (
        [`${row.initiative_id} ${row.name}`, ...text].map(visible).join("\n") +
        (list.length > 0 ? `\n\n${table}` : "\n")
      );
    })
    .join("\n");
}

function linesOf(row: Assessment, kpi: Kpi | undefined, names: BenefitNames, language: Language): Line[] {
  const { companions } = row;
  if (!companions || !kpi) return [];
  const { effects, study, time } = pages(language).benefits;
  const {
    textbook,
    mann_whitney: ranks,
    segmented,
    year_earlier: year,
    event_study,
    placebo_time,
  } = companions;
  const open = { low: null, high: null };
  return [
    { what: effects.primary, delta: row.delta, low: row.low, high: row.high, p: row.p },
    ...(textbook ? [{ what: effects[textbook.test], ...textbook }] : []),
    ...(ranks ? [{ what: effects.hodges_lehmann, delta: ranks.shift, ...open, p: ranks.p }] : []),
    ...(companions.mix_effect === null
      ? []
      : [{ what: explainTable(language).mix, delta: companions.mix_effect, ...open, p: null }]),
    ...(segmented ? [{ what: effects.segmented, ...segmented.level }] : []),
    ...(year ? [{ what: effects.year_earlier, ...year }] : []),
    ...(placebo_time?.starts ?? []).map(({ start, ...change }) => ({
      what: `${time.chart} ${start}`,
      ...change,
    })),
    ...(companions.placebo_space?.values ?? []).map(({ value, ...change }) => ({
      what: Object.keys(row.scope)
        .map((name) => names.value(name, value))
        .join(),
      ...change,
    })),
    ...(event_study?.months ?? []).map(({ start, ...month }) => ({
      what: `${study.chart} ${start}`,
      ...month,
      p: null,
    })),
  ];
}

/** What the checks came to, in the words of the page. */
function checksOf({ companions, scope }: Assessment, names: BenefitNames, language: Language): string[] {
  if (!companions) return [];
  const words = pages(language).benefits;
  const { placebo_time: time, placebo_space: space, event_study: study, customers } = companions;
  const [dimension = ""] = Object.keys(scope);
  return [
    ...(study?.flat_p != null
      ? [words.study.title(`= ${rounded(study.flat_p, 2)}`, study.flat_p > 0.05)]
      : []),
    ...(time
      ? [
          words.time.title({
            alarms: String(time.alarms),
            starts: String(time.starts.length),
            share: `${Math.round((100 * time.alarms) / time.starts.length)} %`,
          }),
        ]
      : []),
    ...(space
      ? [
          words.space.title({
            rank: String(space.rank),
            of: String(space.of),
            dimension: names.dimension(dimension),
          }),
        ]
      : []),
    ...(customers
      ? [
          words.customers({
            both: String(customers.both),
            left: String(customers.left),
            joined: String(customers.joined),
          }),
        ]
      : []),
  ];
}
