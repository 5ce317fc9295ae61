import type { DuckDBConnection } from "@duckdb/node-api";
import { quoted } from "../../engine/sql.js";
import { isNode, parseSelect, type SqlNode, selectOf } from "../../engine/sqlTree.js";
import { machineFailure } from "../../run/machineFailure.js";
import {
  allOf,
  besideRows,
  conjunction,
  conjuncts,
  crossJoin,
  entriesOf,
  hasSubquery,
  isJoining,
  itemOf,
  itemsOf,
  rawRow,
  selectSql,
  spelledGroups,
  subqueriesIn,
  withTables,
} from "./blocks.js";
import { lossesSql } from "./losses.js";
import { aggregateNames, expressionsIn, holds, partsOf, Softening } from "./soften.js";
import { keptByAll } from "./softSelect.js";
import { makeTolerant, type ToleranceOptions, type Tolerant } from "./tolerant.js";

/** What a source's rows lose to a `select` in places that no row of its result can tell of. */
export interface LostRows {
  /** By row: its number, see `RowNumbers`, and the JSON list of violations. */
  rows: { row: bigint; violations: string }[];
  /** A loss of which no row can be told. */
  unplaced: string | undefined;
  /** Whether every place of the `select` could be looked at. */
  isComplete: boolean;
}

/** Raw table, in lower case → what its row ids are counted on from. */
export type RowNumbers = ReadonlyMap<string, number>;

/**
 * Finds the rows whose cells a `select` cannot take: each of its blocks (nested, common, in a UNION or a subquery, the
 * condition of a join) is asked for itself, within what surrounds it, and rows of nested tables carry the numbers of the
 * rows that they are made of.
 * @param isOwn expressions of the outermost block that need not be asked: its rows tell of themselves
 */
export async function lostRows(
  db: DuckDBConnection,
  select: SqlNode,
  numbers: RowNumbers,
  options: { nullValues: readonly string[]; isTold: boolean },
): Promise<LostRows> {
  const search = new Search(db, new Softening(await aggregateNames(db), true), numbers, options.nullValues);
  const scope: Scope = { tables: new Map(), outer: [], wrap: (query) => query };
  await search.query(select, scope, "_rows", options.isTold);
  await db.run(
    "create or replace temp table _lost_cells (place INTEGER, row_number BIGINT, violation VARCHAR)",
  );
  let isComplete = true;
  for (const [place, question] of search.questions.entries()) {
    if (!(await ask(db, place, question))) isComplete = false;
  }
  const found = await db.runAndReadAll(
    `select row_number, '[' || string_agg(violation, ',' order by place, violation) || ']'
    from (select row_number, violation, min(place) as place from _lost_cells where row_number is not null group by all)
    group by row_number order by row_number`,
  );
  const unplaced = await db.runAndReadAll(
    `select concat(violation ->> 'expected', ': ', violation ->> 'value') from _lost_cells
    where row_number is null order by all limit 1`,
  );
  const rows = found
    .getRows()
    .map(([row, violations]) => ({ row: row as bigint, violations: String(violations) }));
  const [[sentence] = []] = unplaced.getRows();
  return { rows, unplaced: sentence === undefined ? undefined : String(sentence), isComplete };
}

/** First as if it stood alone, then, where it needs the rows around it, beside each of those. */
async function ask(db: DuckDBConnection, place: number, { ask: select, wrap }: Question): Promise<boolean> {
  for (const isBeside of [false, true]) {
    const sql = await selectSql(db, wrap(select, isBeside));
    if ((await db.runAndReadAll(`describe ${sql}`).catch(() => undefined)) === undefined) continue;
    try {
      await db.run(
        `insert into _lost_cells
        select distinct ${place}, unnest(case when len(rows) = 0 then [null] else rows end), violation
        from (
            select list_filter(_found, lambda row: row is not null) as rows,
                unnest(from_json(_lost, '["VARCHAR"]')) as violation
            from (${sql}) where _lost is not null
        )`,
      );
      return true;
    } catch (error) {
      if (machineFailure(error)) throw error;
      return false;
    }
  }
  return false;
}

interface Question {
  /** A select of `_found`, row numbers, and `_lost`. */
  ask: SqlNode;
  wrap: Scope["wrap"];
}

interface Scope {
  /** Common tables in sight → the column in which each carries its row numbers, if it does. */
  tables: ReadonlyMap<string, string | undefined>;
  /** What a subquery may refer to outside of itself. */
  outer: readonly Item[];
  /** Puts a query where the block stands: below its common tables and, if asked, beside the rows around it. */
  wrap(query: SqlNode, isBeside: boolean): SqlNode;
}

/** Something that a block reads, and SQL for the list of numbers of the rows behind one of its rows. */
interface Item {
  alias: string;
  ref: SqlNode;
  rows: string | undefined;
  hidden: string | undefined;
  columns: () => Promise<ReadonlySet<string>>;
}

interface From {
  ref: SqlNode;
  items: readonly Item[];
}

class Search {
  readonly questions: Question[] = [];
  private readonly options: ToleranceOptions;
  private count = 0;

  constructor(
    private readonly db: DuckDBConnection,
    private readonly softening: Softening,
    private readonly numbers: RowNumbers,
    nullValues: readonly string[],
  ) {
    this.options = { nullValues, isDeep: true };
  }

  /**
   * Asks about all of a query.
   * @returns the query made tolerant, with its rows' numbers in a last column `hidden` where they can be told
   */
  async query(
    query: SqlNode,
    scope: Scope,
    hidden: string,
    isTold = false,
  ): Promise<{ node: SqlNode; isNumbered: boolean }> {
    const entries: SqlNode[] = [];
    const tables = new Map(scope.tables);
    const below = (count: number): Scope => ({
      ...scope,
      tables: new Map(tables),
      wrap: (inner, isBeside) => scope.wrap(withTables(entries.slice(0, count), inner), isBeside),
    });
    for (const [index, entry] of entriesOf(query).entries()) {
      const name = this.name("_rows");
      const value = entry.value as SqlNode;
      const inner = value.query as { node: SqlNode };
      const { node, isNumbered } = await this.query(inner.node, below(index), name);
      entries.push({ ...entry, value: { ...value, query: { ...inner, node } } });
      tables.set(String(entry.key).toLowerCase(), isNumbered ? name : undefined);
    }
    const here = below(entries.length);
    const { node, isNumbered } = await this.body(query, here, hidden, isTold);
    return { node: withTables(entries, { ...node, cte_map: { map: [] } }), isNumbered };
  }

  private async body(query: SqlNode, scope: Scope, hidden: string, isTold: boolean) {
    if (query.type === "SELECT_NODE") return this.block(query, scope, hidden, isTold);
    if (query.type === "RECURSIVE_CTE_NODE") return this.recursive(query, scope, hidden);
    const sides = Object.entries(query).flatMap(([key, value]) =>
      key === "left" || key === "right"
        ? [{ key, side: value as SqlNode }]
        : key === "children"
          ? (value as SqlNode[]).map((side) => ({ key, side }))
          : [],
    );
    const made: Record<string, unknown> = {};
    let isNumbered = query.setop_type === "UNION";
    for (const { key, side } of sides) {
      const asked = await this.query(side, scope, hidden);
      isNumbered &&= asked.isNumbered;
      made[key] = key === "children" ? [...((made[key] as SqlNode[]) ?? []), asked.node] : asked.node;
    }
    if (!isNumbered) return { node: this.softening.all(query), isNumbered };
    const all = { ...this.softening.all(query), ...made, setop_all: true };
    return { node: query.setop_all ? all : await this.united(all, hidden), isNumbered };
  }

  private async recursive(query: SqlNode, scope: Scope, hidden: string) {
    const name = String(query.cte_name);
    const left = await this.query(query.left as SqlNode, scope, hidden);
    const isNumbered = query.union_all === true && left.isNumbered;
    const result: { node: SqlNode } = { node: this.softening.all(query) };
    const value = {
      aliases: [],
      query: { node: result.node, named_param_map: [] },
      materialized: "CTE_MATERIALIZE_DEFAULT",
      key_targets: [],
    };
    const right = await this.query(
      query.right as SqlNode,
      {
        ...scope,
        tables: new Map([...scope.tables, [name.toLowerCase(), isNumbered ? hidden : undefined]]),
        wrap: (inner, isBeside) =>
          scope.wrap(
            withTables([{ key: name, value: { ...value, query: { ...value.query, ...result } } }], inner),
            isBeside,
          ),
      },
      hidden,
    );
    if (!isNumbered || !right.isNumbered) return { node: result.node, isNumbered: false };
    result.node = { ...result.node, left: left.node, right: right.node };
    return { node: result.node, isNumbered: true };
  }

  private async block(given: SqlNode, scope: Scope, hidden: string, isTold: boolean) {
    const from = await this.from(given.from_table, scope, undefined);
    const select = await this.spelled(given, from);
    const inSight = [...from.items, ...scope.outer];
    const where = conjuncts(select.where_clause);
    const plain = where.filter((part) => !hasSubquery(part)).map((part) => this.softening.expression(part));
    const { cte_map: _, from_table: __, ...own } = select;
    for (const subquery of subqueriesIn(own)) {
      const inner = subquery.subquery as { node: SqlNode };
      const beside = (query: SqlNode) => besideRows(from.ref, query, conjunction(plain));
      const wrap: Scope["wrap"] = (query, isBeside) => scope.wrap(isBeside ? beside(query) : query, isBeside);
      await this.query(inner.node, { ...scope, outer: inSight, wrap }, this.name("_rows"));
    }
    await this.ofBlock(select, from, scope, isTold);
    return this.numbered(select, from, hidden);
  }

  /** A block with what its names of its own items stand for: behind TRY the engine does not look for them. */
  private async spelled(select: SqlNode, from: From): Promise<SqlNode> {
    const meant = new Map<string, SqlNode>();
    const isNamed = (part: SqlNode) => meant.has(onlyName(part));
    for (const item of itemsOf(select)) {
      const alias = String(item.alias ?? "").toLowerCase();
      if (alias && item.class !== "COLUMN_REF")
        meant.set(alias, { ...(spell(item, meant) as SqlNode), alias: "" });
    }
    if (!holds({ ...select, from_table: null }, isNamed)) return select;
    for (const { columns } of from.items) for (const name of await columns()) meant.delete(name);
    const {
      select_list: items,
      from_table: own,
      cte_map: tables,
      group_expressions: groups,
      ...rest
    } = select;
    return {
      ...(spell(rest, meant) as SqlNode),
      select_list: spell(items, meant),
      group_expressions: spell(groups, meant),
      from_table: own,
      cte_map: tables,
    };
  }

  /** Asks about a block's own expressions. */
  private async ofBlock(select: SqlNode, from: From, scope: Scope, isTold: boolean): Promise<void> {
    const items = itemsOf(select);
    const { select_list: _, where_clause: __, group_expressions: groups, ...rest } = select;
    const { from_table: ___, cte_map: ____, ...later } = rest;
    const where = conjuncts(select.where_clause);
    const joining = where.filter((part) => isJoining(part, select));
    for (const part of joining) await this.ofJoin(part, from, scope);
    const filters = where.filter((part) => !joining.includes(part));
    const asked = [...(isTold ? [] : [...items, ...expressionsIn(groups)]), ...expressionsIn(later)].filter(
      ({ class: kind }) => kind !== "CONSTANT" && kind !== "COLUMN_REF" && kind !== "STAR",
    );
    const options = this.options;
    const softFilters = await makeTolerant(this.db, filters, options);
    const parts = await makeTolerant(
      this.db,
      asked.flatMap((part) => this.unsummed(part)),
      options,
    );
    const wholes = await makeTolerant(this.db, asked, options);
    const kept = [
      ...joining.map((part) => this.softening.joining(part)),
      ...(await keptByAll(this.db, softFilters)),
    ];
    const isGrouped = this.isGrouped(select);
    const ofFilters = isTold ? [] : softFilters;
    const base: SqlNode = {
      ...select,
      cte_map: { map: [] },
      from_table: from.ref,
      where_clause: conjunction(kept),
      having: null,
      qualify: null,
      modifiers: [],
    };
    const ungrouped = {
      ...base,
      select_list: isGrouped ? [] : this.softItems(select, from),
      group_expressions: [],
      group_sets: [],
      aggregate_handling: "STANDARD_HANDLING",
    };
    await this.ask(ungrouped, [...parts, ...ofFilters], "lost", from, scope, (rows) => rows);
    const grouped = {
      ...base,
      ...(await this.groupsOf(select)),
      select_list: this.softItems(select, from),
    };
    const sum = (rows: string) => (isGrouped ? `flatten(list(${rows}))` : rows);
    await this.ask(grouped, [...wholes, ...ofFilters], "lostOver", from, scope, sum);
  }

  /** What an expression makes of the cells of one row, below its aggregates and windows. */
  private unsummed(expression: SqlNode): SqlNode[] {
    if (!this.softening.isSummed(expression)) return [expression];
    return partsOf(expression).flatMap((part) => this.unsummed(part));
  }

  /** One question for all that the same rows would lose. */
  private async ask(
    block: SqlNode,
    made: readonly Tolerant[],
    kind: "lost" | "lostOver",
    from: From,
    scope: Scope,
    sum: (rows: string) => string,
  ): Promise<void> {
    const losing = new Map<string, Tolerant[]>();
    for (const soft of made.filter((each) => each[kind] !== undefined)) {
      const rows = await this.rowsBehind(soft.reads, [...from.items, ...scope.outer]);
      losing.set(rows, [...(losing.get(rows) ?? []), soft]);
    }
    for (const [rows, softs] of losing) {
      const losses = softs.map(({ written, cells, taken, ...soft }) => ({
        column: null,
        expression: written,
        when: soft[kind] ?? "false",
        cells: kind === "lost" ? cells : taken,
      }));
      const found = await itemOf(this.db, sum(rows), "_found");
      const lost = await itemOf(this.db, lossesSql(losses), "_lost");
      this.questions.push({
        ask: { ...block, select_list: [...itemsOf(block), found, lost] },
        wrap: scope.wrap,
      });
    }
  }

  /** Asks about the parts of a condition that speak of one side of a join, of all rows of that side. */
  private async ofJoin(condition: SqlNode, from: From, scope: Scope): Promise<void> {
    if (hasSubquery(condition)) return;
    const [soft] = await makeTolerant(this.db, [condition], this.options);
    if (!soft || soft.lost === undefined) return;
    const owners = await this.owners(soft.reads, from.items);
    const [owner, ...others] = owners;
    if (owner && others.length === 0) {
      const block = { ...emptySelect, from_table: owner.ref };
      await this.ask(block, [soft], "lost", { ref: owner.ref, items: [owner] }, scope, (rows) => rows);
    } else for (const part of partsOf(condition)) await this.ofJoin(part, from, scope);
  }

  private async from(value: unknown, scope: Scope, before: From | undefined): Promise<From> {
    const ref = value as SqlNode;
    const item = (made: SqlNode, rows?: string, hidden?: string): From => {
      const alias = String(made.alias || made.table_name || "");
      const columns = once(() => this.columnsOf(made, scope));
      return { ref: made, items: [{ alias, ref: made, rows, hidden, columns }] };
    };
    if (ref.type === "BASE_TABLE") {
      const name = String(ref.table_name).toLowerCase();
      const alias = quoted(String(ref.alias || ref.table_name));
      if (scope.tables.has(name)) {
        const hidden = scope.tables.get(name);
        return item(ref, hidden && `coalesce(${alias}.${hidden}, [])`, hidden);
      }
      return item(ref, `[${this.numbers.get(name) ?? 0} + ${alias}.${rawRow}]`);
    }
    if (ref.type === "JOIN") return this.join(ref, scope, before);
    if (ref.type === "SUBQUERY") {
      const hidden = this.name("_rows");
      const inner = ref.subquery as { node: SqlNode };
      const wrap: Scope["wrap"] = (query, isBeside) =>
        scope.wrap(before && isBeside ? besideRows(before.ref, query, null) : query, isBeside);
      const outer = [...(before?.items ?? []), ...scope.outer];
      const { node, isNumbered } = await this.query(inner.node, { ...scope, outer, wrap }, hidden);
      const alias = String(ref.alias || this.name("_nested"));
      const rows = isNumbered ? `coalesce(${quoted(alias)}.${hidden}, [])` : undefined;
      return item({ ...ref, alias, subquery: { ...inner, node } }, rows, isNumbered ? hidden : undefined);
    }
    if (ref.type === "TABLE_FUNCTION" && before) {
      const parts = partsOf(ref.function as SqlNode);
      const made = await makeTolerant(this.db, parts, this.options);
      const block = { ...emptySelect, from_table: before.ref };
      await this.ask(block, made, "lost", before, scope, (rows) => rows);
    }
    if (ref.type === "PIVOT") await this.from(ref.source, scope, undefined);
    return item(this.softening.all(ref));
  }

  private async join(ref: SqlNode, scope: Scope, before: From | undefined): Promise<From> {
    const left = await this.from(ref.left, scope, before);
    const met = before
      ? { ref: crossJoin(before.ref, left.ref), items: [...before.items, ...left.items] }
      : left;
    const right = await this.from(ref.right, scope, met);
    const items = [...left.items, ...right.items];
    const condition = isNode(ref.condition) ? ref.condition : undefined;
    if (condition) await this.ofJoin(condition, { ref, items }, scope);
    const made = {
      ...ref,
      left: left.ref,
      right: right.ref,
      condition: condition ? this.softening.joining(condition) : null,
    };
    const isOneSided = ref.join_type === "SEMI" || ref.join_type === "ANTI";
    return { ref: made, items: isOneSided ? left.items : items };
  }

  private async numbered(select: SqlNode, from: From, hidden: string) {
    const soft: SqlNode = {
      ...this.softening.all({ ...select, from_table: null }),
      ...(await this.groupsOf(select)),
      from_table: from.ref,
    };
    const rows = together(from.items);
    const items = this.softItems(select, from);
    if (rows === undefined) return { node: { ...soft, select_list: items }, isNumbered: false };
    const sql = this.isGrouped(select) ? `flatten(list(${rows}))` : rows;
    const found = await itemOf(this.db, sql, hidden);
    const node = { ...soft, select_list: [...items, found] };
    const modifiers = select.modifiers as SqlNode[];
    const isDistinct = (modifier: SqlNode) =>
      modifier.type === "DISTINCT_MODIFIER" && (modifier.distinct_on_targets as unknown[]).length === 0;
    if (!modifiers.some(isDistinct)) return { node, isNumbered: true };
    const others = (soft.modifiers as SqlNode[]).filter((modifier) => !isDistinct(modifier));
    return {
      node: { ...(await this.united({ ...node, modifiers: [] }, hidden)), modifiers: others },
      isNumbered: true,
    };
  }

  /** Equal rows made one, with the numbers of them all. */
  private async united(node: SqlNode, hidden: string): Promise<SqlNode> {
    const once = await parseSelect(
      this.db,
      `select * exclude (${hidden}), flatten(list(${hidden})) as ${hidden} from (select 1 as ${hidden}) as each_row group by all`,
      "mapping",
    );
    const from = once.from_table as SqlNode;
    return { ...once, from_table: { ...from, subquery: { node, named_param_map: [] } } };
  }

  /** A block's items made tolerant; a star leaves the numbers out. */
  private softItems(select: SqlNode, from: From): SqlNode[] {
    return itemsOf(select).map((item) => {
      if (item.class !== "STAR") return this.softening.expression(item);
      const named = String(item.relation_name ?? "").toLowerCase();
      const hidden = from.items.flatMap((each) =>
        each.hidden && (!named || each.alias.toLowerCase() === named) ? [each.hidden] : [],
      );
      return { ...item, exclude_list: [...(item.exclude_list as unknown[]), ...hidden] };
    });
  }

  /** What GROUP BY ALL stands for, spelt out: the engine does not see through TRY which columns it groups by. */
  private async groupsOf(select: SqlNode): Promise<Partial<SqlNode>> {
    const groups = { group_expressions: this.softening.all(select.group_expressions) };
    if (select.aggregate_handling !== "FORCE_AGGREGATES") return groups;
    if (itemsOf(select).some(({ class: kind }) => kind === "STAR")) return groups;
    return spelledGroups(this.db, itemsOf(select), (item) => this.softening.isAggregate(item));
  }

  private isGrouped(select: SqlNode): boolean {
    return (
      (select.group_expressions as unknown[]).length > 0 ||
      select.aggregate_handling !== "STANDARD_HANDLING" ||
      holds([select.select_list, select.having], (part) => this.softening.isAggregate(part))
    );
  }

  /** SQL for the numbers of the rows that an expression speaks of. */
  private async rowsBehind(reads: readonly string[][], inSight: readonly Item[]): Promise<string> {
    return together(await this.owners(reads, inSight)) ?? together(inSight) ?? "[]::bigint[]";
  }

  private async owners(reads: readonly string[][], inSight: readonly Item[]): Promise<Item[]> {
    const found = new Set<Item>();
    for (const [first = "", ...more] of reads.map((names) => names.map((name) => name.toLowerCase()))) {
      const named = more.length > 0 ? inSight.find(({ alias }) => alias.toLowerCase() === first) : undefined;
      if (named) found.add(named);
      else if (inSight.length === 1 && inSight[0]) found.add(inSight[0]);
      else
        for (const item of inSight)
          if ((await item.columns()).has(first)) {
            found.add(item);
            break;
          }
    }
    return [...found];
  }

  private async columnsOf(ref: SqlNode, scope: Scope): Promise<ReadonlySet<string>> {
    const select = { ...allOf(ref, ""), from_table: ref };
    const sql = await selectSql(this.db, scope.wrap(select, false));
    const described = await this.db.runAndReadAll(`describe ${sql}`).catch(() => undefined);
    return new Set(described?.getRows().map(([name]) => String(name).toLowerCase()) ?? []);
  }

  private name(of: string): string {
    this.count += 1;
    return `${of}${this.count}`;
  }
}

const together = (items: readonly Item[]) => {
  const rows = items.flatMap((item) => item.rows ?? []);
  return rows.length === 0 ? undefined : rows.reduce((one, other) => `list_concat(${one}, ${other})`);
};

const onlyName = ({ class: kind, column_names: names }: SqlNode) =>
  kind === "COLUMN_REF" && (names as string[]).length === 1
    ? String((names as string[])[0]).toLowerCase()
    : "";

function spell(value: unknown, meant: ReadonlyMap<string, SqlNode>): unknown {
  if (Array.isArray(value)) return value.map((item) => spell(item, meant));
  if (!isNode(value)) return value;
  const own = meant.get(onlyName(value));
  if (own) return { ...own, alias: value.alias ?? "" };
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === "subquery" ? part : spell(part, meant)]),
  );
}

const emptySelect = { ...selectOf({}), select_list: [] };

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
