import type { Assessment, Initiative } from "../../answers/benefit/initiative.js";
import type { Kpi } from "../../catalogue/kpis.js";
import { isCompared, isOtherFinding, isOtherWorth, isTested } from "../../published/benefitTypes.js";
import {
  type BenefitNames,
  isToCome,
  isUnequal,
  scopeText as scopeName,
  verdictDay,
  verdictText,
} from "../../words/benefitTeller.js";
import { currencyName } from "../../words/currency.js";
import { figure, grouped, signed } from "../../words/figures.js";
import { behind, dayText, shareText } from "../../words/figureText.js";
import { benefit, benefitTable, type Language, pages, units } from "../../words/languages.js";
import { visible } from "../../words/visible.js";
import { labelIn } from "../../words/wording.js";
import { type Column, keyed, toCsv, toJson, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

/** What is known of a print of initiatives. */
export interface View {
  language: Language;
  initiatives: ReadonlyMap<string, Initiative>;
  /** What things are called. */
  names: BenefitNames;
}

export const viewOf = (
  initiatives: readonly Initiative[],
  names: BenefitNames,
  language: Language,
): View => ({
  language,
  names,
  initiatives: new Map(initiatives.map((each) => [each.initiative_id, each])),
});

export const kpiOf = (
  { initiative_id, kpi_id }: Pick<Assessment, "initiative_id" | "kpi_id">,
  { initiatives }: View,
): Kpi | undefined => {
  const one = initiatives.get(initiative_id);
  return [one, one?.decidedAs].find((each) => each?.kpi.id === kpi_id)?.kpi;
};
const say = ({ language }: View) => benefitTable(language);

/** A KPI's value with its unit. */
function valued(value: number | null, kpi: Kpi | undefined, { language }: View): string {
  if (value === null || !kpi) return "–";
  return figure(value, kpi) + behind(kpi, language);
}

/** A change of a KPI, in its unit or in percentage points. */
export function changed(value: number | null, kpi: Kpi | undefined, view: View): string {
  if (value === null || !kpi) return "–";
  const unit = kpi.unit === "percent" ? units(view.language).points : behind(kpi, view.language);
  return signed(figure(value, kpi), value) + unit;
}

/** Two ends of an interval, the unit behind the second. */
export function between(
  [low, high]: readonly [number | null, number | null],
  shown: (value: number | null) => string,
  view: View,
): string {
  return low === null && high === null ? "–" : benefit(view.language).between(shown(low), shown(high));
}

const money = (value: number | null) => (value === null ? "–" : grouped(value, 0));

/** A figure, or where it is not known what it can be. */
function orBetween(
  value: number | null,
  ends: readonly [number | null, number | null],
  shown: (value: number | null) => string,
  view: View,
): string {
  const text = between(ends, shown, view);
  return value === null ? text : `${shown(value)} (${text})`;
}

/** Whom an initiative concerns, as `--where` has it. */
const scopeText = ({ scope }: Pick<Assessment, "scope">) =>
  Object.entries(scope)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");

type Identified = Pick<Assessment, "initiative_id" | "name" | "kpi_id" | "scope" | "started_on">;

/** What an initiative is, of whatever is told of it. */
export const identity: readonly Column<Identified, View>[] = [
  {
    key: "initiative_id",
    head: (view) => say(view).initiative,
    cell: ({ initiative_id, name }) => visible(`${initiative_id} ${name}`),
  },
  ...keyed<Identified>("name"),
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

const columns: Column<Assessment, View>[] = [
  ...identity,
  ...(["baseline", "follow_up"] as const).flatMap((name): Column<Assessment, View>[] => [
    { key: `${name}.start` },
    { key: `${name}.end` },
    {
      key: `${name}.value`,
      head: (view) => (name === "baseline" ? say(view).baseline : say(view).followUp),
      cell: (row, view) => valued(row[name].value, kpiOf(row, view), view),
    },
    { key: `${name}.numerator` },
    { key: `${name}.denominator` },
    { key: `${name}.n` },
  ]),
  {
    key: "delta",
    head: (view) => say(view).change,
    // Of part of a follow-up there is no change to go by.
    cell: (row, view) => (row.verdict === "still_running" ? "–" : changed(row.delta, kpiOf(row, view), view)),
  },
  ...keyed<Assessment>("low", "high", "relative", "p"),
  {
    head: (view) => say(view).interval,
    // What a verdict does not rest on is no interval to go by.
    cell: (row, view) =>
      row.q === null
        ? "–"
        : between([row.low, row.high], (end) => changed(end, kpiOf(row, view), view), view),
  },
  {
    key: "q",
    head: (view) => say(view).q,
    cell: ({ q }) => (q === null ? "–" : q < 0.001 ? "<0.001" : grouped(q, 3)),
  },
  ...keyed<Assessment>("method", "untestable", "withdrawn"),
  {
    key: "verdict",
    head: (view) => say(view).verdict,
    cell: (row, view) => verdictText(row, view.names, benefit(view.language)),
  },
  {
    key: "expected",
    head: (view) => say(view).expected,
    cell: (row, view) => {
      const { expected_reached: reached } = row;
      const text = changed(row.expected, kpiOf(row, view), view);
      return reached === null ? text : `${text} (${pages(view.language).benefits.reached[reached]})`;
    },
  },
  ...keyed<Assessment>("expected_reached"),
  {
    key: "value_money",
    head: (view) => {
      const [one] = view.initiatives.values();
      return `${say(view).money} (${currencyName(one?.kpi.currency ?? "CNY", view.language)})`;
    },
    cell: (row, view) =>
      row.q === null
        ? "–"
        : orBetween(row.value_money, [row.value_money_low, row.value_money_high], money, view),
  },
  ...keyed<Assessment>("value_money_low", "value_money_high", "cost"),
  {
    key: "return",
    head: (view) => say(view).returned,
    cell: (row, view) => {
      const share = (value: number | null) => (value === null ? "–" : shareText(value, view.language));
      return row.q === null ? "–" : orBetween(row.return, [row.return_low, row.return_high], share, view);
    },
  },
  ...keyed<Assessment>("return_low", "return_high"),
];

export const toBenefitJson = (rows: readonly Assessment[]): string => toJson(rows);

export const toBenefitCsv = (rows: readonly Assessment[], options?: CsvOptions): string =>
  toCsv(columns, rows, options);

/** Initiatives for people: what came of each, and below what keeps a figure from being more than it is. */
export function toBenefitTable(
  rows: readonly Assessment[],
  initiatives: readonly Initiative[],
  names: BenefitNames,
  language: Language,
): string {
  const words = benefitTable(language);
  if (rows.length === 0) return `${words.none}\n`;
  const view = viewOf(initiatives, names, language);
  const notes = rows.flatMap((row) => notesOf(row, view)).map((note) => `${visible(note)}\n`);
  const table = toTable(columns, rows, view);
  return notes.length > 0 ? `${table}\n${notes.join("")}` : table;
}

function notesOf(row: Assessment, view: View): string[] {
  const { notes } = say(view);
  const { verdicts } = benefit(view.language);
  const { initiative_id: id, verdict, follow_up, cost, value_per_unit, baseline } = row;
  return [
    ...(verdict === "not_recorded" ? [notes.not_recorded(id)] : []),
    ...(verdict === "still_running"
      ? [
          (isToCome(row, view.names) ? notes.planned : notes.still_running)(
            id,
            dayText(verdictDay(row, kpiOf(row, view)), view.language),
          ),
        ]
      : []),
    ...(verdict === "not_testable"
      ? [row.untestable === "windows_differ" ? notes.windows_differ(id) : notes.not_testable(id)]
      : []),
    ...(row.scope_unknown
      ? [notes.no_such_value({ name: id, value: Object.values(row.scope).join(), ...row.scope_unknown })]
      : []),
    ...(verdict !== "not_recorded" && !row.scope_unknown && baseline.n === 0 && (follow_up.n ?? 0) === 0
      ? [notes.empty_scope(id)]
      : []),
    ...(isTested(verdict) && isUnequal(row) ? [notes.unequal(id)] : []),
    ...(isTested(verdict) && !isCompared(row) ? [notes.no_comparison(id)] : []),
    ...(row.copy_of ? [notes.copy({ name: id, of: row.copy_of })] : []),
    ...(row.withdrawn ? [notes.withdrawn(id)] : []),
    ...(row.decided?.now && (row.decided.redefined || isOtherFinding(row, row.decided.now))
      ? [
          (row.decided.redefined ? notes.redefined : notes.decided)({
            name: id,
            build: row.decided.build_id,
            now: verdicts[row.decided.now.verdict],
          }),
        ]
      : []),
    ...(row.decided?.now && isOtherWorth(row, row.decided.now)
      ? [
          notes.decided_worth({
            name: id,
            build: row.decided.build_id,
            now: orBetween(
              row.decided.now.value_money,
              [row.decided.now.value_money_low, row.decided.now.value_money_high],
              money,
              view,
            ),
          }),
        ]
      : []),
    ...(cost !== null && value_per_unit === null ? [notes.no_value(id)] : []),
  ];
}
