import type { DuckDBConnection } from "@duckdb/node-api";
import { isNode, type SqlNode } from "../../engine/sqlTree.js";
import { harmless } from "./functionKinds.js";

/**
 * Makes SQL trees tolerant, node by node: casts become TRY_CAST, `strptime` becomes `try_strptime`, what else may fail
 * stands in TRY. One TRY around a whole expression would not do: the optimiser computes what two expressions share
 * beforehand, outside of it.
 */
export class Softening {
  /**
   * @param aggregates names of aggregate functions, see `aggregateNames`
   * @param isDeep subqueries that read tables are made tolerant, too
   */
  constructor(
    private readonly aggregates: ReadonlySet<string>,
    private readonly isDeep: boolean,
  ) {}

  /** Any part of a query: its expressions tolerant, all else as it is. */
  all<T>(value: T): T {
    return this.any(value) as T;
  }

  private any(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.any(item));
    if (!isNode(value)) return value;
    if (typeof value.class === "string") return this.expression(value);
    const { type } = value;
    const soft = (key: string, part: unknown) => {
      if (type === "JOIN" && key === "condition" && isNode(part)) return this.joining(part);
      return type === "TABLE_FUNCTION" && isNode(part) ? this.parts(part) : this.any(part);
    };
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, soft(key, part)]));
  }

  expression(node: SqlNode): SqlNode {
    switch (node.class) {
      case "CAST": {
        const child = this.expression(node.child as SqlNode);
        // Of a list TRY_CAST would lose an element and keep the list.
        const isWhole = isOfParts(node) && !this.isOpaque(node);
        if (isWhole) return this.tried({ ...node, try_cast: false, child }, true);
        return { ...node, try_cast: true, child };
      }
      case "FUNCTION":
        return this.ofFunction(node);
      case "OPERATOR": {
        const children = childrenOf(node).map((child) => this.expression(child));
        if (node.type === "OPERATOR_TRY") return { ...(children[0] as SqlNode), alias: node.alias };
        return this.tried(
          { ...node, children },
          !/^(OPERATOR_(COALESCE|NOT|IS_)|.*EXTRACT)/.test(String(node.type)),
        );
      }
      case "COMPARISON":
      case "BETWEEN":
        return this.tried(this.parts(node), !isSafeComparison(node));
      case "CONJUNCTION":
      case "CASE":
      case "COLLATE":
      case "WINDOW":
        return this.parts(node);
      case "SUBQUERY":
        return this.isDeep || ownSource(node) ? this.parts(node) : { ...node, child: this.any(node.child) };
      default:
        return node;
    }
  }

  /** Of a join's condition the comparisons stay as they are: behind TRY they would be tried with each pair of rows. */
  joining(node: SqlNode): SqlNode {
    if (node.class === "CONJUNCTION")
      return { ...node, children: childrenOf(node).map((child) => this.joining(child)) };
    return node.class === "COMPARISON" ? this.parts(node) : this.expression(node);
  }

  private parts(node: SqlNode): SqlNode {
    return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, this.all(part)]));
  }

  private ofFunction(node: SqlNode): SqlNode {
    const name = nameOf(node);
    const children = childrenOf(node).map((child) =>
      child.class === "LAMBDA" ? child : this.expression(child),
    );
    const soft = { ...node, children, filter: this.all(node.filter), order_bys: this.all(node.order_bys) };
    if (name === "strptime") return { ...soft, function_name: "try_strptime" };
    return this.tried(soft, !harmless.has(name) && name !== "nullif" && !this.isAggregate(node));
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

  isOpaque(node: SqlNode): boolean {
    return holds(node, (part) => part.class === "SUBQUERY" || this.isSum(part));
  }

  /** Whether it speaks of several rows. */
  isSummed(node: SqlNode): boolean {
    return holds(node, (part) => this.isSum(part));
  }

  isSum(node: SqlNode): boolean {
    return node.class === "WINDOW" || this.isAggregate(node);
  }

  isAggregate(node: SqlNode): boolean {
    return node.class === "FUNCTION" && this.aggregates.has(nameOf(node));
  }
}

/** What a subquery selects from, where that is nothing but its row's own cells. */
export function ownSource({ subquery }: SqlNode): SqlNode | undefined {
  const source = (subquery as { node: SqlNode } | undefined)?.node;
  if (source?.type !== "SELECT_NODE") return undefined;
  const isFree = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.every(isFree)
      : !isNode(value) ||
        (value.type !== "BASE_TABLE" && value.class !== "SUBQUERY" && Object.values(value).every(isFree));
  return isFree(source) ? source : undefined;
}

const known = new WeakMap<DuckDBConnection, Promise<ReadonlySet<string>>>();

/** Names of the engine's aggregate functions. */
export function aggregateNames(db: DuckDBConnection): Promise<ReadonlySet<string>> {
  const found = known.get(db) ?? readAggregateNames(db);
  known.set(db, found);
  return found;
}

async function readAggregateNames(db: DuckDBConnection): Promise<ReadonlySet<string>> {
  const found = await db.runAndReadAll(
    "select distinct function_name from duckdb_functions() where function_type = 'aggregate'",
  );
  return new Set(found.getRows().map(([name]) => String(name)));
}

const isOfParts = ({ cast_type: type }: SqlNode) =>
  isNode(type) && /^(LIST|ARRAY|STRUCT|MAP)$/.test(String(type.id));

/** Two columns, or two casts to one type, can always be compared. */
export function isSafeComparison(node: SqlNode): boolean {
  const { left, right } = node as { left?: SqlNode; right?: SqlNode };
  if (node.class !== "COMPARISON" || !left || !right || left.class !== right.class) return false;
  if (left.class === "COLUMN_REF") return true;
  return left.class === "CAST" && JSON.stringify(left.cast_type) === JSON.stringify(right.cast_type);
}

/** Whether a tree has a node of a kind; what a subquery holds is its own. */
export function holds(value: unknown, is: (node: SqlNode) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item) => holds(item, is));
  if (!isNode(value)) return false;
  if (isExpression(value) && is(value)) return true;
  return Object.entries(value).some(([key, child]) => key !== "subquery" && holds(child, is));
}

export const nameOf = (node: SqlNode) => String(node.function_name).toLowerCase();

export const childrenOf = (node: SqlNode) => (node.children as SqlNode[] | undefined) ?? [];

const isExpression = (value: unknown): value is SqlNode => isNode(value) && typeof value.class === "string";

/** The expressions right below one, wherever they stand in it. */
export const partsOf = (node: SqlNode): SqlNode[] => Object.values(node).flatMap(expressionsIn);

/** The outermost expressions of any part of a query. */
export function expressionsIn(value: unknown): SqlNode[] {
  if (Array.isArray(value)) return value.flatMap(expressionsIn);
  if (!isNode(value)) return [];
  return isExpression(value) ? [value] : partsOf(value);
}
