import { join } from "node:path";
import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { RelationExtract } from "../database/extract.js";
import type { Kept } from "../database/kept.js";
import { milliseconds } from "../database/settings.js";
import type { Kind } from "../source.js";
import { accessOf } from "./access.js";
import { Api, type Protocol } from "./api.js";
import { ApiError, wordedFault } from "./fault.js";
import { keepRecords } from "./keep.js";
import type { Reading } from "./reading.js";
import type { Schedules } from "./schedule.js";
import { type ApiRelation, type RemoteSettings, remoteSettings } from "./settings.js";
import { type Surveys, surveyAccount } from "./survey.js";

/** What a CRM's interface is. */
export interface System extends Protocol {
  /** Its name, as people call it. */
  name: string;
  defaultUrl?: string;
  /**
   * How an object is read.
   * @param sought the names that mappings take from it; empty where that is not known
   */
  reading(api: Api, relation: ApiRelation, sought: ReadonlySet<string>): Promise<Reading>;
  /** How `init` looks at it. */
  survey: Surveys;
  /** The business hours that it keeps, with holidays up to a day; absent where it keeps none. */
  schedules?(api: Api, until: string): Promise<Schedules>;
}

let serial = 0;

/** The kind of source that the interface of a CRM is. */
export function remoteKind(system: System): Kind<typeof remoteSettings> {
  const apis = new WeakMap<object, Api>();
  const apiOf = (source: string, given: object): Api => {
    const settings = given as RemoteSettings;
    const known = apis.get(given);
    if (known) return known;
    const api = new Api(
      accessOf(source, settings, system.defaultUrl),
      system,
      milliseconds(settings.timeout),
    );
    apis.set(given, api);
    return api;
  };
  const worded = (error: unknown, place: string, api: Api, { timeout }: RemoteSettings) => {
    if (!(error instanceof ApiError)) return error;
    return wordedFault(error.fault, { place, system: system.name, variable: api.access.variable, timeout });
  };
  return {
    settings: remoteSettings,
    parts: ({ relations }, source) =>
      Object.fromEntries(Object.keys(relations).map((name) => [name, [`${source}.${name}`]])),
    survey: (given) => surveyAccount(system, given as Partial<RemoteSettings>),
    async open({ name, tempDir, rows, sought = [] }, given) {
      const [source = "", part = ""] = name.split(".");
      const settings = given as RemoteSettings;
      const relation = settings.relations[part];
      if (!relation) throw new Error(`no such relation: ${name}`);
      const api = apiOf(source, given);
      const place = `${source}.relations.${part}`;
      const path = join(tempDir, `api-${process.pid}-${++serial}.parquet`);
      let kept: Kept;
      try {
        const reading = await system.reading(api, relation, namesIn([...sought, ...(relation.fields ?? [])]));
        const { cursor, full_extract: isFull = settings.full_extract ?? false } = relation;
        const of = [system.name, api.access.base.href, name, relation];
        kept = await keepRecords(
          reading,
          path,
          name,
          cursor === undefined ? undefined : { rows, isFull, of },
        );
      } catch (error) {
        throw worded(error, place, api, settings);
      }
      const { cursor } = relation;
      if (cursor !== undefined && kept.columns.length > 0 && !kept.columns.includes(cursor)) {
        const wrong = told("database.noColumn", { columns: kept.columns, column: cursor });
        throw new CliError(told("file.fault", { at: ["sources.yaml", `${place}.cursor`], wrong }), 2);
      }
      return new RelationExtract(name, kept, cursor);
    },
    async schedule(source, given, until) {
      const settings = given as RemoteSettings;
      const { business_hours: wanted } = settings;
      if (wanted === undefined) return undefined;
      const place = `${source}.business_hours`;
      const wrong = (what: Told) =>
        new CliError(told("file.fault", { at: ["sources.yaml", place], wrong: what }), 2);
      if (!system.schedules) throw wrong(told("remote.noSchedules", { system: system.name }));
      const api = apiOf(source, given);
      const found = await system.schedules(api, until).catch((error: unknown) => {
        throw worded(error, place, api, settings);
      });
      const chosen = found.all.filter(
        ({ id, name }) => name === wanted || (wanted === "default" && id === found.standard),
      );
      const [schedule, ...more] = chosen;
      const names = found.all.map(({ name }) => name);
      if (!schedule || more.length > 0) throw wrong(told("remote.noSchedule", { name: wanted, names }));
      if (schedule.hours.length === 0) throw wrong(told("remote.emptySchedule", { name: schedule.name }));
      return schedule;
    },
  };
}

/** Names in expressions, without case. */
const namesIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
