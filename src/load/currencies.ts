import type { DuckDBConnection } from "@duckdb/node-api";
import { type CatalogueSource, filesOf } from "../catalogue/cataloguePlace.js";
import { short } from "../catalogue/issueText.js";
import { localDayOf, primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, contract, type Table, type TableName, tableNames } from "../contract/index.js";
import { literal } from "../engine/sql.js";
import { CliError, fileFault } from "../run/error.js";
import { currencyCode, currencySigns } from "../words/currency.js";
import { told } from "../words/told.js";
import { rowKey, type WrittenOptions, writtenRows } from "./writtenRows.js";

const ratesFile = "exchange_rates.csv";

/** A table whose amounts may be in several currencies. */
interface MoneyTable {
  table: TableName;
  amounts: string[];
  /** The day whose month's rate holds. */
  day: string;
}

const moneyTables: readonly MoneyTable[] = tableNames.flatMap((table) => {
  const columns = columnsOf(table);
  if (!columns.some(({ name }) => name === "currency")) return [];
  const ownTime = columns.find(({ name }) => name === (contract[table] as Table).ownTime);
  const day = ownTime ? (localDayOf(ownTime) ?? ownTime.name) : "";
  const isAmount = new Set(["revenue", "cost", "amount", "monthly_value"]);
  return [{ table, day, amounts: columns.filter(({ name }) => isAmount.has(name)).map(({ name }) => name) }];
});

/**
 * Turns every amount into the currency of the settings, by the rate of its row's own month; a null currency is that of
 * the settings. Nothing is read twice where no row names another.
 * @throws CliError 2 naming a row of each currency where a month has no rate
 */
export async function convertCurrencies(
  db: DuckDBConnection,
  currency: string,
  catalogue: CatalogueSource,
  places: WrittenOptions,
): Promise<void> {
  const foreign: MoneyTable[] = [];
  for (const each of moneyTables) {
    const reader = await db.runAndReadAll(
      `select distinct currency from staging.${each.table} where currency is not null`,
    );
    const given = reader.getRowsJson().map(([text]) => String(text));
    if (given.every((text) => currencyCode(text) === currency)) continue;
    for (const text of given.filter((name) => currencyCode(name) !== name))
      await db.run(
        `update staging.${each.table} set currency = ${literal(currencyCode(text))} where currency = ${literal(text)}`,
      );
    foreign.push(each);
  }
  if (foreign.length === 0) return;
  await readRates(db, currency, catalogue);
  for (const { table, amounts, day } of foreign) {
    await requireRates(db, { table, amounts, day }, currency, places);
    const converted = amounts.map((name) => `${name} = cast(${name} * rates.rate as decimal(18, 4))`);
    await db.run(
      `update staging.${table} set ${converted.join(", ")} from config.exchange_rates as rates
       where rates.currency = ${table}.currency and ${table}.currency <> ${literal(currency)}
         and rates.month = date_trunc('month', ${table}.${day})`,
    );
  }
}

/** Fills `config.exchange_rates`: month, currency and how many units of the settings' currency one of it is. */
async function readRates(db: DuckDBConnection, own: string, catalogue: CatalogueSource): Promise<void> {
  await db.run("create schema if not exists config");
  await db.run("create table config.exchange_rates (month date, currency varchar, rate decimal(18, 8))");
  const found = filesOf(catalogue).find(ratesFile);
  if (!found) return;
  const [head = "", ...lines] = found.text.replace(/^\ufeff/, "").split(/\r?\n/);
  const columns = head.split(",").map((cell) => cell.trim().toLowerCase());
  const at = (name: string) => columns.indexOf(name);
  if (["month", "currency", "rate"].some((name) => at(name) < 0)) {
    const expected = "month,currency,rate";
    throw fileFault(`${found.file}:1`, "", told("rates.columns", { expected, found: short(head) }));
  }
  const seen = new Set<string>();
  const rows = lines.flatMap((line, index) => {
    if (line.trim() === "") return [];
    const cells = line.split(",").map((cell) => cell.trim());
    const [month = "", code = "", rate = ""] = [cells[at("month")], cells[at("currency")], cells[at("rate")]];
    const currency = currencyCode(code);
    const key = `${month.slice(0, 7)} ${currency}`;
    const isRight =
      /^\d{4}-(0[1-9]|1[0-2])(-01)?$/.test(month) &&
      /^[A-Z]{3}$/.test(currency) &&
      /^\d+(\.\d+)?$/.test(rate) &&
      Number(rate) > 0;
    if (!isRight || seen.has(key) || currency === own) {
      throw fileFault(`${found.file}:${index + 2}`, "", told("rates.row", { own, found: short(line) }));
    }
    seen.add(key);
    return [`(date '${month.slice(0, 7)}-01', ${literal(currency)}, ${rate})`];
  });
  if (rows.length > 0) await db.run(`insert into config.exchange_rates values ${rows.join(", ")}`);
}

/** Beyond so many rows a file is not read again to say on which line a currency stands. */
const mostForLines = 2_000_000;

async function requireRates(
  db: DuckDBConnection,
  { table, amounts, day }: MoneyTable,
  own: string,
  places: WrittenOptions,
): Promise<void> {
  const key = primaryKeyOf(table).map((name) => `cast(${table}.${name} as varchar)`);
  const reader = await db.runAndReadAll(`
    with
    amounts as (
      select coalesce(${table}.currency, ${literal(own)}) as code, strftime(${day}, '%Y-%m') as month,
        ${day} as on_day, to_json([${key.join(", ")}]) as key, rates.rate is null as lacks
      from staging.${table} left join config.exchange_rates as rates
        on rates.currency = ${table}.currency and rates.month = date_trunc('month', ${table}.${day})
      where ${amounts.map((name) => `${name} is not null`).join(" or ")}
    )
    select code, min(month), min_by(key, (not lacks, on_day, key)),
      code <> ${literal(own)} and bool_or(lacks) as is_lacking, max(month)
    from (select * from amounts where lacks) group by code order by min(on_day), code`);
  const rows = reader.getRowsJson();
  if (!rows.some(([, , , isLacking]) => isLacking)) return;
  const count = Number((await db.runAndReadAll(`select count(*) from staging.${table}`)).value(0, 0));
  const written = count > mostForLines ? undefined : await writtenRows(db, table, places);
  const named = rows.map(([code, first, key, isLacking, last]) => {
    const values = JSON.parse(String(key)) as string[];
    const row = written?.get(rowKey(values));
    const sign = currencySigns.find(([, of]) => of === code)?.[0] ?? "";
    const months = isLacking && last !== first ? `${first} – ${last}` : first;
    return `${sign}${sign ? " " : ""}${code} ${months} (${row ? `${row.file}:${row.line}` : values.join(" ")})`;
  });
  throw new CliError(
    told("rates.missing", { table, column: amounts[0] ?? "", own, file: ratesFile, rows: named }),
    2,
  );
}
