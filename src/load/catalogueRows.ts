import type { DuckDBConnection } from "@duckdb/node-api";
import { fileFault } from "../run/error.js";
import { ruleText } from "../words/checkText.js";
import { catalogSource } from "./plan.js";

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
    `select file, line, cast(violations as varchar) from quarantine.rows where source = $source
     order by file, line`,
    { source: catalogSource },
  );
  const [first, ...others] = reader.getRowsJson();
  if (!first) return;
  const [file, line, violations] = first.map(String);
  const [violation] = JSON.parse(violations ?? "[]") as Violation[];
  if (!violation) return;
  const { column, value, rule, expected } = violation;
  const more = others.length;
  const enParts = [
    `line ${line}`,
    column,
    `${withoutLimit(ruleText(rule, "en"))}${expected ? ` (${expected})` : ""}${more > 0 ? ` (and ${more} more rows)` : ""}`,
    value ?? "nothing",
  ];
  const allowed = /^expected one of (.*)$/s.exec(expected ?? "")?.[1];
  const zhParts = [
    `第 ${line} 行`,
    column,
    `${withoutLimit(ruleText(rule, "zh-CN"))}${allowed ? `（允许：${allowed.replaceAll(", ", "、").replaceAll(" (", "（").replaceAll(")", "）")}）` : ""}${more > 0 ? `（另有 ${more} 行）` : ""}`,
    value ?? "空",
  ];
  throw fileFault(file ?? "", "", {
    en: enParts.filter(Boolean).join(": "),
    zh: zhParts.filter(Boolean).join("："),
  });
}

/** What a rule says, without whether the row counts against a limit: of the catalogue none may be refused. */
const withoutLimit = (text: string) => text.split(/[;；]/)[0] ?? text;
