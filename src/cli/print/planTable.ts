import type { Initiative } from "../../answers/benefit/initiative.js";
import type { Plan } from "../../answers/benefit/plan.js";
import type { BenefitNames } from "../../words/benefitTeller.js";
import { benefitTable, type Language } from "../../words/languages.js";
import { visible } from "../../words/visible.js";
import { changed, kpiOf, type View, viewOf } from "./benefitCells.js";
import { identity } from "./benefitTable.js";
import { type Column, keyed, toCsv, toJson, toTable } from "./columns.js";
import type { CsvOptions } from "./csv.js";

const say = ({ language }: View) => benefitTable(language);

const columns: Column<Plan, View>[] = [
  ...identity,
  ...keyed<Plan>("baseline_days"),
  {
    key: "follow_up_days",
    head: (view) => say(view).followUpDays,
    cell: ({ follow_up_days }) => String(follow_up_days),
  },
  {
    key: "expected",
    head: (view) => say(view).expected,
    cell: (row, view) => changed(row.expected, kpiOf(row, view), view),
  },
  {
    key: "smallest_change",
    head: (view) => say(view).smallest,
    cell: (row, view) => changed(row.smallest_change, kpiOf(row, view), view).replace(/^\+/, "±"),
  },
  ...keyed<Plan>("standard_error"),
  {
    key: "needed_days",
    head: (view) => say(view).neededDays,
    cell: ({ needed_days }) => (needed_days === null ? "–" : String(needed_days)),
  },
  {
    key: "is_found",
    head: (view) => say(view).worthTrying,
    cell: ({ is_found }, view) => (is_found === null ? "–" : say(view).found[is_found]),
  },
  ...keyed<Plan>("unknown"),
  ...keyed<Plan>("based_on").map((column) => ({
    ...column,
    value: ({ based_on: on }: Plan) =>
      on && `${on.baseline.start}/${on.baseline.end} ${on.follow_up.start}/${on.follow_up.end}`,
  })),
];

export const toPlanJson = (plans: readonly Plan[]): string => toJson(plans);

export const toPlanCsv = (plans: readonly Plan[], options?: CsvOptions): string =>
  toCsv(columns, plans, options);

/** What initiatives' follow-ups could find, for people. */
export function toPlanTable(
  plans: readonly Plan[],
  initiatives: readonly Initiative[],
  names: BenefitNames,
  language: Language,
): string {
  if (plans.length === 0) return `${benefitTable(language).none}\n`;
  const view = viewOf(initiatives, names, language);
  const notes = plans.flatMap((plan) => noteOf(plan, view)).map((note) => `${visible(note)}\n`);
  return [toTable(columns, plans, view), ...(notes.length > 0 ? ["\n", ...notes] : [])].join("");
}

/** Why something of a plan is not told, or its expected change never found. */
function noteOf({ initiative_id: name, unknown, is_found, scope }: Plan, view: View): string[] {
  const { notes } = say(view);
  if (is_found === "never") return [notes.never(name)];
  if (unknown === null) return [];
  if (unknown === "windows_differ") return [notes.plan_windows_differ(name)];
  if (unknown !== "no_such_value") return [notes[unknown](name)];
  const near = view.initiatives.get(name)?.scope?.near ?? null;
  return [notes.no_such_value({ name, value: Object.values(scope).join(), near })];
}
