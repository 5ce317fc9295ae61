import { foldHeader } from "../../../src/load/mapping/mappedColumns.js";
import { planLoad } from "../../../src/load/plan.js";
import { readSourcesYaml } from "../../../src/load/sourcesYaml.js";
import type { MadeFolder, MadeTable } from "./madeUp.js";

/** How well a written `sources.yaml` reads a made-up folder. */
export interface Score {
  mappable: number;
  right: number;
  /** Mappings that stand and are wrong: what nobody may find in it. */
  wrong: string[];
  missing: string[];
}

/** Holds what a folder's `sources.yaml` says against what its columns mean. */
export async function scoreOf(dataDir: string, { tables }: Pick<MadeFolder, "tables">): Promise<Score> {
  // A mapping of nothing is none that a build takes.
  const isEmpty = Object.keys(readSourcesYaml(dataDir)?.sources ?? {}).length === 0;
  const plan = isEmpty ? { sources: [] } : await planLoad(dataDir);
  const score: Score = { mappable: 0, right: 0, wrong: [], missing: [] };
  const read = plan.sources.flatMap(({ parts, mappings }) =>
    mappings.map((mapping) => ({ mapping, files: parts.get(mapping.part) ?? [] })),
  );
  for (const table of tables) {
    const place = table.sheet ?? table.file;
    const found = read.find(({ files }) => files.some((file) => isOf(file, table)));
    const expected = expectedOf(table);
    score.mappable += expected.size;
    if (!found) {
      for (const column of expected.keys()) score.missing.push(`${place}: ${column}`);
      continue;
    }
    const { mapping } = found;
    if (mapping.table !== table.table) {
      score.wrong.push(`${place} is read as ${mapping.table}`);
      continue;
    }
    const all = (table.parts ?? [""]).map((part) => table.file.replace("*", part));
    if (table.sheet === undefined && all.some((file) => !found.files.includes(file)))
      score.wrong.push(`${place}: only ${found.files.join(", ")}`);
    const columns = mapping.columns ?? {};
    for (const [column, source] of expected) {
      if (columns[column] === undefined) score.missing.push(`${place}: ${column}`);
      else if (isFrom(columns[column], source)) score.right++;
    }
    for (const [column, text] of Object.entries(columns)) {
      const allowed = table.columns.some(
        ([title, meaning]) => meaning?.replace("?", "") === column && isFrom(text, title),
      );
      if (!allowed && table.constants?.[column] !== text)
        score.wrong.push(`${place}: ${column} from ${text}`);
    }
  }
  return score;
}

const isOf = (file: string, table: MadeTable) =>
  table.sheet === undefined
    ? (table.parts ?? [""]).some((part) => file === table.file.replace("*", part))
    : file === `${table.file}/${table.sheet}`;

const expectedOf = (table: MadeTable): Map<string, string> =>
  new Map([
    ...table.columns.flatMap(([title, meaning]) =>
      meaning === null || meaning.startsWith("?") ? [] : [[meaning, title] as const],
    ),
    ...Object.entries(table.constants ?? {}),
  ]);

/** Whether a mapping reads a column: by its name, or in an expression over it alone. */
const isFrom = (text: string, title: string) =>
  foldHeader(text) === foldHeader(title) || text.includes(`"${title}"`);
