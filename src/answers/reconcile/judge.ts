import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { literal } from "../../engine/sql.js";
import type { Grain } from "../../kpi/periods.js";
import type { ReconciledReason } from "../../published/reconciliation.js";
import { looseId } from "./caseId.js";
import type { CaseList } from "./caseList.js";
import { findLeftOut } from "./leftOut.js";
import { countingRule, filtersOf } from "./modelTree.js";
import type { TheirTimes } from "./otherTimes.js";
import { dayColumns } from "./ownRows.js";
import { findRefused } from "./refused.js";

/** A reason as SQL, with what it names. */
type Judged = readonly [when: string, reason: ReconciledReason, detail?: string];

const cases = (list: readonly Judged[], otherwise: ReconciledReason, of: "reason" | "detail") => {
  const branches = list.map(
    ([when, reason, detail = "null"]) => `when ${when} then ${of === "reason" ? literal(reason) : detail}`,
  );
  return `case ${branches.join("\n")} ${of === "reason" ? `else ${literal(otherwise)}` : ""} end`;
};

/**
 * Fills the temp table `differences`: every case and every row of theirs that differs, with the first reason that holds,
 * what it names, and what it adds to the sum of values (`added`) and to the cases (`more`).
 */
export async function judgeCases(
  db: DuckDBConnection,
  kpi: Kpi,
  list: CaseList,
  times: TheirTimes,
  { comparesValues, asOfDay, grain }: { comparesValues: boolean; asOfDay: string; grain: Grain },
): Promise<void> {
  await db.run(
    `create or replace temp table judged as
     select coalesce(theirs.id, held.id) as id, coalesce(theirs.spelt, held.id) as spelt,
       theirs.id is not null as in_theirs, coalesce(held.is_ours, false) as in_ours, held.id is not null as is_held,
       theirs.value as their_value, theirs.decimals, held.* exclude (id, is_ours, is_theirs)
     from theirs full join held on held.id = theirs.id
     where theirs.id is not null or held.is_ours`,
  );
  const equal = "abs(their_value - value) <= 1e-9 * greatest(1, abs(value))";
  const isSame = comparesValues ? `coalesce(${equal}, false)` : "true";
  await db.run(
    `create or replace temp table wanted as select id, spelt from judged where in_theirs and not (in_ours and ${isSame})`,
  );
  await findRefused(db, list);
  await findLeftOut(db, list);
  await findRules(db, kpi, list);
  const rule = await countingRule(db, `marts.${kpi.id}`, list.counted);
  const named = (name: string) => dayColumns(list).find((each) => each.day === name)?.name ?? name;
  const [part] = list.parts;
  const column = (name: string) => literal(`${part?.table}.${named(name)}`);
  const byTimes = (is: boolean) =>
    times.map(
      ({ is: what, name, sql }): Judged => [
        `(is_held and is_counted and ${is ? "" : "not "}${sql})`,
        what === "zone" ? "time_zone" : "other_date",
        what === "zone" ? literal(name) : column(name),
      ],
    );
  const theirs: Judged[] = [
    ...byTimes(true),
    ["old.id is not null", "superseded"],
    ["is_held and not in_scope", "other_scope"],
    [
      "is_held and is_counted and not is_decided and day_on is not null",
      "other_period",
      periodNameSql("day_on", kpi.cases === "months" ? "month" : grain),
    ],
    ["is_held and in_period and is_awaiting", "awaiting"],
    [
      "is_held and day_on is null",
      "definition",
      part?.day ? `${column(part.day)} || ' is not null'` : "null",
    ],
    ["is_held", "not_counted", rule === null ? "null" : literal(rule)],
    ["ruled.rule is not null", "definition", "ruled.rule"],
    ["staged.id is null and refused.id is not null", "quarantined", "refused.rule"],
    ["staged.id is null and dropped.id is not null", "left_out", "dropped.rule"],
    ["staged.id is null", "not_extracted"],
  ];
  const ours: Judged[] = [
    ...byTimes(false),
    [`${looseId("judged.id")} in (select ${looseId("id")} from theirs)`, "two_spellings"],
  ];
  const horizon = kpi.horizon_days ?? 0;
  const both: Judged[] = [
    ["their_value is null", "no_value"],
    ["abs(their_value - value) <= 0.5 * pow(10, -decimals) + 1e-9", "rounded"],
    ["old.id is not null", "superseded"],
    ["dropped.id is not null", "left_out", "dropped.rule"],
    ["is_awaiting", "awaiting"],
    [`${horizon} > 0 and day_on + ${horizon + 1} > date ${literal(asOfDay)} + 1`, "immature"],
  ];
  const select = (
    side: string,
    where: string,
    judged: Judged[],
    otherwise: ReconciledReason,
    added: string,
  ) =>
    `select ${literal(side)} as side, ${cases(judged, otherwise, "reason")} as reason,
       ${cases(judged, otherwise, "detail")} as detail, judged.spelt as id,
       case when in_ours then value end as ours, their_value as theirs,
       refused.file as refused_file, refused.line as refused_line, ${added}
     from judged
     left join refused as old on old.id = judged.id and old.is_superseded
     left join refused on refused.id = judged.id and not refused.is_superseded
     left join dropped on dropped.id = judged.id
     left join ruled on ruled.id = judged.id
     left join staged on staged.id = judged.id
     where ${where}`;
  const hasValue = comparesValues ? "case when their_value is null then 0 else 1 end" : "1";
  const selects = [
    select(
      "theirs",
      "in_theirs and not in_ours",
      theirs,
      "no_rule",
      `coalesce(their_value, 0) as added, ${hasValue} as more`,
    ),
    select("ours", "in_ours and not in_theirs", ours, "not_in_their_list", "-value as added, -1 as more"),
    select(
      "both",
      `in_ours and in_theirs and not ${isSame}`,
      both,
      "other_value",
      "coalesce(their_value, 0) - value as added, case when their_value is null then -1 else 0 end as more",
    ),
    `select 'theirs' as side,
       case when their_rows.id is null then 'no_id' when their_rows.spelt <> theirs.spelt then 'respelt' else 'repeated' end as reason,
       null as detail, coalesce(their_rows.spelt, '') as id, null as ours, their_rows.value as theirs,
       null as refused_file, null as refused_line, coalesce(their_rows.value, 0) as added,
       ${comparesValues ? "case when their_rows.value is null then 0 else 1 end" : "1"} as more
     from their_rows left join theirs on theirs.id = their_rows.id
     where their_rows.id is null${list.isWhole ? " or their_rows.row_no <> theirs.row_no" : ""}`,
  ];
  await db.run(`create or replace temp table differences as ${selects.join("\nunion all\n")}`);
}

/** SQL of what the command line calls the period of a grain that a day lies in, as `nameOfPeriod` does. */
function periodNameSql(day: string, grain: Grain): string {
  const part = {
    month: `strftime(${day}, '-%m')`,
    quarter: `'-Q' || quarter(${day})`,
    half: `case when month(${day}) > 6 then '-H2' else '-H1' end`,
    year: "''",
  };
  return `year(${day}) || ${part[grain]}`;
}

/** Fills `staged` (id), their cases that the table has, and `ruled` (id, rule), the rule of the model that makes them none. */
async function findRules(db: DuckDBConnection, kpi: Kpi, { keys }: CaseList): Promise<void> {
  await db.run(
    "create or replace temp table staged as select distinct id from own_rows where id in (select id from wanted)",
  );
  await db.run("create or replace temp table ruled (id varchar, rule varchar)");
  for (const { sql, rules } of await filtersOf(db, `marts.${kpi.id}`, keys)) {
    const failing = rules.map(
      (rule, index) => `when not coalesce(rule_${index}, false) then ${literal(rule)}`,
    );
    await db.run(
      `insert into ruled
       select id, min(case ${failing.join(" ")} end) as rule from (${sql}) as filtered
       where id in (select id from judged where in_theirs and not is_held) and id in (select id from staged)
         and id not in (select id from ruled)
       group by id having min(case ${failing.join(" ")} end) is not null`,
    );
  }
}
