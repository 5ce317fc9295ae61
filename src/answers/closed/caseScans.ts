import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kpi } from "../../catalogue/kpis.js";
import { quoted } from "../../engine/sql.js";
import { teamHolder } from "../../kpi/request.js";
import { type CaseSource, caseSource } from "../../warehouse/cube/source.js";
import { viewTree } from "../reconcile/modelTree.js";
import { closedDimensions, type Numbered } from "./asked.js";
import { keyOf, placedIn, placing } from "./cases.js";

/** Runs work in which a build's relations are found under their own names. */
export type Within = <T>(work: () => Promise<T>) => Promise<T>;

export const sides = ["older", "newer"] as const;
export type Side = (typeof sides)[number];

/** A KPI in both builds, as the catalogue of each has it. */
export interface OfBoth extends Record<Side, Kpi> {
  periods: readonly Numbered[];
}

/** A KPI of a scan: its columns and its condition, by the names that they have among those of the scan. */
interface Scanned {
  of: OfBoth;
  key: readonly string[];
  columns: ReadonlyMap<string, string>;
  isCase: string | undefined;
}

/** KPIs whose cases are rows of one relation, which one look through it tells apart. */
export interface CaseScan {
  kpis: readonly Scanned[];
  /** SQL for the rows of a build that are a case of any of the KPIs, with the columns of all. */
  sql: Readonly<Record<Side, string>>;
  columns: readonly string[];
  /** The columns by which a row is found, and which say in which periods it lies. */
  places: readonly string[];
}

type Sources = Record<Side, CaseSource>;

/** Puts KPIs together whose cases are rows of one relation, known by the same key. */
export async function caseScans(
  db: DuckDBConnection,
  all: readonly OfBoth[],
  within: Readonly<Record<Side, Within>>,
): Promise<CaseScan[]> {
  const groups = new Map<string, { of: OfBoth; key: string[]; sources: Sources }[]>();
  for (const of of all) {
    const key = await keyOf(db, of.newer);
    const sources = {
      older: await within.older(() => sourceOf(db, of.older)),
      newer: await within.newer(() => sourceOf(db, of.newer)),
    };
    const named = sides.map((side) => {
      const { from, columns } = sources[side];
      return [from, ...key.map((name) => columns.get(name))];
    });
    const group = JSON.stringify([named, key]);
    groups.set(group, [...(groups.get(group) ?? []), { of, key, sources }]);
  }
  return [...groups.values()].map(scanOf);
}

/** The same scan of one KPI alone. */
export async function alone(
  db: DuckDBConnection,
  { kpis }: CaseScan,
  within: Readonly<Record<Side, Within>>,
): Promise<CaseScan[]> {
  const scans: CaseScan[] = [];
  for (const { of } of kpis) for (const scan of await caseScans(db, [of], within)) scans.push(scan);
  return scans;
}

function scanOf(group: readonly { of: OfBoth; key: string[]; sources: Sources }[]): CaseScan {
  const names = new Map<string, string>();
  const items: Record<Side, string>[] = [];
  const nameOf = (item: Record<Side, string>) => {
    const key = JSON.stringify(item);
    const name = names.get(key) ?? `c_${items.length}`;
    if (!names.has(key)) items.push(item);
    names.set(key, name);
    return name;
  };
  const both = (make: (side: Side) => string) => ({ older: make("older"), newer: make("newer") });
  const joins = new Map<string, string>();
  const teamsOf = (holder: Record<Side, string>) => {
    const key = JSON.stringify(holder);
    const alias = joins.get(key) ?? `teams_${joins.size}`;
    joins.set(key, alias);
    return both(() => `${alias}.team`);
  };
  const kpis = group.map(({ of, key, sources }): Scanned => {
    const columnOf = (name: string) => both((side) => sources[side].columns.get(name) ?? "null");
    const isCase = both((side) => sources[side].where ?? "true");
    const ofCase = (name: string) =>
      both((side) => {
        const sql = columnOf(name)[side];
        return sources[side].where === undefined ? sql : `case when ${isCase[side]} then ${sql} end`;
      });
    const holder = teamHolder(of.newer);
    const dimensions = closedDimensions(of.newer).filter((name) => !(holder && name === "team"));
    const columns = new Map<string, string>();
    for (const name of [...key, ...placing(of.newer), ...dimensions])
      columns.set(name, nameOf(columnOf(name)));
    for (const name of ["numerator", "denominator"]) columns.set(name, nameOf(ofCase(name)));
    if (holder) nameOf(teamsOf(columnOf(holder)));
    const isAlways = sides.every((side) => sources[side].where === undefined);
    return { of, key, columns, isCase: isAlways ? undefined : nameOf(isCase) };
  });
  const sql = both((side) => {
    const from = [
      group[0]?.sources[side].from,
      ...[...joins].map(
        ([holder, alias]) =>
          `left join intermediate.known_employees as ${alias} on ${alias}.employee_id = ${JSON.parse(holder)[side]}`,
      ),
    ];
    const conditions = kpis.map(({ of, columns, isCase }) => {
      const placed = placedIn(of[side], of.periods, (name) => columns.get(name) ?? "null");
      return isCase === undefined ? placed : `(${isCase} and ${placed})`;
    });
    return `
      select * from (select ${items.map((item, at) => `${item[side]} as c_${at}`).join(", ")} from ${from.join(" ")})
      where ${[...new Set(conditions)].join(" or ")}`;
  });
  const placesOf = ({ of, key, columns }: Scanned) =>
    [...key, ...placing(of.newer)].map((name) => columns.get(name) ?? "null");
  return {
    kpis,
    sql,
    columns: items.map((_, at) => `c_${at}`),
    places: [...new Set(kpis.flatMap(placesOf))],
  };
}

/** SQL for the cases of a KPI among the rows of its scan that a table holds. */
export function casesAmong({ columns, isCase }: Scanned, table: string): string {
  const items = [...columns].map(([name, own]) => `${own} as ${quoted(name)}`);
  return `(select ${items.join(", ")} from ${table}${isCase === undefined ? "" : ` where ${isCase}`})`;
}

/** Where a build has the cases of a KPI: of a model that chooses rows of one relation, and adds their customers, that relation. */
async function sourceOf(db: DuckDBConnection, kpi: Kpi): Promise<CaseSource> {
  const relation = `marts.${kpi.id}`;
  const tree = await viewTree(db, relation);
  return caseSource(db, kpi, { relation, tree: tree ?? {} });
}
