import type { DuckDBConnection } from "@duckdb/node-api";
import { areIds, longIds, shortIds } from "../../loaders/index.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { columnsOf, type TableName } from "../contract/index.js";
import { quoted } from "../engine/sql.js";
import { type Told, told } from "../words/told.js";
import { dateNotation, dayOfEpoch, dayOfInstant, dayOfRepublic, offsetWritten } from "./dates.js";
import { looksCoded } from "./fit.js";
import type { RawTable } from "./group.js";
import type { Heading } from "./lexicon/heading.js";
import { joinShare, type Profile } from "./profile.js";
import type { ColumnGuess, TableGuess } from "./tableGuess.js";

/** Which mark the decimals of a file have, and what shows it. */
export interface Decimals {
  mark?: "." | ",";
  by: "cells" | "dates";
  /** Of its numbers each may be read with either mark: nothing tells which is meant. */
  isOpen?: boolean;
}

/** Rows of a file that are not to be read, as a `where` of those that are. */
export interface LeftOut {
  where: string;
  reason: Told;
}

/** A file with what it is guessed to be. */
export interface Guessed {
  raw: RawTable;
  guess: TableGuess;
  profiles: ReadonlyMap<string, Profile>;
  headings: ReadonlyMap<string, Heading>;
  /** Absent where its numbers are read alike with either mark. */
  decimals?: Decimals;
  /** The time zone that the headings of its times name. */
  zone?: string;
  leftOut?: readonly LeftOut[];
}

/** Holds references against the keys of the files that they lead to. */
export async function refineReferences(db: DuckDBConnection, all: readonly Guessed[]): Promise<void> {
  for (const { raw, guess, profiles } of all) {
    for (const found of guess.columns) {
      const references = columnsOf(guess.table).find(({ name }) => name === found.column)?.references;
      if (references === undefined || found.source === null) continue;
      const profile = profiles.get(found.source);
      if (!profile || profile.filled === 0) continue;
      const keys = keysOf(all, references as TableName);
      const share = await greatestShare(db, raw, found.source, keys);
      if (found.rival !== undefined && share !== undefined) {
        const other = (await greatestShare(db, raw, found.rival, keys)) ?? 0;
        // Of two columns headed alike the values tell which refers.
        const isTold = Math.max(share, other) >= 0.9 && Math.min(share, other) < 0.3;
        if (isTold && (share > other || profiles.has(found.rival))) {
          const better = share > other ? profile : (profiles.get(found.rival) ?? profile);
          if (share < other) found.source = found.rival;
          found.certainty = "likely";
          judge(found, references, better, Math.max(share, other));
          continue;
        }
      }
      if ((share ?? 0) < 0.1 && (await otherLength(db, raw, found, keys, all, profile))) continue;
      judge(found, references, profile, share);
    }
  }
}

const textsOf = ({ words }: Profile) => words.map(([word]) => word);

/** Ids of Salesforce in the shorter form, as reports have them, beside keys in the longer one, or the other way round. */
async function otherLength(
  db: DuckDBConnection,
  { relation }: RawTable,
  found: ColumnGuess,
  keys: readonly Key[],
  all: readonly Guessed[],
  profile: Profile,
): Promise<boolean> {
  const isLong = areIds(textsOf(profile), 18);
  if (found.source === null || (!isLong && !areIds(textsOf(profile), 15))) return false;
  for (const { raw, source } of keys) {
    const key = all.find((each) => each.raw === raw)?.profiles.get(source);
    if (!key || !areIds(textsOf(key), isLong ? 15 : 18)) continue;
    const expression = (isLong ? shortIds : longIds)(quoted(found.source));
    const reader = await db.runAndReadAll(`
      select avg((id in (select ${quoted(source)} from ${raw.relation}))::int)
      from (select distinct ${expression} as id from ${relation} where ${quoted(found.source)} is not null)`);
    const share = Number(reader.value(0, 0) ?? 0);
    if (share < 0.5) continue;
    found.expression = expression;
    found.certainty = "likely";
    found.reasons.push(
      told("init.idLength", { share: `${Math.floor(share * 100)} %`, length: isLong ? "15" : "18" }),
    );
    return true;
  }
  return false;
}

export interface Key {
  raw: RawTable;
  source: string;
}

/** The columns of the folder that are keys of a table. */
export function keysOf(all: readonly Guessed[], table: TableName): Key[] {
  const [key] = primaryKeyOf(table);
  return all.flatMap(({ raw, guess }) => {
    if (guess.table !== table || guess.doubt !== undefined || guess.lacking.length > 0) return [];
    const found = guess.columns.find(({ column, certainty }) => column === key && certainty !== "unsure");
    return found?.source ? [{ raw, source: found.source }] : [];
  });
}

/** Numbers of few digits are keys of any table that counts its rows. */
export const isSmall = ({ words }: Profile) => words.some(([word]) => /^\d{1,4}$/.test(word));

/** The share of a column's values that the best of the keys has; undefined where no key can tell. */
export async function greatestShare(
  db: DuckDBConnection,
  { relation }: RawTable,
  column: string,
  keys: readonly Key[],
): Promise<number | undefined> {
  let most: number | undefined;
  for (const { raw, source } of keys) {
    if (raw.rows === 0) continue;
    const share = await joinShare(db, { relation, column }, { relation: raw.relation, column: source });
    // Of what was not read whole nothing shows that a value is not there.
    if (share !== null && (raw.isWhole || share > 0.5)) most = Math.max(most ?? 0, share);
  }
  return most;
}

function judge(found: ColumnGuess, references: string, profile: Profile, share: number | undefined): void {
  const isBare = found.named?.isBare ?? false;
  if (share === undefined) {
    if (!isBare) return;
    const isCoded = looksCoded(profile);
    found.certainty = isCoded ? "likely" : "unsure";
    found.reasons.push(told(isCoded ? "init.codes" : "init.mayBeNames"));
    return;
  }
  const reason = told("init.joins", { share: `${Math.floor(share * 100)} %`, table: references });
  found.reasons.push(reason);
  if (isBare) found.certainty = share < 0.5 ? "unsure" : "likely";
  else if (share < 0.1) {
    // Of a few values nothing follows; of many the files do not belong together, or it is something else, as are names beside ids.
    if (profile.distinct >= fewValues || (share === 0 && profile.distinct >= 3)) found.certainty = "unsure";
    else if (found.certainty === "sure") found.certainty = "likely";
  }
}

/** From so many different values on something follows of them. */
export const fewValues = 20;

/**
 * Finds how days and times are written.
 * @param companyZone of whose days a moment's day is one
 */
export async function refineNotations(
  db: DuckDBConnection,
  all: readonly Guessed[],
  companyZone: string,
): Promise<void> {
  for (const each of all) await refineDates(db, each, companyZone);
  const orders = all.flatMap(({ guess }) =>
    guess.columns.flatMap(({ dateFormats = [], certainty }) => (certainty === "unsure" ? [] : dateFormats)),
  );
  for (const { guess } of all) settleOpenDates(guess, orders);
}

/** How days are written that need no format. */
const plainDay = "%Y-%m-%d";

async function refineDates(
  db: DuckDBConnection,
  { raw, guess, profiles }: Guessed,
  companyZone: string,
): Promise<void> {
  const columns = [...columnsOf(guess.table), { name: "updated_at", kind: "timestamp" as const }];
  for (const found of guess.columns) {
    const kind = columns.find(({ name }) => name === found.column)?.kind;
    const profile = found.source === null ? undefined : profiles.get(found.source);
    if ((kind !== "date" && kind !== "timestamp") || !profile || found.source === null || found.expression)
      continue;
    const offset = kind === "timestamp" ? offsetWritten(found.source, profile) : undefined;
    if (offset !== undefined && profile.times < profile.filled * 0.995) {
      found.expression = offset;
      found.reasons.push(told("init.offset"));
      continue;
    }
    if (kind === "date" && found.epoch) {
      const { expression, zone } = dayOfEpoch(found.source, found.epoch, profile, companyZone);
      found.expression = expression;
      found.reasons.push(told("init.dayOfEpoch", { zone }));
      continue;
    }
    const day = kind === "date" ? dayOfInstant(found.source, profile, companyZone) : undefined;
    if (day !== undefined) {
      found.expression = day;
      found.reasons.push(told("init.dayIn", { zone: companyZone }));
      continue;
    }
    const republic = dayOfRepublic(found.source, profile);
    if (republic !== undefined) {
      found.expression = republic;
      found.reasons.push(told("init.republicYears"));
      continue;
    }
    const notation = await dateNotation(db, raw.relation, found.source, {
      profile,
      isTime: kind === "timestamp",
      isMonth: found.column === "month" || found.column === "period_start",
    });
    if (kind === "date" && notation.share < 0.9 && profile.times > profile.filled * 0.98) {
      found.expression = `left(${quoted(found.source)}, 10)`;
      found.reasons.push(told("init.dayOfTime"));
      continue;
    }
    if (notation.formats.length === 0 && notation.share === 1) continue;
    if (notation.formats.length === 0) {
      if (notation.share < 0.95) {
        found.certainty = "unsure";
        found.reasons.push(told("init.noDates", { share: `${Math.floor(notation.share * 100)} %` }));
      }
      continue;
    }
    found.dateFormats = notation.formats;
    found.reasons.push(
      told("init.formats", {
        share: `${Math.floor(notation.share * 100)} %`,
        formats: [...(notation.isBesidePlain ? [plainDay] : []), ...notation.formats].map((format) =>
          JSON.stringify(format),
        ),
      }),
    );
    if (notation.share < 0.95) found.certainty = "unsure";
    else if (notation.share > 0.98 && found.certainty === "likely" && found.named?.certainty === 2)
      found.certainty = found.named.isBySound ? "likely" : "sure";
    if (notation.other !== undefined) {
      found.certainty = "unsure";
      found.openDate = notation.other;
    }
  }
}

/** Where a day may be the month, the other dates of the folder that are written so tell. */
function settleOpenDates(guess: TableGuess, known: readonly string[]): void {
  for (const found of guess.columns) {
    const { openDate, dateFormats: [format = ""] = [] } = found;
    if (openDate === undefined) continue;
    const day = (one: string) => one.slice(0, 8);
    const [isSo, isOther] = [format, openDate].map((one) => known.some((each) => day(each) === day(one)));
    if (isSo === isOther) {
      found.reasons.push(told("init.dayOrMonth", { one: format, other: openDate }));
      continue;
    }
    if (isOther) {
      found.dateFormats = [openDate];
      found.reasons = found.reasons.map((reason) =>
        reason.id === "init.formats"
          ? { ...reason, values: { ...reason.values, formats: [JSON.stringify(openDate)] } }
          : reason,
      );
    }
    found.certainty = "likely";
    found.reasons.push(told("init.otherDates"));
  }
}
