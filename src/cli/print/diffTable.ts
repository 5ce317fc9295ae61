import { cardKey } from "../../answers/closed/definitions.js";
import type { BuildsDiff, DiffCases, DiffRow } from "../../answers/closed/diffBuilds.js";
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

/** So many entries of a list are written at once: all differences of two builds of a million tickets are 100 MB. */
const writtenTogether = 10_000;

/** Two builds' differences as one JSON object, piece by piece. */
export function* toDiffJson({ restatements, cases, ...head }: BuildsDiff): Generator<string> {
  yield JSON.stringify(head, null, 2).slice(0, -"\n}".length);
  for (const [name, list] of Object.entries({ restatements, cases })) {
    yield `,\n  "${name}": [`;
    for (let at = 0; at < list.length; at += writtenTogether) {
      const some = JSON.stringify(list.slice(at, at + writtenTogether), null, 2).slice(1, -"\n]".length);
      yield `${at > 0 ? "," : ""}${some.replaceAll("\n", "\n  ")}`;
    }
    yield list.length > 0 ? "\n  ]" : "]";
  }
  yield "\n}\n";
}

const figures = ["value", "numerator", "denominator", "n", "median", "p90"] as const;

/** What changed of the cases behind each figure. */
function casesOf({ cases }: BuildsDiff): (row: DiffRow) => readonly DiffCases[] {
  const keyOf = (id: string, { grain, period_start }: Pick<DiffRow, "grain" | "period_start">) =>
    [id, grain, period_start].join();
  const byKey = new Map<string, DiffCases[]>();
  for (const each of cases) {
    const key = keyOf(each.id, each);
    byKey.set(key, [...(byKey.get(key) ?? []), each]);
  }
  return (row) => byKey.get(keyOf(row.what === "score" ? cardKey(row.id) : row.id, row)) ?? [];
}

/** The same as RFC 4180 CSV, a line a figure. */
export function toDiffCsv(found: BuildsDiff, options: CsvOptions): string {
  const side = (name: "old" | "new") =>
    [...figures, "grade" as const].map(
      (key): Column<DiffRow> => ({ key: `${name}_${key}`, value: (row) => row[name][key] }),
    );
  const cases = casesOf(found);
  const columns: Column<DiffRow>[] = [
    { key: "what" },
    { key: "id" },
    ...["grain", "period_start", "dimension", "member"].map((key) => ({ key })),
    ...side("old"),
    ...side("new"),
    ...(["cause", "came", "went", "changed"] as const).map((key) => ({
      key,
      value: (row: DiffRow) => cases(row)[0]?.[key],
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
  const cases = casesOf(found);
  const told = new Set<string>();
  const why = (row: DiffRow) => {
    const key = [row.id, row.grain, row.period_start].join();
    if (told.has(key)) return "";
    told.add(key);
    return causeText({ cases: cases(row) }, row, language);
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
