import type { Kpi } from "../../catalogue/kpis.js";

/** The most that `min_cell` can ask for: a sketch of 64 bits tells more people from as many only seldom. */
export const mostTold = 20;

/** The columns of a case that name whom it tells of, the first that the model has. */
const columnsOf: Record<Exclude<Kpi["contributors"], "none">, readonly string[]> = {
  customers: ["customer_id"],
  employees: ["employee_id", "employee"],
  leads: ["lead_id"],
};

/**
 * SQL for the bit that stands for whom a case tells of. `bit_or` of many has as many bits as there are different people, or
 * fewer where two share one: never more, and so does the union of any cells. A case whose customer nobody recorded
 * counts by itself; one that the model says nothing of has the same bit as all such.
 * @param columns column of the model → SQL
 * @returns undefined for a KPI that tells of nobody
 */
export function contributorBit(kpi: Kpi, columns: ReadonlyMap<string, string>): string | undefined {
  const who = contributorOf(kpi, columns);
  return who && `contributor_bit(${who})`;
}

/** SQL for the id of whom a case tells of, which its bit follows from. */
export function contributorOf(kpi: Kpi, columns: ReadonlyMap<string, string>): string | undefined {
  if (kpi.contributors === "none") return undefined;
  const names = columnsOf[kpi.contributors];
  const own = [...columns.keys()].find((name) => name.endsWith("_id") && !names.includes(name));
  const found = [names.find((name) => columns.has(name)), own].flatMap((name) =>
    name === undefined ? [] : [`cast(${columns.get(name)} as varchar)`],
  );
  return `coalesce(${[...found, "''"].join(", ")})`;
}

/** SQL condition of a row that is a case of its cell. */
export const isCase = (numerator: string, denominator: string) =>
  `(coalesce(${numerator}, 0) <> 0 or coalesce(${denominator}, 0) <> 0)`;
