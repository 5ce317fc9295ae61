import type { DuckDBConnection } from "@duckdb/node-api";
import type { Extract } from "../../../loaders/index.js";
import {
  type Gone,
  isId,
  type Preset,
  type PresetExtract,
  presets,
  recognised,
  resolvePreset,
} from "../../../loaders/index.js";
import { ownValue } from "../../catalogue/ownValue.js";
import { primaryKeyOf } from "../../contract/ddl.js";
import type { TableName } from "../../contract/index.js";
import { quoted } from "../../engine/sql.js";
import { fileFault } from "../../run/error.js";
import { append } from "../../statistics/extremes.js";
import { type Told, told } from "../../words/told.js";
import { type PlannedMapping, type PlannedSource, untold } from "../plan.js";
import type { WarningReport } from "../report.js";
import { unmapped } from "../sourcesYaml.js";

/** A source whose preset was applied to what its extracts have. */
export interface PresetSource {
  source: PlannedSource;
  gone: Gone[];
  told: Told[];
}

/**
 * Makes the mappings of a source with a preset, another is left as it is: which object each extract is, and what of it the contract takes.
 * @param open opens an extract of the source
 * @param tables what of a file is a table: its sheets, where it has several, else itself
 * @throws CliError 2 when the extract of an object lacks what a table cannot be without, or no extract is known
 */
export async function mapByPreset(
  db: DuckDBConnection,
  source: PlannedSource,
  {
    zone,
    now,
    open,
    tables,
  }: {
    zone: string;
    now: Date;
    open(file: string): Promise<Extract>;
    tables(file: string): Promise<string[]>;
  },
): Promise<PresetSource> {
  if (!source.byPreset) return { source, gone: [], told: [] };
  const { given, planned } = source.byPreset;
  const name = source.settings.preset ?? "";
  const preset = ownValue(presets, name);
  if (!preset) throw new Error(`no such preset: ${name}`);
  const objects = new Map<string, PresetExtract & { files: string[]; isNamed: boolean }>();
  const strange: string[] = [];
  const parts = new Map<string, readonly string[]>();
  const add = async (part: string, called: string, files: readonly string[]) => {
    const extracts = await Promise.all(files.map(open));
    const headers = extracts.map(({ columns }) => columns);
    const header = [...new Set(headers.flat())];
    const named = recognised(preset, called, undefined);
    const object = named ?? recognised(preset, called, header);
    const known = object === undefined ? undefined : objects.get(object);
    if (object === undefined || (known && (isOne(source) ? known.isNamed && !named : true))) {
      strange.push(isOne(source) ? (files[0] ?? part) : part);
      if (!isOne(source)) parts.set(part, files);
      return;
    }
    const key = isOne(source) ? object : part;
    const isBetter = known && named && !known.isNamed;
    if (isBetter) append(strange, known.files);
    const before = known && !isBetter ? known : { header: [], files: [], ids: undefined };
    const all = [...before.files, ...files];
    const union = [...new Set([...before.header, ...header])];
    const isMixed = [...headers, ...(before.files.length > 0 ? [before.header] : [])].some(
      (each) => each.length < union.length,
    );
    objects.set(object, {
      part: key,
      header: union,
      isMixed,
      ...(before.ids ? { ids: before.ids } : await idsOf(db, preset, extracts)),
      files: all,
      isNamed: Boolean(named),
    });
    parts.set(key, all);
  };
  for (const [part, files] of source.parts) {
    if (isOne(source))
      for (const file of files) for (const table of await tables(file)) await add(part, table, [table]);
    else await add(part, objectOf(source, part) ?? part, files);
  }
  const isUtc = source.settings.time_zone === undefined && preset.dateFormats === undefined;
  const resolved = resolvePreset(preset, objects, { zone, isUtc, now, given });
  const lacking = resolved.lacking.find(({ table }) => given[table]?.select === undefined);
  if (lacking)
    throw fileFault(
      "sources.yaml",
      `${source.name}.tables.${lacking.table}`,
      told("preset.lacks", { ...lacking, preset: name }),
    );
  const mappings = resolved.mappings
    .filter(({ table }) => given[table]?.select === undefined)
    .map(({ table, from, ...made }): PlannedMapping => {
      const { columns: _, where: __, ...others } = given[table] ?? {};
      return { ...planned(table, { ...others, ...made, ...(made.select ? {} : { from }) }), part: from };
    });
  const own = Object.entries(given).flatMap(([table, mapping]) =>
    mappings.some((each) => each.table === table) ? [] : [planned(table as TableName, mapping)],
  );
  const faults = own.flatMap((mapping) => unmapped(source.name, mapping.table, mapping));
  if (faults.length > 0) throw fileFault("sources.yaml", "", told("faults", { faults }));
  // Of files without names, what the preset does not know is what other tables are made of.
  if (isOne(source) && own.some(({ part, select }) => !select && !parts.has(part)))
    parts.set("extract", strange);
  const all = [
    ...mappings,
    ...own,
    ...untold(strange, [...mappings, ...own]).map((table) => planned(table, {})),
  ];
  if (all.length === 0)
    throw fileFault(
      "sources.yaml",
      `${source.name}.preset`,
      told("preset.nothing", {
        preset: name,
        parts: strange,
        objects: Object.values(preset.objects).map(({ names: [first = ""] }) => first),
      }),
    );
  const read = new Set(all.flatMap(({ part }) => [part, ...(parts.get(part) ?? [])]));
  const unread = strange.filter((part) => !read.has(part));
  return {
    source: { ...source, parts, mappings: all },
    gone: resolved.gone.filter(({ deleted, merged }) => deleted !== undefined || merged !== undefined),
    told: [
      ...resolved.told,
      ...(unread.length > 0 ? [told("preset.unread", { preset: name, parts: unread })] : []),
    ],
  };
}

/** So many rows of a file show how its program writes ids. */
const idRows = 1000;

/** How ids of extracts come to be as they usually are, where those of any are written otherwise. */
async function idsOf(
  db: DuckDBConnection,
  { ids }: Preset,
  extracts: readonly Extract[],
): Promise<Pick<PresetExtract, "ids">> {
  if (!ids) return {};
  for (const extract of extracts) {
    const tests = extract.columns.filter(isId).map((column) => ids.isOther(quoted(column)));
    if (tests.length === 0) continue;
    // Rows that cannot be read so early, or are no file's that the engine reads, may have any.
    const [found] = await db
      .runAndReadAll(
        `select count(*) = 0 or bool_or(${tests.join(" or ")})
         from (select * from ${extract.relation()} limit ${idRows})`,
      )
      .then(
        (reader) => reader.getRows().map(([isOther]) => isOther === true),
        () => [true],
      );
    if (found) return { ids: ids.usual };
  }
  return {};
}

/** All its files are of no raw table that has a name. */
const isOne = ({ settings }: PlannedSource) =>
  typeof settings.files === "string" || Array.isArray(settings.files);

/** What a relation of an interface is called there. */
function objectOf({ settings }: PlannedSource, part: string): string | undefined {
  const relation = (settings.relations as Record<string, { object?: string; table?: string }> | undefined)?.[
    part
  ];
  return relation?.object ?? relation?.table;
}

/** So many merged records are told one by one, the others by their number. */
const mostTold = 20;

/** What a source's CRM deleted or merged, as warnings of the table that its records would be in. */
export async function goneRecords(db: DuckDBConnection, gone: readonly Gone[]): Promise<WarningReport[]> {
  const warnings: WarningReport[] = [];
  for (const { table, deleted, merged } of gone) {
    const found = { table, file: null };
    if (deleted !== undefined) {
      const count = Number((await db.runAndReadAll(deleted)).value(0, 0));
      if (count > 0) warnings.push({ ...found, rule: "deleted_record", column: null, count, sample: null });
    }
    if (merged === undefined) continue;
    const pairs = (
      await db.runAndReadAll(`select gone, survivor from (${merged}) as merges order by gone`)
    ).getRows();
    const column = primaryKeyOf(table)[0] ?? null;
    const samples = pairs.map(([from, into]) => `${from} → ${into}`);
    const rule = "merged_record";
    for (const sample of samples.slice(0, mostTold))
      warnings.push({ ...found, rule, column, count: 1, sample });
    const [next = null, ...rest] = samples.slice(mostTold);
    if (next !== null) warnings.push({ ...found, rule, column, count: 1 + rest.length, sample: next });
  }
  return warnings;
}
