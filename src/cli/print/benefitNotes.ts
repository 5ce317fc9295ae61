import type { Assessment } from "../../answers/benefit/initiative.js";
import { isCompared, isOtherFinding, isOtherWorth, isTested } from "../../published/benefitTypes.js";
import { isToCome, isUnequal, verdictDay } from "../../words/benefitTeller.js";
import { dayText } from "../../words/figureText.js";
import { benefit } from "../../words/languages.js";
import { kpiOf, money, orBetween, say, type View } from "./benefitCells.js";

/** What keeps the figures of an initiative from being more than they are, a line each. */
export function notesOf(row: Assessment, view: View): string[] {
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
