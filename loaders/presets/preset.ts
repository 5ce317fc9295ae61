import type { TableName } from "../../src/contract/index.js";

/**
 * SQL over the fields of a CRM's object, each in braces: `{CreatedDate}`. `{a|b}` is the first of them that the extract has,
 * `{join.a}` a field of a joined object, `{AccountId@account}` a reference to an object whose records may be merged: to the
 * one that is left. `at(…)` is a time, in UTC where it has no offset, `date_of(…)` a day without its midnight, `day(…)` the
 * company's calendar day of a time; `is(…)` a truth value, false where there is none; `now()` the start of the run;
 * `survivor(account, …)` the record that is left of an account's id; `is_merged({Id@account})` whether a record was merged into another; `if_there(object, …)` is there with that object alone.
 */
export type Template = string;

/** An object of a CRM, as it is called and what tells it. */
export interface PresetObject {
  /** What its file, raw table or API object is called; case, `_`, blanks and a plural's `s` do not count. */
  names: readonly string[];
  /** Fields all of which only its extract has; none where names alone tell it. */
  signature: readonly Template[];
}

/** Another object that rows are looked up in: one row a key, whatever it has. */
export interface PresetJoin {
  object: string;
  /** Its field that the row's `to` is compared with. */
  by: Template;
  to: Template;
  /** Rows of it that count; it is not looked up where their fields are not there. */
  only?: Template;
  /** The same, but for conditions whose fields are not there. */
  where?: readonly Template[];
  /** What its own rows are looked up in. */
  joins?: Readonly<Record<string, PresetJoin>>;
  /** Of several rows of a key the least, unless another aggregate is said. */
  take?: "min" | "max";
}

/** A contract table's rows from an object. */
export interface Feed {
  object: string;
  /** Contract's column → the template, or the first of several all of whose fields the extract has. */
  columns: Readonly<Record<string, Template | readonly Template[]>>;
  joins?: Readonly<Record<string, PresetJoin>>;
  /** Rows that it takes; not read where their fields are not there, for nothing else tells them. */
  only?: Template;
  /** Rows that it takes; a condition is left out where its fields are not there. */
  where?: readonly Template[];
  /** Rows that were deleted in the CRM: left out, and said. */
  deleted?: Template;
  /** Columns of which there is one row, the others being aggregates. */
  groupBy?: readonly string[];
  values?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Not read where that object is there, which says it better. */
  unless?: string;
  /** Not read where that object is not there. */
  needs?: string;
}

/** How an object's merged records are told: `gone` was merged into `into`; `list` where the one left lists those gone. */
export interface Merges {
  object: string;
  gone: Template;
  into: Template;
  /** What parts the ids that `gone` lists. */
  list?: string;
}

/** The mapping of a CRM's standard objects onto the contract. */
export interface Preset {
  /** How its days and times are written beside ISO 8601. */
  dateFormats?: readonly string[];
  objects: Readonly<Record<string, PresetObject>>;
  /** Of a system whose exports write ids in several ways: SQL of whether a cell is not written in the usual one, and of the cell in it. */
  ids?: { isOther: (cell: string) => string; usual: (cell: string) => string };
  /** By entity, as `@entity` names it. */
  merges?: Readonly<Record<string, readonly Merges[]>>;
  feeds: Partial<Record<TableName, readonly Feed[]>>;
}

/** A name without what differs between an API, its exports and what copies them into a database. */
const folded = (name: string) =>
  name
    .normalize("NFKC")
    .replace(/^property_/i, "")
    .replaceAll(/[\s_.\-:()/]/g, "")
    .toLowerCase();

/** Names of a template's braces: alternatives, the join they are of, the entity they refer to. */
export const fieldPattern = /\{(?:(\w+)\.)?([^{}@.]+)(?:@(\w+))?\}/g;

/** The column that a field of a template is, by its alternatives; undefined where the header has none. */
export function columnOf(alternatives: string, header: readonly string[]): string | undefined {
  for (const name of alternatives.split("|")) {
    const alike = header.filter((column) => folded(column) === folded(name));
    const found = alike.find((column) => column === name) ?? alike[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

const singular = (name: string) => folded(name).replace(/(?<=[a-z]{3})s$/, "");

/**
 * The object of a preset that an extract is, by its name, else by its header.
 * @param name a raw table's, a file's or an API object's
 */
export function recognised(
  { objects }: Preset,
  name: string,
  header: readonly string[] | undefined,
): string | undefined {
  const bare = (name.split("/").at(-1) ?? name).replace(/\.(gz|zst|zip)$/i, "").replace(/\.[a-z]\w*$/i, "");
  const called = singular(bare.replace(/[-_. ]*\d[-_.\d]*$/, "") || bare);
  const isNamed = (each: string, test: (one: string, other: string) => boolean) =>
    test(called, singular(each));
  const entries = Object.entries(objects);
  const exact = entries.find(([, { names }]) =>
    names.some((each) => isNamed(each, (one, other) => one === other)),
  );
  if (exact) return exact[0];
  if (!header) return undefined;
  const has = (signature: readonly Template[]) =>
    signature.length > 0 && signature.every((field) => columnOf(field, header) !== undefined);
  return entries.find(([, { signature }]) => has(signature))?.[0];
}

/** The fields of an object that feeds and joins read: what its extract is asked for, where fields have to be named. */
export function fieldsOf({ objects, feeds, merges = {} }: Preset, object: string): string[] {
  const found = new Set<string>();
  const take = (template: Template, alias?: string) => {
    for (const [, join, names = ""] of template.matchAll(fieldPattern))
      if (join === alias) for (const name of names.split("|")) found.add(name);
  };
  for (const feed of Object.values(feeds).flat()) {
    const templates = [
      ...Object.values(feed.columns).flat(),
      ...(feed.where ?? []),
      ...(feed.only === undefined ? [] : [feed.only]),
      ...(feed.deleted === undefined ? [] : [feed.deleted]),
      ...Object.values(feed.joins ?? {}).map(({ to }) => to),
    ];
    if (feed.object === object) for (const each of templates) take(each);
    for (const [alias, join] of Object.entries(feed.joins ?? {})) {
      if (join.object !== object) continue;
      for (const each of [join.by, join.only ?? "", ...(join.where ?? [])]) take(each);
      for (const each of templates) take(each, alias);
    }
  }
  for (const merge of Object.values(merges).flat())
    if (merge.object === object) for (const each of [merge.gone, merge.into]) take(each);
  for (const name of objects[object]?.signature ?? []) found.add(name.split("|")[0] ?? name);
  return [...found];
}

/** The columns of an extract that a contract table's columns are as they stand, by the object's feeds. */
export function plainColumns(
  { feeds }: Preset,
  object: string,
  table: TableName,
  header: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>();
  for (const feed of feeds[table] ?? []) {
    if (feed.object !== object) continue;
    for (const [column, templates] of Object.entries(feed.columns))
      for (const template of [templates].flat()) {
        const [, names = ""] = /^\{([^{}.@]+)\}$/.exec(template) ?? [];
        const source = names === "" ? undefined : columnOf(names, header);
        if (source !== undefined && !found.has(column)) found.set(column, source);
      }
  }
  return found;
}
