import type { DuckDBConnection } from "@duckdb/node-api";
import type { TableName } from "../../contract/index.js";
import type { RawTable } from "../group.js";
import { isId, mayRefer } from "../links.js";
import { joinShare, type Profile } from "../profile.js";
import type { Key } from "../refine.js";
import type { Evidence } from "../tableGuess.js";

/** A key of a known table. */
export interface KnownKey extends Key {
  table: TableName;
  profile: Profile;
}

/** So many different values have to be another file's ids: of numbers, which may be any table's, more. */
const fewest = { texts: 2, numbers: 5 } as const;
const nearlyAll = 0.95;
/** A folder of very many files is looked at only so far. */
const mostJoins = 3000;

/** Looks up which columns hold ids of other files, each pair of columns once. */
export function referenceFinder(db: DuckDBConnection) {
  const shares = new Map<string, number | null>();
  const shareOf = async (one: Key, other: Key): Promise<number | null> => {
    const id = JSON.stringify([one.raw.relation, one.source, other.raw.relation, other.source]);
    const before = shares.get(id);
    if (before !== undefined) return before;
    if (shares.size >= mostJoins) return null;
    const place = ({ raw, source }: Key) => ({ relation: raw.relation, column: source });
    const share = await joinShare(db, place(one), place(other));
    shares.set(id, share);
    return share;
  };
  /** The columns of a file whose values are ids of tables, with these. */
  return async (
    { raw, profiles }: Evidence & { raw: RawTable },
    keys: readonly KnownKey[],
  ): Promise<Map<string, ReadonlySet<TableName>>> => {
    const found = new Map<string, ReadonlySet<TableName>>();
    for (const source of raw.columns) {
      const profile = profiles.get(source);
      if (!profile || !mayHoldIds(profile)) continue;
      const tables = new Set<TableName>();
      for (const key of keys) {
        const isItself = key.raw === raw && key.source === source;
        if (isItself || tables.has(key.table) || !mayRefer(profile, key.profile)) continue;
        const share = await shareOf({ raw, source }, key);
        if (share !== null && share >= nearlyAll) tables.add(key.table);
      }
      if (tables.size > 0) found.set(source, tables);
    }
    return found;
  };
}

/** Codes, or numbers of some digits that are no amounts. */
function mayHoldIds(profile: Profile): boolean {
  const { words, distinct, filled } = profile;
  if (!isId({ ...profile, filled }, filled)) return false;
  const isNumber = words.every(([word]) => /^\d+$/.test(word));
  return isNumber
    ? distinct >= fewest.numbers && words.every(([word]) => word.length >= 3)
    : distinct >= fewest.texts;
}
