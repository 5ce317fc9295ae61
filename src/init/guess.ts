import type { Vocabulary } from "../catalogue/vocabulary.js";
import { primaryKeyOf } from "../contract/ddl.js";
import { type Column, type TableName, tableNames } from "../contract/index.js";
import { mappableColumns } from "../contract/validation.js";
import { told } from "../words/told.js";
import { completed } from "./cells/completed.js";
import { readAs } from "./cells/guessOfCells.js";
import { heldAgainstCells } from "./constants.js";
import { isOfForm, isOnlyPlanned } from "./deadlines.js";
import { type Fit, fitOf, looksCoded } from "./fit.js";
import type { Heading } from "./lexicon/heading.js";
import { type Named, namedBy, saidByName, wordsSaid } from "./lexicon/named.js";
import { isConstant, madeUp } from "./madeUp.js";
import type { Profile } from "./profile.js";
import { dimensionSaid } from "./surveys.js";
import type { Certainty, ColumnGuess, Evidence, TableGuess } from "./tableGuess.js";
import { saysMoney } from "./units.js";

/** Columns that many tables have, which tell none. */
export const common = new Set([
  "name",
  "updated_at",
  "type",
  "currency",
  "region",
  "owner_id",
  "created_at",
  "amount",
  "status",
]);

/** What a file's columns would be if it were a certain table. */
export function guessAs(table: TableName, evidence: Evidence, vocabulary: Vocabulary): TableGuess {
  const columns = mappableColumns(table);
  const key = primaryKeyOf(table);
  const candidates = evidence.columns.flatMap((source) => {
    const [heading, profile] = [evidence.headings.get(source), evidence.profiles.get(source)];
    if (!heading || !profile) return [];
    const isReferred = evidence.referred?.get(source) === table;
    const names = namedBy(heading, table);
    const to = evidence.refers?.get(source);
    const leading = to === undefined ? [] : columns.filter(({ references }) => references === to);
    // Of several columns that may lead there the heading tells which.
    const linked = leading.length === 1 && names.every(({ certainty }) => certainty === 0) ? leading : [];
    const isPrimary = key.length === 1 && source === evidence.primaryKey && names.length === 0;
    const unheaded = [
      ...(isReferred ? [referredTo(key[0] ?? "")] : isPrimary ? [declaredAs(key[0] ?? "")] : []),
      ...linked.map(({ name }) => declaredAs(name)),
    ];
    const found = [...unheaded, ...names].flatMap((named): Candidate[] => {
      const column = columns.find(({ name }) => name === named.column);
      if (!column) return [];
      const isTime = column.kind === "date" || column.kind === "timestamp";
      if (isOfForm(source, column.name) || (isTime && isOnlyPlanned(source, column.name))) return [];
      if (column.references !== undefined && saysMoney(source)) return [];
      if (named.isBare && isBesideIds(source, column, evidence)) return [];
      const isKey = key.length === 1 && key[0] === column.name;
      const { isBare = false, certainty } = named;
      const fit = fitOf(table, column, profile, vocabulary, {
        isKey,
        isGroup: isOwnId(table, column),
        isBare,
        isLikely: certainty < 2,
        isSaid: certainty === 2 && !isBare,
      });
      if (fit.certainty < 0 || (certainty === 0 && profile.filled === 0)) return [];
      const strength =
        strengthOf(named, fit) + keyBonus(heading, column, fit, isKey) + (named.isReferred ? 3 : 0);
      const isGroup = column.name === "segment" && groupsRows(profile);
      return [{ source, column, named, fit, strength, isLike: isLikeIt(column, profile), isGroup }];
    });
    const isSole = found.filter(({ fit }) => fit.certainty > 0).length === 1;
    return found.map((each) => ({
      ...each,
      isLike: isSole && each.isLike,
      isGroup: isSole && each.isGroup,
    }));
  });
  candidates.sort(
    (one, other) =>
      other.strength - one.strength ||
      one.named.rank - other.named.rank ||
      other.fit.certainty - one.fit.certainty,
  );
  const scores = table === "survey_answers" ? severalScores(candidates, evidence) : [];
  const isFurther = ({ column, source }: Candidate) => column.name === "score" && scores.includes(source, 1);
  const taken = new Map<string, Candidate>();
  const rivals = new Map<string, string>();
  const used = new Set<string>();
  for (const candidate of candidates.filter((each) => !isFurther(each))) {
    const { source, column, named, strength } = candidate;
    const before = taken.get(column.name);
    if (before && !used.has(source) && before.strength === strength && before.named.rank === named.rank)
      rivals.set(column.name, source);
    if (before || used.has(source)) continue;
    taken.set(column.name, candidate);
    used.add(source);
  }
  const byHeadings = columns.flatMap((column): ColumnGuess[] => {
    const found = taken.get(column.name);
    return found
      ? [columnGuess(found, rivals.get(column.name), key.length === 1 && key[0] === column.name)]
      : [];
  });
  const guesses = completed(table, byHeadings, evidence, vocabulary);
  const made = heldAgainstCells(table, madeUp(table, guesses, evidence), guesses, evidence, vocabulary);
  const all = [...guesses, ...made];
  const lacking = columns
    .filter(({ name, required }) => required && !all.some(({ column }) => column === name))
    .map(({ name }) => name);
  // What is the same in all rows says nothing of what a file is.
  const isTelling = ({ column, source }: ColumnGuess) => source !== null || !isConstant(column);
  const untold = all.filter((each) => !isTelling(each)).map(({ column }) => column);
  const score = scored(table, all.filter(isTelling), [...lacking, ...untold], evidence);
  const furtherScores = scores.slice(1);
  return { table, columns: all, lacking, ...score, ...(furtherScores.length > 0 ? { furtherScores } : {}) };
}

/** The columns that hold scores of different things as their headings say, the one that is of all first; none where there is but one. */
function severalScores(candidates: readonly Candidate[], { labels }: Evidence): string[] {
  const byDimension = new Map<string, string>();
  for (const { source, column, named, fit } of candidates) {
    if (column.name !== "score" || named.certainty === 0 || fit.certainty < 2) continue;
    const dimension = dimensionSaid(labels?.get(source) ?? source);
    // Two of one dimension are rivals.
    if (dimension === undefined || byDimension.has(dimension)) return [];
    byDimension.set(dimension, source);
  }
  const first = byDimension.get("overall") ?? byDimension.get("recommend");
  const all = [...byDimension.values()];
  if (all.length < 2) return [];
  return first === undefined ? all : [first, ...all.filter((each) => each !== first)];
}

/** Whether another column has the ids of what this one only names. */
function isBesideIds(source: string, { references }: Column, { refersTo = new Map() }: Evidence): boolean {
  const leads = (tables: ReadonlySet<TableName> | undefined) => tables?.has(references as TableName) ?? false;
  return references !== undefined && !leads(refersTo.get(source)) && [...refersTo.values()].some(leads);
}

/** Of a key of several columns the one that is an id of the table's own, as an order's beside its lines' numbers. */
export const isOwnId = (table: TableName, { name, references }: Column): boolean =>
  primaryKeyOf(table)[0] === name && references === undefined;

/** What no heading says, but what other files have. */
const referredTo = (column: string): Named => ({
  column,
  certainty: 1,
  rank: 0,
  isBySound: false,
  isReferred: true,
});

/** What no heading says, but a key of the database. */
const declaredAs = (column: string): Named => ({
  column,
  certainty: 1,
  rank: 1,
  isBySound: false,
  isDeclared: true,
});

interface Candidate {
  source: string;
  column: Column;
  named: Named;
  fit: Fit;
  /** Its heading names no other column of the table, and its cells are as that column's. */
  isLike: boolean;
  /** It heads nothing else of the table, and its few words group the rows. */
  isGroup: boolean;
  strength: number;
}

function strengthOf(named: Named, fit: Fit): number {
  const byName = named.certainty - (named.isBySound ? 0.3 : 0) - (named.isBare ? 0.5 : 0);
  return byName + (fit.certainty === 0 ? -1 : 0);
}

/** Beside a row's `id` its number or code is something for people, and others refer to the id. */
const keyBonus = ({ key }: Heading, { name }: Column, fit: Fit, isKey: boolean) =>
  isKey && fit.certainty > 0 && (key === "id" || key === name) ? 1.5 : isKey && fit.certainty === 2 ? 0.2 : 0;

function columnGuess(
  { source, column, named, fit, isLike, isGroup }: Candidate,
  rival: string | undefined,
  isKey: boolean,
): ColumnGuess {
  const isSaid = named.certainty === 2 && !named.isBySound;
  const reasons = named.isDeclared
    ? []
    : [told(named.isReferred ? "init.referred" : isSaid ? "init.heading" : "init.headingLike")];
  if (fit.reason) reasons.push(fit.reason);
  let certainty: Certainty =
    named.certainty === 0 || fit.certainty === 0
      ? "unsure"
      : named.certainty === 2 && fit.certainty === 2 && !named.isBySound
        ? "sure"
        : "likely";
  // A word that may mean it is enough only where the cells speak for it.
  if (named.certainty === 1 && column.kind === "open" && column.labels && !fit.isKnown && !named.isCode)
    certainty = isGroup ? "likely" : "unsure";
  if (named.isCode && fit.reason?.id === "init.empty") certainty = "unsure";
  if (named.isOpen && isAnyText(column) && !fit.isKnown && !isLike) certainty = "unsure";
  // Of what is half understood the cells may tell the rest.
  if (named.certainty === 0 && column.name === "name" && fit.isKnown) certainty = "likely";
  if (rival !== undefined) {
    // Of two keys either tells the rows apart.
    certainty = isKey && certainty !== "unsure" && fit.certainty === 2 ? "likely" : "unsure";
    reasons.push(told("init.rival", { other: rival }));
  }
  return {
    column: column.name,
    source,
    certainty,
    reasons,
    named,
    ...(rival === undefined ? {} : { rival }),
    ...readAs(source, fit, column),
  };
}

/** Few words, each of many rows. */
const groupsRows = ({ isAllWords, words, distinct, filled, rows }: Profile): boolean =>
  isAllWords &&
  distinct >= 2 &&
  distinct <= 12 &&
  distinct * 5 <= filled &&
  filled >= rows * 0.9 &&
  words.every(([word]) => /\p{L}/u.test(word));

/** Few Chinese words, as a ledger groups by, or codes. */
const isLikeIt = ({ kind, name }: Column, profile: Profile): boolean =>
  kind === "open" || (kind === "text" && name !== "name")
    ? profile.distinct <= 60 && profile.words.every(([word]) => /\p{Script=Han}/u.test(word))
    : kind === "id" && looksCoded(profile);

/** Nothing that stands in its cells speaks for a column or against it. */
const isAnyText = ({ kind, references, name }: Column) =>
  (kind === "open" || kind === "text" || kind === "id") &&
  !references &&
  name !== "currency" &&
  !name.endsWith("_id");

/** What a column that is read is worth; less where only its cells say it. */
export const worthOf = ({ certainty, byCells }: ColumnGuess): number =>
  byCells === "left" ? 0.3 : { sure: 1, likely: 0.7, unsure: 0.1 }[certainty];

function scored(
  table: TableName,
  columns: readonly ColumnGuess[],
  lacking: readonly string[],
  evidence: Evidence,
): Pick<TableGuess, "score" | "hasKey" | "isTold" | "isOwnKey"> {
  const penalty = 2.5 * lacking.filter((column) => !isConstant(column)).length + 0.3 * lacking.length;
  const mapped = columns.reduce((sum, each) => sum + worthOf(each), 0);
  const said = evidence.names.map((name) => saidByName(name, table));
  const isOpenName = said.includes("own") && isOfSeveral(evidence.names, table);
  const names = said.filter((each) => each === "own").length;
  const isOther = names === 0 && said.includes("other");
  const isAbout = names === 0 && said.includes("about");
  const [first] = primaryKeyOf(table);
  const key = columns.find(({ column }) => column === first);
  const isOwnKey =
    key !== undefined &&
    key.certainty !== "unsure" &&
    (key.named?.certainty === 2 || key.named?.isReferred === true);
  const isFilled = (source: string | null) => (evidence.profiles.get(source ?? "")?.filled ?? 0) > 0;
  const telling = columns.filter(
    ({ column, certainty, source, byCells }) =>
      certainty !== "unsure" &&
      byCells !== "left" &&
      isFilled(source) &&
      column !== first &&
      (!common.has(column) || byCells === "telling") &&
      (column === "asset_id" || !/_id$/.test(column)),
  ).length;
  const isWhole = lacking.every(isConstant);
  const isTold =
    key !== undefined &&
    (isOther
      ? telling >= 4 || (isOwnKey && telling >= 2)
      : isAbout
        ? telling >= 3 || (isOwnKey && (telling >= 1 || isWhole)) || (telling >= 2 && isWhole)
        : (names > 0 && !isOpenName) || isOwnKey || telling >= 3);
  const hasKey = key !== undefined && key.certainty !== "unsure";
  const score = hasKey
    ? mapped - penalty + (names > 0 ? (isOpenName ? 1 : 2) : 0) + (isOwnKey ? 2 : 0)
    : mapped - penalty - 3;
  return { score, hasKey, isTold, isOwnKey };
}

/** Whether a name says as well, in as many words, that the rows are those of another table: calls may be tickets or contacts. */
const isOfSeveral = (names: readonly string[], table: TableName): boolean =>
  names.some((name) => {
    const own = wordsSaid(name, table);
    return own > 0 && tableNames.some((other) => other !== table && wordsSaid(name, other) >= own);
  });
