import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { type TableName, tableNames } from "../../contract/index.js";
import { mappableColumns } from "../../contract/validation.js";
import { CliError } from "../../error.js";

const share = z.number().min(0).max(1);
const patterns = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const sqlText = z.union([z.string().min(1), z.number(), z.boolean()]).transform(String);

const mappingSchema = z
  .strictObject({
    from: z.string().optional(),
    columns: z.record(z.string(), sqlText).optional(),
    where: z.string().min(1).optional(),
    select: z.string().min(1).optional(),
    max_quarantine_share: share.optional(),
  })
  .refine((mapping) => !(mapping.select && (mapping.columns || mapping.where || mapping.from)), {
    message: "select stands alone, without columns, where and from",
  });

const sourceSchema = z.strictObject({
  files: z.union([patterns, z.record(z.string().regex(/^[A-Za-z_]\w*$/, "a raw table's name"), patterns)]),
  delimiter: z
    .string()
    .refine((text) => /^[\t -~]$/.test(text) && text !== '"', "one ASCII character")
    .optional(),
  encoding: z.string().optional(),
  time_zone: z.string().refine(isTimeZone, "not a time zone of the IANA database").optional(),
  full_extract: z.boolean().optional(),
  expected_every: z
    .string()
    .regex(/^\d+ (hour|day|week|month)s?$/, 'expected like "1 day"')
    .optional(),
  max_quarantine_share: share.optional(),
  tables: z.record(z.string(), mappingSchema),
});

const fileSchema = z.record(z.string().regex(/^[A-Za-z_][\w-]*$/, "a source's name"), sourceSchema);

export type SourceSettings = z.infer<typeof sourceSchema>;
export type MappingSettings = z.infer<typeof mappingSchema>;

/**
 * Reads `sources.yaml` of a folder of extracts, a map of source name → settings; undefined when there is none.
 * @throws CliError 2 naming the path of the setting and what is wrong with it
 */
export function readSourcesYaml(dataDir: string): Record<string, SourceSettings> | undefined {
  const file = join(dataDir, "sources.yaml");
  if (!existsSync(file)) return undefined;
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof YAMLParseError) throw new CliError(`${file}: ${error.message}`, 2, { cause: error });
    throw error;
  }
  const result = fileSchema.safeParse(content ?? {});
  if (!result.success) throw new CliError(`sources.yaml: ${describe(result.error.issues[0], content)}`, 2);
  for (const [source, settings] of Object.entries(result.data)) checkNames(source, settings);
  return result.data;
}

function checkNames(source: string, settings: SourceSettings): void {
  const parts = partNames(settings);
  for (const [table, mapping] of Object.entries(settings.tables)) {
    const path = `sources.yaml: ${source}.tables.${table}`;
    if (!isTableName(table))
      throw new CliError(`${path}: unknown table (the contract has ${tableNames.join(", ")})`, 2);
    const known = mappableColumns(table).map(({ name }) => name);
    for (const column of Object.keys(mapping.columns ?? {})) {
      if (!known.includes(column)) {
        throw new CliError(`${path}.columns.${column}: unknown column (${table} has ${known.join(", ")})`, 2);
      }
    }
    if (mapping.from !== undefined && !parts.includes(mapping.from)) {
      throw new CliError(
        `${path}.from: unknown file name, expected one of ${parts.join(", ")}: ${mapping.from}`,
        2,
      );
    }
    if (!mapping.select && !mapping.from && parts.length > 1) {
      throw new CliError(`${path}: "from" or "select" has to say which of ${parts.join(", ")} it reads`, 2);
    }
  }
}

/** Names of a source's raw tables; a source of one kind of file has the one name `extract`. */
export function partNames(settings: SourceSettings): string[] {
  return typeof settings.files === "string" || Array.isArray(settings.files)
    ? ["extract"]
    : Object.keys(settings.files);
}

export function isTableName(name: string): name is TableName {
  return (tableNames as string[]).includes(name);
}

function describe(issue: z.core.$ZodIssue | undefined, content: unknown): string {
  if (!issue) return "not a map of sources";
  const path = issue.path.join(".");
  if (issue.code === "unrecognized_keys") return `${path}: unknown setting: ${issue.keys.join(", ")}`;
  if (issue.path.length === 0 && (typeof content !== "object" || content === null)) {
    return "expected a map of source name → settings";
  }
  return `${path || "sources"}: ${issue.message}`;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
