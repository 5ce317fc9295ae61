import { group, sort as sortBy } from "d3-array";
import { cardKey } from "../../answers/closed/definitions.js";
import type { BuildsDiff, DiffCases, DiffRow, Redefined } from "../../answers/closed/diffBuilds.js";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import { unknown } from "../../catalogue/dimensions.js";
import { labelOf } from "../../catalogue/vocabulary.js";
import { contract } from "../../contract/index.js";
import { type ChangeNames, causeText, closedFigureText } from "../../words/closedText.js";
import { dimensionWords } from "../../words/dimensionLabels.js";
import { closed, diffTable, type Language, pages } from "../../words/languages.js";
import { periodText } from "../../words/periodText.js";
import { grouped } from "../../words/rounding.js";
import { labelIn } from "../../words/wording.js";
import { type Column, shown, toCsv, toTable } from "./columns.js";
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

/** So many figures are listed for people, unless they ask for all. */
const mostListed = 40;

/**
 * The same for people: the rows that did it by table, what is not defined alike, a line a KPI or scorecard with its largest move, then a line
 * a figure of the company, furthest moved first, and behind the first of a KPI and period its rows.
 * @param groups list the figures of groups, too
 * @param all list all figures
 */
export function toDiffTable(
  found: BuildsDiff,
  { groups, all, ...told }: { kept: Kept; former: Kept; groups: boolean; all: boolean; language: Language },
): string {
  const { kept, former, language } = told;
  const say = diffTable(language);
  const { older, newer, restatements } = found;
  const periods = grouped(found.periods, 0);
  const between = say.between(
    say.build(older.build_id, older.as_of_on),
    say.build(newer.build_id, newer.as_of_on),
  );
  const head = [between, ...changedLines(found, told)].join("\n");
  if (found.periods === 0) return `${head}\n${say.noPeriods}\n`;
  if (restatements.length === 0) return `${head}\n${say.none(periods)}\n`;
  const named = namesIn(kept, former, language);
  const cases = casesOf(found);
  const explained = new Set<string>();
  const why = (row: DiffRow) => {
    const key = [row.id, row.grain, row.period_start].join();
    if (explained.has(key)) return "";
    explained.add(key);
    return causeText({ cases: cases(row) }, row, language, named.changes(row));
  };
  const columns: Column<DiffRow>[] = [
    shown(say.period, named.period),
    shown(say.figure, named.name),
    shown(groups && say.scope, named.scope),
    shown(say.old, (row) => named.figure(row, "old")),
    shown(say.now, (row) => named.figure(row, "new")),
    shown(say.why, why),
  ];
  const whole = restatements.filter(isOfCompany);
  const asked = (groups ? restatements : whole).toSorted((one, other) => sizeOf(other) - sizeOf(one) || 0);
  const listed = all ? asked : asked.slice(0, mostListed);
  const more = asked.length - listed.length;
  const left = restatements.length - asked.length;
  return [
    `${head}\n${say.count(grouped(restatements.length, 0), periods)}\n`,
    toTable(movedColumns(named, language), movesOf(restatements)),
    ...(listed.length > 0 ? [`\n${groups ? "" : `${say.company}\n`}${toTable(columns, listed)}`] : []),
    ...(more > 0 ? [`\n${(groups ? say.moreOfAll : say.more)(grouped(more, 0))}\n`] : []),
    ...(left > 0 ? [`\n${say.groups(grouped(left, 0))}\n`] : []),
  ].join("");
}

/** What of the rows that were read and of the catalogue is another. */
function changedLines(
  { rows, redefined }: BuildsDiff,
  { kept, former, language }: { kept: Kept; former: Kept; language: Language },
): string[] {
  const say = diffTable(language);
  const { comma, semicolon, moved } = closed(language);
  const named = namesIn(kept, former, language);
  const tables = rows.map(({ table, ...moves }) =>
    say.table(
      contract[table].label[language],
      (["came", "went", "changed"] as const)
        .flatMap((move) => (moves[move] > 0 ? [moved[move](grouped(moves[move], 0))] : []))
        .join(comma),
    ),
  );
  const line = (told: (names: string) => string, those: readonly Redefined[]) => {
    const names = those.map((each) => {
      const { own_dimensions } = kept.catalogue.kpis.find(({ id }) => id === each.id) ?? {
        own_dimensions: [],
      };
      const by = each.dimensions?.map((name) => dimensionWords(name, language, { own_dimensions }));
      return by ? say.cutBy(named.label(each), by.join(comma)) : named.label(each);
    });
    const [some, left] = [names.slice(0, mostNamed).join(semicolon), names.length - mostNamed];
    return names.length === 0 ? [] : [told(left > 0 ? say.further(some, grouped(left, 0)) : some)];
  };
  const of = (why: Redefined["why"], what?: Redefined["what"]) =>
    redefined.filter((each) => each.why === why && (what === undefined || each.what === what));
  return [
    tables.length > 0 ? say.rows(tables.join(semicolon)) : say.noRows,
    ...line(say.redefined.definition, of("definition", "kpi")),
    ...line(say.redefined.card, of("definition", "score")),
    ...(["came", "went", "cut"] as const).flatMap((why) => line(say.redefined[why], of(why))),
  ];
}

/** So many KPIs and scorecards are named in a line. */
const mostNamed = 8;

/** How far a figure moved for its size. */
function sizeOf(row: DiffRow | undefined): number {
  if (!row) return -1;
  const [old, now] = [row.old.value, row.new.value];
  // A figure that is there in one build alone.
  if (old === null || now === null) return old === now ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(now - old) / Math.max(Math.abs(old), Math.abs(now), Number.MIN_VALUE);
}

const isOfCompany = ({ dimension }: DiffRow) => dimension === null;

/** What differs of a KPI or scorecard. */
interface Moved {
  first: DiffRow;
  last: DiffRow;
  whole: number;
  groups: number;
  /** The company's figure that moved furthest for its size. */
  largest: DiffRow | undefined;
}

/** What differs by KPI and scorecard: what moved furthest for its size first, of the company. */
function movesOf(restatements: readonly DiffRow[]): Moved[] {
  const byId = group(restatements, ({ what, id }) => `${what} ${id}`);
  const moves = [...byId.values()].map((rows): Moved => {
    const months = rows.filter(({ grain }) => grain === "month");
    const starts = sortBy(months.length > 0 ? months : rows, ({ period_start }) => period_start);
    const whole = rows.filter(isOfCompany);
    return {
      first: starts[0] as DiffRow,
      last: starts.at(-1) as DiffRow,
      whole: whole.length,
      groups: rows.length - whole.length,
      largest: whole.toSorted((one, other) => sizeOf(other) - sizeOf(one) || 0)[0],
    };
  });
  return moves.toSorted((one, other) => sizeOf(other.largest) - sizeOf(one.largest) || 0);
}

/** How what differs is called and written. */
function namesIn(kept: Kept, former: Kept, language: Language) {
  const catalogues = [kept.catalogue, former.catalogue];
  const kpiOf = ({ what, id: own }: Pick<DiffRow, "what" | "id">) =>
    catalogues.flatMap(({ kpis }) => kpis).find(({ id }) => what === "kpi" && id === own);
  const cardOf = ({ what, id: own }: Pick<DiffRow, "what" | "id">) =>
    catalogues.flatMap(({ scorecards }) => scorecards).find(({ id }) => what === "score" && id === own);
  const known = (row: DiffRow) => kept.catalogue.kpis.find(({ id }) => row.what === "kpi" && id === row.id);
  const gradeLabel = (own: string) =>
    labelIn(catalogues.flatMap(({ grades }) => grades).find(({ id }) => id === own)?.label, language) ?? own;
  const memberLabel = (dimension: string, member: string) =>
    member === unknown ? pages(language).unknown : labelOf(kept.vocabulary, dimension, member, language);
  return {
    label: (row: Pick<DiffRow, "what" | "id">) =>
      labelIn((kpiOf(row) ?? cardOf(row))?.label, language) ?? row.id,
    changes: (row: DiffRow): ChangeNames => ({
      part: (column) => dimensionWords(column, language, kpiOf(row) ?? { own_dimensions: [] }),
      value: (column, text) => memberLabel(column, text) ?? text,
    }),
    period: ({ grain, period_start }: DiffRow) => periodText(grain, period_start, language),
    name: (row: DiffRow) =>
      [labelIn((kpiOf(row) ?? cardOf(row))?.label, language), row.id].filter(Boolean).join(" "),
    figure: (row: DiffRow, side: "old" | "new") =>
      closedFigureText(row, row[side], { kpi: known(row), gradeLabel, language }),
    scope: ({ dimension, member, ...row }: DiffRow) => {
      const kpi = kpiOf(row) ?? { own_dimensions: [] };
      if (dimension === null) return closed(language).company;
      const label = memberLabel(dimension, member ?? "");
      return `${dimensionWords(dimension, language, kpi)} ${label ?? member}`;
    },
  };
}

function movedColumns(named: ReturnType<typeof namesIn>, language: Language): Column<Moved>[] {
  const say = diffTable(language);
  return [
    shown(say.figure, ({ first }) => named.name(first)),
    shown(say.ofCompany, ({ whole }) => grouped(whole, 0)),
    shown(say.ofGroups, ({ groups }) => grouped(groups, 0)),
    shown(say.periods, ({ first, last }) => {
      const [from, to] = [named.period(first), named.period(last)];
      return from === to ? from : say.span(from, to);
    }),
    shown(say.largest, ({ largest }) =>
      largest
        ? say.move(named.period(largest), named.figure(largest, "old"), named.figure(largest, "new"))
        : "",
    ),
  ];
}
