import { join } from "node:path";
import { CliError } from "../../src/run/error.js";
import { told } from "../../src/words/told.js";
import { RelationExtract } from "../database/extract.js";
import type { Kept } from "../database/kept.js";
import { milliseconds } from "../database/settings.js";
import type { Kind } from "../source.js";
import { accessOf } from "./access.js";
import { Api, type Protocol } from "./api.js";
import { ApiError, wordedFault } from "./fault.js";
import { keepRecords, type Reading } from "./keep.js";
import { type ApiRelation, type RemoteSettings, remoteSettings } from "./settings.js";

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
}

let serial = 0;

/** The kind of source that the interface of a CRM is. */
export function remoteKind(system: System): Kind<typeof remoteSettings> {
  const apis = new WeakMap<object, Api>();
  return {
    settings: remoteSettings,
    parts: ({ relations }, source) =>
      Object.fromEntries(Object.keys(relations).map((name) => [name, [`${source}.${name}`]])),
    async open({ name, tempDir, sought = [] }, given) {
      const [source = "", part = ""] = name.split(".");
      const settings = given as RemoteSettings;
      const relation = settings.relations[part];
      if (!relation) throw new Error(`no such relation: ${name}`);
      const known = apis.get(given);
      const access = known?.access ?? accessOf(source, settings, system.defaultUrl);
      const api = known ?? new Api(access, system, milliseconds(settings.timeout));
      apis.set(given, api);
      const place = `${source}.relations.${part}`;
      const path = join(tempDir, `api-${process.pid}-${++serial}.parquet`);
      let kept: Kept;
      try {
        const reading = await system.reading(api, relation, namesIn([...sought, ...(relation.fields ?? [])]));
        kept = await keepRecords(reading, path, name);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const { variable } = access;
        throw wordedFault(error.fault, { place, system: system.name, variable, timeout: settings.timeout });
      }
      const { cursor } = relation;
      if (cursor !== undefined && kept.columns.length > 0 && !kept.columns.includes(cursor)) {
        const wrong = told("database.noColumn", { columns: kept.columns, column: cursor });
        throw new CliError(told("file.fault", { at: ["sources.yaml", `${place}.cursor`], wrong }), 2);
      }
      return new RelationExtract(name, kept, cursor);
    },
  };
}

/** Names in expressions, without case. */
const namesIn = (texts: readonly string[]): ReadonlySet<string> =>
  new Set(texts.flatMap((text) => text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
