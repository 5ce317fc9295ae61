import type { Kpi } from "../../catalogue/kpis.js";
import type { ReconciledDifference, Reconciliation } from "../../published/reconciliation.js";
import { periodName, signed, unitName } from "../../words/figures.js";
import { figures, type Language, reconcileTable as words } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { keyed, shown, toCsv, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** The whole of it as one JSON object, numbers unrounded. */
export const reconcileJson = (result: Reconciliation): string => `${JSON.stringify(result, null, 2)}\n`;

/** A line a difference as RFC 4180 CSV; the ids of its examples in one cell. */
export function reconcileCsv(result: Reconciliation, options: CsvOptions): string {
  const { kpi_id, period_start, period_end, measure, ours, theirs } = result;
  const rows = result.differences.map(({ examples, ...difference }) => ({
    ...{ kpi_id, period_start, period_end, measure, ours, theirs },
    ...difference,
    examples: examples.map(({ id }) => id).join(" "),
  }));
  const head = ["kpi_id", "period_start", "period_end", "measure", "ours", "theirs"] as const;
  return toCsv(
    keyed<(typeof rows)[number]>(
      ...head,
      ...(["side", "reason", "detail", "explained", "cases", "effect", "examples"] as const),
    ),
    rows,
    options,
  );
}

/** Both figures, what leads from one to the other, and whether that is all, for people. */
export function reconcileTable(result: Reconciliation, kpis: readonly Kpi[], language: Language): string {
  const say = words(language);
  const { kpi_id, ours, theirs, differences, rest, measure } = result;
  const kpi = kpis.find(({ id }) => id === kpi_id) as Kpi;
  const isShare = measure === "value" && kpi.unit === "percent";
  // All digits: what is added up has to be seen to.
  const number = (value: number | null) => {
    if (value === null) return "–";
    if (measure === "cases") return grouped(value, 0);
    return String(Number(((isShare ? 100 : 1) * value).toPrecision(10)) + 0).replace("-", "−");
  };
  const effect = (value: number | null) => signed(number(value), value);
  const unit = measure === "cases" ? say.cases : unitName(kpi, language);
  const where = result.where.map(({ dimension, value }) => `${dimension}=${value}`);
  const sum = differences.reduce<number | null>(
    (total, each) => (total === null || each.effect === null ? null : total + each.effect),
    0,
  );
  const lines = [
    `${[`${labelIn(kpi.label, language)} ${kpi_id}`, periodName(result, language), ...where].join(" · ")}${figures(language).bracketed(unit)}`,
    ...(result.file === null
      ? []
      : [say.file({ file: result.file, id: result.id_column ?? "", value: result.value_column ?? "" })]),
    ...(result.alike === null ? [say.onlyTotals] : [say.alike(grouped(result.alike, 0))]),
    ...(result.matched_by_spelling > 0 ? [say.respelt(grouped(result.matched_by_spelling, 0))] : []),
    ...(result.refused_lines > 0 ? [say.refused(grouped(result.refused_lines, 0))] : []),
  ];
  const table = toTable<ReconciledDifference>(
    [
      shown(
        say.difference,
        ({ side, reason, detail }) => `${say.sides[side]}${say.colon}${say.reasons[reason](detail ?? "")}`,
      ),
      shown(say.count, ({ cases }) => (result.alike === null ? "" : grouped(cases, 0))),
      shown(say.effect, (each) => effect(each.effect)),
      shown(say.examples, examplesOf),
    ],
    differences,
  );
  const equation = [
    `${say.ours} ${number(ours)} ${sum !== null && sum < 0 ? "−" : "+"} ${number(sum === null ? null : Math.abs(sum))} = ${say.theirs} ${number(theirs)}`,
    differences.every(({ explained }) => explained)
      ? say.whole
      : say.rest({ cases: grouped(rest.cases, 0), effect: effect(rest.effect) }),
  ].join(say.semicolon);
  return [
    lines.map((line) => `${visible(line)}\n`).join(""),
    ...(differences.length > 0 ? [table] : []),
    `${visible(equation)}\n`,
  ].join("\n");
}

const shownExamples = 3;

function examplesOf({ examples, cases }: ReconciledDifference): string {
  const some = examples.slice(0, shownExamples).map(({ id, file, line }) => {
    const short = id.length > 40 ? `${id.slice(0, 40)}…` : id;
    return file === null ? short : `${short} (${file}:${line ?? "?"})`;
  });
  return [...some, ...(cases > shownExamples && some.length > 0 ? ["…"] : [])].join(", ");
}
