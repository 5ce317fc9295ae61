import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import { inSimplified } from "./lexicon/characters.js";
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

/** A total, what an order comes to or what was paid for it has in it what stands beside it of taxes or freight; a subtotal has not. */
function refineGross({ guess, raw, headings, profiles }: Guessed): void {
  const found = guess.columns.find(({ column }) => column === "revenue");
  const meansOf = (title: string) => headings.get(title)?.readings.map(({ means }) => means) ?? [];
  const says = (title: string, ...some: readonly string[]) =>
    meansOf(title).some((means) => some.some((each) => means.has(each)));
  const isTotal = (title: string) =>
    (totals.test(inSimplified(title)) || says(title, "gross")) &&
    !says(title, "net", "subtotal", "product", "line");
  if (!found?.source || !isActive(found) || !isTotal(found.source)) return;
  const isBeside = (title: string) =>
    (says(title, "tax", "shipped", "freight") || freight.test(inSimplified(title))) &&
    !says(title, "quantity", "id", "net", "product") &&
    !numbersOfTaxes.test(inSimplified(title));
  const besides = raw.columns.filter(
    (title) => title !== found.source && isBeside(title) && isAmount(profiles.get(title)),
  );
  if (besides.length === 0) return;
  const used = new Set(guess.columns.map(({ source }) => source));
  const nets = raw.columns.filter(
    (title) => !used.has(title) && isAmount(profiles.get(title)) && isNet(title, says),
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

/** What an order comes to, or what was paid for it. */
const totals =
  /total|gesamt|summe|montant|总[额计价金]|合计|总金额|订单[^商产货]*(?:金额|额|价|款)|(?:实付|实收|应付|应收|支付|付款|收款|到账)|(?:order|invoice|paid|payment|charged)[ _-]*(?:amount|value|sum)?|amount[ _-]*paid|bezahlt|gezahlt|zahlbetrag|auftragswert|payé/iu;

const freight =
  /freight|fracht|versand|porto|postage|shipping|delivery[ _-]*(?:fee|cost|charge)s?|liefer(?:kosten|gebühr)|frais.{1,4}(?:port|livraison|envoi)|(?:运|邮|快递|配送|物流|送货|运输)费|(?<!\p{L})(?:tax|vat|gst|mwst|ust|tva|iva)(?!\p{L})|税额|税金|送料/iu;

/** Those by which authorities know a company, and shares of an amount. */
const numbersOfTaxes = /号|信用代码|统编|(?<!\p{L})(?:id|no|nr|number|nummer|rate|satz)(?!\p{L})|税率|%/iu;

/** What the goods come to: a net sum or a subtotal, or of the goods what was paid or is due. */
const isNet = (title: string, says: (title: string, ...some: readonly string[]) => boolean): boolean =>
  says(title, "net", "subtotal") ||
  /(?:商品|货品|产品|货款|明细)[^单]*(?:实付|实收|应付|成交)[^单]*(?:金额|额|款)/u.test(inSimplified(title));

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
