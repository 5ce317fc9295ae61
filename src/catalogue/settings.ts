import { languages } from "../words/languages.js";

export type { Language } from "../words/languages.js";

import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { isTimeZone } from "../contract/timeZone.js";
import { newestDay, writeCutOff } from "../load/asOf.js";
import { defaultRecordFloor } from "../load/recordFloor.js";
import { findingKinds } from "../published/drift.js";
import { CliError, fileFault } from "../run/error.js";
import { createCarried } from "../warehouse/carried.js";
import { type StagedTable, writeCoverageFacts } from "../warehouse/coverageFacts.js";
import { mostTold } from "../warehouse/cube/contributors.js";
import { says, told } from "../words/told.js";
import {
  businessCalendarSchema,
  businessTimeAt,
  businessTimeBefore,
  type DatedCalendar,
  datedCalendar,
  writeBusinessStretches,
} from "./businessCalendar.js";
import { type CatalogueSource, filesOf } from "./cataloguePlace.js";
import { dimensions } from "./dimensions.js";
import { readDimensions } from "./readDimensions.js";
import { readYaml } from "./readYaml.js";
import { limitColumns, longestLimit, responseLimitsSchema } from "./responseLimits.js";
import { suggest } from "./suggest.js";

const settingsSchema = z.strictObject({
  language: z.enum(languages).default("zh-CN"),
  time_zone: z.string().refine(isTimeZone, says("schema.timeZone")).default("Asia/Shanghai"),
  churn_rule: z.enum(["auto", "status", "inactivity", "contract"]).default("auto"),
  inactivity_days: z.int().min(1).max(36_500).default(180),
  published_dimensions: z
    .array(z.string())
    .refine((names) => new Set(names).size === names.length, says("schema.dimensionTwice"))
    .default(["segment", "region", "channel", "type"]),
  publish_budget_bytes: z.int().min(10_000).default(2_000_000),
  response_limits: responseLimitsSchema,
  business_calendar: businessCalendarSchema.optional(),
  publish_names: z.boolean().default(false),
  publish_persons: z.boolean().default(true),
  min_cell: z.int().min(1).max(mostTold).default(5),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, says("schema.currency"))
    .default("CNY"),
  keep_builds: z.int().min(1).max(10_000).default(5),
  block: z.array(z.enum(findingKinds)).default([]),
  record_floor: z.iso.date(says("schema.floorDay")).default(defaultRecordFloor),
});

/** The department's settings, `settings.yaml` of the catalogue with defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>;

/**
 * Reads `settings.yaml` of a catalogue; one without gives the defaults.
 * @throws CliError 2 naming file, key, what was found and what was expected
 */
export function readSettings(source: CatalogueSource): Settings {
  const found = filesOf(source).find("settings.yaml");
  if (!found) return settingsSchema.parse({});
  const settings = readYaml(settingsSchema, found.text, found.file, { whenEmpty: {} });
  const known: readonly string[] = [...dimensions, ...readDimensions(source).map(({ id }) => id)];
  const stranger = settings.published_dimensions.find((name) => !known.includes(name));
  if (stranger === undefined) return settings;
  throw fileFault(
    found.file,
    "published_dimensions",
    told("settings.unknownName", { known, stranger, near: suggest(stranger, known) }),
  );
}

/**
 * Reads `--as-of`: a day (through its end in the time zone) or an instant with offset.
 * @returns SQL for the exclusive instant as TIMESTAMPTZ
 * @throws CliError 2
 */
export function asOfSql(text: string, timeZone: string): string {
  if (z.iso.date().safeParse(text).success)
    return `timezone('${timeZone}', timestamp '${text}' + interval 1 day)`;
  if (z.iso.datetime({ offset: true }).safeParse(text).success) return `timestamptz '${text}'`;
  throw new CliError(told("asOf.invalid", { text }), 2);
}

/** What a build is of, beside the settings. */
export interface BuildRun {
  buildId: string;
  now: Date;
  /** The data date that is asked for, a day or an instant, and where. */
  asOf?: string;
  asOfFrom?: "--as-of" | "sources.yaml";
  /** The business hours of an account, by which business time goes where the settings have none. */
  calendars?: readonly DatedCalendar[];
  /** What the load knows of the tables beyond their rows. */
  staged?: readonly StagedTable[];
}

/**
 * Writes `config.settings`, the one-row table that all models read, `config.cut_off` and `config.business_stretches`,
 * after the staging tables are loaded. Without `asOf` it is the end of the newest day on which anything happened.
 * @throws CliError 2 when no table holds a time to take it from, or `asOf` is no date
 */
export async function writeSettings(db: DuckDBConnection, settings: Settings, run: BuildRun): Promise<void> {
  const zone = settings.time_zone;
  const { day, from } = run.asOf
    ? { day: run.asOf, from: run.asOfFrom ?? "--as-of" }
    : await newestDay(db, run.now, zone);
  const asOf = await instantOf(db, asOfSql(day, zone));
  const churnRule =
    settings.churn_rule === "auto"
      ? `case when exists (select 1 from staging.customer_status) then 'status'
          when exists (select 1 from staging.contracts) then 'contract' else 'inactivity' end`
      : `'${settings.churn_rule}'`;
  await db.run("create schema if not exists config");
  await createCarried(db);
  const calendars = settings.business_calendar
    ? [datedCalendar(settings.business_calendar, zone)]
    : (run.calendars ?? []);
  await writeBusinessStretches(db, calendars, { timeZone: zone, asOf });
  const calendar = calendars.length > 0;
  const longest = longestLimit(settings.response_limits);
  await db.run(`
    create table config.settings as
    select
        '${zone}' as time_zone,
        as_of,
        timezone('${zone}', as_of) as as_of_local,
        cast(timezone('${zone}', as_of) - interval 1 microsecond as date) as as_of_on,
        '${from}' as as_of_from,
        ${churnRule} as churn_rule,
        ${settings.inactivity_days} as inactivity_days,
        ${limitColumns(settings.response_limits)},
        ${calendar} as has_business_calendar,
        ${calendar ? businessTimeAt("as_of") : "cast(null as bigint)"} as business_microseconds,
        ${calendar ? businessTimeBefore("as_of", longest) : `make_timestamptz(epoch_us(as_of) - ${longest})`} as limits_passed_at,
        '${settings.language}' as language,
        '${run.buildId}' as build_id
    from (select ${asOf} as as_of)`);
  await writeCutOff(db);
  await writeCoverageFacts(db, run.staged ?? [], {
    timeZone: zone,
    longestLimit: longest,
    hasCalendar: calendar,
  });
}

/** The instant of an SQL expression, as a literal that names no zone. */
async function instantOf(db: DuckDBConnection, sql: string): Promise<string> {
  const reader = await db.runAndReadAll(`select cast(epoch_us(${sql}) as varchar)`);
  return `make_timestamptz(${String(reader.value(0, 0))})`;
}
