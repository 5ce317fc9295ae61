import { z } from "zod";
import { says } from "../../src/words/told.js";

const relation = z
  .strictObject({
    table: z
      .string()
      .regex(/^(("([^"\0]|"")+"|[^."\0]+)(\.(?!$)|$))+$/, says("schema.databaseTable"))
      .optional(),
    query: z.string().min(1).optional(),
    cursor: z.string().min(1).optional(),
    full_extract: z.boolean().optional(),
  })
  .refine(({ table, query }) => (table === undefined) !== (query === undefined), says("schema.tableOrQuery"));

/** A table or query of a database: one raw table of its source. */
export type Relation = z.infer<typeof relation>;

/** The name of an environment variable. */
export const variableSetting = z.string().regex(/^[A-Za-z_]\w*$/, says("schema.variable"));

/** The longest that a server may give nothing. */
export const durationSetting = z
  .string()
  .regex(/^[1-9]\d{0,3} (second|minute|hour)s?$/, says("schema.duration"))
  .default("10 minutes");

/** What a source in a database says. */
export const databaseSettings = {
  url_env: variableSetting,
  relations: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, says("schema.rawTable")), relation)
    .refine((relations) => Object.keys(relations).length > 0, says("schema.noEntry")),
  timeout: durationSetting,
};

export type DatabaseSettings = z.infer<z.ZodObject<typeof databaseSettings>> & {
  /** As all sources have it: nothing is taken of what an earlier build kept. */
  full_extract?: boolean | undefined;
};

/** A table's name as its parts: `support.tickets`; what has a point or a quotation mark in it stands in quotes. */
export const nameParts = (table: string): string[] =>
  [...table.matchAll(/"((?:[^"]|"")+)"|[^."]+/g)].map(
    ([whole, inner]) => inner?.replaceAll('""', '"') ?? whole,
  );

/** A table's name of its parts, as `nameParts` reads it. */
export const tableName = (...parts: readonly string[]): string =>
  parts.map((part) => (/[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join(".");

/** A query as it can stand in another. */
export const bareQuery = (query: string): string => query.replace(/[;\s]+$/, "");

const units = { second: 1000, minute: 60_000, hour: 3_600_000 };

/** `10 minutes` in milliseconds. */
export function milliseconds(timeout: string): number {
  const [count, unit = ""] = timeout.split(" ");
  return Number(count) * units[unit.replace(/s$/, "") as keyof typeof units];
}
