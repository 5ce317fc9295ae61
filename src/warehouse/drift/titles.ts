import { columnsOf } from "../../contract/index.js";
import { mappableColumns } from "../../contract/validation.js";
import { foldHeader } from "../../load/mapping/mappedColumns.js";
import type { LoadPlan, PlannedMapping } from "../../load/plan.js";
import type { TitleReport } from "../../load/report.js";
import type { SchemaFinding } from "../../published/drift.js";
import type { Unblocked } from "./outliers.js";

type Change = Pick<SchemaFinding, "change" | "title" | "instead">;

/** What of the titles of raw tables is another than in the build before. */
export function schemaFindings(
  now: readonly TitleReport[],
  before: readonly TitleReport[],
  plan: LoadPlan,
): Unblocked<SchemaFinding>[] {
  return before.flatMap((old) => {
    const { source, part } = old;
    const found = now.find((one) => one.source === source && one.part === part);
    const changes: Change[] = found
      ? changesOf(old, found)
      : [{ change: "gone", title: null, instead: null }];
    return changes.map((change) => {
      const titles = [change.title, change.instead].flatMap((title) => title ?? []);
      const columns = [...new Set(titles.flatMap((title) => readFrom(plan, { source, part }, title)))];
      return { kind: "schema" as const, sources: [source], raw_table: part, ...change, columns, isNew: true };
    });
  });
}

function changesOf(before: TitleReport, now: TitleReport): Change[] {
  const [old, stays] = [new Set(before.titles), new Set(now.common)];
  const went = before.common.filter((title) => !stays.has(title));
  const came = now.titles.filter((title) => !old.has(title));
  const both = before.common.filter((title) => stays.has(title));
  const replacements = replacementsOf({ went, came, both, before: before.common, now: now.titles });
  const news = new Set(replacements.values());
  const known = new Set(both);
  const isReordered = now.common.filter((title) => known.has(title)).some((title, at) => title !== both[at]);
  return [
    ...[...replacements].map(([title, instead]): Change => ({ change: "replaced", title, instead })),
    ...went
      .filter((title) => !replacements.has(title))
      .map((title): Change => ({ change: "went", title, instead: null })),
    ...came
      .filter((title) => !news.has(title))
      .map((title): Change => ({ change: "came", title, instead: null })),
    ...(isReordered ? [{ change: "reordered" as const, title: null, instead: null }] : []),
  ];
}

interface Titles {
  went: readonly string[];
  came: readonly string[];
  both: readonly string[];
  before: readonly string[];
  now: readonly string[];
}

/**
 * Titles that went, with what stands in their place: the same but for case, width and spaces, else what follows the same
 * title that stayed.
 */
function replacementsOf({ went, came, both, before, now }: Titles): Map<string, string> {
  const alike = new Map(came.toReversed().map((title) => [foldHeader(title), title]));
  const gone = new Set(went.map(foldHeader));
  const follows = behind(both, before);
  const standsBehind = behind(both, now);
  const there = new Map<string | undefined, string[]>();
  for (const title of came.filter((each) => !gone.has(foldHeader(each)))) {
    const place = standsBehind(title);
    const known = there.get(place);
    if (known) known.push(title);
    else there.set(place, [title]);
  }
  const taken = new Map<string | undefined, number>();
  const replaced = new Map<string, string>();
  for (const title of went) {
    const folded = alike.get(foldHeader(title));
    const place = follows(title);
    const at = taken.get(place) ?? 0;
    if (folded === undefined) taken.set(place, at + 1);
    const instead = folded ?? there.get(place)?.[at];
    if (instead !== undefined) replaced.set(title, instead);
  }
  return replaced;
}

/** Which of the titles that stayed each of a list stands behind. */
function behind(both: readonly string[], list: readonly string[]): (title: string) => string | undefined {
  const stayed = new Set(both);
  const places = new Map<string, string | undefined>();
  let last: string | undefined;
  for (const title of list) {
    places.set(title, last);
    if (stayed.has(title)) last = title;
  }
  return (title) => places.get(title);
}

/** The contract columns that are read from a title, or the table of what reads it otherwise. */
function readFrom(
  plan: LoadPlan,
  { source, part }: Pick<TitleReport, "source" | "part">,
  title: string,
): string[] {
  return plan.sources
    .filter(({ name }) => name === source)
    .flatMap(({ mappings }) => mappings)
    .filter((mapping) => mapping.select !== undefined || mapping.part === part)
    .flatMap((mapping) => readBy(mapping, title));
}

function readBy(mapping: PlannedMapping, title: string): string[] {
  const { table, columns, select, where } = mapping;
  const isRead = (sql: string | undefined) => sql !== undefined && mentions(sql, title);
  const names = columns
    ? columnsOf(table)
        .map(({ name }) => name)
        .concat(mapping.extra)
        .filter((name) => isRead(columns[name]))
    : select === undefined
      ? mappableColumns(table, mapping.extra)
          .map(({ name }) => name)
          .filter((name) => foldHeader(name) === foldHeader(title))
      : [];
  return [...names.map((name) => `${table}.${name}`), ...(isRead(select) || isRead(where) ? [table] : [])];
}

/** Whether an expression of `sources.yaml` names a title: it is one, or has it among its identifiers. */
function mentions(sql: string, title: string): boolean {
  if (foldHeader(sql) === foldHeader(title)) return true;
  const code = sql.replaceAll(/'(?:[^']|'')*'/g, "''").toLowerCase();
  const tokens = code.match(/"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{M}\p{N}_$]*/gu) ?? [];
  const names = tokens.map((token) =>
    token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token,
  );
  return names.includes(title.toLowerCase());
}
