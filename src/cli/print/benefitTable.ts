import type { Assessment, Days, Initiative } from "../../answers/benefit/initiative.js";
import { addDays } from "../../kpi/periods.js";
import { greatest } from "../../statistics/extremes.js";
import { type BenefitNames, scopeText as scopeName, verdictText } from "../../words/benefitTeller.js";
import { currencyName } from "../../words/currency.js";
import { figure, signed } from "../../words/figures.js";
import { shareText } from "../../words/figureText.js";
import { benefit, benefitTable, type Language, pages } from "../../words/languages.js";
import { grouped } from "../../words/rounding.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { align, width as columnsOf } from "./align.js";
import { between, changed, kpiOf, money, say, type View, valued, viewOf } from "./benefitCells.js";
import { notesOf } from "./benefitNotes.js";
import { type Column, keyed, toCsv, toJson } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** Whom an initiative concerns, as `--where` has it. */
const scopeText = ({ scope }: Pick<Assessment, "scope">) =>
  Object.entries(scope)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

type Identified = Pick<Assessment, "initiative_id" | "name" | "name_en" | "kpi_id" | "scope" | "started_on">;

/** What an initiative is, of whatever is told of it. */
export const identity: readonly Column<Identified, View>[] = [
  {
    key: "initiative_id",
    head: (view) => say(view).initiative,
    cell: ({ initiative_id, name }) => visible(`${initiative_id} ${name}`),
  },
  ...keyed<Identified>("name", "name_en"),
  {
    key: "kpi_id",
    head: (view) => say(view).kpi,
    cell: (row, view) => {
      const kpi = kpiOf(row, view);
      return visible(kpi ? labelIn(kpi.label, view.language) : row.kpi_id);
    },
  },
  {
    key: "scope",
    value: scopeText,
    head: (view) => say(view).scope,
    cell: (row, view) => visible(scopeName(row, view.names) ?? say(view).everybody),
  },
  ...keyed<Identified>("started_on"),
];

/** What machines are told. */
const columns: Column<Assessment, View>[] = [
  ...identity,
  ...(["baseline", "follow_up"] as const).flatMap((name): Column<Assessment, View>[] =>
    ["start", "end", "value", "numerator", "denominator", "n"].map((field) => ({ key: `${name}.${field}` })),
  ),
  ...keyed<Assessment>("delta", "low", "high", "relative", "p", "q", "method", "untestable", "withdrawn"),
  ...keyed<Assessment>("verdict", "expected", "expected_reached"),
  ...keyed<Assessment>("value_money", "value_money_low", "value_money_high", "cost"),
  ...keyed<Assessment>("return", "return_low", "return_high"),
];

/** Days to read: the year of the last one where it is another. */
function daysText({ start, end }: Days): string {
  const last = addDays(end, -1);
  return `${start}–${last.slice(0, 4) === start.slice(0, 4) ? last.slice(5) : last}`;
}

/** What people are told. */
interface Field {
  head: (view: View) => string;
  cell: (row: Assessment, view: View) => string;
}

const field = (head: (words: ReturnType<typeof say>, view: View) => string, cell: Field["cell"]): Field => ({
  head: (view) => head(say(view), view),
  cell,
});

const shareOf = (value: number | null, { language }: View) =>
  value === null ? "–" : shareText(value, language);

const moneyHead = (words: ReturnType<typeof say>, { initiatives, language }: View) => {
  const [one] = initiatives.values();
  return `${words.money} (${currencyName(one?.kpi.currency ?? "CNY", language)})`;
};

const windowField = (name: "baseline" | "follow_up", cell: Field["cell"]) =>
  field((words) => (name === "baseline" ? words.baseline : words.followUp), cell);

/** Only of a verdict of a test is there an interval, a worth and a return to go by. */
const ofTest =
  (cell: Field["cell"]): Field["cell"] =>
  (row, view) =>
    row.q === null ? "–" : cell(row, view);

const named: Field[] = identity.flatMap(({ head, cell }) =>
  head && cell ? [{ head: (view: View) => head(view) ?? "", cell }] : [],
);

const change = field(
  (words) => words.change,
  // Of part of a follow-up there is no change to go by.
  (row, view) => (row.verdict === "still_running" ? "–" : changed(row.delta, kpiOf(row, view), view)),
);

const interval = field(
  (words) => words.interval,
  ofTest((row, view) => {
    const kpi = kpiOf(row, view);
    const bare = (end: number | null) => (end === null || !kpi ? "–" : signed(figure(end, kpi), end));
    if (row.high === null) return between([row.low, row.high], (end) => changed(end, kpi, view), view);
    return row.low === null
      ? between([row.low, row.high], bare, view)
      : benefit(view.language).between(bare(row.low), changed(row.high, kpi, view));
  }),
);

const expected = field(
  (words) => words.expected,
  (row, view) => {
    const { expected_reached: reached } = row;
    const text = changed(row.expected, kpiOf(row, view), view);
    return reached === null ? text : `${text} (${pages(view.language).benefits.reached[reached]})`;
  },
);

const verdict = field(
  (words) => words.verdict,
  (row, view) => verdictText(row, view.names, benefit(view.language)),
);

const q = field(
  (words) => words.q,
  ({ q }) => (q === null ? "–" : q < 0.001 ? "<0.001" : grouped(q, 3)),
);

const worth = [
  field(
    moneyHead,
    ofTest(({ value_money: value }) => money(value)),
  ),
  field(
    (words) => words.interval,
    ofTest((row, view) => between([row.value_money_low, row.value_money_high], money, view)),
  ),
];

const returned = [
  field(
    (words) => words.returned,
    ofTest((row, view) => shareOf(row.return, view)),
  ),
  field(
    (words) => words.interval,
    ofTest((row, view) => between([row.return_low, row.return_high], (end) => shareOf(end, view), view)),
  ),
];

const beside = (first: Field, cell: Field["cell"]): Field => ({ ...first, cell });

/** A table's columns, each of lines below one another: a wide screen has room for all of an initiative in three. */
const stacks: Field[][] = [
  named,
  [
    windowField("baseline", ({ baseline }) => daysText(baseline)),
    windowField("follow_up", ({ follow_up }) => daysText(follow_up)),
  ],
  (["baseline", "follow_up"] as const).map((name) => ({
    head: () => "",
    cell: (row, view) => valued(row[name].value, kpiOf(row, view), view),
  })),
  [change, interval, expected],
  [verdict, q],
  worth,
  returned,
];

/** The same, a line each, where the screen is narrow. */
const list: Field[] = [
  ...named.slice(1),
  ...(["baseline", "follow_up"] as const).map((name) =>
    windowField(
      name,
      (row, view) => `${valued(row[name].value, kpiOf(row, view), view)} (${daysText(row[name])})`,
    ),
  ),
  verdict,
  beside(change, (row, view) => ofEnds(change, interval, row, view)),
  q,
  expected,
  ...[worth, returned].flatMap(([first, ends]) =>
    first && ends ? [beside(first, (row, view) => ofEnds(first, ends, row, view))] : [],
  ),
];

/** A figure with the ends of its interval, if it has any. */
function ofEnds(first: Field, ends: Field, row: Assessment, view: View): string {
  const [text, interval] = [first.cell(row, view), ends.cell(row, view)];
  if (interval === "–") return text;
  return text === "–" ? interval : `${text} (${interval})`;
}

/** Initiatives below one another, all of each in a few lines. */
function tableOf(rows: readonly Assessment[], view: View): string {
  const lines = Array.from({ length: greatest(stacks.map(({ length }) => length)) }, (_, at) =>
    stacks.map((stack) => stack[at]),
  );
  const head = lines.map((line) => line.map((one) => one?.head(view) ?? ""));
  const body = rows.map((row) => lines.map((line) => line.map((one) => one?.cell(row, view) ?? "")));
  const gap = [stacks.map(() => "")];
  const text = align([...head, ...body.flatMap((each) => [...gap, ...each])], head.length);
  return text.replace(/^ +$/gm, "");
}

/** Initiatives one after the other, a line a figure. */
const listOf = (rows: readonly Assessment[], view: View): string =>
  rows
    .map((row) => {
      const [name] = named;
      const lines = list.map((one) => [one.head(view), one.cell(row, view)]);
      return `  ${visible(name?.cell(row, view) ?? row.initiative_id)}\n${align(lines, 0).replace(/^/gm, "  ").trimEnd()}\n`;
    })
    .join("\n");

export const toBenefitJson = (rows: readonly Assessment[]): string => toJson(rows);

export const toBenefitCsv = (rows: readonly Assessment[], options?: CsvOptions): string =>
  toCsv(columns, rows, options);

/**
 * Initiatives for people: what came of each, and below what keeps a figure from being more than it is.
 * @param width of the screen, where there is one
 */
export function toBenefitTable(
  rows: readonly Assessment[],
  initiatives: readonly Initiative[],
  names: BenefitNames,
  language: Language,
  width?: number,
): string {
  const words = benefitTable(language);
  if (rows.length === 0) return `${words.none}\n`;
  const view = viewOf(initiatives, names, language);
  const notes = rows.flatMap((row) => notesOf(row, view)).map((note) => `${visible(note)}\n`);
  const whole = tableOf(rows, view);
  const isNarrow = width !== undefined && greatest(whole.split("\n").map((line) => columnsOf(line))) > width;
  const table = isNarrow ? listOf(rows, view) : whole;
  return notes.length > 0 ? `${table}\n${notes.join("")}` : table;
}
