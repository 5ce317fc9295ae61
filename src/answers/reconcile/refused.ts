import type { DuckDBConnection } from "@duckdb/node-api";
import { readCell } from "../../contract/notation.js";
import { literal } from "../../engine/sql.js";
import { idOf, looseId } from "./caseId.js";
import type { CaseList } from "./caseList.js";

/** Two cells of a row that may be an id of two columns. */
const pairs = `select one.lost_no, one.source, one.file, one.place || ' ' || other.place as place,
         ${looseId(idOf(["one.cell", "other.cell"]))} as loose
       from read as one inner join read as other on other.lost_no = one.lost_no and other.place <> one.place`;

/**
 * Fills the temp table `refused` (id, is_superseded, rule, file, line) with the rows of the quarantine whose cells name a case
 * of the temp table `wanted`. Which column of a file holds the ids is told by where most of them stand.
 */
export async function findRefused(db: DuckDBConnection, { parts }: CaseList): Promise<void> {
  const id = readCell({ kind: "id" }, "cell");
  const tables = parts.map(({ table }) => literal(table)).join(", ");
  const isPair = parts.some(({ keys }) => keys.length > 1);
  await db.run(
    `create or replace temp table refused as
     with
     lost as (
       select row_number() over () as lost_no, *, coalesce(json_valid(raw) and raw[1] = '{', false) as is_row
       from quarantine.rows where table_name in (${tables})
     ),
     cells as (
       select lost.lost_no, lost.source, lost.file, cast(cell.id as varchar) as place, cell.value ->> '$' as cell
       from (select lost_no, source, file, raw from lost where is_row) as lost, json_each(lost.raw) as cell
       union all
       select lost_no, source, file, cast(generate_subscripts(parts, 1) as varchar), trim(unnest(parts), '" ')
       from (select *, regexp_split_to_array(raw, '[,;\\t|]') as parts from lost where not is_row)
     ),
     read as (
       select lost_no, source, file, place, ${id} as cell from cells where cell is not null
     ),
     named as (
       ${isPair ? pairs : `select lost_no, source, file, place, ${looseId("cell")} as loose from read`}
     ),
     found as (
       select named.*, wanted.id from named join wanted on ${looseId("wanted.spelt")} = named.loose
     ),
     places as (
       select source, file, place,
         row_number() over (partition by source, file order by count(distinct lost_no) desc, length(place), place) as rank
       from found group by source, file, place
     )
     select found.id, lost.file, lost.line,
       lost.violations ->> '$[0].rule' = 'superseded' as is_superseded,
       concat_ws(' ', lost.table_name || coalesce('.' || (lost.violations ->> '$[0].column'), ''), lost.violations ->> '$[0].rule') as rule
     from found
     join places on places.rank = 1 and places.place = found.place
       and places.source is not distinct from found.source and places.file is not distinct from found.file
     join lost on lost.lost_no = found.lost_no
     qualify row_number() over (partition by found.id, is_superseded order by lost.lost_no desc) = 1`,
  );
}
