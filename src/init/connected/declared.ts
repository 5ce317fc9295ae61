import { primaryKeyOf } from "../../contract/ddl.js";
import { columnsOf, type TableName } from "../../contract/index.js";
import { told } from "../../words/told.js";
import type { RawTable } from "../group.js";
import { type Heading, readHeading } from "../lexicon/heading.js";
import type { Guessed } from "../refine.js";
import type { TableGuess } from "../tableGuess.js";

/** What is declared of a table's columns where databases say it. */
export interface DeclaredLinks {
  /** Columns that are keys to which others refer, by the contract's table that these take them for. */
  keys: Map<string, TableName>;
  /** Columns that lead to the key of a table. */
  refers: Map<string, TableName>;
}

interface Looked {
  raw: RawTable;
  guess?: TableGuess | undefined;
}

/** A heading, and what people have written of its column in the database up to the first mark. */
export function headingOf(column: string, raw: RawTable): Heading {
  const heading = readHeading(column);
  const label = raw.labels?.get(column);
  if (label !== undefined && label !== column) {
    const asked = readHeading(label);
    const readings = [...heading.readings, ...asked.readings];
    return { ...heading, readings, ...(asked.isAskedFor ? { isAskedFor: true } : {}) };
  }
  const comment = raw.origin?.surveyed.comments
    .get(column)
    ?.split(/[：:，,；;。.（([【\n]|\s-\s/)[0]
    ?.trim();
  if (!comment || comment.length > longestName) return heading;
  const said = readHeading(comment);
  return { ...heading, unit: heading.unit || said.unit, readings: [...heading.readings, ...said.readings] };
}

/** A comment that is longer says more than what a column is. */
const longestName = 40;

/** Foreign keys, as far as the first guess of the tables at their ends tells what they mean. */
export function declaredLinks(all: readonly Looked[]): Map<RawTable, DeclaredLinks> {
  const links = new Map<RawTable, DeclaredLinks>();
  const of = (raw: RawTable): DeclaredLinks => {
    const found = links.get(raw) ?? { keys: new Map(), refers: new Map() };
    links.set(raw, found);
    return found;
  };
  const byPath = new Map(all.map((each) => [pathOf(each.raw), each]));
  for (const { raw, guess } of all) {
    const references = raw.origin?.surveyed.references ?? [];
    for (const { column, to, key } of references) {
      const parent = byPath.get(JSON.stringify(to));
      if (!parent || parent.raw === raw) continue;
      const named = guess?.columns.find(({ source }) => source === column)?.column;
      const wanted = columnsOf(guess?.table ?? "customers").find(({ name }) => name === named)?.references;
      if (wanted !== undefined && guess !== undefined) of(parent.raw).keys.set(key, wanted as TableName);
      const table = parent.guess && isKnown(parent.guess) ? parent.guess.table : undefined;
      const isSole = references.filter((each) => each.to.join() === to.join()).length === 1;
      if (table !== undefined && isSole && !ofOthers.test(column)) of(raw).refers.set(column, table);
    }
  }
  return links;
}

const pathOf = ({ origin }: RawTable) => JSON.stringify(origin?.surveyed.path ?? []);

const isKnown = ({ table, isTold, doubt, hasKey }: TableGuess) =>
  isTold && hasKey && doubt === undefined && primaryKeyOf(table).length === 1;

/** Who wrote a row down or changed it is not whose it is. */
const ofOthers = /creat|updat|modif|chang|delet|approv|insert|review|parent|audit/i;

/** What a database declares to lead to a table does so, whatever the sampled rows have. */
export function refineDeclared(all: readonly Guessed[]): void {
  const byPath = new Map(all.map((each) => [pathOf(each.raw), each]));
  for (const { raw, guess } of all) {
    const { key = [], references: declared = [] } = raw.origin?.surveyed ?? {};
    for (const found of guess.columns) {
      const isKey = primaryKeyOf(guess.table).length === 1 && primaryKeyOf(guess.table)[0] === found.column;
      if (isKey && key.length === 1 && key[0] === found.source) found.reasons.push(told("init.primaryKey"));
      const references = columnsOf(guess.table).find(({ name }) => name === found.column)?.references;
      const link = declared.find(({ column }) => column === found.source);
      const parent = link && byPath.get(JSON.stringify(link.to));
      if (references === undefined || !link || parent?.guess.table !== references) continue;
      found.reasons.push(told("init.declared", { table: parent.raw.files[0] ?? "" }));
      if (found.certainty === "unsure" && found.rival === undefined) found.certainty = "likely";
    }
  }
}
