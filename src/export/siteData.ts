import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "@uwdata/flechette";
import { unknown } from "../catalogue/dimensions.js";
import { dataFolder } from "../publish/site/pagesRoot.js";
import { documents, type Published } from "../published/documents.js";
import type { ScopeCell } from "../published/packTypes.js";
import type { Build, Catalogue, Kpi } from "../published/siteTypes.js";
import { CliError } from "../run/error.js";
import { append } from "../statistics/extremes.js";
import { told } from "../words/told.js";

/** The data of a built site, as its pages read them. */
export interface SiteData {
  read<T>(document: Published<T>): T;
  build: Build;
  catalogue: Catalogue;
  /** The values of a dimension that KPIs are told apart by, in order. */
  valuesOf(dimension: string): string[];
  /** The cells of one of them. */
  cellsOf(dimension: string, value: string): ScopeCell[];
}

/**
 * Opens the data of a built site.
 * @throws CliError 1 where there are none
 */
export function siteData(dist: string): SiteData {
  const folder = join(dist, "_file", dataFolder);
  const read = <T>({ path }: Published<T>): T => JSON.parse(readFileSync(fileOf(folder, path), "utf8")) as T;
  const [build, catalogue] = [read(documents.build), read(documents.catalogue)];
  const known = new Map<string, Map<string, ScopeCell[]>>();
  const cells = (dimension: string) => {
    const found = known.get(dimension) ?? scopesOf(folder, catalogue.kpis, dimension);
    known.set(dimension, found);
    return found;
  };
  return {
    read,
    build,
    catalogue,
    valuesOf: (dimension) => [...cells(dimension).keys()].sort(),
    cellsOf: (dimension, value) => cells(dimension).get(value) ?? [],
  };
}

/**
 * A file of the data, which the site has under a name with a hash of its content.
 * @throws CliError 1 where there is none
 */
function fileOf(folder: string, path: string): string {
  const at = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  const [below, stem, extension] = [path.slice(0, at), path.slice(at, dot), path.slice(dot)];
  const names = namesOf(join(folder, below));
  const name = names.find(
    (each) =>
      each.startsWith(`${stem}.`) &&
      each.endsWith(extension) &&
      /^\.[0-9a-f]{8}\.\w+$/.test(each.slice(stem.length)),
  );
  if (name === undefined) throw new CliError(told("site.noData", { path: join(folder, path) }));
  return join(folder, below, name);
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    throw new CliError(told("site.noData", { path: folder }));
  }
}

/** The cells of every value of a dimension, of all KPIs whose cases it tells apart. */
function scopesOf(folder: string, kpis: readonly Kpi[], dimension: string): Map<string, ScopeCell[]> {
  const scopes = new Map<string, ScopeCell[]>();
  for (const kpi of kpis) {
    if (kpi.numerator_dimensions.includes(dimension)) continue;
    const { cross, single } = kpi.published;
    const path = cross.includes(dimension)
      ? `cube/${kpi.id}.arrow`
      : single.includes(dimension)
        ? `by/${kpi.id}.arrow`
        : null;
    if (path === null) continue;
    const table = tableFromIPC(readFileSync(fileOf(folder, path)));
    const column = (name: string) => table.getChild(name)?.toArray() as ArrayLike<unknown> | undefined;
    const [role, grain, start] = ["role", "grain", "period_start"].map(column);
    const isCross = cross.includes(dimension);
    const by = isCross ? undefined : column("by");
    const values = column(isCross ? dimension : "value");
    const others = isCross ? cross.filter((name) => name !== dimension).map(column) : [];
    const numbers = (["numerator", "denominator", "n", "sum_sq", "awaiting", "hidden"] as const).map(
      (name) => [name, column(name)] as const,
    );
    for (let row = 0; row < table.numRows; row += 1) {
      const value = values?.[row];
      const isOther = by ? by[row] !== dimension : others.some((other) => other?.[row] != null);
      if (value == null || value === unknown || isOther) continue;
      const cell = {
        kpi_id: kpi.id,
        role: role?.[row],
        grain: grain?.[row],
        period_start: String(start?.[row]),
        ...Object.fromEntries(
          numbers.map(([name, all]) => [name, Number.isFinite(all?.[row]) ? Number(all?.[row]) : 0]),
        ),
      } as ScopeCell;
      const own = scopes.get(String(value)) ?? [];
      append(own, [cell]);
      scopes.set(String(value), own);
    }
  }
  return scopes;
}
