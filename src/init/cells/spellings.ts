import type { DuckDBConnection } from "@duckdb/node-api";
import { primaryKeyOf } from "../../contract/ddl.js";
import { columnsOf, type TableName, tableNames } from "../../contract/index.js";
import { quoted } from "../../engine/sql.js";
import { told } from "../../words/told.js";
import { fewValues, type Guessed, keysOf } from "../refine.js";
import type { ColumnGuess } from "../tableGuess.js";

/** How two files may write one id, the least change first. */
const folds = [
  (id: string) => `upper(trim(${id}))`,
  (id: string) => `regexp_replace(upper(trim(${id})), '^0+([0-9])', '\\1')`,
] as const;

interface Place {
  each: Guessed;
  found: ColumnGuess & { source: string };
}

/**
 * Ids that are those of another file but for case, blanks around them or zeros before them: key and references are read in one
 * spelling, where that takes no two keys for one.
 */
export async function refineSpellings(db: DuckDBConnection, all: readonly Guessed[]): Promise<void> {
  for (const table of tableNames) {
    const [only, ...others] = keysOf(all, table);
    const key = only && others.length === 0 ? placesOf(all, table, true)[0] : undefined;
    if (!key?.each.raw.isWhole || key.found.expression) continue;
    const references = placesOf(all, table, false).filter(({ found }) => !found.expression);
    for (const fold of folds) {
      const shares = await Promise.all(references.map((place) => sharesOf(db, place, key, fold)));
      const isOther = ({ plain, folded, distinct }: Shares) =>
        plain < 0.5 && folded >= 0.9 && distinct >= fewValues;
      if (!shares.some(isOther) || !(await staysKey(db, key, fold))) continue;
      key.found.expression = fold(quoted(key.found.source));
      key.found.certainty = "likely";
      key.found.reasons.push(told("init.spelling"));
      for (const [at, { found }] of references.entries()) {
        const share = shares[at]?.folded ?? 0;
        found.expression = fold(quoted(found.source));
        if (share < 0.5) continue;
        found.certainty = "likely";
        found.reasons = [
          ...found.reasons.filter(({ id }) => id !== "init.joins"),
          told("init.joins", { share: `${Math.floor(share * 100)} %`, table }),
          told("init.spelling"),
        ];
      }
      break;
    }
  }
}

/** The column that is a table's key, or those that lead to it. */
function placesOf(all: readonly Guessed[], table: TableName, isKey: boolean): Place[] {
  const [key] = primaryKeyOf(table);
  return all.flatMap((each) =>
    each.guess.columns.flatMap((found) => {
      const { column, source } = found;
      const isOwn = each.guess.table === table && column === key;
      const leads = columnsOf(each.guess.table).find(({ name }) => name === column)?.references === table;
      return source !== null && (isKey ? isOwn : leads && !isOwn) ? [{ each, found } as Place] : [];
    }),
  );
}

interface Shares {
  /** The shares of different values that are keys, as they are written and in one spelling. */
  plain: number;
  folded: number;
  distinct: number;
}

async function sharesOf(
  db: DuckDBConnection,
  { each: { raw }, found: { source } }: Place,
  key: Place,
  fold: (id: string) => string,
): Promise<Shares> {
  const ids = quoted(key.found.source);
  const reader = await db.runAndReadAll(`
    with keys as (select ${ids} as id from ${key.each.raw.relation} where ${ids} is not null),
    own as (select distinct ${quoted(source)} as id from ${raw.relation} where trim(${quoted(source)}) <> '')
    select coalesce(avg((trim(id) in (select trim(id) from keys))::int), 0),
      coalesce(avg((${fold("id")} in (select ${fold("id")} from keys))::int), 0), count(*)
    from own`);
  const [plain, folded, distinct] = (reader.getRows()[0] ?? []).map(Number);
  return { plain: plain ?? 0, folded: folded ?? 0, distinct: distinct ?? 0 };
}

async function staysKey(db: DuckDBConnection, { each, found }: Place, fold: (id: string) => string) {
  const id = quoted(found.source);
  const reader = await db.runAndReadAll(
    `select count(distinct trim(${id})) = count(distinct ${fold(id)}) from ${each.raw.relation}`,
  );
  return reader.value(0, 0) === true;
}
