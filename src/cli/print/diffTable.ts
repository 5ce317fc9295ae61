import { cardKey } from "../../answers/closed/definitions.js";
import type { BuildsDiff, DiffRow } from "../../answers/closed/diffBuilds.js";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import { unknown } from "../../catalogue/dimensions.js";
import { labelOf } from "../../catalogue/vocabulary.js";
import { causeText, closedFigureText } from "../../words/closedText.js";
import { dimensionHead } from "../../words/dimensionLabels.js";
import { closed, diffTable, type Language, pages } from "../../words/languages.js";
import { periodText } from "../../words/periodText.js";
import { grouped } from "../../words/rounding.js";
import { labelIn } from "../../words/wording.js";
import { type Column, toCsv, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** Two builds' differences as one JSON object. */
export const toDiffJson = (found: BuildsDiff): string => `${JSON.stringify(found, null, 2)}\n`;

const figures = ["value", "numerator", "denominator", "n", "median", "p90"] as const;

/** What changed of the cases behind a figure. */
const casesOf = ({ cases }: BuildsDiff, row: DiffRow) =>
  cases.filter(({ id, grain, period_start }) =>
    [
      id === (row.what === "score" ? cardKey(row.id) : row.id),
      grain === row.grain,
      period_start === row.period_start,
    ].every(Boolean),
  );

/** The same as RFC 4180 CSV, a line a figure. */
export function toDiffCsv(found: BuildsDiff, options: CsvOptions): string {
  const side = (name: "old" | "new") =>
    [...figures, "grade" as const].map(
      (key): Column<DiffRow> => ({ key: `${name}_${key}`, value: (row) => row[name][key] }),
    );
  const columns: Column<DiffRow>[] = [
    { key: "what" },
    { key: "id" },
    ...["grain", "period_start", "dimension", "member"].map((key) => ({ key })),
    ...side("old"),
    ...side("new"),
    ...(["cause", "came", "went", "changed"] as const).map((key) => ({
      key,
      value: (row: DiffRow) => casesOf(found, row)[0]?.[key],
    })),
  ];
  return toCsv(columns, found.restatements, options);
}

/** The same for people: a line a figure, and behind the first of a KPI and period the rows that did it. */
export function toDiffTable(
  found: BuildsDiff,
  { kept, former, language }: { kept: Kept; former: Kept; language: Language },
): string {
  const say = diffTable(language);
  const { older, newer, restatements } = found;
  const periods = grouped(found.periods, 0);
  const head = say.between(
    say.build(older.build_id, older.as_of_on),
    say.build(newer.build_id, newer.as_of_on),
  );
  if (found.periods === 0) return `${head}\n${say.noPeriods}\n`;
  if (restatements.length === 0) return `${head}\n${say.none(periods)}\n`;
  const catalogues = [kept.catalogue, former.catalogue];
  const kpiOf = ({ what, id: own }: DiffRow) =>
    catalogues.flatMap(({ kpis }) => kpis).find(({ id }) => what === "kpi" && id === own);
  const cardOf = ({ what, id: own }: DiffRow) =>
    catalogues.flatMap(({ scorecards }) => scorecards).find(({ id }) => what === "score" && id === own);
  const known = (row: DiffRow) => kept.catalogue.kpis.find(({ id }) => row.what === "kpi" && id === row.id);
  const gradeLabel = (own: string) =>
    labelIn(catalogues.flatMap(({ grades }) => grades).find(({ id }) => id === own)?.label, language) ?? own;
  const figure = (row: DiffRow, side: "old" | "new") =>
    closedFigureText(row, row[side], { kpi: known(row), gradeLabel, language });
  const scope = ({ dimension, member, ...row }: DiffRow) => {
    const kpi = kpiOf({ dimension, member, ...row }) ?? { own_dimensions: [] };
    if (dimension === null) return closed(language).company;
    const label =
      member === unknown
        ? pages(language).unknown
        : labelOf(kept.vocabulary, dimension, member ?? "", language);
    return `${dimensionHead(dimension, language, kpi)} ${label ?? member}`;
  };
  const told = new Set<string>();
  const why = (row: DiffRow) => {
    const key = [row.id, row.grain, row.period_start].join();
    if (told.has(key)) return "";
    told.add(key);
    return causeText({ cases: casesOf(found, row) }, row, language);
  };
  const columns: Column<DiffRow>[] = [
    {
      head: () => say.period,
      cell: ({ grain, period_start }) => periodText(grain, period_start, language),
    },
    {
      head: () => say.figure,
      cell: (row) =>
        [labelIn((kpiOf(row) ?? cardOf(row))?.label, language), row.id].filter(Boolean).join(" "),
    },
    { head: () => say.scope, cell: scope },
    { head: () => say.old, cell: (row) => figure(row, "old") },
    { head: () => say.now, cell: (row) => figure(row, "new") },
    { head: () => say.why, cell: why },
  ];
  return `${head}\n${say.count(grouped(restatements.length, 0), periods)}\n${toTable(columns, restatements)}`;
}
