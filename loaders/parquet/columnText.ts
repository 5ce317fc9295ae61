import { quoted } from "../../src/engine/sql.js";

/** A column of a Parquet file. */
export interface ParquetColumn {
  name: string;
  /** As DuckDB names it. */
  type: string;
  /** All its times are midnights: days, of a program that has no days. */
  isOfDays: boolean;
}

/**
 * SQL for a column's cells as the texts that a CSV of them would have: times with a zone in UTC with its offset, what is
 * nested as JSON, bytes that nobody has called text as text where they are, and of a floating-point number all its digits.
 */
export function columnText({ name: column, type, isOfDays }: ParquetColumn): string {
  const name = quoted(column);
  const text = `cast(${name} as VARCHAR)`;
  if (isNested(type)) return `cast(to_json(${name}) as VARCHAR)`;
  if (isTime(type) && isOfDays) return `cast(cast(${name} as DATE) as VARCHAR)`;
  if (type === "TIMESTAMP WITH TIME ZONE") return `cast(${name} at time zone 'UTC' as VARCHAR) || '+00:00'`;
  if (type === "BLOB") return `coalesce(try(decode(${name})), ${text})`;
  return isFloat(type) ? floatText(name, text) : text;
}

export const isNested = (type: string) => /^(STRUCT|MAP|UNION)\(|\]$/.test(type);
export const isFloat = (type: string) => type === "DOUBLE" || type === "FLOAT";
/** A time without a zone. */
export const isTime = (type: string) => /^TIMESTAMP(_(S|MS|NS))?$/.test(type);

/** 1500.0 is the 1500 that it was before a program without whole numbers wrote it, 1e-05 is 0.00001. */
function floatText(name: string, text: string): string {
  const isSmall = `abs(${name}) < 1e17`;
  return `case when ${isSmall} and ${name} = trunc(${name}) then cast(cast(${name} as BIGINT) as VARCHAR)
    when ${isSmall} and contains(${text}, 'e') then rtrim(cast(cast(${name} as DECIMAL(38, 20)) as VARCHAR), '0')
    else ${text} end`;
}
