import { primaryKeyOf } from "../../contract/ddl.js";
import { columnsOf, type TableName } from "../../contract/index.js";
import { isCoded } from "../../contract/reading.js";
import { type Heading, wordsOfName } from "./heading.js";
import { calledSo, entities, patterns } from "./patterns.js";

/** How a heading names a column. */
export interface Named {
  column: string;
  /** 2: it says so; 1: it may say so; 0: it says more than that, in words that are not known. */
  certainty: 0 | 1 | 2;
  /** The place of its pattern: of two columns the one with the fitter stands. */
  rank: number;
  /** It names who or what, not its id: a name may stand there as well. */
  isBare?: boolean;
  isBySound: boolean;
  /** No heading says it: other files refer to its values. */
  isReferred?: boolean;
  /** No heading says it: the database declares it a key, or where it leads. */
  isDeclared?: boolean;
  /** It says that it holds its codes. */
  isCode?: boolean;
  /** It is made of initials that are those of other words as well. */
  isOpen?: boolean;
}

interface Pattern {
  means: ReadonlySet<string>;
  isLikely: boolean;
  /** Mostly it means something else. */
  isOpen?: boolean;
  isBare?: boolean;
}

function patternsOf(table: TableName, name: string): Pattern[] {
  const column = columnsOf(table).find((each) => each.name === name);
  const written = (patterns[table]?.[name] ?? "").split(", ").filter(Boolean);
  const isKey = primaryKeyOf(table)[0] === name && !column?.references;
  const own = (isKey ? (entities[table] ?? []) : []).map((entity) => `${entity} id`);
  const referred = column?.references ? (entities[column.references as TableName] ?? []) : [];
  const roles = referred.filter((role) => role !== "agent" || table !== "tickets");
  const isRole = ["agent_id", "owner_id", "manager_id", "reviewee_id", "previous_ticket_id"].includes(name);
  const found = [
    ...written,
    ...own,
    ...(isKey ? ["~id", "~record id"] : []),
    ...(column?.references && !isRole
      ? roles.flatMap((entity) => [`${entity} id`, `~external ${entity} id`])
      : []),
  ].map(
    (text): Pattern => ({
      means: new Set(text.replace(/^[~?]/, "").split(" ")),
      isLikely: text.startsWith("~"),
      ...(text.startsWith("?") ? { isOpen: true } : {}),
    }),
  );
  const isFree = column?.references !== undefined && !isRole;
  const bare = isFree
    ? [...roles, ...(column?.references === "customers" ? ["customer employee"] : [])].map((entity) => ({
        means: new Set(entity.split(" ")),
        isLikely: true,
        isBare: true,
      }))
    : [];
  const bareKeys = isKey
    ? (entities[table] ?? []).map((entity) => ({ means: new Set([entity]), isLikely: true, isBare: true }))
    : [];
  const bareNames = isFree
    ? roles.map((entity) => ({
        means: new Set([...entity.split(" "), "name"]),
        isLikely: true,
        isBare: true,
      }))
    : [];
  return [...found, ...bareKeys, ...bare, ...bareNames];
}

/** What is known of the names of a table's columns. */
interface TableNames {
  all: readonly { column: string; patterns: readonly Pattern[] }[];
  /** The row's own name. */
  own: ReadonlySet<string>;
  /** Columns that may be headed as codes. */
  coded: ReadonlySet<string>;
}

const known = new Map<TableName, TableNames>();

function allPatterns(table: TableName): TableNames {
  const columns = columnsOf(table);
  const found = known.get(table) ?? {
    all: [...columns.map(({ name }) => ({ column: name, patterns: patternsOf(table, name) })), updatedAt],
    own: new Set((entities[table] ?? []).flatMap((entity) => entity.split(" "))),
    coded: new Set(columns.flatMap(({ name, kind }) => (isCoded(kind) || name === "role" ? [name] : []))),
  };
  known.set(table, found);
  return found;
}

const updatedAt: { column: string; patterns: readonly Pattern[] } = {
  column: "updated_at",
  patterns: [
    "updated when",
    "last updated when",
    "updated",
    "last updated",
    "system updated",
    "system updated when",
  ].map((text) => ({
    means: new Set(text.split(" ")),
    isLikely: false,
  })),
};

/** The columns of a table that a heading may name, the surest first. */
export function namedBy(heading: Heading, table: TableName): Named[] {
  const { own, coded, all } = allPatterns(table);
  const found = new Map<string, Named>();
  for (const { column, patterns: list } of all) {
    if (heading.key === column) found.set(column, { column, certainty: 2, rank: -1, isBySound: false });
    for (const { means, unknown, isBySound, isOpen } of heading.readings) {
      for (const [rank, pattern] of list.entries()) {
        if (means.size < pattern.means.size) continue;
        const fits = isSaid(means, pattern.means, own);
        const isCode = !fits && coded.has(column) && isSaid(means, pattern.means, own, beside);
        if (!fits && !isCode) continue;
        const certainty = unknown > 0 || pattern.isOpen ? 0 : pattern.isLikely || isCode ? 1 : 2;
        const named: Named = {
          column,
          certainty,
          rank,
          isBySound,
          ...(pattern.isBare ? { isBare: true } : {}),
          ...(isOpen ? { isOpen } : {}),
          ...(isCode ? { isCode } : {}),
        };
        const before = found.get(column);
        if (!before || before.certainty < certainty || (before.certainty === certainty && before.rank > rank))
          found.set(column, named);
      }
    }
  }
  if (table === "survey_answers" && heading.isAskedFor && !(found.get("score")?.certainty ?? 0))
    found.set("score", { column: "score", certainty: 1, rank: all.length + asked, isBySound: false });
  return [...found.values()].sort((one, other) => other.certainty - one.certainty || one.rank - other.rank);
}

/** Behind the patterns of a score. */
const asked = 100;

/** `SEG_CD` is a segment, too, `DeptName` a department, `行业分类` an industry. */
const beside = new Set(["id", "name", "category", "type"]);

/** Whether meanings are all of a pattern's and no others, but for some that it need not have, as the row's own name. */
function isSaid(
  means: ReadonlySet<string>,
  pattern: ReadonlySet<string>,
  ...besides: readonly ReadonlySet<string>[]
): boolean {
  for (const each of pattern) if (!means.has(each)) return false;
  for (const each of means)
    if (!pattern.has(each) && !besides.some((others) => others.has(each))) return false;
  return true;
}

/**
 * What a file's or sheet's name says of its rows: `own`, that they are a table's; `other`, that they are something of such a
 * row (`ticket_payments`, `客户合同`), or its history; `about`, that they are something of such a row in a word that is not known;
 * `none`, nothing.
 */
export function saidByName(name: string, table: TableName): "own" | "other" | "about" | "none" {
  const words = wordsOfName(name);
  const own = calledIn(table).map((entity) => entity.split(" "));
  const means = new Set(words.flatMap((word) => word ?? []));
  if (!own.some((entity) => entity.every((each) => means.has(each)))) return "none";
  if (means.has("history")) return table === "customer_status" ? "own" : "other";
  // The last word says what it is, the words before it whose or which.
  const head = words.findLast((word) => word === undefined || word.some((each) => !neutral.has(each)));
  if (head === undefined) return "about";
  return own.some((entity) => head.includes(entity.at(-1) ?? "")) ? "own" : "other";
}

/** Of how many words what a name calls its rows is: of `满意度回访` a survey is two, a contact is one. */
export function wordsSaid(name: string, table: TableName): number {
  if (saidByName(name, table) !== "own") return 0;
  const means = new Set(wordsOfName(name).flatMap((word) => word ?? []));
  const said = calledIn(table).map((entity) => entity.split(" "));
  const [most = 0] = said
    .filter((words) => words.every((each) => means.has(each)))
    .map((words) => words.length)
    .sort((one, other) => other - one);
  return most;
}

/** What a file of a table may be called. */
const calledIn = (table: TableName): readonly string[] => [
  ...(entities[table] ?? []),
  ...(calledSo[table] ?? []),
];

/** What a name has besides: `customer list`, `工单明细`, `export`. */
const neutral = new Set(["listing", "record", "id", "when", "month", "year"]);
