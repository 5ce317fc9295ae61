import { columnsOf, type TableName, tableNames } from "../../src/contract/index.js";
import { quoted } from "../../src/engine/sql.js";
import { type Told, told } from "../../src/words/told.js";
import { type Calls, timeCalls } from "./calls.js";
import type { Feed, Preset } from "./preset.js";
import { type Extracts, Scope, survivorsSql } from "./scope.js";

/** How one raw table feeds a contract table: as `sources.yaml` would say it. */
export interface PresetMapping {
  table: TableName;
  from: string;
  columns?: Record<string, string>;
  where?: string;
  /** In the place of `columns` and `where`, where something is looked up in other raw tables. */
  select?: string;
  values?: Record<string, Record<string, string>>;
  date_formats?: string[];
}

/** Records that the CRM no longer has as such: SQL over the raw tables. */
export interface Gone {
  table: TableName;
  /** The count of deleted ones. */
  deleted?: string;
  /** `gone` and `survivor` of each that was merged. */
  merged?: string;
}

export interface Resolved {
  mappings: PresetMapping[];
  gone: Gone[];
  told: Told[];
  /** Of tables whose rows are there: required columns that the extract has no field for. */
  lacking: { table: TableName; part: string; columns: string[]; fields: string[] }[];
}

/** What a user's `tables` says of a table that a preset feeds. */
export interface Given {
  from?: string | undefined;
  columns?: Readonly<Record<string, string>> | undefined;
  where?: string | undefined;
  values?: Readonly<Record<string, Readonly<Record<string, string>>>> | undefined;
}

export interface Circumstances {
  /** The company's zone. */
  zone: string;
  /** Times without an offset are in UTC: nothing else was said of the source. */
  isUtc: boolean;
  now: Date;
  given?: Partial<Record<TableName, Given>>;
}

/**
 * What a preset makes of the extracts that are there. Columns whose fields they lack are left out and told; a required one
 * is listed as `lacking`. What the user gives goes before.
 */
export function resolvePreset(preset: Preset, extracts: Extracts, circumstances: Circumstances): Resolved {
  const calls = timeCalls(circumstances);
  const resolved: Resolved = { mappings: [], gone: [], told: [], lacking: [] };
  for (const table of tableNames) {
    const given = circumstances.given?.[table] ?? {};
    for (const feed of preset.feeds[table] ?? []) {
      const extract = extracts.get(feed.object);
      if (!extract || (feed.unless !== undefined && extracts.has(feed.unless))) continue;
      if (given.from !== undefined && given.from !== extract.part) continue;
      if (feed.needs !== undefined && !extracts.has(feed.needs)) {
        const name = preset.objects[feed.needs]?.names[0] ?? feed.needs;
        resolved.told.push(told("preset.needs", { part: extract.part, table, needs: name }));
        continue;
      }
      addFeed(resolved, { preset, extracts, calls, table, feed, given });
    }
  }
  return resolved;
}

interface Feeding {
  preset: Preset;
  extracts: Extracts;
  calls: Calls;
  table: TableName;
  feed: Feed;
  given: Given;
}

function addFeed(resolved: Resolved, { preset, extracts, calls, table, feed, given }: Feeding): void {
  const scope = new Scope(preset, extracts, feed.object, feed.joins ?? {}, calls);
  const { part, header, ids } = scope.own;
  if (feed.only !== undefined && given.where === undefined) {
    const [needs] = scope.lacking(feed.only);
    if (needs !== undefined) {
      resolved.told.push(told("preset.needs", { part, table, needs }));
      return;
    }
  }
  const columns: Record<string, string> = {};
  const absent: string[] = [];
  for (const [name, templates] of Object.entries(feed.columns)) {
    if (given.columns?.[name] !== undefined) continue;
    const sql = scope.sql(templates);
    if (sql === undefined) absent.push(name);
    else columns[name] = sql;
  }
  const asColumn = (name: string, text: string) => {
    const column = header.find((each) => each.trim().toLowerCase() === text.trim().toLowerCase());
    if (column === undefined) return text;
    return ids && name.endsWith("_id") ? ids(quoted(column)) : quoted(column);
  };
  for (const [name, text] of Object.entries(given.columns ?? {})) columns[name] = asColumn(name, text);
  const missing = columnsOf(table).filter(({ name, required }) => required && columns[name] === undefined);
  if (missing.length > 0) {
    resolved.lacking.push({
      table,
      part,
      columns: missing.map(({ name }) => name),
      fields: missing.flatMap(({ name }) => scope.lacking([feed.columns[name] ?? ""].flat()[0] ?? "")),
    });
    return;
  }
  const left = absent.filter((name) => name !== "updated_at");
  if (left.length > 0) resolved.told.push(told("preset.leftOut", { part, table, columns: left }));
  const deleted = feed.deleted === undefined ? undefined : scope.sql(feed.deleted);
  const own = [...(feed.only === undefined ? [] : [feed.only]), ...(feed.where ?? [])];
  const chosen = given.where === undefined ? own : own.filter(isOfMerges);
  const conditions = [
    ...(deleted === undefined ? [] : [`not (${deleted})`]),
    ...chosen.flatMap((condition) => {
      const sql = scope.sql(condition);
      return sql === undefined ? [] : [`coalesce(${sql}, true)`];
    }),
    ...(given.where === undefined ? [] : [`(${given.where}\n)`]),
  ];
  const values = mergedWords(feed.values, given.values);
  const common = {
    table,
    from: part,
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(preset.dateFormats ? { date_formats: [...preset.dateFormats] } : {}),
  };
  const where = conditions.join("\nand ");
  if (scope.isPlain && !feed.groupBy)
    resolved.mappings.push({ ...common, columns, ...(where === "" ? {} : { where }) });
  else {
    const items = Object.entries(columns).map(([name, sql]) => `${sql} as ${quoted(name)}`);
    const groups = (feed.groupBy ?? []).map((name) => columns[name] ?? name);
    resolved.mappings.push({
      ...common,
      select: [
        `select ${items.join(",\n")}`,
        `from ${scope.fromSql()}`,
        ...(where === "" ? [] : [`where ${where}`]),
        ...(groups.length > 0 ? [`group by ${groups.join(", ")}`] : []),
      ].join("\n"),
    });
  }
  resolved.gone.push(goneOf({ preset, extracts, calls, table, feed, given }));
}

/** Conditions that leave merged records out stay, whatever the user asks for. */
const isOfMerges = (condition: string) => /merged|MasterRecordId/.test(condition);

function mergedWords(
  preset: Feed["values"] = {},
  given: Given["values"] = {},
): Record<string, Record<string, string>> {
  const names = [...new Set([...Object.keys(preset), ...Object.keys(given)])];
  return Object.fromEntries(names.map((name) => [name, { ...preset[name], ...given[name] }]));
}

function goneOf({ preset, extracts, calls, table, feed }: Feeding): Gone {
  const merges = preset.merges?.[feed.object];
  const merged = merges && survivorsSql(merges, extracts);
  const scope = new Scope(preset, extracts, feed.object, feed.joins ?? {}, calls);
  const deleted = feed.deleted === undefined ? undefined : scope.sql(feed.deleted);
  const notMerged = (feed.where ?? [])
    .filter(isOfMerges)
    .flatMap((condition) => scope.sql(condition) ?? [])
    .map((sql) => ` and coalesce(${sql}, true)`)
    .join("");
  return {
    table,
    ...(deleted === undefined
      ? {}
      : { deleted: `select count(*) from ${scope.fromSql()} where (${deleted})${notMerged}` }),
    ...(merged === undefined ? {} : { merged }),
  };
}
