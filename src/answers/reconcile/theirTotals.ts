import { isFilled } from "../../contract/notation.js";
import { literal } from "../../engine/sql.js";

/** How totals and means begin that people put below a list. */
const words = [
  "[合總总小累] *[计計]",
  "总[数额]|總[數額]",
  "平均值?|均值|人均",
  "(sub|grand)?[ -]*totals?|sum|averages?|avg\\.?|mean|count",
  "(gesamt)?summe|gesamt|insgesamt|durchschnitt|mittelwert",
];

/** A count, with what is counted, may follow: 总计 111 单, Total (12 cases). */
const follows = "[ :：(（=]*[0-9,.]*[ ]*(\\p{Han}{1,3}|[a-z]+)?[)）.:： ]*";

const summary = `(?i) *(${words.join("|")})${follows}`;

/** SQL that is true for a cell that calls its row a total or a mean of others. */
const isSummary = (cell: string) => `coalesce(regexp_full_match(${cell}, ${literal(summary)}), false)`;

/**
 * SQL that is true for a row of a list which says that it is a total or a mean of others: in its id, or, where it has none, in any cell.
 * @param cells all of the list's columns
 */
export function saysTotal(ids: readonly string[], cells: readonly string[]): string {
  const others = cells.filter((cell) => !ids.includes(cell));
  const noId = ids.map((cell) => `not coalesce(${isFilled(cell)}, false)`).join(" and ");
  const elsewhere = others.length === 0 ? "false" : others.map(isSummary).join(" or ");
  return `(${ids.map(isSummary).join(" or ")} or (${noId} and (${elsewhere})))`;
}

/** SQL over the temp table `given` that is true for a row without an id whose value is the sum or the mean of those that have one. */
export const isTotalOfOthers = `given.id is null and given.value is not null and exists (
  select 1 from (
    select fsum(value) as total, avg(value) as mean, count(*) as rows from (select value from given where id is not null and value is not null)
  ) as all_others
  where all_others.rows > 1 and least(abs(given.value - all_others.total), abs(given.value - all_others.mean))
    <= 0.5 * pow(10, -given.decimals) + 1e-9 * abs(given.value))`;
