import type { DuckDBConnection } from "@duckdb/node-api";
import { type Grain, periodOf } from "../../../src/kpi/periods.js";
import type { Language } from "../../../src/words/languages.js";
import { workbook } from "../../../src/words/languages.js";
import type { Published } from "../../publish/attack.js";
import { readWorkbook } from "../xlsx/readWorkbook.js";

/** A figure as a workbook shows it. */
export interface ShownFigure {
  kpi: string;
  grain: Grain;
  from: string;
  to: string;
  where: Record<string, string>;
  /** Null where it is hidden, or there is none. */
  value: number | null;
  n: number | null;
}

/** The figures of the sheets of KPIs and trends. */
export async function shownFigures(
  bytes: Uint8Array,
  { language, grain, where }: { language: Language; grain: Grain; where: Record<string, string> },
): Promise<ShownFigure[]> {
  const { columns, sheets: names } = workbook(language);
  const sheets = await readWorkbook(bytes);
  const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)?.rows ?? [];
  const ids = new Map(
    rowsOf(names.definitions).map((row) => [row[columns.kpi]?.value, String(row[columns.id]?.value)]),
  );
  return [...rowsOf(names.values), ...rowsOf(names.trends)].map((row) => {
    const day = new Date((Number(row[columns.period]?.value) - 25_569) * 86_400_000);
    const { start, end } = periodOf(day.toISOString().slice(0, 10), grain);
    const number = (head: string) => {
      const value = row[head]?.value;
      return typeof value === "number" ? value : null;
    };
    const kpi = ids.get(row[columns.kpi]?.value ?? null) ?? "";
    const [value, n] = [number(columns.value), number(columns.n)];
    return { kpi, grain, from: start, to: end, where, value, n };
  });
}

/** What was shown of a KPI in all that was handed out, for an attack: beside it the cases that it was made of. */
export async function publishedIn(
  db: DuckDBConnection,
  kpi: string,
  figures: readonly ShownFigure[],
): Promise<Published> {
  const reader = await db.runAndReadAll(`
    select strftime(case_on, '%Y-%m-%d') as day, cases.customer_id as customer,
      coalesce(customers.region, '(unknown)') as region, coalesce(employees.team, '(unknown)') as team
    from marts.${kpi} as cases
    left join intermediate.customers as customers on customers.customer_id = cases.customer_id
    left join intermediate.employees as employees on employees.employee_id = cases.agent
    where denominator is not null and denominator <> 0 order by all`);
  const rows = figures
    .filter((one) => one.kpi === kpi)
    .map((one) => ({ ...one, window: `period ${one.grain} ${one.from}`, hidden: one.n === null }));
  return {
    cases: reader.getRowObjectsJson() as unknown as Published["cases"],
    rows,
    windows: new Map(rows.map(({ window, from, to }) => [window, { from, to }])),
    isWhole: () => false,
    cross: ["region"],
    alone: ["team"],
  };
}
