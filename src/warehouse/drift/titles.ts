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
  const went = before.common.filter((title) => !now.common.includes(title));
  const came = now.titles.filter((title) => !before.titles.includes(title));
  const both = before.common.filter((title) => now.common.includes(title));
  const replaced = went.flatMap((title) => {
    const instead = replacement(title, { went, came, both, before: before.common, now: now.titles });
    return instead === undefined ? [] : [{ title, instead }];
  });
  const isReordered = now.common
    .filter((title) => both.includes(title))
    .some((title, at) => title !== both[at]);
  return [
    ...replaced.map(({ title, instead }): Change => ({ change: "replaced", title, instead })),
    ...went
      .filter((title) => !replaced.some((one) => one.title === title))
      .map((title): Change => ({ change: "went", title, instead: null })),
    ...came
      .filter((title) => !replaced.some(({ instead }) => instead === title))
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

/** What stands in the place of a title: the same but for case, width and spaces, else what follows the same title that stayed. */
function replacement(title: string, { went, came, both, before, now }: Titles): string | undefined {
  const folded = came.find((one) => foldHeader(one) === foldHeader(title));
  if (folded !== undefined) return folded;
  const placeIn = (list: readonly string[], one: string) =>
    list.slice(0, list.indexOf(one)).findLast((each) => both.includes(each));
  const place = placeIn(before, title);
  const isOpen = (one: string, others: readonly string[]) =>
    !others.some((other) => foldHeader(other) === foldHeader(one));
  const gone = went.filter((one) => placeIn(before, one) === place && isOpen(one, came));
  const there = came.filter((one) => placeIn(now, one) === place && isOpen(one, went));
  return there[gone.indexOf(title)];
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
