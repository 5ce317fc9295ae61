import type { Vocabulary } from "../../catalogue/vocabulary.js";
import { primaryKeyOf } from "../../contract/ddl.js";
import type { Column, TableName } from "../../contract/index.js";
import { mappableColumns } from "../../contract/validation.js";
import { told } from "../../words/told.js";
import { isOfForm, isOnlyPlanned } from "../deadlines.js";
import { fewestWords, fitOf, knownWords, looksCoded, mostLines } from "../fit.js";
import { isId } from "../links.js";
import type { Profile } from "../profile.js";
import { type ColumnGuess, type Evidence, isActive } from "../tableGuess.js";
import { guessOfCells } from "./guessOfCells.js";
import { asRunning, asSelf } from "./ofRows.js";
import { type Found, type Free, meant, only, type Search } from "./search.js";
import { saysAny, turning } from "./turning.js";

/**
 * Adds to what headings say what the cells alone can be: ids that lead to one other file, words of one closed list, the only name, day
 * or amount that is left. Taken is only what no other column of the file could be.
 * @returns all guesses, those by cells in the place of unsure ones
 */
export function completed(
  table: TableName,
  guesses: readonly ColumnGuess[],
  evidence: Evidence,
  vocabulary: Vocabulary,
): ColumnGuess[] {
  let all = [...guesses];
  const columns = mappableColumns(table);
  const filled = evidence.columns.flatMap((source): Free[] => {
    const profile = evidence.profiles.get(source);
    return profile && profile.filled > 0 ? [{ source, profile }] : [];
  });
  const byRest: (typeof asName)[] = [asName, asTime, asAmount];
  for (const find of [
    byReference,
    asRunning,
    asKey,
    byWords,
    asName,
    asTime,
    asAmount,
    asTwin,
    asHalfRead,
    asSelf,
  ])
    for (const column of columns) {
      if (all.some((each) => each.column === column.name && isActive(each))) continue;
      const used = new Set(all.flatMap(({ source, certainty }) => (certainty === "unsure" ? [] : [source])));
      const free = filled.filter(({ source }) => !used.has(source));
      const isRest = byRest.includes(find);
      const left = isRest ? free.filter(({ profile }) => !isSame(profile)) : free;
      const found = find({ table, column, free: left, evidence, vocabulary, known: all });
      if (!found || (isRest && isMeant(all, column, found))) continue;
      all = all.filter(
        (each) => each.column !== column.name && (isActive(each) || each.source !== found.source),
      );
      all.push(guessOfCells(column, found));
    }
  return all;
}

/** What says nothing of its rows, for it is the same in all of them. */
const isSame = ({ distinct, filled }: Profile) => distinct === 1 && filled > 1;

/** Whether headings name others than what is left: which of them is meant is to be asked, not to be told by elimination. */
function isMeant(known: readonly ColumnGuess[], { name }: Column, { source }: Found): boolean {
  const aside = known.find((each) => each.column === name && (each.named?.certainty ?? 0) > 0);
  return aside !== undefined && aside.source !== source && aside.rival !== source;
}

/** Ids of one other table; of employees any column may hold them, so that the heading has to name a role. */
function byReference(search: Search): Found | undefined {
  const { table, column, free, evidence } = search;
  const { references: to } = column;
  if (to === undefined || to === table) return undefined;
  const isOfEmployees = to === "employees";
  const isSole = mappableColumns(table).filter(({ references }) => references === to).length === 1;
  if (!isSole) return undefined;
  const leading = free.filter(({ source }) => {
    const tables = evidence.refersTo?.get(source);
    return tables?.size === 1 && tables.has(to as TableName);
  });
  const found = only(leading);
  if (!found || meant(search, found, isOfEmployees ? turning.person : turning.reference)) return undefined;
  if (isOfEmployees && !column.required && !meant(search, found, roles)) return undefined;
  return {
    source: found.source,
    reasons: [told("init.onlyReference", { table: to })],
  };
}

const roles = new Set(["agent", "owner", "employee", "manager"]);

/** The only column whose values stand once each; of several the first of the file where it alone is headed as an id. */
function asKey(search: Search): Found | undefined {
  const { table, column, free, evidence } = search;
  const isGroup = primaryKeyOf(table).length > 1;
  if (primaryKeyOf(table)[0] !== column.name || column.references) return undefined;
  const unique = free.filter(
    (each) =>
      each.profile.isOnce &&
      isId(each.profile, each.profile.rows) &&
      !evidence.refersTo?.has(each.source) &&
      !meant(search, each, turning.key),
  );
  const ids = unique.filter((each) => meant(search, each, new Set(["id"])));
  const found = only(unique) ?? (ids[0] === unique[0] ? only(ids) : undefined);
  if (!found || !looksCoded(found.profile)) return undefined;
  if (isGroup && !isNoCount(found.profile) && !meant(search, found, new Set(["id"]))) return undefined;
  if (isGroup && free.some((each) => each !== found && mayGroup(each, evidence))) return undefined;
  return { source: found.source, reasons: [told("init.onlyOne"), told("init.unique")] };
}

/** Codes, or numbers of one length; weights and the like are as long as they are great. */
const isNoCount = ({ whole, filled, words }: Profile): boolean =>
  whole < filled || new Set(words.map(([word]) => word.length)).size === 1;

/** Whether the values of a column may be ids of orders whose lines the rows are. */
const mayGroup = ({ source, profile }: Free, evidence: Evidence): boolean =>
  looksCoded(profile) &&
  isId(profile, profile.rows) &&
  isNoCount(profile) &&
  profile.filled <= profile.distinct * mostLines &&
  !evidence.refersTo?.has(source);

/** Words of a closed list, or yes and no. */
function byWords({ table, column, free, evidence, vocabulary }: Search): Found | undefined {
  const { kind, required, labels } = column;
  const isChannel = kind === "open" && column.name === "channel" && labels !== undefined;
  const isTruth = kind === "bool" && required;
  if (kind !== "enum" && !isChannel && !isTruth) return undefined;
  const fitting = free.flatMap(({ source, profile }) => {
    if (saysAny(evidence.headings.get(source), turning.words)) return [];
    const fit = fitOf(table, column, profile, vocabulary, { isLikely: true });
    const { words, isAllWords } = profile;
    const known = isTruth ? words.length : knownWords(table, column, profile, vocabulary).length;
    const isAll =
      isAllWords &&
      known === words.length &&
      (isTruth || words.length >= fewestWords) &&
      (!required || profile.filled >= profile.rows * 0.98);
    return isAll && fit.certainty > 0 ? [{ source, fit }] : [];
  });
  const found = only(fitting);
  if (!found) return undefined;
  const { source, fit } = found;
  return {
    source,
    fit,
    isTelling: !isTruth,
    reasons: [told("init.byWords"), ...(fit.reason ? [fit.reason] : [])],
  };
}

/** What rows are called by: the only text that is as names of companies or people are, or that tells rows apart. */
function asName(search: Search): Found | undefined {
  const { table, column, free } = search;
  if (column.name !== "name") return undefined;
  const texts = free.filter(
    (each) =>
      each.profile.filled >= each.profile.rows * 0.98 &&
      each.profile.personal < 0.05 &&
      !looksCoded(each.profile) &&
      each.profile.times === 0 &&
      each.profile.words.every(([word]) => /\p{L}/u.test(word)) &&
      each.profile.distinct >= each.profile.filled * 0.7 &&
      !meant(search, each, turning.name),
  );
  const like = table === "customers" ? "companies" : table === "employees" ? "people" : undefined;
  const alike = like === undefined ? [] : texts.filter(({ profile }) => profile[like] > 0.6);
  const isCompany = alike.length > 0 ? only(alike) : undefined;
  const found = isCompany ?? (table === "employees" ? undefined : only(texts));
  return found && { source: found.source, reasons: [told("init.onlyOne")] };
}

/** The only day or time that is left. */
function asTime(search: Search): Found | undefined {
  const { table, column, free, vocabulary } = search;
  if ((column.kind !== "date" && column.kind !== "timestamp") || !column.required) return undefined;
  const times = free.flatMap((each) => {
    if (isOfForm(each.source, column.name) || isOnlyPlanned(each.source, column.name)) return [];
    if (meant(search, each, turning.time)) return [];
    const fit = fitOf(table, column, each.profile, vocabulary);
    return fit.certainty > 0 && each.profile.filled >= each.profile.rows * 0.9 ? [{ ...each, fit }] : [];
  });
  const found = only(times);
  return found && { source: found.source, fit: found.fit, reasons: [told("init.onlyOne")] };
}

/** What groups rows, by a heading that has its word and others that are not known, where no second heading has that word. */
function asHalfRead(search: Search): Found | undefined {
  const { column, free, evidence, known } = search;
  const meaning = groups[column.name];
  const half = known.find((each) => each.column === column.name && each.named?.certainty === 0);
  if (meaning === undefined || !half) return undefined;
  const alike = evidence.columns.filter((source) =>
    saysAny(evidence.headings.get(source), new Set([meaning])),
  );
  const found = free.find(({ source }) => source === half.source);
  if (!found || alike.length !== 1 || alike[0] !== half.source) return undefined;
  const { words, isAllWords, filled } = found.profile;
  const isGroup =
    isAllWords &&
    words.length <= 40 &&
    words.length * 2 <= filled &&
    words.every(([word]) => /\p{L}/u.test(word));
  return isGroup ? { source: found.source, reasons: [told("init.headingLike")] } : undefined;
}

/** Columns whose word in a heading says enough, with that meaning. */
const groups: Readonly<Record<string, string>> = {
  region: "region",
  province: "province",
  city: "city",
  industry: "industry",
  segment: "segment",
  department: "department",
  team: "team",
  role: "role",
  stage: "stage",
  reason_category: "reason",
};

/** Of two departments the one that is left where the other is known and both have the same words. */
function asTwin({ column, free, evidence, known }: Search): Found | undefined {
  const other = twins[column.name];
  const source = known.find((each) => each.column === other && isActive(each))?.source;
  const words = new Set(evidence.profiles.get(source ?? "")?.words.map(([word]) => word));
  if (words.size < 2) return undefined;
  const alike = free.filter(
    ({ profile }) =>
      profile.isAllWords &&
      profile.words.filter(([word]) => words.has(word)).length >= Math.max(2, profile.words.length * 0.5),
  );
  const found = only(alike);
  return found && { source: found.source, reasons: [told("init.sameWords", { other: source ?? "" })] };
}

const twins: Readonly<Record<string, string>> = {
  from_department: "to_department",
  to_department: "from_department",
};

/** The only amount that is left. */
function asAmount(search: Search): Found | undefined {
  const { table, column, free, vocabulary } = search;
  if (column.kind !== "decimal" || !column.required || column.name.startsWith("scale_")) return undefined;
  const isScore = column.name === "score";
  const amounts = free.flatMap((each) => {
    const { profile } = each;
    const fit = fitOf(table, column, profile, vocabulary);
    // Whole numbers of which each stands once count rows; amounts may well differ in all.
    const isCount = profile.isOnce && profile.point <= profile.whole;
    const isNumber = fit.certainty === 2 && profile.filled >= profile.rows * 0.9 && !isCount;
    return isNumber && !search.evidence.refersTo?.has(each.source) ? [{ ...each, fit }] : [];
  });
  const found = only(amounts);
  if (!found || meant(search, found, turning.amount)) return undefined;
  const { isAllWords, words } = found.profile;
  if (isScore && !(isAllWords && words.length <= 11 && words.every(([word]) => Number(word) <= 10)))
    return undefined;
  return { source: found.source, fit: found.fit, reasons: [told("init.onlyOne")] };
}
