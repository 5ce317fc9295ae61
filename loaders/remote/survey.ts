import { CliError } from "../../src/run/error.js";
import { type Told, told } from "../../src/words/told.js";
import { columnNames } from "../columns.js";
import { milliseconds } from "../database/settings.js";
import { fieldsOf, presets, recognised } from "../presets/index.js";
import type { Surveyed, Unread } from "../survey.js";
import { accessBy } from "./access.js";
import { Api, type Protocol } from "./api.js";
import type { Cells } from "./cells.js";
import { ApiError, sentence } from "./fault.js";
import type { RemoteSettings } from "./settings.js";

/** What an account says of an object, and some of its records. */
export interface Described {
  fields: readonly {
    /** The column that it is. */
    column: string;
    /** As people call it; empty where it is not said. */
    label: string;
    /** The company made it. */
    isOwn: boolean;
    /** The words that it may hold. */
    options: readonly string[];
  }[];
  records: readonly Cells[];
  /** The field by which a build can go on from the one before. */
  cursor?: string;
}

/** How the objects of an account are looked at. */
export interface Surveys {
  /** The preset that says what they mean. */
  preset: string;
  /** The objects that it knows, as the interface calls them. */
  objects: readonly string[];
  /**
   * @param wanted fields that the preset reads, in any case
   * @throws ApiError where it is not there or may not be read
   */
  describe(api: Api, object: string, wanted: ReadonlySet<string>): Promise<Described>;
  /** Objects that the company made; none where it cannot be asked. */
  ownObjects?(api: Api): Promise<string[]>;
}

/** So many records of an object are looked at. */
export const surveyedRecords = 500;

/** One object after the other. What is not there or may not be read is told, and the others follow. */
export async function* surveyAccount(
  system: Protocol & { name: string; defaultUrl?: string; survey: Surveys },
  settings: Partial<RemoteSettings>,
): AsyncGenerator<Surveyed | Unread> {
  const { timeout = "10 minutes" } = settings;
  const fail = (key: keyof RemoteSettings, wrong: Told) =>
    new CliError(told("file.fault", { at: [String(settings[key] ?? key)], wrong }), 2);
  const api = new Api(accessBy(settings, system.defaultUrl, fail), system, milliseconds(timeout));
  const { variable } = api.access;
  const worded = ({ fault }: ApiError) => sentence(fault, { system: system.name, variable, timeout });
  const preset = presets[system.survey.preset];
  for (const object of system.survey.objects) {
    const known = preset && recognised(preset, object, undefined);
    const wanted = preset && known ? fieldsOf(preset, known) : [];
    try {
      const described = await system.survey.describe(
        api,
        object,
        new Set(wanted.map((name) => name.toLowerCase())),
      );
      yield surveyed(object, described);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const isOfObject = ["noObject", "forbidden", "refused", "badField"].includes(error.fault.what);
      if (!isOfObject) throw new CliError(worded(error), isOfSettings(error) ? 2 : 1);
      yield { name: object, why: error.fault.what === "noObject" ? told("init.noObject") : worded(error) };
    }
  }
  const own = await system.survey.ownObjects?.(api).catch((error: unknown) => {
    if (error instanceof ApiError) return [];
    throw error;
  });
  for (const name of own ?? []) yield { name, why: told("init.ownObject") };
}

const isOfSettings = ({ fault }: ApiError) => ["login", "expired", "elsewhere"].includes(fault.what);

function surveyed(object: string, { fields, records, cursor }: Described): Surveyed {
  const known = new Set(fields.map(({ column }) => column));
  const others = new Set(records.flatMap((cells) => Object.keys(cells)).filter((name) => !known.has(name)));
  const header = [...known, ...[...others].sort()];
  const columns = columnNames(header);
  const named = (column: string) => columns[header.indexOf(column)] ?? column;
  return {
    name: object,
    path: [object],
    relation: { object },
    isView: false,
    header,
    columns,
    rows: records.map((cells) => header.map((name) => cells[name] ?? null)),
    isWhole: records.length < surveyedRecords,
    comments: new Map(
      fields.flatMap(({ column, label }) => (label === "" ? [] : [[named(column), label] as const])),
    ),
    key: [],
    references: [],
    zoneless: [],
    times: [],
    indexed: [],
    own: fields.flatMap(({ column, isOwn }) => (isOwn ? [named(column)] : [])),
    options: new Map(
      fields.flatMap(({ column, options }) =>
        options.length > 0 ? [[named(column), options] as const] : [],
      ),
    ),
    ...(cursor === undefined ? {} : { cursor }),
  };
}
