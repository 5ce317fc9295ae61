import type { DuckDBConnection } from "@duckdb/node-api";
import { literal } from "../../engine/sql.js";
import { isNode, type SqlNode } from "../../engine/sqlTree.js";
import { conjunction, conjuncts, hasSubquery, isJoining, itemOf } from "./blocks.js";
import { deliberate, harmless, lenient, partOf, throwing } from "./functionKinds.js";
import { aggregateNames, expressionsIn, holds, nameOf, ownSource, Softening } from "./soften.js";
import { makeTolerant, type Tolerant } from "./tolerant.js";

/** A `select` that fails where what it nests would lose a cell without a word. */
export interface ArmedSelect {
  node: SqlNode;
  /** Some places cannot be armed: only a search tells what they lose. */
  hasGaps: boolean;
}

/**
 * Arms the nested blocks of a `select`, those that may give null for what is something: the others fail of themselves.
 * @param isTold the outermost block's rows tell of themselves
 */
export async function armed(
  db: DuckDBConnection,
  select: SqlNode,
  { nullValues, isTold }: { nullValues: readonly string[]; isTold: boolean },
): Promise<ArmedSelect> {
  const arming = new Arming(db, new Softening(await aggregateNames(db), false), nullValues);
  return { node: (await arming.any(select, isTold)) as SqlNode, hasGaps: arming.hasGaps };
}

const armedSentence = "expected a cell that the mapping can take: ";

class Arming {
  hasGaps = false;

  constructor(
    private readonly db: DuckDBConnection,
    private readonly softening: Softening,
    private readonly nullValues: readonly string[],
  ) {}

  async any(value: unknown, isTold = false): Promise<unknown> {
    if (Array.isArray(value)) {
      const made: unknown[] = [];
      for (const item of value) made.push(await this.any(item));
      return made;
    }
    if (!isNode(value) || (value.class === "SUBQUERY" && ownSource(value))) return value;
    const node: SqlNode = {};
    for (const [key, part] of Object.entries(value)) node[key] = await this.any(part);
    if (node.type === "JOIN" || node.type === "TABLE_FUNCTION")
      this.hasGaps ||= expressionsIn(value.condition ?? value.function).some((part) => this.isLenient(part));
    return node.type === "SELECT_NODE" ? this.block(value, node, isTold) : node;
  }

  private async block(select: SqlNode, node: SqlNode, isTold: boolean): Promise<SqlNode> {
    const { select_list: items, group_expressions: groups, having, qualify, modifiers } = select;
    const where = conjuncts(select.where_clause);
    const joining = where.filter((part) => isJoining(part, select));
    const later = expressionsIn([having, qualify, modifiers]).filter((part) => this.isLenient(part));
    this.hasGaps ||= joining.some((part) => this.isLenient(part));
    if (isTold) {
      this.hasGaps ||= later.length > 0;
      return node;
    }
    const options = { nullValues: this.nullValues, isDeep: false };
    const asked = [...expressionsIn([items, groups]).filter((part) => this.isLenient(part)), ...later];
    const softItems = await makeTolerant(this.db, asked, options);
    const softWhere = await makeTolerant(this.db, where, options);
    const armed = [...softItems, ...softWhere.filter((_, index) => this.isLenient(where[index] as SqlNode))];
    this.hasGaps ||= armed.some(({ lostOver }) => lostOver !== undefined);
    const passing = softWhere.filter((_, index) => !hasSubquery(where[index]));
    const conditions = conjuncts(node.where_clause);
    for (const [index, part] of where.entries()) {
      const soft = softWhere[index] as Tolerant;
      if (joining.includes(part) || !this.isLenient(part)) continue;
      const others = passing.filter((each) => each !== soft);
      const arm = await this.arm([soft], others);
      if (arm) conditions[index] = { ...arm, else_expr: conditions[index] };
    }
    const arm = await this.arm(softItems, passing);
    return { ...node, where_clause: conjunction([...conditions, ...(arm ? [arm] : [])]) };
  }

  /** A condition that fails on a row that passes the others, yet is lost. */
  private async arm(asked: readonly Tolerant[], passing: readonly Tolerant[]): Promise<SqlNode | undefined> {
    const failures = asked.flatMap(({ lost, written, cells }) => {
      if (lost === undefined) return [];
      const when = [...passing.map(({ value }) => value), lost].join(" and ");
      return `when ${when} then error(concat(${literal(`${armedSentence}${written}: `)}, ${cells}))`;
    });
    if (failures.length === 0) return undefined;
    return itemOf(this.db, `case ${failures.join(" ")} else true end`, "");
  }

  private isLenient(expression: SqlNode): boolean {
    return holds(expression, (part) => {
      if (part.class === "CAST") return part.try_cast === true;
      if (part.class === "OPERATOR") return /TRY|EXTRACT/.test(String(part.type));
      if (part.class !== "FUNCTION" || this.softening.isAggregate(part)) return false;
      const name = nameOf(part);
      return (
        lenient.has(name) ||
        partOf.has(name) ||
        (!deliberate.has(name) && !harmless.has(name) && !throwing.has(name))
      );
    });
  }
}
