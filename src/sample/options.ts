import {
  type Column,
  columnsOf,
  contract,
  type Table,
  type TableName,
  tableNames,
} from "../contract/index.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

/** What `sample` may be asked for; sizes that are not given follow from customers × months. */
export interface SampleOptions {
  customers?: number;
  months?: number;
  seed?: number;
  /** Share of rows that get a planted fault, 0 to 0.5. */
  dirt?: number;
  /** Share of cells written in another notation that the contract accepts (labels, `¥1,234.50`, `2026/3/5`), 0 to 1. */
  variety?: number;
  tickets?: number;
  orders?: number;
  answers?: number;
  contacts?: number;
  /** Default: one for a hundred customers, at least 36. */
  employees?: number;
  /** Write only these tables; all of them when absent. */
  tables?: readonly string[];
  threads?: number;
  /** Tables that an earlier sample wrote into the same folder and that stay. */
  beside?: readonly string[];
}

/** Everything decided: what the generator's SQL is written from. */
export interface SamplePlan {
  customers: number;
  months: number;
  seed: number;
  dirt: number;
  variety: number;
  tickets: number;
  orders: number;
  answers: number;
  contacts: number;
  employees: number;
  tables: readonly string[] | null;
  beside: readonly string[];
}

/** The tables of a sample: those of the contract that come from extracts; the invented company sells no subscriptions. */
export const sampleTables: readonly string[] = tableNames.filter(
  (name) => !(contract[name] as Table).managed && name !== "contracts",
);

/** The columns a table of the sample has: all but the currency, which is the settings' throughout. */
export const sampleColumnsOf = (table: TableName): Column[] =>
  columnsOf(table).filter(({ name }) => name !== "currency");

/** First day after the extract; every generated company closes its books here. */
export const extractEnd = "2026-07-01";

/** The options of the committed sample in `data/sample`. */
export const committedSample = { customers: 500, months: 30, seed: 56, dirt: 0.01 } as const;

/**
 * Settle the sizes of a sample.
 *
 * @throws CliError (exit 2) for a size that is not a whole number in range, or an unknown table
 */
export function planSample(options: SampleOptions): SamplePlan {
  const customers = whole("customers", options.customers ?? committedSample.customers, 20, 5_000_000);
  const unknown = options.tables?.find((name) => !sampleTables.includes(name));
  if (unknown !== undefined) {
    throw new CliError(told("sample.unknownTable", { table: unknown }), 2);
  }
  const months = whole("months", options.months ?? committedSample.months, 1, 240);
  const scaled = (name: "tickets" | "orders" | "answers" | "contacts", perCustomerMonth: number) =>
    whole(name, options[name] ?? Math.round(customers * months * perCustomerMonth), 1, 200_000_000);
  return {
    customers,
    months,
    seed: whole("seed", options.seed ?? committedSample.seed, 0, 2 ** 31),
    dirt: share("dirt", options.dirt ?? 0, 0.5),
    variety: share("variety", options.variety ?? 0.06, 1),
    tickets: scaled("tickets", 0.25),
    orders: scaled("orders", 0.18),
    answers: scaled("answers", 0.26),
    contacts: scaled("contacts", 0.2),
    employees: whole(
      "employees",
      options.employees ?? Math.max(36, Math.round(customers / 100)),
      36,
      100_000,
    ),
    tables: options.tables ?? null,
    beside: options.beside ?? [],
  };
}

function whole(name: string, value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new CliError(told("option.notWhole", { option: name, least, most, value }), 2);
  }
  return value;
}

function share(name: string, value: number, most: number): number {
  if (!(value >= 0 && value <= most))
    throw new CliError(told("option.outside", { option: name, most, value }), 2);
  return value;
}
