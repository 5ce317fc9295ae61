import { parseDocument } from "yaml";
import { columnsOf, tableNames } from "../../src/contract/index.js";

const names = new Set(tableNames.flatMap((table) => columnsOf(table).map(({ name }) => name)));

interface Table {
  columns?: Record<string, unknown>;
  values?: Record<string, Record<string, unknown>>;
}

/**
 * Takes the # of each line of a `sources.yaml` that says what may be read away, of one at a time; of what waits for answers, the block's first.
 * @returns lines that are no YAML then, or stand elsewhere than where a build reads them, and how many there were
 */
export function uncommented(yaml: string): { wrong: string[]; count: number } {
  const lines = yaml.split("\n");
  const start = lines.findIndex((line) => /^# \w+:$/.test(line));
  const end = lines.findIndex((line, at) => at > start && !/^# {2}|^# \w+:$/.test(line));
  const answered = lines.map((line, at) => (start >= 0 && at >= start && at < end ? line.slice(2) : line));
  const wrong: string[] = [];
  let count = 0;
  for (const all of start < 0 ? [lines] : [lines, answered]) {
    for (const [at, line] of all.entries()) {
      const [, before = "", rest = "", key = ""] = /^( +)# ( *(\w+|"(?:[^"\\]|\\.)*"): .*)$/.exec(line) ?? [];
      const isWord = key.startsWith('"');
      if (!names.has(key) && key !== "values" && !isWord) continue;
      count++;
      const document = parseDocument(all.with(at, `${before}${rest}`).join("\n"));
      const tables = document.errors.length === 0 ? tablesOf(document.toJS()) : [];
      const stands = tables.some(({ columns = {}, values = {} }) =>
        key === "values"
          ? Object.keys(values).length > 0
          : isWord
            ? Object.values(values).some((words) => (JSON.parse(key) as string) in words)
            : rest.startsWith(`${key}: {`)
              ? key in values
              : key in columns,
      );
      if (!stands) wrong.push(line);
    }
  }
  return { wrong, count };
}

const tablesOf = (root: Record<string, { tables?: Record<string, Table> }> | null): Table[] =>
  Object.values(root ?? {}).flatMap(({ tables = {} }) => Object.values(tables));
