import { createHash } from "node:crypto";
import { columnsOf, type TableName } from "../../contract/index.js";
import { type PersonKind, personKinds } from "../../contract/personKinds.js";
import { type ForgottenPersons, holderOf, kindsNamed } from "../../contract/persons.js";
import { literal, quoted } from "../../engine/sql.js";
import { masked } from "./personal.js";

/** What is kept of an id. */
export const digestOf = (salt: string, kind: PersonKind, id: string): string =>
  createHash("sha256").update(`${salt}${kind}:${id}`).digest("hex");

/** SQL for the pseudonym of a forgotten person whose id a value is, else null; undefined where nobody of these kinds was forgotten. */
function pseudonymSql(
  { salt, persons }: ForgottenPersons,
  kinds: readonly PersonKind[],
  value: string,
): string | undefined {
  const found = kinds.flatMap((kind) => {
    const own = persons.filter((person) => person.kind === kind);
    if (own.length === 0) return [];
    const entries = own.map(({ digest, pseudonym }) => `${literal(digest)}: ${literal(pseudonym)}`);
    return [`map {${entries.join(", ")}}[sha256(${literal(`${salt}${kind}:`)} || ${value})]`];
  });
  return found.length === 0 ? undefined : `coalesce(${[...found, "null"].join(", ")})`;
}

/** How a table's rows are written so that nobody who was forgotten comes back with them. */
export interface Pseudonymised {
  /** SQL for a column of the table. */
  column(name: string): string;
  /** SQL for whether a row names somebody. */
  isNamed: string;
  /** SQL for the text that a cell is quarantined with. */
  cell(name: string, type: string, text: string): string;
}

/** Undefined where no row of a table can name anybody who was forgotten. */
export function pseudonymised(
  table: TableName,
  forgotten: ForgottenPersons | undefined,
): Pseudonymised | undefined {
  if (!forgotten) return undefined;
  const names = new Map<string, string>();
  for (const { name } of columnsOf(table)) {
    const sql = pseudonymSql(forgotten, kindsNamed(table, name), quoted(name));
    if (sql) names.set(name, sql);
  }
  if (names.size === 0) return undefined;
  const holders = personKinds.flatMap((kind) => names.get(holderOf(kind)) ?? []);
  const holder = `coalesce(${[...holders, "null"].join(", ")})`;
  const personal = columnsOf(table).filter(({ personal, kind }) => personal && kind !== "id");
  return {
    column: (name) => {
      const named = names.get(name);
      if (named) return `coalesce(${named}, ${quoted(name)})`;
      const column = personal.find((each) => each.name === name);
      if (!column) return quoted(name);
      // What has to be there is the pseudonym, too.
      const instead = column.required ? holder : "null";
      return `case when ${holder} is not null then ${instead} else ${quoted(name)} end`;
    },
    isNamed: `(coalesce(${[...names.values()].join(", ")}, null) is not null)`,
    cell: (name, type, text) => {
      const named = names.get(name);
      if (named)
        return type === "VARCHAR"
          ? `coalesce(${named}, ${text})`
          : `case when ${named} is null then ${text} end`;
      if (!personal.some((each) => each.name === name)) return text;
      return `case when ${holder} is null then ${text} else ${literal(masked)} end`;
    },
  };
}

/** JSON of what a mapping lost, SQL, with the cells that it was lost from left out. */
export const withoutCells = (losses: string): string =>
  `regexp_replace(${losses}, '"value":"(\\\\.|[^"\\\\])*"', '"value":"${masked}"', 'g')`;

/** Whether a text, as a row of an extract or a list of its violations, has the id of anybody who was forgotten. */
export function naming(forgotten: ForgottenPersons | undefined): (text: string) => boolean {
  if (!forgotten || forgotten.persons.length === 0) return () => false;
  const digests = new Set(forgotten.persons.map(({ digest }) => digest));
  const kinds = [...new Set(forgotten.persons.map(({ kind }) => kind))];
  const known = new Map<string, boolean>();
  const isSomebody = (word: string): boolean => {
    const found = known.get(word) ?? kinds.some((kind) => digests.has(digestOf(forgotten.salt, kind, word)));
    known.set(word, found);
    return found;
  };
  // An id may hold what separates words; what separates cells it does not.
  return (text) =>
    [...text.split(/[\t",;|\\{}[\]]+/u), ...text.split(/[^\p{L}\p{N}_-]+/u)]
      .map((word) => word.normalize("NFKC").trim())
      .some((word) => word !== "" && isSomebody(word));
}
