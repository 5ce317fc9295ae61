import { isNode, type SqlNode } from "../../engine/sqlTree.js";

/** What a number in a mapping may make of a value: so many characters, elements or repetitions. */
const most = 100;
/** What those of one mapping may make together, one within the other. */
const mostTogether = 1000;

/**
 * How many times as long as its arguments a call makes its value; undefined where nothing written in it says so. 1 stands for
 * what is as long as the number says, whatever goes in.
 */
type Size = (args: readonly unknown[]) => number | undefined;

const times: Size = ([, count]) => boundOf(count);
const upTo =
  (index: number): Size =>
  (args) =>
    boundOf(args[index]) === undefined ? undefined : 1;

/** A list of numbers: its end is bounded, where it begins and its steps are written out. */
const series: Size = ([first, end, step]) => {
  if (end === undefined) return boundOf(first);
  const isWritten = numberOf(first) !== undefined && (step === undefined || numberOf(step) !== undefined);
  return isWritten ? boundOf(end) : undefined;
};

const printed: Size = ([format]) => {
  const text = textOf(format)?.replaceAll("%%", "");
  const places = text?.match(/%[^a-z%]*/gi) ?? [];
  return text === undefined || places.some((place) => place.includes("*") || isWide(place)) ? undefined : 1;
};

const formatted: Size = ([format]) => {
  const text = textOf(format)?.replaceAll("{{", "");
  const places = text?.match(/\{[^}]*/g) ?? [];
  return text === undefined || places.some((place) => place.indexOf("{", 1) > 0 || isWide(place))
    ? undefined
    : 1;
};

const isWide = (place: string) => place.match(/\d+/g)?.some((digits) => Number(digits) > most) ?? false;

/**
 * The functions of which a number decides how long the result is. DuckDB makes it whole, beside the memory that it may take:
 * `repeat(id, 500000000)` over a handful of rows ends every program of the machine.
 */
const sizes: ReadonlyMap<string, Size> = new Map<string, Size>([
  ["repeat", times],
  ["lpad", upTo(1)],
  ["rpad", upTo(1)],
  ["bitstring", upTo(1)],
  ["list_resize", times],
  ["array_resize", times],
  ["range", series],
  ["generate_series", series],
  ["equi_width_bins", ([, , count]) => boundOf(count)],
  ["bitstring_agg", () => undefined],
  ["printf", printed],
  ["format", formatted],
]);

/** The call of an expression or a query that may make a value of any length; undefined where none does. */
export function endlessCall(tree: unknown): { call: string; most: number; together: number } | undefined {
  let endless: string | undefined;
  /** How many times as long as its rows' values it makes a value. */
  const grown = (value: unknown): number => {
    if (Array.isArray(value)) return largest(value);
    if (!isNode(value)) return 1;
    if (value.type === "TABLE_FUNCTION") {
      // Rows, of which the engine makes some at a time.
      const { function: call, ...rest } = value;
      return product([(call as SqlNode).children, ...Object.values(rest)].flat());
    }
    if (Array.isArray(value.map)) return product(value.map); // common tables, each of which may read the former
    const parts =
      value.class === "FUNCTION" ? [value.children, value.filter, value.order_bys] : Object.values(value);
    const within = isWithin(value) ? product(parts.flat()) : largest(parts);
    const own = value.class === "FUNCTION" ? ownOf(value) : 1;
    const all = own * within;
    const isEndless = all > (value.type === "RECURSIVE_CTE_NODE" ? 1 : mostTogether);
    if (isEndless) endless ??= String(value.function_name ?? "repeat");
    return all;
  };
  const largest = (values: unknown[]) => values.map(grown).reduce((one, other) => Math.max(one, other), 1);
  const product = (values: unknown[]) => values.reduce<number>((all, each) => all * grown(each), 1);
  const ownOf = (call: SqlNode): number => {
    const name = String(call.function_name).toLowerCase();
    const size = sizes.get(name);
    if (!size) return 1;
    const own = size(call.children as unknown[]);
    if (own === undefined) endless ??= name;
    return own ?? 1;
  };
  grown(tree);
  return endless === undefined ? undefined : { call: endless, most, together: mostTogether };
}

/** Whether what one part makes long goes into another: arguments, tables of a query. */
const isWithin = ({ class: kind, type, children }: SqlNode) =>
  kind === "FUNCTION" ||
  type === "JOIN" ||
  (kind === undefined && String(type).endsWith("_NODE") && !children);

/** What a count is at most: a number written out, or the least of several of which one is. */
function boundOf(value: unknown): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number;
  if (!isNode(value) || String(value.function_name).toLowerCase() !== "least") return undefined;
  const bounds = (value.children as unknown[]).map(numberOf).filter((bound) => bound !== undefined);
  return bounds.sort((one, other) => one - other)[0];
}

/** A whole number written out, as far as it is small. */
function numberOf(value: unknown): number | undefined {
  const constant = constantOf(value);
  if (constant?.id !== "INTEGER" || !isNode(constant.value)) return undefined;
  const number = Number(Object.values(constant.value)[0]);
  return number >= 0 && number <= most ? number : undefined;
}

function textOf(value: unknown): string | undefined {
  const constant = constantOf(value);
  return constant?.id === "VARCHAR" && typeof constant.value === "string" ? constant.value : undefined;
}

function constantOf(value: unknown): { id: unknown; value: unknown } | undefined {
  if (!isNode(value) || value.class !== "CONSTANT") return undefined;
  const { type, value: held } = value.value as { type: { id: string }; value: unknown };
  return { id: type.id, value: held };
}
