/** What the dialects have no common word for, as a template of each: `$1`, `$2` … stand for the arguments, `$*` for all,
 * and `$~` for each of them or, where it is null, the next. */
export interface Macro {
  name: string;
  parameters: readonly string[];
  /** Null where DuckDB has the function built in. */
  duckdb: string | null;
  trino: string;
  spark: string;
}

/** The functions that models may use beyond those that every engine has; months are numbers, 12 × year + month − 1. */
export const macros: readonly Macro[] = [
  {
    name: "epoch_us",
    parameters: ["instant"],
    duckdb: null,
    trino: "cast(round(to_unixtime($1) * 1000000) as bigint)",
    spark: "unix_micros($1)",
  },
  {
    name: "divide",
    parameters: ["whole", "divisor"],
    duckdb: null,
    trino: "(($1) / ($2))",
    spark: "(($1) div ($2))",
  },
  {
    name: "plus_months",
    parameters: ["day", "months"],
    duckdb: "cast($1 + to_months($2) as date)",
    trino: "date_add('month', $2, $1)",
    spark: "add_months($1, $2)",
  },
  {
    name: "plus_days",
    parameters: ["day", "days"],
    duckdb: "$1 + $2",
    trino: "date_add('day', $2, $1)",
    spark: "date_add($1, $2)",
  },
  {
    name: "days_between",
    parameters: ["first", "last"],
    duckdb: "$2 - $1",
    trino: "date_diff('day', $1, $2)",
    spark: "datediff($2, $1)",
  },
  {
    name: "month_day",
    parameters: ["number"],
    duckdb: "make_date($1 // 12, $1 % 12 + 1, 1)",
    trino: "date_add('month', ($1) - 23640, date '1970-01-01')",
    spark: "add_months(date '1970-01-01', cast(($1) - 23640 as int))",
  },
  {
    name: "regexp_replace",
    parameters: ["text", "pattern", "replacement", "options"],
    duckdb: null,
    trino: "regexp_replace($1, $2, $3)",
    spark: "regexp_replace($1, $2, $3)",
  },
  {
    name: "bit_or",
    parameters: ["bits"],
    duckdb: null,
    trino: "bitwise_or_agg($1)",
    spark: "bit_or($1)",
  },
  ...["greatest", "least"].map((name) => ({
    name,
    parameters: [],
    duckdb: null,
    // Null as soon as one of them is, where others pass over it.
    trino: `${name}($~)`,
    spark: `${name}($*)`,
  })),
  {
    name: "grouping",
    parameters: [],
    duckdb: null,
    trino: "grouping($*)",
    spark: "grouping_id($*)",
  },
  {
    name: "square",
    parameters: ["whole"],
    duckdb: "cast($1 as hugeint) * $1",
    trino: "cast($1 as decimal(38, 0)) * ($1)",
    spark: "cast($1 as decimal(38, 0)) * ($1)",
  },
  {
    name: "contributor_bit",
    parameters: ["person"],
    duckdb: "cast(1 as ubigint) << (hash($1) % 64)",
    trino:
      "bitwise_left_shift(bigint '1', cast(bitwise_and(from_big_endian_64(xxhash64(to_utf8($1))), 63) as integer))",
    spark: "shiftleft(1L, cast(xxhash64($1) & 63 as int))",
  },
  {
    name: "no_contributor",
    parameters: [],
    duckdb: "cast(null as ubigint)",
    trino: "cast(null as bigint)",
    spark: "cast(null as bigint)",
  },
];

/** Statements that give a DuckDB database the macros. */
export function macroStatements(): string[] {
  return macros.flatMap(({ name, parameters, duckdb }) => {
    if (duckdb === null) return [];
    const body = duckdb.replace(/\$(\d)/g, (_, place) => `(${parameters[Number(place) - 1]})`);
    return [`create macro ${name}(${parameters.join(", ")}) as ${body}`];
  });
}

const names = macros.map(({ name }) => name).join("|");
const callOrText = new RegExp(`'(?:[^']|'')*'|"(?:[^"]|"")*"|\\b(${names})\\(`, "gi");

/** SQL of a dialect with the templates in place of the macros that it calls. */
export function expandMacros(sql: string, dialect: "trino" | "spark"): string {
  let expanded = "";
  let rest = sql;
  for (;;) {
    const call = [...rest.matchAll(callOrText)].find(([, name]) => name !== undefined);
    const macro = macros.find(({ name }) => name === call?.[1]?.toLowerCase());
    if (!call || !macro) return expanded + rest;
    const { given, length } = argumentsOf(rest.slice(call.index + call[0].length));
    const args = given.map((each) => expandMacros(each, dialect));
    const filled = macro[dialect].replace(/\$([*~]|\d)/g, (_, place) => {
      if (place === "*") return args.join(", ");
      return place === "~" ? orNext(args) : (args[Number(place) - 1] ?? "");
    });
    expanded += rest.slice(0, call.index) + filled;
    rest = rest.slice(call.index + call[0].length + length);
  }
}

const orNext = (args: readonly string[]) =>
  args
    .map((_, index) => `coalesce(${[...args.slice(index), ...args.slice(0, index)].join(", ")})`)
    .join(", ");

/** The arguments of a call up to its closing bracket, and how much text they take with it. */
function argumentsOf(text: string): { given: string[]; length: number } {
  const given = [""];
  let depth = 0;
  let length = 0;
  for (const [part] of text.matchAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[\s\S]/g)) {
    length += part.length;
    if (part === ")" && depth === 0) break;
    if (part === "(") depth += 1;
    if (part === ")") depth -= 1;
    if (part === "," && depth === 0) given.push("");
    else given[given.length - 1] += part;
  }
  return { given: given.map((each) => each.trim()).filter(Boolean), length };
}
