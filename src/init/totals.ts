import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import { namedBy } from "./lexicon/named.js";
import type { Profile } from "./profile.js";
import type { Guessed } from "./refine.js";
import { isActive } from "./tableGuess.js";

/** So many orders of several lines have to show it. */
const fewestOrders = 5;

/**
 * Takes no amount for a line's that stands alike in all lines of an order: it is the order's, and would be counted once a line. Another
 * column of the file that is headed as an amount and differs from line to line is read in its place.
 */
export async function refineTotals(db: DuckDBConnection, all: readonly Guessed[]): Promise<void> {
  for (const each of all.filter(({ guess }) => guess.table === "orders")) {
    const { raw, guess } = each;
    refineGross(each);
    const order = guess.columns.find(({ column }) => column === "order_id")?.source;
    if (!order) continue;
    for (const name of ["revenue", "cost"]) {
      const found = guess.columns.find(({ column }) => column === name);
      if (!found?.source || !isActive(found)) continue;
      const share = await sameShare(db, raw.relation, order, found.source);
      if (share === undefined || share < 0.95) continue;
      const other = await lineAmount(db, each, name, order);
      if (other !== undefined) {
        found.source = other;
        found.certainty = "likely";
        found.reasons = [told("init.headingLike"), told("init.lineAmount")];
        continue;
      }
      found.certainty = "unsure";
      found.reasons.push(told("init.orderTotal", { share: `${Math.floor(share * 100)} %` }));
    }
  }
}

/** A total beside columns of taxes or freight has them in it; a subtotal has not. */
function refineGross({ guess, raw, headings, profiles }: Guessed): void {
  const found = guess.columns.find(({ column }) => column === "revenue");
  const meansOf = (title: string) => headings.get(title)?.readings.map(({ means }) => means) ?? [];
  const isTotal = (title: string) =>
    /total|gesamt|总[额计价]|合计/i.test(title) &&
    !meansOf(title).some((means) => means.has("net") || means.has("subtotal"));
  if (!found?.source || !isActive(found) || found.named?.certainty === 2 || !isTotal(found.source)) return;
  const besides = raw.columns.filter((title) => {
    const filled = profiles.get(title)?.filled ?? 0;
    return (
      filled > 0 &&
      meansOf(title).some((means) => means.has("tax") || means.has("shipped")) &&
      isAmount(profiles.get(title))
    );
  });
  if (besides.length === 0) return;
  const used = new Set(guess.columns.map(({ source }) => source));
  const nets = raw.columns.filter(
    (title) =>
      !used.has(title) &&
      isAmount(profiles.get(title)) &&
      meansOf(title).some((means) => means.has("net") || means.has("subtotal")),
  );
  const [net] = nets;
  if (nets.length === 1 && net !== undefined) {
    found.source = net;
    found.certainty = "likely";
    found.reasons = [told("init.headingLike"), told("init.netOfTotal", { columns: besides })];
    return;
  }
  found.certainty = "unsure";
  found.reasons.push(told("init.grossTotal", { columns: besides }));
}

const isAmount = (profile: Profile | undefined): boolean =>
  profile !== undefined &&
  profile.filled > 0 &&
  Math.max(profile.point, profile.comma) >= profile.filled * 0.98;

/** The one column that nothing is read from, may be headed so, and differs from line to line. */
async function lineAmount(
  db: DuckDBConnection,
  { raw, guess, headings, profiles }: Guessed,
  name: string,
  order: string,
): Promise<string | undefined> {
  const used = new Set(guess.columns.map(({ source }) => source));
  const others: string[] = [];
  for (const column of raw.columns.filter((each) => !used.has(each))) {
    const [heading, profile] = [headings.get(column), profiles.get(column)];
    if (!heading || !profile || Math.max(profile.point, profile.comma) < profile.filled * 0.98) continue;
    if (!namedBy(heading, "orders").some((named) => named.column === name && named.certainty > 0)) continue;
    const share = await sameShare(db, raw.relation, order, column);
    if (share !== undefined && share < 0.5) others.push(column);
  }
  return others.length === 1 ? others[0] : undefined;
}

/** Of the orders with several lines, the share in whose lines a cell is the same; undefined where there are few. */
async function sameShare(
  db: DuckDBConnection,
  relation: string,
  order: string,
  column: string,
): Promise<number | undefined> {
  const reader = await db.runAndReadAll(`
    select count(*), avg(case when kinds = 1 then 1 else 0 end) from (
      select count(*) as lines, count(distinct ${quoted(column)}) as kinds from ${relation} group by ${quoted(order)}
    ) where lines > 1`);
  return Number(reader.value(0, 0)) < fewestOrders ? undefined : Number(reader.value(1, 0));
}
