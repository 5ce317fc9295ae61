/** What a dialect has no common word for, as a template of each: `$1`, `$2` … stand for the arguments. */
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
];

/** Statements that give a DuckDB database the macros. */
export function macroStatements(): string[] {
  return macros.flatMap(({ name, parameters, duckdb }) => {
    if (duckdb === null) return [];
    const body = duckdb.replace(/\$(\d)/g, (_, place) => `(${parameters[Number(place) - 1]})`);
    return [`create macro ${name}(${parameters.join(", ")}) as ${body}`];
  });
}
