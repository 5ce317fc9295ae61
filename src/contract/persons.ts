import { primaryKeyOf } from "./ddl.js";
import { columnsOf, type TableName, tableNames } from "./index.js";
import { type PersonKind, personKinds } from "./personKinds.js";

/** The table that has a row of each. */
const personTables: Readonly<Record<PersonKind, TableName>> = {
  customer: "customers",
  employee: "employees",
  lead: "leads",
  contact: "contacts",
};

/** Columns that may name a person, though they refer to no one table. */
const unreferenced: Readonly<Record<string, readonly PersonKind[]>> = {
  reviewer_id: ["employee", "customer"],
  scope_value: personKinds,
};

/** The kinds of persons that a column of the contract names. */
export function kindsNamed(table: TableName, name: string): readonly PersonKind[] {
  const column = columnsOf(table).find((each) => each.name === name);
  if (!column) return [];
  return (
    unreferenced[name] ??
    personKinds.filter((kind) => {
      const own = personTables[kind];
      return column.references === own || (table === own && primaryKeyOf(table)[0] === name);
    })
  );
}

/** The column that says whose a row is. */
export const holderOf = (kind: PersonKind): string => `${kind}_id`;

/** The columns whose content leads to a person, beside ids. */
export const personalColumns = [
  ...new Set(
    tableNames.flatMap((table) =>
      columnsOf(table).flatMap(({ name, kind, personal }) => (personal && kind !== "id" ? [name] : [])),
    ),
  ),
];

/** The columns of the contract, by their names, which name nobody of a kind: ids of others, words, texts. */
export function columnsOfOthers(kind: PersonKind): ReadonlySet<string> {
  const naming = (name: string) => tableNames.some((table) => kindsNamed(table, name).includes(kind));
  return new Set(
    tableNames.flatMap((table) => columnsOf(table).map(({ name }) => name)).filter((name) => !naming(name)),
  );
}

/** A person whom nobody shall find again: a digest of the id, and what stands in its place. */
export interface ForgottenPerson {
  kind: PersonKind;
  digest: string;
  pseudonym: string;
  forgotten_on: string;
  /** It was begun, and has not ended: somewhere the person may still be. */
  is_pending?: boolean | undefined;
}

/** All of them, with the salt of the digests. */
export interface ForgottenPersons {
  salt: string;
  persons: readonly ForgottenPerson[];
}
