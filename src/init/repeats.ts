import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf } from "../contract/ddl.js";
import { isId } from "./links.js";
import { joinShare } from "./profile.js";
import { fewValues, type Guessed, isSmall } from "./refine.js";

/**
 * Of files that are no series and feed one table, those whose rows are those of a better one are no table of their own: they
 * are another state of it, or something of its rows.
 */
export async function withoutRepeats(
  db: DuckDBConnection,
  all: readonly Guessed[],
): Promise<{ kept: Guessed[]; repeats: { repeat: Guessed; of: Guessed }[] }> {
  const kept: Guessed[] = [];
  const repeats: { repeat: Guessed; of: Guessed }[] = [];
  const isView = ({ raw }: Guessed) => raw.origin?.surveyed.isView ?? false;
  // What is made of a table's rows is its repeat, however well it is headed.
  const best = [...all].sort(
    (one, other) => Number(isView(one)) - Number(isView(other)) || other.guess.score - one.guess.score,
  );
  for (const each of best) {
    const [key] = primaryKeyOf(each.guess.table);
    const own = each.guess.columns.find(({ column }) => column === key)?.source;
    let of: Guessed | undefined;
    for (const other of kept.filter(({ guess }) => guess.table === each.guess.table)) {
      const others = other.guess.columns.find(({ column }) => column === key)?.source;
      if (!own || !others) continue;
      const share = await joinShare(
        db,
        { relation: each.raw.relation, column: own },
        { relation: other.raw.relation, column: others },
      );
      if (share !== null && share >= 0.3) of = other;
      // Its ids may be the other's in a column that is not the other's own number.
      else if (await hasInOther(db, { ...each.raw, column: own }, other)) of = other;
      else if (await hasInOther(db, { ...other.raw, column: others }, each)) {
        kept.splice(kept.indexOf(other), 1);
        repeats.push({ repeat: other, of: each });
      }
    }
    if (of) repeats.push({ repeat: each, of });
    else kept.push(each);
  }
  return { kept: all.filter((each) => kept.includes(each)), repeats };
}

/** Whether nearly all ids of a column are those of another file's rows, whatever is the number of these. */
async function hasInOther(
  db: DuckDBConnection,
  { relation, column }: { relation: string; column: string },
  { raw, guess, profiles }: Guessed,
): Promise<boolean> {
  const [key] = primaryKeyOf(guess.table);
  const own = guess.columns.find((each) => each.column === key)?.source;
  for (const [source, profile] of profiles) {
    if (source === own || !profile.isOnce || profile.distinct < fewValues || !isId(profile, profile.rows))
      continue;
    const share = isSmall(profile)
      ? null
      : await joinShare(db, { relation, column }, { relation: raw.relation, column: source });
    if (share !== null && share >= 0.9) return true;
  }
  return false;
}
