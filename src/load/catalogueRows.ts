import type { DuckDBConnection } from "@duckdb/node-api";
import { columnsOf } from "../contract/index.js";
import { fileFault } from "../run/error.js";
import { told } from "../words/told.js";
import { moreRows } from "./managedTables.js";
import { catalogSource } from "./plan.js";
import { ruleTold } from "./reasons.js";
import { isTableName } from "./sourcesYaml.js";

interface Violation {
  column: string | null;
  value: string | null;
  rule: string;
  expected: string | null;
}

/**
 * Refuses what the catalogue's tables hold in rows that break the contract. A row of an extract may be put aside; one
 * that the KPI team wrote is a decision that would silently not be in force.
 * @throws CliError 2 naming file, line, column, what was found and what was expected
 */
export async function refuseBrokenRows(db: DuckDBConnection): Promise<void> {
  const reader = await db.runAndReadAll(
    `select file, line, cast(violations as varchar), table_name from quarantine.rows where source = $source
     order by file, line`,
    { source: catalogSource },
  );
  const [first, ...others] = reader.getRowsJson();
  if (!first) return;
  const [file, line, violations, table] = first.map(String);
  const [violation] = JSON.parse(violations ?? "[]") as Violation[];
  if (!violation) return;
  const { column, value, rule, expected } = violation;
  const says = rule === "subtotal" ? told("rule.sumOfRows") : (ruleTold(rule, expected ?? "") ?? rule);
  const labels = Object.entries(mappedColumn(table ?? "", column)?.labels ?? {});
  const allowed =
    rule === "enum" ? labels.map(([code, label]) => told("code.labelled", { code, label })) : [];
  const why = told("row.why", { says, expected: expected ?? "", allowed, more: moreRows(others.length) });
  const parts = [told("row.line", { line: line ?? "" }), column ?? "", why, value ?? told("value.nothing")];
  throw fileFault(file ?? "", "", told("row.refused", { parts: parts.filter((part) => part !== "") }));
}

const mappedColumn = (table: string, column: string | null) =>
  isTableName(table) ? columnsOf(table).find(({ name }) => name === column) : undefined;
