import type { DuckDBConnection } from "@duckdb/node-api";
import { stagingColumns } from "../../contract/ddl.js";
import { quoted } from "../../engine/sql.js";
import { CliError } from "../../run/error.js";
import { told } from "../../words/told.js";
import { idOf } from "./caseId.js";
import type { CaseList, CasePart } from "./caseList.js";

/** The days of a table, and the instant of each that has one. */
export interface DayColumn {
  day: string;
  /** The contract's column. */
  name: string;
  isInstant: boolean;
}

/** The days that a case's row may be dated by; of rows of several tables each has its own. */
export const dayColumns = ({ parts: [part, ...more] }: CaseList): DayColumn[] =>
  part && more.length === 0 ? daysOf(part) : [];

function daysOf({ table }: Pick<CasePart, "table">): DayColumn[] {
  const columns = stagingColumns(table);
  return columns.flatMap(({ name, type }, index) => {
    if (type !== "DATE") return [];
    const before = columns[index - 1];
    const isInstant = before?.type === "TIMESTAMPTZ" && before.name.replace(/_at$/, "_on") === name;
    return [{ day: name, name: isInstant ? before.name : name, isInstant }];
  });
}

/** The contract's columns that ids are of. */
export const keyNames = ({ parts }: CaseList): string[] =>
  parts.flatMap(({ table, keys }) => keys.map((key) => `${table}.${key}`));

/**
 * Makes the temp view `own_rows`, the rows of the extracts that are cases or might be: `id`, what it is made of (`key_0 …`), the
 * day and the instant by which the KPI dates it (`happened_on`, `happened_at`), and its other days (`on_…`).
 * @throws CliError 2 where one id is of rows of several tables
 */
export async function viewOwnRows(db: DuckDBConnection, list: CaseList): Promise<void> {
  const days = dayColumns(list);
  const selects = list.parts.map((part) => {
    const keys = part.keys.map(quoted);
    const dated = daysOf(part).find(({ day }) => day === part.day);
    const columns = [
      `${idOf(keys)} as id`,
      ...keys.map((key, at) => `cast(${key} as varchar) as key_${at}`),
      `${dated ? quoted(dated.day) : "cast(null as date)"} as happened_on`,
      `${dated?.isInstant ? quoted(dated.name) : "cast(null as timestamptz)"} as happened_at`,
      ...days.map(({ day }) => `${quoted(day)} as ${quoted(`on_${day}`)}`),
    ];
    return `select ${columns.join(", ")} from staging.${quoted(part.table)} where ${keys.map((key) => `${key} is not null`).join(" and ")}`;
  });
  await db.run(`create or replace temp view own_rows as ${selects.join(" union all ")}`);
  const [one, ...others] = list.parts;
  for (const other of one ? others : []) {
    const ids = [one, other].map(
      (part) =>
        `(select ${idOf((part?.keys ?? []).map(quoted))} as id from staging.${quoted(part?.table ?? "")})`,
    );
    const reader = await db.runAndReadAll(
      `select one.id from ${ids[0]} as one inner join ${ids[1]} as other on other.id = one.id order by 1 limit 1`,
    );
    const [shared] = reader.getRows();
    if (shared)
      throw new CliError(told("reconcile.sameIds", { keys: keyNames(list), id: String(shared[0]) }), 2);
  }
}
