import type { Kpi } from "../catalogue/kpis.js";
import type { ReconciledCase, ReconciledDifference, Reconciliation } from "../published/reconciliation.js";
import { periodName, signed, unitName } from "./figures.js";
import { type Language, reconcileTable as words } from "./languages.js";
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
  /** That our figure and the effects add up to theirs. */
  equation: string;
  /** Whether anything stays unexplained. */
  outcome: string;
}

/** What the KPI is called in the language, and what it is counted in. */
type Names = Pick<Kpi, "unit" | "currency"> & { label: string };

/** Both figures, what leads from one to the other, and whether that is all: one wording for terminal, page and print. */
export function reconcileTexts(result: Reconciliation, kpi: Names, language: Language): ReconcileTexts {
  const say = words(language);
  const { kpi_id, ours, theirs, differences, rest, measure } = result;
  const isShare = measure === "value" && kpi.unit === "percent";
  // All digits: what is added up has to be seen to.
  const number = (value: number | null) => {
    if (value === null) return "–";
    if (measure === "cases") return grouped(value, 0);
    return String(Number(((isShare ? 100 : 1) * value).toPrecision(10)) + 0).replace("-", "−");
  };
  const effect = (value: number | null) => signed(number(value), value);
  const where = result.where.map(({ dimension, value }) => `${dimension}=${value}`);
  const sum = differences.reduce<number | null>(
    (total, each) => (total === null || each.effect === null ? null : total + each.effect),
    0,
  );
  return {
    title: [`${kpi.label} ${kpi_id}`, periodName(result, language), ...where].join(" · "),
    unit: measure === "cases" ? say.cases : unitName(kpi, language),
    facts: [
      ...(result.file === null
        ? []
        : [say.file({ file: result.file, id: result.id_column ?? "", value: result.value_column ?? "" })]),
      ...(result.alike === null ? [say.onlyTotals] : [say.alike(grouped(result.alike, 0))]),
      ...(result.matched_by_spelling > 0 ? [say.respelt(grouped(result.matched_by_spelling, 0))] : []),
      ...(result.refused_lines > 0 ? [say.refused(grouped(result.refused_lines, 0))] : []),
    ],
    ours: number(ours),
    theirs: number(theirs),
    rows: differences.map((difference) => ({
      what: `${say.sides[difference.side]}${say.colon}${say.reasons[difference.reason](difference.detail ?? "")}`,
      cases: result.alike === null ? "" : grouped(difference.cases, 0),
      effect: effect(difference.effect),
      examples: examplesText(difference),
      difference,
    })),
    equation: `${say.ours} ${number(ours)} ${sum !== null && sum < 0 ? "−" : "+"} ${number(sum === null ? null : Math.abs(sum))} = ${say.theirs} ${number(theirs)}`,
    outcome: differences.every(({ explained }) => explained)
      ? say.whole
      : result.alike === null
        ? say.restOfTotals(effect(rest.effect))
        : say.rest({ cases: grouped(rest.cases, 0), effect: effect(rest.effect) }),
  };
}

const shownExamples = 3;

function examplesText({ examples, cases }: { examples: readonly ReconciledCase[]; cases: number }): string {
  const some = examples.slice(0, shownExamples).map(({ id, file, line }) => {
    const short = id.length > 40 ? `${id.slice(0, 40)}…` : id;
    return file === null ? short : `${short} (${file}:${line ?? "?"})`;
  });
  return [...some, ...(cases > shownExamples && some.length > 0 ? ["…"] : [])].join(", ");
}
