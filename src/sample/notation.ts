import type { Column } from "../contract/index.js";
import { literal } from "../engine/sql.js";
import type { Dice } from "./dice.js";

/** Amounts of money, which some systems export with a currency sign and thousands separators. */
const money = new Set(["revenue", "cost", "amount", "sales", "value_per_unit"]);

/**
 * SQL for a cell's text: canonical, or in a share of the rows in another notation that the contract accepts.
 * `row_index` and the column have to be in scope.
 */
export function notation(column: Column, table: string, drawn: Dice, variety: number): string {
  const plain = `${column.name}::varchar`;
  const other = otherNotation(column);
  if (variety === 0 || other === null) return plain;
  const draw = drawn.uniform("row_index", `notation ${table}.${column.name}`);
  return `(case when ${draw} < ${variety} then ${other} else ${plain} end)`;
}

/** SQL for the text as it stands between two commas: quoted where it has to be, empty for null. */
export function escaped(column: Column): string {
  const cell = `"${column.name}"`;
  const quoted = `'"' || replace(${cell}, '"', '""') || '"'`;
  const text = needsQuotes(column)
    ? `case when contains(${cell}, ',') or contains(${cell}, '"') then ${quoted} else ${cell} end`
    : cell;
  return `coalesce(${text}, '')`;
}

function needsQuotes(column: Column): boolean {
  return column.kind === "text" || column.kind === "open" || money.has(column.name);
}

function otherNotation(column: Column): string | null {
  const { name } = column;
  switch (column.kind) {
    case "open":
    case "enum": {
      if (!column.labels) return null;
      const labels = Object.entries(column.labels ?? {}).map(
        ([code, label]) => `when ${literal(code)} then ${literal(label)}`,
      );
      return `case ${name} ${labels.join(" ")} else ${name} end`;
    }
    case "decimal":
      return money.has(name)
        ? `(case when ${name} < 0 then '-' else '' end || '¥' || format('{:,.2f}', abs(${name})::double))`
        : `' ' || ${name}::varchar`;
    case "int":
      return `translate(${name}::varchar, '0123456789', '０１２３４５６７８９')`;
    case "date":
      return `strftime(${name}, '%Y/%-m/%-d')`;
    case "timestamp":
      return `strftime(${name}, '%Y-%m-%dT%H:%M:%S')`;
    case "bool":
      return `case when ${name} then '是' else '否' end`;
    default:
      return null;
  }
}
