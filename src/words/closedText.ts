import type { Kpi } from "../catalogue/kpis.js";
import type { Grade, Scorecard } from "../catalogue/scorecards.js";
import type {
  ClosedFigure,
  ClosedPeriod,
  ClosedPeriods,
  RestatedCases,
  Restatement,
} from "../published/closedTypes.js";
import { figure } from "./figures.js";
import { behind, dayText } from "./figureText.js";
import { closed, dimensions, type Language } from "./languages.js";
import { periodText } from "./periodText.js";
import { grouped } from "./rounding.js";
import { labelIn } from "./wording.js";

/** What figures are called by, and counted in. */
export interface ClosedNames {
  kpis: readonly Kpi[];
  scorecards: readonly Scorecard[];
  grades: readonly Grade[];
}

/** The sentences of a closed period that have no figures in them: whether it is as it was, and by which builds. */
export function closedSentences(
  period: ClosedPeriod,
  { build, language }: { build: string; language: Language },
): string[] {
  const say = closed(language);
  const name = periodText(period.grain, period.start, language);
  const compared = grouped(period.compared, 0);
  if (period.restated === 0) return [say.unchanged(name, compared)];
  return [
    say.restated(name, grouped(period.restated, 0), compared),
    closedBySentence(period, { build, language }),
    ...(period.not_final > 0 ? [say.notFinal(grouped(period.not_final, 0))] : []),
  ];
}

/** When a period was closed, and by which build. */
export const closedBySentence = (
  { closed_at, build_id }: Pick<ClosedPeriod, "closed_at" | "build_id">,
  { build, language }: { build: string; language: Language },
): string => closed(language).closedBy(dayText(closed_at.slice(0, 10), language), build_id, build);

/** The periods that were closed on other data. */
export const otherDataText = (
  { of_other_data: periods }: ClosedPeriods,
  language: Language,
): string | null =>
  periods.length === 0 ? null : closed(language).ofOtherData(periods.join(closed(language).comma));

/** How what of a case is another is called, and its values written. */
export interface ChangeNames {
  part: (column: string) => string | undefined;
  value: (column: string, text: string) => string;
}

/**
 * Why a KPI or scorecard has another figure in a period, with the rows that did it.
 * @param names needed where the rows come with what of them is another
 */
export function causeText(
  { cases: all }: Pick<ClosedPeriod, "cases">,
  { what, id }: Pick<Restatement, "what" | "id">,
  language: Language,
  names?: ChangeNames,
): string {
  const say = closed(language);
  const cases = all.find((each) => each.id === (what === "score" ? `score:${id}` : id));
  if (!cases) return "";
  const { cause, came, went, changed, key, examples } = cases;
  if (cause === "definition" && what === "score") return say.cardCause;
  if (cause !== "rows") return say.cause[cause];
  const keys: Readonly<Record<string, string>> = { ...say.keys, market: dimensions(language).market };
  const value = (column: string, text: string | null) =>
    text === null ? "–" : (names?.value(column, text) ?? text);
  if (!came && !went && !changed) return say.noRows;
  const changesText = ({ changes = [] }: RestatedCases["examples"][number]) => {
    const all = changes.map(
      ({ column, old, new: now }) =>
        `${say.parts[column as keyof typeof say.parts] ?? names?.part(column) ?? column} ${value(column, old)} → ${value(column, now)}`,
    );
    return all.length === 0 ? "" : say.bracketed(all.join(say.comma));
  };
  const counts = Object.entries({ came, went, changed }).flatMap(([move, times]) =>
    times ? [say.moved[move as "came" | "went" | "changed"](grouped(times, 0))] : [],
  );
  const moves = (["came", "went", "changed"] as const).flatMap((move) => {
    const keys = examples.filter((each) => each.move === move).map((each) => each.key + changesText(each));
    return keys.length === 0 ? [] : [`${say.move[move]}${say.colon}${keys.join(say.comma)}`];
  });
  const listed =
    moves.length === 0
      ? ""
      : say.bracketed(
          `${key
            .split(" ")
            .map((name) => keys[name] ?? name)
            .join(say.and)}${say.keyed}${moves.join(say.semicolon)}`,
        );
  return say.rows(counts) + listed;
}

/** A closed figure, or one of now, with what it is made of. */
export function closedFigureText(
  { what }: Pick<Restatement, "what">,
  { value, numerator, denominator, n, median, p90, grade }: ClosedFigure,
  {
    kpi,
    gradeLabel,
    language,
  }: { kpi: FigureKpi | undefined; gradeLabel: (id: string) => string; language: Language },
): string {
  const say = closed(language);
  if (what === "score") {
    if (value === null) return say.nothing;
    const parts = [
      ...(grade === null ? [] : [gradeLabel(grade)]),
      ...(denominator === null ? [] : [say.covered(`${grouped(denominator * 100, 0)} %`)]),
    ];
    return say.equals(grouped(value, 2), parts.join(say.comma));
  }
  if (value === null) return say.nothing;
  const number = (part: number) => grouped(part, Number.isInteger(part) ? 0 : 2);
  // Of a KPI that is no longer in the catalogue nobody knows the unit.
  const written = (part: number) => (kpi ? figure(part, kpi) : grouped(part, 4));
  const shown = written(value) + (kpi ? behind(kpi, language) : "");
  const percentiles = [
    ...(median === null ? [] : [say.median(written(median))]),
    ...(p90 === null ? [] : [say.p90(written(p90))]),
  ];
  const parts =
    numerator === null || kpi?.kind === "count" || kpi?.kind === "sum"
      ? n === null || kpi?.kind === "count"
        ? []
        : [`n ${number(n)}`]
      : [`${number(numerator)} ÷ ${number(denominator ?? n ?? 0)}`];
  const all = [...parts, ...percentiles];
  return all.length === 0 ? shown : say.equals(shown, all.join(say.comma));
}

/** What of a KPI says how its figures are written. */
export type FigureKpi = Pick<Kpi, "unit" | "kind" | "currency">;

/** The lines of `check`: of each closed period what is the company's, and how many other figures differ. */
export function closedLines(
  found: ClosedPeriods,
  { names, build, language }: { names: ClosedNames; build: string; language: Language },
): string[] {
  const say = closed(language);
  const other = otherDataText(found, language);
  const lineOf = (row: Restatement, period: ClosedPeriod) => {
    const kpi = row.what === "kpi" ? names.kpis.find(({ id }) => id === row.id) : undefined;
    const label = (kpi ?? names.scorecards.find(({ id }) => id === row.id))?.label;
    const gradeLabel = (id: string) =>
      labelIn(names.grades.find((grade) => grade.id === id)?.label, language) ?? id;
    const [old, now] = [row.old, row.new].map((each) =>
      closedFigureText(row, each, { kpi, gradeLabel, language }),
    );
    const cause = causeText(period, row, language);
    return `  ${labelIn(label, language) ?? ""} ${row.id}${say.colon}${old} → ${now}${cause && say.semicolon}${cause}`;
  };
  return [
    ...found.periods.flatMap((period) => {
      const whole = period.restatements.filter(({ dimension }) => dimension === null);
      const rest = period.restated - whole.length;
      return [
        ...closedSentences(period, { build, language }),
        ...whole.map((row) => lineOf(row, period)),
        ...(rest > 0 ? [`  ${say.others(grouped(rest, 0))}`] : []),
      ];
    }),
    ...(other === null ? [] : [other]),
  ];
}
