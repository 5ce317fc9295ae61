import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../../engine/sql.js";
import { told } from "../../words/told.js";
import type { Guessed } from "../refine.js";
import { type ColumnGuess, isActive } from "../tableGuess.js";

/**
 * Of order lines the column headed `Item` is often their number within the order, 10, 20, 30, and another column the product: told by
 * cells that begin at 1 or 10 in nearly every order and never stand twice in one.
 */
export async function refineLines(db: DuckDBConnection, all: readonly Guessed[]): Promise<void> {
  for (const { raw, guess, profiles } of all) {
    if (guess.table !== "orders") continue;
    const found = (name: string) => guess.columns.find(({ column }) => column === name);
    const [order, line, product] = [found("order_id"), found("line_no"), found("product_id")];
    if (!order?.source || !product?.source || !isActive(product) || line?.source) continue;
    const profile = profiles.get(product.source);
    if (!profile || profile.whole < profile.filled) continue;
    if (!(await areNumbers(db, raw.relation, order.source, product.source))) continue;
    const number: ColumnGuess = {
      column: "line_no",
      source: product.source,
      certainty: "likely",
      reasons: [told("init.lineNumbers")],
    };
    const others = guess.columns.filter((each) => each !== line && each !== product);
    const rival = product.rival === undefined ? undefined : profiles.get(product.rival);
    const own: ColumnGuess[] =
      rival && product.rival !== undefined
        ? [
            {
              column: "product_id",
              source: product.rival,
              certainty: "likely",
              reasons: [told("init.headingLike")],
            },
          ]
        : [];
    guess.columns = [...others, number, ...own];
  }
}

async function areNumbers(db: DuckDBConnection, relation: string, order: string, number: string) {
  const reader = await db.runAndReadAll(`
    select avg((least_number in (1, 10) and times = different)::int) from (
      select min(try_cast(${quoted(number)} as bigint)) as least_number, count(*) as times, count(distinct ${quoted(number)}) as different
      from ${relation} where ${quoted(order)} is not null group by ${quoted(order)}
    )`);
  return Number(reader.value(0, 0) ?? 0) >= 0.95;
}
