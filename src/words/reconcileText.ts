import type { Kpi } from "../catalogue/kpis.js";
import { namedPeriod } from "../kpi/periods.js";
import {
  effectTogether,
  type ReconciledCase,
  type ReconciledDifference,
  type Reconciliation,
} from "../published/reconciliation.js";
import { decimalsOf, periodName, signed, unitName } from "./figures.js";
import { type Language, reconcileTable as words } from "./languages.js";
import { periodText } from "./periodText.js";
import { grouped } from "./rounding.js";

/** What is said of a reconciliation, wherever it is shown. */
export interface ReconcileTexts {
  /** The KPI, its period and part. */
  title: string;
  /** What its figures are counted in. */
  unit: string;
  /** What was read of their report, and how much is alike. */
  facts: string[];
  ours: string;
  theirs: string;
  rows: { what: string; cases: string; effect: string; examples: string; difference: ReconciledDifference }[];
  /** What counts by definition, where that is a reason; the rules that reasons name, as SQL; that figures are rounded. */
  details: string[];
  /** That our figure and the effects add up to theirs. */
  equation: string;
  /** Whether anything stays unexplained. */
  outcome: string;
}

/** What the KPI is called and how it is defined in the language, and what it is counted in. */
type Names = Pick<Kpi, "unit" | "currency" | "kind"> & { label: string; definition: string };

/** Reasons whose detail is SQL. */
const ofRules = ["definition", "not_counted", "left_out"];
/** More decimals than so many no figure is shown with. */
const mostDecimals = 9;

/** Both figures, what leads from one to the other, and whether that is all: one wording for terminal, page and print. */
export function reconcileTexts(result: Reconciliation, kpi: Names, language: Language): ReconcileTexts {
  const say = words(language);
  const { kpi_id, ours, theirs, differences, rest, measure } = result;
  const isShare = measure === "value" && kpi.unit === "percent";
  const scale = isShare ? 100 : 1;
  const effects = differences.map((each) => each.effect);
  const decimals = measure === "cases" ? 0 : decimalsIn([ours, theirs, ...effects], scale, kpi);
  const number = (value: number | null) => (value === null ? "–" : grouped(scale * value, decimals));
  const effect = (value: number | null) => signed(number(value), value);
  const where = result.where.map(({ dimension, value }) => `${dimension}=${value}`);
  const sum = effectTogether(differences);
  const rules = [
    ...new Set(differences.flatMap(({ reason, detail }) => (ofRules.includes(reason) ? (detail ?? []) : []))),
  ];
  const ruleOf = ({ reason, detail }: ReconciledDifference) =>
    detail !== null && ofRules.includes(reason) ? ` [${rules.indexOf(detail) + 1}]` : "";
  const isOfDefinition = differences.some(
    ({ reason }) => reason === "definition" || reason === "not_counted",
  );
  const shown = (value: number | null) => Math.round((value ?? 0) * scale * 10 ** decimals);
  const isExplained = differences.every(({ explained }) => explained);
  const isExact =
    shown(ours) + effects.reduce<number>((total, each) => total + shown(each), 0) === shown(theirs);
  return {
    title: [`${kpi.label} ${kpi_id}`, periodName(result, language), ...where].join(" · "),
    unit: measure === "cases" ? say.cases : unitName(kpi, language),
    facts: [
      ...(result.file === null
        ? []
        : [
            say.file({
              file: result.file,
              id: result.id_column ?? "",
              value: result.value_column ?? "",
              row: result.value_row ?? "",
            }),
          ]),
      ...(result.alike === null ? [say.onlyTotals(isExplained)] : [say.alike(grouped(result.alike, 0))]),
      ...(result.matched_by_spelling > 0 ? [say.respelt(grouped(result.matched_by_spelling, 0))] : []),
      ...(result.year_assumed ? [say.yearAssumed(periodName(result, language))] : []),
      ...(result.their_scale !== 1 ? [say.scaled(scaleText(result.their_scale, say))] : []),
      ...(result.total_rows > 0 ? [say.totalRows(grouped(result.total_rows, 0))] : []),
      ...(result.refused_lines > 0 ? [say.refused(grouped(result.refused_lines, 0))] : []),
    ],
    ours: number(ours),
    theirs: number(theirs),
    rows: differences.map((difference) => ({
      what: `${say.sides[difference.side]}${say.colon}${say.reasons[difference.reason](meantBy(difference, language))}${ruleOf(difference)}`,
      cases: result.alike === null ? "" : grouped(difference.cases, 0),
      effect: effect(difference.effect),
      examples: examplesText(difference),
      difference,
    })),
    details: [
      ...(isOfDefinition ? [say.definition(kpi.definition)] : []),
      ...rules.map((sql, at) => say.rule(String(at + 1), sql)),
      ...(sum === null || isExact ? [] : [say.rounded]),
    ],
    equation: `${say.ours} ${number(ours)} ${sum !== null && sum < 0 ? "−" : "+"} ${number(sum === null ? null : Math.abs(sum))} = ${say.theirs} ${number(theirs)}`,
    outcome: isExplained
      ? say.whole
      : result.alike === null
        ? say.restOfTotals(effect(rest.effect))
        : say.rest({ cases: grouped(rest.cases, 0), effect: effect(rest.effect) }),
  };
}

/** What a reason's detail means: in the reader's language, of a rule without words nothing. */
function meantBy({ reason, detail, explanation }: ReconciledDifference, language: Language): string {
  if (explanation) return explanation[language];
  if (reason === "other_period") {
    const period = namedPeriod(detail ?? "");
    return period ? periodText(period.grain, period.start, language) : "";
  }
  if (reason === "left_out") return detail?.split(" ")[0] ?? "";
  return ofRules.includes(reason) ? "" : (detail ?? "");
}

/** As many decimals as the KPI's figures have everywhere, and more where an effect would vanish. */
function decimalsIn(figures: readonly (number | null)[], scale: number, kpi: Names): number {
  const given = figures.flatMap((each) => (each === null || each === 0 ? [] : [each]));
  const usual = given.reduce((most, each) => Math.max(most, decimalsOf(each, kpi)), 0);
  const vanishes = (digits: number) => given.some((each) => Math.abs(each) * scale < 0.5 * 10 ** -digits);
  let digits = usual;
  while (digits < mostDecimals && vanishes(digits)) digits++;
  return digits;
}

/** × 60, ÷ 10,000. */
const scaleText = (scale: number, say: { times: string; dividedBy: string }) =>
  scale > 1 ? `${say.times}${grouped(scale, 0)}` : `${say.dividedBy}${grouped(Math.round(1 / scale), 0)}`;

const shownExamples = 3;

function examplesText({ examples, cases }: { examples: readonly ReconciledCase[]; cases: number }): string {
  const some = examples.slice(0, shownExamples).map(({ id, file, line }) => {
    const short = id.length > 40 ? `${id.slice(0, 40)}…` : id;
    return file === null ? short : `${short} (${file}:${line ?? "?"})`;
  });
  return [...some, ...(cases > shownExamples && some.length > 0 ? ["…"] : [])].join(", ");
}
