import type { DuckDBConnection } from "@duckdb/node-api";
import { isFilled } from "../../contract/notation.js";
import { expressionsToSql, isNode, type SqlNode } from "../sqlTree.js";
import { deliberate, harmless, lenient, partOf, swallowing } from "./functionKinds.js";

/** An expression that never fails on a row, and what tells the rows it could not take. */
export interface Tolerant {
  /** SQL: null where the expression fails. */
  value: string;
  node: SqlNode;
  /**
   * SQL over the same columns, true where the expression itself fails, or is null (an empty text) because a conversion
   * or a lookup on the way gave null for something that was not; undefined where neither can be. A null that the mapping
   * says itself (`nullif`, a branch of CASE, a key that a JSON cell has not) is none. Of an aggregate it is about each
   * of the rows that it sums.
   */
  lost: string | undefined;
  /** SQL for the cells it reads, as one text. */
  cells: string;
  /** The expression as SQL. */
  written: string;
  hasAggregate: boolean;
}

/** What an expression's tolerance depends on beside itself. */
export interface ToleranceOptions {
  /** Texts of the source's cells that stand for nothing, beside the usual ones: no such cell is ever lost. */
  nullValues: readonly string[];
  /** Names of aggregate functions. */
  aggregates?: ReadonlySet<string>;
}

/**
 * Makes expressions tolerant, node by node: casts become TRY_CAST, `strptime` becomes `try_strptime`, what else may fail
 * stands in TRY. One TRY around a whole expression would not do: the optimiser computes what two expressions share
 * beforehand, outside of it.
 */
export async function makeTolerant(
  db: DuckDBConnection,
  expressions: readonly SqlNode[],
  { nullValues, aggregates = new Set() }: ToleranceOptions,
): Promise<Tolerant[]> {
  const texts: SqlNode[] = [];
  const made = expressions.map((expression) => {
    const tolerance = new Tolerance(texts, aggregates, nullValues);
    const node = tolerance.soften(expression);
    return {
      node,
      value: tolerance.text(node),
      lost: tolerance.lostAltogether(expression, node),
      cells: cellsText(tolerance.reads(expression)),
      written: tolerance.text(expression),
      hasAggregate: tolerance.holds(expression, (part) => tolerance.isAggregate(part)),
    };
  });
  const written = await expressionsToSql(db, texts);
  const fill = (sql: string) =>
    sql.replace(/\ue000(\d+)\ue000/g, (_, index) => `(${written[Number(index)]})`);
  const bare = (sql: string) => fill(sql).slice(1, -1);
  return made.map((each) => ({
    ...each,
    value: fill(each.value),
    cells: fill(each.cells),
    written: bare(each.written),
    lost: each.lost === undefined ? undefined : fill(each.lost),
  }));
}

function cellsText(reads: readonly { name: string; sql: string }[]): string {
  const [only, ...more] = reads;
  if (!only) return "null::varchar";
  if (more.length === 0) return `cast(${only.sql} as varchar)`;
  const parts = reads.map(({ name, sql }) => `'${name.replaceAll("'", "''")}=' || cast(${sql} as varchar)`);
  return `concat_ws(', ', ${parts.join(", ")})`;
}

class Tolerance {
  constructor(
    private readonly texts: SqlNode[],
    private readonly aggregates: ReadonlySet<string>,
    private readonly nullValues: readonly string[],
  ) {}

  /** A mark that becomes the node's SQL. */
  text(node: SqlNode): string {
    this.texts.push(node);
    return `\ue000${this.texts.length - 1}\ue000`;
  }

  soften(node: SqlNode): SqlNode {
    switch (node.class) {
      case "CAST":
        return { ...node, try_cast: true, child: this.soften(node.child as SqlNode) };
      case "FUNCTION":
        return this.softenFunction(node);
      case "OPERATOR": {
        const children = childrenOf(node).map((child) => this.soften(child));
        if (node.type === "OPERATOR_TRY") return { ...(children[0] as SqlNode), alias: node.alias };
        return this.tried(
          { ...node, children },
          !/^(OPERATOR_(COALESCE|NOT|IS_)|.*EXTRACT)/.test(String(node.type)),
        );
      }
      case "CONJUNCTION":
        return { ...node, children: childrenOf(node).map((child) => this.soften(child)) };
      case "CASE":
        return {
          ...node,
          case_checks: checksOf(node).map(({ when, result }) => ({
            when_expr: this.soften(when),
            then_expr: this.soften(result),
          })),
          else_expr: this.soften(node.else_expr as SqlNode),
        };
      case "COMPARISON":
      case "BETWEEN":
        return this.tried(
          Object.fromEntries(
            Object.entries(node).map(([key, part]) => [key, isExpression(part) ? this.soften(part) : part]),
          ),
          true,
        );
      case "COLLATE":
        return { ...node, child: this.soften(node.child as SqlNode) };
      default:
        return node;
    }
  }

  private softenFunction(node: SqlNode): SqlNode {
    const name = nameOf(node);
    const children = childrenOf(node).map((child) => (child.class === "LAMBDA" ? child : this.soften(child)));
    if (name === "strptime") return { ...node, function_name: "try_strptime", children };
    return this.tried(
      { ...node, children },
      !harmless.has(name) && name !== "nullif" && !this.isAggregate(node),
    );
  }

  /** TRY takes no aggregate, window or subquery. */
  private tried(node: SqlNode, mayFail: boolean): SqlNode {
    if (!mayFail || this.isOpaque(node)) return node;
    return {
      class: "OPERATOR",
      type: "OPERATOR_TRY",
      alias: node.alias ?? "",
      children: [{ ...node, alias: "" }],
    };
  }

  private isOpaque(node: SqlNode): boolean {
    return this.holds(
      node,
      (part) => part.class === "SUBQUERY" || part.class === "WINDOW" || this.isAggregate(part),
    );
  }

  isAggregate(node: SqlNode): boolean {
    return node.class === "FUNCTION" && this.aggregates.has(nameOf(node));
  }

  holds(value: unknown, is: (node: SqlNode) => boolean): boolean {
    if (Array.isArray(value)) return value.some((item) => this.holds(item, is));
    return isNode(value) && (is(value) || Object.values(value).some((child) => this.holds(child, is)));
  }

  /** The columns an expression reads, each once. */
  reads(node: SqlNode): { name: string; sql: string }[] {
    const found = new Map<string, { name: string; sql: string }>();
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (isNode(value) && value.class === "COLUMN_REF") {
        const names = value.column_names as string[];
        const key = names.join(".").toLowerCase();
        if (!found.has(key))
          found.set(key, { name: names.at(-1) ?? "", sql: this.text({ ...value, alias: "" }) });
      } else if (isNode(value) && value.class !== "LAMBDA" && value.class !== "SUBQUERY")
        Object.values(value).forEach(visit);
    };
    visit(node);
    return [...found.values()];
  }

  /** See `Tolerant.lost`; `soft` is the softened expression. */
  lostAltogether(node: SqlNode, soft: SqlNode): string | undefined {
    const whenNull = this.lost(node, false);
    if (whenNull === undefined) return undefined;
    if (this.holds(node, (part) => this.isAggregate(part))) return whenNull;
    const reads = this.reads(node).map(({ sql }) => this.holdsSomething(sql));
    const given = reads.length === 0 ? "true" : `(${reads.join(" or ")})`;
    const hard = this.holds(node, swallows) ? this.lost(node, true) : undefined;
    const otherwise = hard === undefined ? "false" : `case when ${hard} then ${given} else false end`;
    const result = this.text(soft);
    return `case when ${result} is null or cast(${result} as varchar) = '' then ${given} and ${whenNull} else ${otherwise} end`;
  }

  /** What is made of nothing is nothing, though it may read `无 08:30`. */
  private isGiven(node: SqlNode): string {
    const sql = this.text(this.soften(node));
    if (node.class === "COLUMN_REF") return this.holdsSomething(sql);
    const name = nameOf(node);
    const isMade =
      node.class === "CAST" || (node.class === "FUNCTION" && harmless.has(name) && !swallowing.has(name));
    const parts = node.class === "CAST" ? [node.child as SqlNode] : childrenOf(node);
    const made = isMade && !this.isOpaque(node) ? parts.filter((part) => part.class !== "CONSTANT") : [];
    return [`${sql} is not null`, ...made.map((part) => this.isGiven(part))].join(" and ");
  }

  private holdsSomething(column: string): string {
    return isFilled(`cast(${column} as varchar)`, { nullValues: this.nullValues });
  }

  /** @param isHard only what fails, not what gives null of itself */
  private lost(node: SqlNode, isHard: boolean): string | undefined {
    const of = (part: SqlNode) => this.lost(part, isHard);
    switch (node.class) {
      case "CAST": {
        const child = node.child as SqlNode;
        const isText = (node.cast_type as SqlNode | undefined)?.id === "VARCHAR";
        const isOwn = !isText && !(isHard && node.try_cast);
        return either([of(child), isOwn ? this.vanished(node, [child]) : undefined]);
      }
      case "FUNCTION":
        return this.lostByFunction(node, isHard);
      case "OPERATOR":
        return this.lostByOperator(node, isHard);
      case "CONJUNCTION": {
        const below = either(childrenOf(node).map(of));
        return below && this.whenNull(node, below);
      }
      case "COMPARISON":
      case "BETWEEN": {
        const parts = Object.values(node).filter(isExpression);
        return either([...parts.map(of), this.vanished(node, parts)]);
      }
      case "CASE":
        return this.lostByCase(node, isHard);
      case "COLLATE":
        return of(node.child as SqlNode);
      default:
        return undefined;
    }
  }

  private lostByFunction(node: SqlNode, isHard: boolean): string | undefined {
    const name = nameOf(node);
    const children = childrenOf(node).filter((child) => child.class !== "LAMBDA");
    const below = either(children.map((child) => this.lost(child, isHard)));
    if (this.isAggregate(node) || harmless.has(name)) return below;
    if (deliberate.has(name)) {
      const [json] = children;
      const isJson = name !== "nullif" && json && !this.isOpaque(json);
      return either([
        below,
        isJson ? `not json_valid(cast(${this.text(this.soften(json))} as varchar))` : undefined,
      ]);
    }
    if (isHard && (lenient.has(name) || partOf.has(name))) return below;
    return either([below, this.vanished(node, children, partOf.has(name))]);
  }

  private lostByOperator(node: SqlNode, isHard: boolean): string | undefined {
    const children = childrenOf(node);
    if (node.type === "OPERATOR_TRY" && isHard) return undefined;
    if (node.type === "OPERATOR_COALESCE")
      return [...children].reverse().reduce<string | undefined>((later, child) => {
        return either([this.lost(child, isHard), later && this.whenNull(child, later)]);
      }, undefined);
    const below = either(children.map((child) => this.lost(child, isHard)));
    if (/^OPERATOR_(TRY|NOT|IS_)/.test(String(node.type))) return below;
    if (isHard && /EXTRACT$/.test(String(node.type))) return below;
    return either([below, this.vanished(node, children)]);
  }

  private whenNull(node: SqlNode, condition: string): string {
    return `case when ${this.text(this.soften(node))} is null then ${condition} else false end`;
  }

  private lostByCase(node: SqlNode, isHard: boolean): string | undefined {
    const branches: string[] = [];
    const before: (string | undefined)[] = [];
    for (const { when, result } of checksOf(node)) {
      before.push(this.lost(when, isHard));
      const condition = either([...before, this.lost(result, isHard)]) ?? "false";
      branches.push(`when ${this.text(this.soften(when))} then ${condition}`);
    }
    const otherwise = either([...before, this.lost(node.else_expr as SqlNode, isHard)]) ?? "false";
    const isNever = otherwise === "false" && branches.every((branch) => branch.endsWith("then false"));
    return isNever ? undefined : `case ${branches.join(" ")} else ${otherwise} end`;
  }

  /** Null (or, of a part of a text, empty), though nothing it is made of is. */
  private vanished(node: SqlNode, parts: readonly SqlNode[], orEmpty = false): string | undefined {
    if (this.isOpaque(node)) return undefined;
    const inputs = parts.filter((part) => part.class !== "CONSTANT");
    if (inputs.length === 0) return undefined;
    const result = this.text(this.soften(node));
    const isGone = orEmpty ? `coalesce(${result}, '') = ''` : `${result} is null`;
    const given = inputs.map((input) => this.isGiven(input));
    return `case when ${isGone} then ${given.join(" and ")} else false end`;
  }
}

/** Whether a part of an expression may make something of a null. */
const swallows = (node: SqlNode) =>
  node.class === "CASE" ||
  node.class === "CONJUNCTION" ||
  node.class === "SUBQUERY" ||
  (node.class === "OPERATOR" && node.type !== "OPERATOR_TRY") ||
  (node.class === "FUNCTION" && swallowing.has(nameOf(node)));

const nameOf = (node: SqlNode) => String(node.function_name).toLowerCase();

const childrenOf = (node: SqlNode) => (node.children as SqlNode[] | undefined) ?? [];

const checksOf = (node: SqlNode) =>
  (node.case_checks as { when_expr: SqlNode; then_expr: SqlNode }[]).map(({ when_expr, then_expr }) => ({
    when: when_expr,
    result: then_expr,
  }));

const isExpression = (value: unknown): value is SqlNode => isNode(value) && typeof value.class === "string";

const either = (conditions: readonly (string | undefined)[]) => {
  const some = conditions.filter((condition) => condition !== undefined);
  return some.length === 0 ? undefined : some.length === 1 ? some[0] : `(${some.join(" or ")})`;
};
