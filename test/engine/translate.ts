import { Dialect, transpile } from "@polyglot-sql/sdk";
import { expandMacros } from "../../src/engine/dialect/macros.js";

/** The engines beside DuckDB whose SQL the models are translated to. */
export const dialects = { trino: Dialect.Trino, spark: Dialect.Spark } as const;
export type DialectName = keyof typeof dialects;

/**
 * One statement of DuckDB's in the words of another engine.
 * @throws when the transpiler does not know the statement
 */
export function translate(sql: string, dialect: DialectName): string {
  const { success, error, sql: found } = transpile(sql, Dialect.DuckDB, dialects[dialect]);
  const [text, ...more] = found ?? [];
  if (!success || text === undefined || more.length > 0)
    throw new Error(`${dialect}: ${error ?? "no statement"}: ${sql}`);
  return expandMacros(text.replaceAll(/\/\*[\s\S]*?\*\//g, "").trim(), dialect);
}
