import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../engine/sql.js";
import { globToRegExp } from "../load/findFiles.js";
import { foldHeader } from "../load/mapping/mappedColumns.js";
import type { Looked } from "./look.js";
import { partColumn } from "./profile.js";

/** A table of a folder: a file, the files of a series with one header, or a sheet. */
export interface RawTable extends Looked {
  files: readonly string[];
  /** What `files:` says: a pattern or paths. */
  patterns: readonly string[];
  /** Of a series, the column that says which file a row is of. */
  partOf?: string;
}

/** So many files of a series are looked at together. */
const mostSampled = 6;

/**
 * Files whose names differ in numbers alone and whose headers have the same columns are one table.
 * @param all every file of the folder, none of which a pattern may take that is not of its series
 */
export async function grouped(
  db: DuckDBConnection,
  tables: readonly Looked[],
  all: readonly string[],
): Promise<RawTable[]> {
  const series = new Map<string, Looked[]>();
  for (const table of tables) {
    const key = JSON.stringify([
      table.sheet ? [table.file, table.sheet] : stemOf(table.file),
      table.written,
      table.columns.map(foldHeader).sort(),
    ]);
    series.set(key, [...(series.get(key) ?? []), table]);
  }
  const raws: RawTable[] = [];
  for (const members of series.values()) {
    const [first] = members;
    if (!first) continue;
    const files = members.map(({ file }) => file);
    raws.push({ ...first, ...(await together(db, members)), files, patterns: patternsOf(files, all) });
  }
  return raws;
}

const stemOf = (file: string) => file.replaceAll(/\d+/g, "#").replaceAll(/=[^/]*\//g, "=/");

async function together(
  db: DuckDBConnection,
  members: readonly Looked[],
): Promise<Pick<RawTable, "relation" | "rows" | "isWhole" | "partOf">> {
  const [first] = members;
  if (!first || members.length === 1) return first ?? { relation: "", rows: 0, isWhole: true };
  const step = Math.ceil(members.length / mostSampled);
  const some = members.filter((_, index) => index % step === 0 || index === members.length - 1);
  const filled = some.filter(({ rows }) => rows > 0);
  if (filled.length === 0) return first;
  const relation = `${first.relation}_series`;
  const parts = filled.map((each, part) => {
    const names = first.columns.map(
      (name) => each.columns.find((other) => foldHeader(other) === foldHeader(name)) ?? name,
    );
    return `select ${names.map((name, index) => `${quoted(name)} as ${quoted(first.columns[index] ?? name)}`).join(", ")}, ${part} as ${partColumn} from ${each.relation}`;
  });
  await db.run(`create or replace temp table ${relation} as ${parts.join(" union all ")}`);
  const rows = filled.reduce((sum, each) => sum + each.rows, 0);
  return {
    relation,
    rows,
    partOf: partColumn,
    isWhole: some.length === members.length && members.every(({ isWhole }) => isWhole),
  };
}

/** One pattern for a series where it takes no other file, else the paths. */
function patternsOf(files: readonly string[], all: readonly string[]): string[] {
  const [first = "", ...rest] = files;
  if (rest.length === 0) return [first];
  const inFolders = /^(.*?)[^/]*=[^/]*\/.*(\.\w+)$/.exec(first);
  const pieces = files.map((file) => file.match(/\d+|\D+/g) ?? []);
  const pattern = inFolders
    ? `${inFolders[1]}**/*${inFolders[2]}`
    : (pieces[0] ?? [])
        .map((piece, index) => (pieces.every((each) => each[index] === piece) ? piece : "*"))
        .join("")
        .replaceAll(/\*([-_.]?\*)+/g, "*")
        // Next year's are of the series, too.
        .replaceAll(/(?:\d+[-_.])+\*/g, "*");
  const matcher = globToRegExp(pattern);
  const matched = all.filter((file) => matcher.test(file));
  return matched.length === files.length && matched.every((file) => files.includes(file))
    ? [pattern]
    : [...files];
}
