import { join } from "node:path";
import { z } from "zod";
import { filesByName, type Kind, kinds, presets } from "../../loaders/index.js";
import { ownValue } from "../catalogue/ownValue.js";
import { readYaml } from "../catalogue/readYaml.js";
import { isThere } from "../catalogue/receivedFile.js";
import { suggest } from "../catalogue/suggest.js";
import { readTextFile } from "../catalogue/textFile.js";
import { wordKey } from "../catalogue/vocabulary.js";
import { type Column, columnsOf, type TableName, tableNames } from "../contract/index.js";
import { isCoded } from "../contract/reading.js";
import { isTimeZone } from "../contract/timeZone.js";
import { mappableColumns } from "../contract/validation.js";
import { findingKinds } from "../published/drift.js";
import { fileFault } from "../run/error.js";
import { says, type Told, told } from "../words/told.js";

const day = z.iso.date(says("schema.day"));
const share = z.number().min(0).max(1);
const sqlText = z.union([z.string().min(1), z.number(), z.boolean()], says("schema.sql")).transform(String);

const every = z.string().regex(/^\d+ (hour|day|week|month)s?$/, says("schema.every"));

const word = z.union([z.string().min(1), z.number(), z.boolean()], says("schema.word")).transform(String);
const dateFormats = z.array(z.string().refine(isDateFormat, says("schema.dateFormat"))).min(1);

const mappingSchema = z
  .strictObject({
    from: z.string().optional(),
    columns: z.record(z.string(), sqlText).optional(),
    where: z.string().min(1).optional(),
    select: z.string().min(1).optional(),
    max_quarantine_share: share.optional(),
    expected_every: every.optional(),
    values: z.record(z.string(), z.record(z.string(), word)).optional(),
    date_formats: z.union([dateFormats, z.record(z.string(), dateFormats)]).optional(),
    covers_from: day.optional(),
    covers_to: day.optional(),
  })
  .refine(({ covers_from: from, covers_to: to }) => from === undefined || to === undefined || from <= to, {
    path: ["covers_to"],
    message: says("schema.coversReversed"),
  })
  .refine((mapping) => !(mapping.select && (mapping.columns || mapping.where || mapping.from)), {
    message: says("schema.selectAlone"),
  });

/** What sources of every kind have. */
const commonSettings = {
  time_zone: z.string().refine(isTimeZone, says("schema.timeZone")).optional(),
  full_extract: z.boolean().optional(),
  expected_every: every.optional(),
  block: z.array(z.enum(findingKinds)).optional(),
  max_quarantine_share: share.optional(),
  null_values: z.array(word).optional(),
  date_formats: dateFormats.optional(),
  decimal: z.enum([".", ","]).optional(),
  preset: z.enum(Object.keys(presets)).optional(),
  tables: z.record(z.string(), mappingSchema).default({}),
};

const commonSchema = z.object(commonSettings);

/** The kind of a source that says `kind:`, and of one that does not; undefined where there is none of that name. */
const kindNamed = (name: unknown) =>
  name === undefined ? filesByName : typeof name === "string" ? ownValue(kinds, name) : undefined;

/** A source's settings: what all kinds have and what its own has besides. */
function sourceSchema(content: unknown) {
  const { kind } = (content ?? {}) as { kind?: unknown };
  const named = z.enum(Object.keys(kinds)).optional();
  const known = kindNamed(kind);
  // What a source of no kind should say beside that, nobody knows.
  if (!known) return z.looseObject({ kind: named });
  return z.strictObject({ ...known.settings, kind: named, ...commonSettings });
}

const sourceName = /^[A-Za-z_][\w-]*$/;

/** Each source has a schema of its own: nobody writes as many, and with ten times as many the program would take all the stack. */
const mostSources = 1000;

/** The schema of a file of that content: each source in it is judged by that of its kind. */
function fileSchema(content: unknown) {
  const isMap = typeof content === "object" && content !== null && !Array.isArray(content);
  const sources = Object.entries(isMap ? content : {}).filter(([name]) => name !== "as_of");
  if (sources.length > mostSources)
    throw fileFault(
      "sources.yaml",
      "",
      told("sources.tooMany", { count: sources.length, most: mostSources }),
    );
  return z
    .object({
      as_of: z
        .union([z.iso.date(), z.iso.datetime({ offset: true })], says("schema.dayOrInstant"))
        .optional(),
      ...Object.fromEntries(sources.map(([name, source]) => [name, sourceSchema(source)])),
    })
    .superRefine((_, context) => {
      for (const [name] of sources) {
        if (!sourceName.test(name))
          context.addIssue({ code: "custom", path: [name], message: says("schema.sourceName"), input: name });
      }
    })
    .transform(({ as_of, ...sources }) => ({
      asOf: as_of,
      sources: sources as Record<string, SourceSettings>,
    }));
}

type CommonSettings = z.infer<typeof commonSchema>;

/** Of a source what all kinds have, and under names of its own what its kind has. */
export type SourceSettings = CommonSettings & OwnSettings;

/** A source's settings without those of its tables. */
export type ReadingSettings = Omit<CommonSettings, "tables"> & OwnSettings;

interface OwnSettings {
  kind?: string;
  [own: string]: unknown;
}
export type MappingSettings = z.infer<typeof mappingSchema>;

/** What `sources.yaml` says: its sources by name, and up to when they are to be looked at. */
export interface SourcesFile {
  asOf?: string;
  sources: Record<string, SourceSettings>;
}

/** The columns of a table beyond the contract's that may be mapped. */
export type ExtraOf = (table: TableName) => readonly string[];

/**
 * Reads `sources.yaml` of a folder of extracts: a map of source name → settings, beside them `as_of`; undefined when
 * there is none.
 * @param inside the folder that it has to lie in, links followed; null where it may lie anywhere
 * @throws CliError 2 naming the path of the setting and what is wrong with it
 */
export function readSourcesYaml(
  dataDir: string,
  extraOf: ExtraOf = () => [],
  inside: string | null = dataDir,
): SourcesFile | undefined {
  const file = join(dataDir, "sources.yaml");
  if (!isThere(file)) return undefined;
  const text = readTextFile(file, inside);
  const { asOf, sources } = readYaml(fileSchema, text, "sources.yaml", { whenEmpty: {} });
  for (const [source, settings] of Object.entries(sources)) checkNames(source, settings, extraOf);
  requireAnswers(sources);
  requireColumns(sources);
  return { sources, ...(asOf === undefined ? {} : { asOf }) };
}

function checkNames(source: string, settings: SourceSettings, extraOf: ExtraOf): void {
  const parts = Object.keys(kindOf(settings).parts(settings, source));
  const fed = settings.preset === undefined ? {} : (ownValue(presets, settings.preset)?.feeds ?? {});
  if (settings.preset === undefined && Object.keys(settings.tables).length === 0 && !parts.some(isTableName))
    throw fileFault("sources.yaml", `${source}.tables`, told("schema.missing"));
  for (const [table, mapping] of Object.entries(settings.tables)) {
    const path = `${source}.tables.${table}`;
    const fail = (place: string, wrong: Told) => fileFault("sources.yaml", place, wrong);
    if (!isTableName(table)) {
      throw fail(path, told("sources.unknownTable", { known: tableNames, near: suggest(table, tableNames) }));
    }
    const known = mappableColumns(table, extraOf(table)).map(({ name }) => name);
    for (const column of Object.keys(mapping.columns ?? {})) {
      if (known.includes(column)) continue;
      throw fail(
        `${path}.columns.${column}`,
        told("sources.unknownColumn", { table, known, near: suggest(column, known) }),
      );
    }
    checkCells(source, table, mapping);
    if (mapping.from !== undefined && !parts.includes(mapping.from)) {
      throw fail(`${path}.from`, told("sources.unknownFile", { parts, from: mapping.from }));
    }
    if (!mapping.select && !mapping.from && parts.length > 1 && !parts.includes(table) && !(table in fed)) {
      throw fail(path, told("sources.openFile", { parts }));
    }
  }
}

/** What `init` writes where an answer has to stand: a question mark, or the codes that there are, of which one is to be left. */
export function questionFor(table: TableName, name: string): string {
  const codes = Object.keys(columnsOf(table).find((column) => column.name === name)?.labels ?? {});
  return codes.length > 0 ? `'<${codes.join("|")}>'` : "?";
}

/** No question of `init` may be left; told of all at once. */
function requireAnswers(sources: SourcesFile["sources"]): void {
  const open = Object.entries(sources).flatMap(([source, { tables }]) =>
    Object.entries(tables).flatMap(([table, { columns = {} }]) =>
      Object.entries(columns)
        .filter(([column, says]) => ["?", questionFor(table as TableName, column)].includes(says.trim()))
        .map(([column]) =>
          told("sources.unanswered", { place: `${source}.tables.${table}.columns.${column}` }),
        ),
    ),
  );
  if (open.length > 0) throw fileFault("sources.yaml", "", told("faults", { faults: open }));
}

/** Every required column of every table has to be mapped; told of all at once, with what else could be. */
function requireColumns(sources: SourcesFile["sources"]): void {
  const lacking = Object.entries(sources).flatMap(([source, { tables, preset }]) =>
    // What a preset does not add to them is told where it is known what there is.
    Object.entries(tables).flatMap(([table, mapping]) =>
      preset === undefined ? unmapped(source, table as TableName, mapping) : [],
    ),
  );
  if (lacking.length === 0) return;
  throw fileFault("sources.yaml", "", told("faults", { faults: lacking }));
}

/** That required columns of a table are not mapped, with what else could be; nothing where all are. */
export function unmapped(source: string, table: TableName, { columns: mapped }: MappingSettings): Told[] {
  if (!mapped) return [];
  const columns = columnsOf(table);
  const missing = columns.filter(({ name, required }) => required && !(name in mapped));
  if (missing.length === 0) return [];
  const more = columns.filter(({ name, required }) => !required && !(name in mapped));
  const [names = [], others = []] = [missing, more].map((list) => list.map(({ name }) => name));
  return [told("sources.unmapped", { place: `${source}.tables.${table}.columns`, names, table, others })];
}

/** `values` map onto codes of coded columns, `date_formats` are of columns with dates. */
function checkCells(source: string, table: TableName, mapping: MappingSettings): void {
  const columns = mappableColumns(table);
  const place = (name: string) => `${source}.tables.${table}.${name}`;
  const fail = (at: string, wrong: Told) => fileFault("sources.yaml", place(at), wrong);
  for (const [name, words] of Object.entries(mapping.values ?? {})) {
    const column = columns.find((candidate) => candidate.name === name);
    if (!column || !(isCoded(column.kind) || column.kind === "bool")) {
      const coded = columns.filter(({ kind }) => isCoded(kind) || kind === "bool").map((one) => one.name);
      throw fail(`values.${name}`, told("sources.noWords", { table, coded, near: suggest(name, coded) }));
    }
    if (column.kind === "open") continue;
    const codes = column.kind === "bool" ? ["true", "false"] : Object.keys(column.labels ?? {});
    for (const [from, to] of Object.entries(words)) {
      if (codeIn(column, to) !== undefined) continue;
      throw fail(
        `values.${name}.${from}`,
        told("sources.unknownCode", { codes, value: to, near: suggest(to, codes) }),
      );
    }
  }
  if (mapping.date_formats === undefined || Array.isArray(mapping.date_formats)) return;
  const dated = columns.filter(({ kind }) => kind === "date" || kind === "timestamp").map(({ name }) => name);
  for (const name of Object.keys(mapping.date_formats)) {
    if (dated.includes(name)) continue;
    throw fail(`date_formats.${name}`, told("sources.noDates", { table, dated, near: suggest(name, dated) }));
  }
}

/** The code of a column that the contract knows by itself or its label. */
export function codeIn({ kind, labels = {} }: Column, word: string): string | undefined {
  const key = wordKey(word);
  if (kind === "bool") return ["true", "false"].find((code) => code === key);
  return Object.entries(labels).find((pair) => pair.some((one) => wordKey(one) === key))?.[0];
}

function isDateFormat(format: string): boolean {
  const signs = [...format.matchAll(/%-?(.?)/g)].map(([, sign]) => sign ?? "");
  return signs.length > 0 && signs.every((sign) => sign !== "" && "aAbBdmyYHIpMSgfnjcxX%".includes(sign));
}

/** The kind of a source whose settings were read. */
export function kindOf({ kind }: Pick<SourceSettings, "kind">): Kind {
  const found = kindNamed(kind);
  if (!found) throw new Error(`no such kind of source: ${kind}`);
  return found;
}

export function isTableName(name: string): name is TableName {
  return (tableNames as string[]).includes(name);
}
