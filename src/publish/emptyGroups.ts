import type { DuckDBConnection } from "@duckdb/node-api";
import { unknown } from "../catalogue/dimensions.js";
import { keySql } from "./cells.js";
import type { Hiding } from "./hidden.js";
import { few, people } from "./told.js";

/** Hides empty groups beside hidden ones in every split of the company by one dimension; see `hideGroups`. */
export async function hideEmpty(db: DuckDBConnection, hiding: Hiding): Promise<void> {
  if (hiding.minCell === 1) return;
  for (const name of [...hiding.dimensions, "by"]) await hideGroups(db, hiding, name, splitOf(hiding, name));
}

/** SQL for the cells that one dimension alone splits, or one of those that stand alone. */
const splitOf = ({ dimensions }: Hiding, name: string) =>
  [
    `"${name}" is not null`,
    ...["by", ...dimensions].filter((each) => each !== name).map((each) => `"${each}" is null`),
  ].join(" and ");

/**
 * Where what is hidden of a split tells of few even together, because the company's own figure does, what is hidden and what is
 * empty look the same: else the one group that has a row would have all of it. Adds cells to `cells`.
 */
async function hideGroups(
  db: DuckDBConnection,
  { dimensions, minCell }: Hiding,
  name: string,
  split: string,
): Promise<void> {
  const [group, line] =
    name === "by"
      ? ['"value"', 'kpi_id, role, grain, period_start, "by"']
      : [`"${name}"`, "kpi_id, role, grain, period_start"];
  const same = name === "by" ? 'kpi_id, "by"' : "kpi_id";
  await db.run(`
    insert into cells by name
    with
    split as (
      select ${line}, ${group} as word, hidden, contributors, contributor_count from cells
      where ${split} and not is_spare and "by" is distinct from 'team'
    ),
    lines as (
      select ${line} from split where hidden group by all
      having ${few(people("bit_or(contributors)", "sum(contributor_count)"), minCell)}
    ),
    words as (select ${same}, word from split where word <> '${unknown}' group by all),
    empty as (
      select * from lines inner join words using (${same}) anti join split using (${line}, word)
      qualify row_number() over (partition by ${line} order by hash(word::varchar)) <= ${mostEmpty}
    )
    select * exclude (word), word as ${name === "by" ? '"value"' : `"${name}"`}, 0 as contributor_count, false as is_spare, true as hidden
    from empty`);
  await db.run(`update cells set key = ${keySql(dimensions)} where key is null`);
}

/** How many empty groups stand beside the hidden ones; more would cost room and hide no better. */
const mostEmpty = 30;
