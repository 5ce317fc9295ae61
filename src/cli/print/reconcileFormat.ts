import type { Kpi } from "../../catalogue/kpis.js";
import type { Reconciliation } from "../../published/reconciliation.js";
import { figures, type Language, reconcileTable as words } from "../../words/languages.js";
import { reconcileTexts } from "../../words/reconcileText.js";
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
  const kpi = kpis.find(({ id }) => id === result.kpi_id) as Kpi;
  const { title, unit, facts, rows, details, equation, outcome } = reconcileTexts(
    result,
    { ...kpi, label: labelIn(kpi.label, language), definition: labelIn(kpi.definition, language) },
    language,
  );
  const lines = [`${title}${figures(language).bracketed(unit)}`, ...facts];
  const table = toTable<(typeof rows)[number]>(
    [
      shown(say.difference, ({ what }) => what),
      shown(say.count, ({ cases }) => cases),
      shown(say.effect, ({ effect }) => effect),
      shown(say.examples, ({ examples }) => examples),
    ],
    rows,
  );
  return [
    lines.map((line) => `${visible(line)}\n`).join(""),
    ...(rows.length > 0 ? [table] : []),
    ...(details.length > 0 ? [details.map((line) => `${visible(line)}\n`).join("")] : []),
    `${visible([equation, outcome].join(say.semicolon))}\n`,
  ].join("\n");
}
