import type { DuckDBConnection } from "@duckdb/node-api";
import { isFilled } from "../../contract/notation.js";
import { literal, quoted } from "../../engine/sql.js";
import { expressionsToSql, isNode, type SqlNode } from "../../engine/sqlTree.js";
import { deliberate, harmless, lenient, overElements, partOf, swallowing } from "./functionKinds.js";
import {
  aggregateNames,
  childrenOf,
  expressionsIn,
  holds,
  isSafeComparison,
  nameOf,
  ownSource,
  partsOf,
  Softening,
} from "./soften.js";

/** An expression that never fails on a row, and what tells the rows it could not take. */
export interface Tolerant {
  /** SQL: null where the expression fails. */
  value: string;
  node: SqlNode;
  /**
   * SQL over the same columns, true where the expression itself fails, or is null (an empty text) because a conversion
   * or a lookup on the way gave null for something that was not; undefined where neither can be. A null that the mapping
   * says itself (`nullif`, a branch of CASE, a key that a JSON cell has not) is none. Of an aggregate or a window it is
   * about each of the rows that it goes over.
   */
  lost: string | undefined;
  /** The same of what is made of aggregates, windows and subqueries. */
  lostOver: string | undefined;
  /** SQL for the cells it reads, as one text. */
  cells: string;
  /** SQL for what a cast takes, as a text: it may be of no one cell. */
  taken: string;
  /** Their names, as they are written: the table's before the column's, or none. */
  reads: string[][];
  /** The expression as SQL. */
  written: string;
  hasAggregate: boolean;
}

/** What an expression's tolerance depends on beside itself. */
export interface ToleranceOptions {
  /** Texts of the source's cells that stand for nothing, beside the usual ones: no such cell is ever lost. */
  nullValues: readonly string[];
  /** See `Softening`. */
  isDeep: boolean;
}

/** Makes expressions tolerant, see `Softening`. */
export async function makeTolerant(
  db: DuckDBConnection,
  expressions: readonly SqlNode[],
  { nullValues, isDeep }: ToleranceOptions,
): Promise<Tolerant[]> {
  const texts: SqlNode[] = [];
  const conditions: string[] = [];
  const softening = new Softening(await aggregateNames(db), isDeep);
  const made = expressions.map((expression) => {
    const tolerance = new Tolerance(texts, conditions, softening, nullValues);
    const node = softening.expression(expression);
    return {
      node,
      value: tolerance.text(node),
      lost: tolerance.lostAltogether(expression, node, false),
      lostOver: tolerance.lostAltogether(expression, node, true),
      cells: cellsText(tolerance.reads(expression)),
      taken: tolerance.taken(expression),
      reads: tolerance.reads(expression).map(({ names }) => names),
      written: tolerance.text(expression),
      hasAggregate: holds(expression, (part) => softening.isAggregate(part)),
    };
  });
  const written = await expressionsToSql(db, texts);
  const fill = (sql: string): string =>
    sql
      .replace(/\ue000(\d+)\ue000/g, (_, index) => fill(`(${written[Number(index)]})`))
      .replace(/__condition(\d+)__/g, (_, index) => fill(conditions[Number(index)] ?? "false"));
  const filled = (sql: string | undefined) => (sql === undefined ? undefined : fill(sql));
  return made.map((each) => ({
    ...each,
    value: fill(each.value),
    cells: fill(each.cells),
    taken: fill(each.taken),
    written: fill(each.written).slice(1, -1),
    lost: filled(each.lost),
    lostOver: filled(each.lostOver),
  }));
}

function cellsText(reads: readonly { name: string; sql: string }[]): string {
  const [only, ...more] = reads;
  if (!only) return "null::varchar";
  if (more.length === 0) return `cast(${only.sql} as varchar)`;
  const parts = reads.map(({ name, sql }) => `${literal(`${name}=`)} || cast(${sql} as varchar)`);
  return `concat_ws(', ', ${parts.join(", ")})`;
}

/** What is asked about. */
interface Asked {
  /** Only what fails, not what gives null of itself. */
  isHard: boolean;
  /** What is made of aggregates, windows and subqueries, instead of what is made of cells. */
  isOver: boolean;
}

class Tolerance {
  constructor(
    private readonly texts: SqlNode[],
    private readonly conditions: string[],
    private readonly softening: Softening,
    private readonly nullValues: readonly string[],
  ) {}

  /** A mark that becomes the node's SQL. */
  text(node: SqlNode): string {
    this.texts.push(node);
    return `\ue000${this.texts.length - 1}\ue000`;
  }

  taken({ class: kind, child }: SqlNode): string {
    if (kind !== "CAST") return "null::varchar";
    return `cast(${this.text(this.softening.expression(child as SqlNode))} as varchar)`;
  }

  /** The columns an expression reads, each once. */
  reads(node: SqlNode): { names: string[]; name: string; sql: string }[] {
    const found = new Map<string, { names: string[]; name: string; sql: string }>();
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (isNode(value) && value.class === "COLUMN_REF") {
        const names = value.column_names as string[];
        const key = names.join(".").toLowerCase();
        if (!found.has(key))
          found.set(key, { names, name: names.at(-1) ?? "", sql: this.text({ ...value, alias: "" }) });
      } else if (isNode(value) && value.class === "SUBQUERY") {
        const source = ownSource(value);
        visit([value.child, callsBelow(source?.from_table)]);
      } else if (isNode(value) && value.class !== "LAMBDA") Object.values(value).forEach(visit);
    };
    visit(node);
    return [...found.values()];
  }

  /** See `Tolerant.lost` and `Tolerant.lostOver`; `soft` is the softened expression. */
  lostAltogether(node: SqlNode, soft: SqlNode, isOver: boolean): string | undefined {
    const whenNull = this.lost(node, { isHard: false, isOver });
    if (whenNull === undefined || (!isOver && this.softening.isSummed(node))) return whenNull;
    const reads = isOver ? [] : this.reads(node).map(({ sql }) => this.holdsSomething(sql));
    const given = reads.length === 0 ? "true" : `(${reads.join(" or ")})`;
    const hard = holds(node, swallows) ? this.lost(node, { isHard: true, isOver }) : undefined;
    const otherwise = hard === undefined ? "false" : `case when ${hard} then ${given} else false end`;
    const result = this.text(soft);
    return `case when ${result} is null or cast(${result} as varchar) = '' then ${given} and ${whenNull} else ${otherwise} end`;
  }

  /** What is made of nothing is nothing, though it may read `无 08:30`. */
  private isGiven(node: SqlNode): string {
    const sql = this.text(this.softening.expression(node));
    if (node.class === "COLUMN_REF") return this.holdsSomething(sql);
    const name = nameOf(node);
    const isMade =
      node.class === "CAST" || (node.class === "FUNCTION" && harmless.has(name) && !swallowing.has(name));
    const parts = node.class === "CAST" ? [node.child as SqlNode] : childrenOf(node);
    const made =
      isMade && !this.softening.isOpaque(node) ? parts.filter((part) => part.class !== "CONSTANT") : [];
    return [`${sql} is not null`, ...made.map((part) => this.isGiven(part))].join(" and ");
  }

  private holdsSomething(column: string): string {
    return isFilled(`cast(${column} as varchar)`, { nullValues: this.nullValues });
  }

  private lost(node: SqlNode, asked: Asked): string | undefined {
    const of = (part: SqlNode) => this.lost(part, asked);
    if (asked.isOver && this.softening.isSum(node)) return undefined;
    switch (node.class) {
      case "CAST": {
        const child = node.child as SqlNode;
        const isText = (node.cast_type as SqlNode | undefined)?.id === "VARCHAR";
        const isOwn = !isText && !(asked.isHard && node.try_cast);
        return either([of(child), isOwn ? this.vanished(node, [child], asked) : undefined]);
      }
      case "FUNCTION":
        return this.lostByFunction(node, asked);
      case "WINDOW":
        return either(partsOf(node).map(of));
      case "SUBQUERY":
        return either([...(isNode(node.child) ? [of(node.child)] : []), this.lostBySubquery(node, asked)]);
      case "OPERATOR":
        return this.lostByOperator(node, asked);
      case "CONJUNCTION": {
        const below = either(childrenOf(node).map(of));
        return below && this.whenNull(node, below);
      }
      case "COMPARISON":
      case "BETWEEN": {
        const parts = partsOf(node);
        return either([
          ...parts.map(of),
          isSafeComparison(node) ? undefined : this.vanished(node, parts, asked),
        ]);
      }
      case "CASE":
        return this.lostByCase(node, asked);
      case "COLLATE":
        return of(node.child as SqlNode);
      default:
        return undefined;
    }
  }

  private lostByFunction(node: SqlNode, asked: Asked): string | undefined {
    const name = nameOf(node);
    const children = childrenOf(node).filter((child) => child.class !== "LAMBDA");
    const of = (part: SqlNode) => this.lost(part, asked);
    const below = either([...children.map(of), this.lostByElement(node, asked)]);
    if (this.softening.isAggregate(node))
      return either([below, ...expressionsIn([node.filter, node.order_bys]).map(of)]);
    if (harmless.has(name)) return below;
    if (deliberate.has(name)) {
      const [json] = children;
      const isJson = name !== "nullif" && json && !asked.isOver && !this.softening.isOpaque(json);
      return either([
        below,
        isJson ? `not json_valid(cast(${this.text(this.softening.expression(json))} as varchar))` : undefined,
      ]);
    }
    if (asked.isHard && (lenient.has(name) || partOf.has(name))) return below;
    return either([below, this.vanished(node, children, asked, partOf.has(name))]);
  }

  /** What a function does to each element of a list may be lost element by element. */
  private lostByElement(node: SqlNode, asked: Asked): string | undefined {
    const [list, lambda] = childrenOf(node);
    if (asked.isOver || !list || lambda?.class !== "LAMBDA" || !overElements.test(nameOf(node)))
      return undefined;
    const lost = this.lost(lambda.expr as SqlNode, asked);
    if (lost === undefined || this.softening.isOpaque(list)) return undefined;
    const left = lambda.lhs as SqlNode;
    const names = left.class === "COLUMN_REF" ? [left] : childrenOf(left);
    const given = names.map((name) => quoted(String((name.column_names as string[])[0]))).join(", ");
    const elements = this.text(this.softening.expression(list));
    return `coalesce(len(list_filter(${elements}, lambda ${given}: coalesce(${lost}, false))) > 0, false)`;
  }

  /** A subquery that reads no table but what the row's own cells hold loses for its row. */
  private lostBySubquery(node: SqlNode, asked: Asked): string | undefined {
    const source = ownSource(node);
    if (!source || asked.isOver) return undefined;
    const { select_list: items, where_clause: where, group_expressions: groups } = source;
    const altogether = (part: SqlNode) => this.lostAltogether(part, this.softening.expression(part), false);
    const [first, ...others] = rowFunctionsOf(source.from_table).map((call) =>
      either(partsOf(call).map((part) => this.lost(part, asked))),
    );
    const passing = expressionsIn([items, groups]).map(altogether);
    const lostHere = either(passing);
    const isPassed = isNode(where)
      ? `coalesce(cast(${this.text(this.softening.expression(where))} as boolean), false) and `
      : "";
    const lost = either([
      lostHere && `${isPassed}${lostHere}`,
      isNode(where) ? altogether(where) : undefined,
      ...others,
    ]);
    const nested = nestedIn(source.from_table).map((query) =>
      this.lostBySubquery(
        { ...node, child: null, subquery: { ...(node.subquery as SqlNode), node: query } },
        asked,
      ),
    );
    if (lost === undefined) return either([first, ...nested]);
    this.conditions.push(`coalesce(bool_or(${lost}), false)`);
    const whole = this.text({
      ...this.softening.expression(node),
      subquery_type: "SCALAR",
      child: null,
      comparison_type: "INVALID",
      subquery: {
        ...(node.subquery as SqlNode),
        node: {
          ...source,
          select_list: [
            {
              class: "COLUMN_REF",
              type: "COLUMN_REF",
              alias: "",
              column_names: [`__condition${this.conditions.length - 1}__`],
            },
          ],
          from_table: this.softening.all(source.from_table),
          where_clause: null,
          group_expressions: [],
          group_sets: [],
          aggregate_handling: "STANDARD_HANDLING",
          having: null,
          qualify: null,
          modifiers: [],
        },
      },
    });
    return either([whole, first, ...nested]);
  }

  private lostByOperator(node: SqlNode, asked: Asked): string | undefined {
    const children = childrenOf(node);
    if (node.type === "OPERATOR_TRY" && asked.isHard) return undefined;
    if (node.type === "OPERATOR_COALESCE")
      return [...children].reverse().reduce<string | undefined>((later, child) => {
        return either([this.lost(child, asked), later && this.whenNull(child, later)]);
      }, undefined);
    const below = either(children.map((child) => this.lost(child, asked)));
    if (/^(OPERATOR_(TRY|NOT|IS_)|STRUCT_EXTRACT)/.test(String(node.type))) return below;
    if (asked.isHard && /EXTRACT$/.test(String(node.type))) return below;
    return either([below, this.vanished(node, children, asked)]);
  }

  private whenNull(node: SqlNode, condition: string): string {
    if (this.softening.isSummed(node)) return condition;
    return `case when ${this.text(this.softening.expression(node))} is null then ${condition} else false end`;
  }

  private lostByCase(node: SqlNode, asked: Asked): string | undefined {
    const checks = checksOf(node);
    const ends = [...checks.map(({ result }) => result), node.else_expr as SqlNode];
    if (this.softening.isSummed(node))
      return either([...checks.map(({ when }) => when), ...ends].map((part) => this.lost(part, asked)));
    const branches: string[] = [];
    const before: (string | undefined)[] = [];
    for (const { when, result } of checks) {
      before.push(this.lost(when, asked));
      const condition = either([...before, this.lost(result, asked)]) ?? "false";
      branches.push(`when ${this.text(this.softening.expression(when))} then ${condition}`);
    }
    const otherwise = either([...before, this.lost(node.else_expr as SqlNode, asked)]) ?? "false";
    const isNever = otherwise === "false" && branches.every((branch) => branch.endsWith("then false"));
    return isNever ? undefined : `case ${branches.join(" ")} else ${otherwise} end`;
  }

  /** Null (or, of a part of a text, empty), though nothing it is made of is. */
  private vanished(
    node: SqlNode,
    parts: readonly SqlNode[],
    { isOver }: Asked,
    orEmpty = false,
  ): string | undefined {
    if (this.softening.isOpaque(node) !== isOver) return undefined;
    const inputs = parts.filter((part) => part.class !== "CONSTANT");
    if (inputs.length === 0) return undefined;
    const result = this.text(this.softening.expression(node));
    const isGone = orEmpty ? `coalesce(${result}, '') = ''` : `${result} is null`;
    const given = inputs.map((input) => this.isGiven(input));
    return `case when ${isGone} then ${given.join(" and ")} else false end`;
  }
}

/** The calls that make rows in a FROM clause. */
function rowFunctionsOf(from: unknown): SqlNode[] {
  if (!isNode(from)) return [];
  if (from.type === "JOIN") return [from.left, from.right].flatMap(rowFunctionsOf);
  return from.type === "TABLE_FUNCTION" ? [from.function as SqlNode] : [];
}

/** All of them, with those of the queries that stand there. */
const callsBelow = (from: unknown): SqlNode[] => [
  ...rowFunctionsOf(from),
  ...nestedIn(from).flatMap(({ from_table: below }) => callsBelow(below)),
];

/** The queries that stand in a FROM clause. */
function nestedIn(from: unknown): SqlNode[] {
  if (!isNode(from)) return [];
  if (from.type === "JOIN") return [from.left, from.right].flatMap(nestedIn);
  return from.type === "SUBQUERY" ? [(from.subquery as { node: SqlNode }).node] : [];
}

/** Whether a part of an expression may make something of a null. */
const swallows = (node: SqlNode) =>
  node.class === "CASE" ||
  node.class === "CONJUNCTION" ||
  node.class === "SUBQUERY" ||
  (node.class === "OPERATOR" && node.type !== "OPERATOR_TRY") ||
  (node.class === "FUNCTION" && swallowing.has(nameOf(node)));

const checksOf = (node: SqlNode) =>
  (node.case_checks as { when_expr: SqlNode; then_expr: SqlNode }[]).map(({ when_expr, then_expr }) => ({
    when: when_expr,
    result: then_expr,
  }));

const either = (conditions: readonly (string | undefined)[]) => {
  const some = conditions.filter((condition) => condition !== undefined);
  return some.length === 0 ? undefined : some.length === 1 ? some[0] : `(${some.join(" or ")})`;
};
