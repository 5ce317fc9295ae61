import { quoted } from "../../src/engine/sql.js";
import { type Calls, expanded } from "./calls.js";
import {
  columnOf,
  fieldPattern,
  type Merges,
  type Preset,
  type PresetJoin,
  type Template,
} from "./preset.js";

/** A source's extracts by the object that each is: its raw table and the columns that it has. */
export type Extracts = ReadonlyMap<string, PresetExtract>;

export interface PresetExtract {
  part: string;
  header: readonly string[];
  /** Some of its files lack columns that others have. */
  isMixed?: boolean;
  /** SQL that writes ids in the usual way, where its files have them in another. */
  ids?: (cell: string) => string;
}

/** Rows of an object with what is looked up for them, made as templates ask for it. */
export class Scope {
  private readonly from: string[];
  private readonly joined = new Map<string, { columns: Map<string, string>; make: () => string }>();
  private readonly merged = new Map<string, { into: string; join: string }>();

  constructor(
    private readonly preset: Preset,
    private readonly extracts: Extracts,
    private readonly object: string,
    private readonly joins: Readonly<Record<string, PresetJoin>>,
    private readonly calls: Calls,
    private readonly prefix = "",
  ) {
    this.from = [quoted(this.own.part)];
  }

  /** Its rows are of one raw table alone. */
  get isPlain(): boolean {
    return this.joined.size === 0 && this.merged.size === 0 && !this.own.isMixed;
  }

  get own(): PresetExtract {
    const found = this.extracts.get(this.object);
    if (!found) throw new Error(`no such extract: ${this.object}`);
    return found;
  }

  /** SQL of the first template all of whose fields are there. */
  sql(templates: Template | readonly Template[]): string | undefined {
    const candidates = [templates].flat();
    for (const template of candidates) {
      if (!this.isThere(template)) continue;
      const made = this.make(template);
      if (made !== undefined) return made;
    }
    return undefined;
  }

  /** The fields that a template names and the extracts do not have. */
  lacking(template: Template): string[] {
    return [...template.matchAll(fieldPattern)].flatMap(([, join, names = ""]) =>
      this.columnOf(join, names) === undefined
        ? [`${join === undefined ? "" : `${join}.`}${names.split("|")[0]}`]
        : [],
    );
  }

  /** Its raw table and all that was looked up, as a FROM clause. */
  fromSql(): string {
    return [
      ...this.from,
      ...[...this.joined.values()].map(({ make }) => make()),
      ...[...this.merged.values()].map(({ join }) => join),
    ].join("\n");
  }

  private isThere(template: Template): boolean {
    return [...template.matchAll(fieldPattern)].every(
      ([, join, names = ""]) => this.columnOf(join, names) !== undefined,
    );
  }

  private make(template: Template): string | undefined {
    const called = expanded(template, {
      ...this.calls,
      is_merged: (field) => this.isMerged(field),
      survivor: (text) => {
        const [entity = "", ...rest] = text.split(",");
        const reference = this.withFields(rest.join(",").trim());
        const into = this.survivor(entity.trim(), reference);
        return into === undefined ? reference : `coalesce(${into}, ${reference})`;
      },
      if_there: (text) => {
        const [object = "", ...rest] = text.split(",");
        return this.extracts.has(object.trim()) ? rest.join(",").trim() : undefined;
      },
    });
    return called === undefined ? undefined : this.withFields(called);
  }

  private withFields(template: Template): string {
    return template.replaceAll(
      fieldPattern,
      (_, join: string | undefined, names: string, entity?: string) => {
        const field = this.field(join, names);
        const into = entity === undefined ? undefined : this.survivor(entity, field);
        return into === undefined ? field : `coalesce(${into}, ${field})`;
      },
    );
  }

  private columnOf(alias: string | undefined, names: string): string | undefined {
    if (alias === undefined) return columnOf(names, this.own.header);
    const join = this.joins[alias];
    const other = join && this.extracts.get(join.object);
    if (!join || !other || columnOf(bare(join.by), other.header) === undefined) return undefined;
    if (columnOf(bare(join.to), this.own.header) === undefined) return undefined;
    if (join.only !== undefined && !this.inner(alias, join).isThere(join.only)) return undefined;
    return columnOf(names, other.header);
  }

  private field(alias: string | undefined, names: string): string {
    const column = this.columnOf(alias, names);
    if (column === undefined) throw new Error(`no such field: ${names}`);
    if (alias === undefined) return cellOf(column, names, this.own);
    const known = this.joined.get(alias) ?? this.join(alias);
    const name = `${this.prefix}${alias}.${column}`;
    known.columns.set(name, names);
    return quoted(name);
  }

  private join(alias: string): { columns: Map<string, string>; make: () => string } {
    const join = this.joins[alias];
    if (!join) throw new Error(`no such join: ${alias}`);
    const columns = new Map<string, string>();
    const key = quoted(`${this.prefix}${alias} key`);
    const to = this.make(join.to);
    const made = {
      columns,
      make: () => {
        const inner = this.inner(alias, join);
        const by = inner.sql(join.by);
        const conditions = [...(join.only === undefined ? [] : [join.only]), ...(join.where ?? [])];
        const items = [...columns].map(
          ([name, names]) => `${join.take ?? "min"}(${inner.sql(`{${names}}`)}) as ${quoted(name)}`,
        );
        const condition = [
          `${by} is not null`,
          ...conditions.flatMap((template) => inner.sql(template) ?? []),
        ].join(" and ");
        return `left join (select ${[`${by} as ${key}`, ...items].join(", ")}\nfrom ${inner.fromSql()}\nwhere ${condition}\ngroup by ${by}) as ${quoted(`${this.prefix}${alias}`)} on ${key} = ${to}`;
      },
    };
    this.joined.set(alias, made);
    return made;
  }

  private inner(alias: string, join: PresetJoin): Scope {
    const prefix = `${this.prefix}${alias} `;
    return new Scope(this.preset, this.extracts, join.object, join.joins ?? {}, this.calls, prefix);
  }

  /** The record that one was merged into, null of one that was not; undefined where nothing tells of merges. */
  private survivor(entity: string, reference: string): string | undefined {
    const known = survivorsSql(this.preset.merges?.[entity] ?? [], this.extracts);
    if (known === undefined) return undefined;
    const before = this.merged.get(`${entity} ${reference}`);
    if (before) return before.into;
    const name = `${this.prefix}into ${entity} ${this.merged.size + 1}`;
    const [gone, into] = [quoted(`${name} gone`), quoted(name)];
    const join = `left join (select gone as ${gone}, survivor as ${into} from (${known}) as merges) as ${quoted(`${name} merges`)} on ${gone} = ${reference}`;
    this.merged.set(`${entity} ${reference}`, { into, join });
    return into;
  }

  private isMerged(field: string): string | undefined {
    const [, join, names = "", entity = ""] = [...field.matchAll(fieldPattern)][0] ?? [];
    const into = this.survivor(entity, this.field(join, names));
    return into === undefined ? undefined : `${into} is not null`;
  }
}

/** Whether a field, or a title, is called as ids are: `Id`, `AccountId`, `Account ID`. */
export const isId = (name: string): boolean => /(^|[^A-Za-z]|[a-z\d])I[dD]$|(^|_)id$/.test(name.trim());

/** SQL of a field's cells, of an id as it is usually written. */
const cellOf = (column: string, names: string, { ids }: PresetExtract) =>
  ids && isId(names) ? ids(quoted(column)) : quoted(column);

const bare = (template: Template) => [...template.matchAll(fieldPattern)][0]?.[2] ?? template;

/** SQL for `gone` and the `survivor` in the end, as far as the extracts tell of merges. */
export function survivorsSql(merges: readonly Merges[], extracts: Extracts): string | undefined {
  const pairs = merges.flatMap(({ object, gone, into, list }) => {
    const extract = extracts.get(object);
    if (!extract) return [];
    const [from, to] = [gone, into].map((template) => columnOf(bare(template), extract.header));
    if (from === undefined || to === undefined) return [];
    const each =
      list === undefined
        ? cellOf(from, bare(gone), extract)
        : `trim(unnest(string_split(translate(${quoted(from)}, '[]" ', ''), '${list}')))`;
    return [
      `select ${each} as gone, trim(${cellOf(to, bare(into), extract)}) as survivor from ${quoted(extract.part)}`,
    ];
  });
  if (pairs.length === 0) return undefined;
  return `with recursive pairs as (
select gone, min(survivor) as survivor from (${pairs.join("\nunion all\n")}) as told_pairs
where gone <> '' and survivor <> '' and gone <> survivor group by gone
), chain as (
select gone, survivor from pairs
union
select chain.gone, pairs.survivor from chain join pairs on pairs.gone = chain.survivor
)
select gone, min(survivor) as survivor from chain
where survivor not in (select pairs.gone from pairs) group by gone`;
}
