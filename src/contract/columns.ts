import { z } from "zod";

/** What a cell holds; decides its DuckDB type, how its text is folded and which rules it is checked by. */
export type ColumnKind = "id" | "text" | "open" | "int" | "decimal" | "date" | "timestamp" | "bool" | "enum";

/** Everything about a column that zod's own types do not say; kept in zod's metadata registry. */
export interface ColumnMeta {
  kind: ColumnKind;
  /** Code → Chinese label; the codes are the stored values. Of an open column, those that come with labels. */
  labels?: Readonly<Record<string, string>>;
  /** The table whose primary key this column holds; a value without a match is a warning. */
  references?: string;
  /** Identifies a person: never published unless settings allow it. */
  personal?: boolean;
  /** Smallest and largest accepted value, both inclusive. */
  min?: number;
  max?: number;
  /** Accept a percentage (`5%`) and read it as a fraction. */
  percentage?: boolean;
  /** A date that has to be the first of its month. */
  firstOfMonth?: boolean;
}

const registry = z.registry<ColumnMeta>();

function column<S extends z.ZodType>(schema: S, meta: ColumnMeta): S {
  registry.add(schema, meta);
  return schema;
}

/** The metadata of a column's schema; looks through `.nullable()`. */
export function columnMeta(schema: z.ZodType): ColumnMeta {
  const inner = schema instanceof z.ZodNullable ? (schema.unwrap() as z.ZodType) : schema;
  const meta = registry.get(inner);
  if (!meta) throw new Error("a contract column was not made by columns.ts");
  return meta;
}

/** An identifier: white space and full-width characters folded, never empty. */
export const id = (references?: string, more: Partial<ColumnMeta> = {}) =>
  column(z.string().min(1), { kind: "id", ...(references ? { references } : {}), ...more });

/** Free text: only trimmed. */
export const text = (more: Partial<ColumnMeta> = {}) => column(z.string().min(1), { kind: "text", ...more });

/** A whole number: digits with an optional sign. */
export const int = (more: Partial<ColumnMeta> = {}) => {
  let schema = z.int32();
  if (more.min !== undefined) schema = schema.min(more.min);
  if (more.max !== undefined) schema = schema.max(more.max);
  return column(schema, { kind: "int", ...more });
};

/** DECIMAL(18,4): digits with `,` groups, one `.`, a currency sign in front. */
export const decimal = (more: Partial<ColumnMeta> = {}) => {
  let schema = z.number();
  if (more.min !== undefined) schema = schema.min(more.min);
  if (more.max !== undefined) schema = schema.max(more.max);
  return column(schema, { kind: "decimal", ...more });
};

/** A calendar day, `YYYY-MM-DD`. */
export const date = (more: Partial<ColumnMeta> = {}) => column(z.iso.date(), { kind: "date", ...more });

/** An instant, ISO 8601; without an offset local to the configured time zone. */
export const timestamp = () => column(z.iso.datetime({ offset: true, local: true }), { kind: "timestamp" });

/** true/false, 1/0, yes/no, y/n, 是/否. */
export const bool = () => column(z.boolean(), { kind: "bool" });

/** What a company cuts its figures by: any text, folded; the codes given are those that come with labels. */
export const open = (labels?: Readonly<Record<string, string>>) =>
  column(z.string().min(1), { kind: "open", ...(labels ? { labels } : {}) });

/** One of a fixed set of codes, each with its Chinese label. */
export const choice = <const L extends Readonly<Record<string, string>>>(labels: L) =>
  column(z.enum(Object.keys(labels) as [Extract<keyof L, string>, ...Extract<keyof L, string>[]]), {
    kind: "enum",
    labels,
  });
