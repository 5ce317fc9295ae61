/** An SQL identifier. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** An SQL text literal. */
export const literal = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** SQL by the name of the column it gives, in the order of the columns. */
export type Columns = Readonly<Record<string, string>>;

/** The parts of a select as SQL; what is missing or empty is left out. */
export interface Select {
  columns: Columns;
  from: string;
  /** Conditions that all have to hold. */
  where?: readonly string[];
  groupBy?: readonly string[];
  groupingSets?: readonly (readonly string[])[];
  having?: string;
  orderBy?: readonly string[];
}

/** Columns that are passed on under their names, all of one relation or of any. */
export const passed = (names: readonly string[], relation?: string): Columns =>
  Object.fromEntries(names.map((name) => [name, relation ? `${relation}.${quoted(name)}` : quoted(name)]));

export function selectSql(select: Select): string {
  const { columns, from, where = [], groupBy = [], groupingSets, having, orderBy = [] } = select;
  const items = Object.entries(columns).map(([name, sql]) =>
    sql === quoted(name) ? sql : `${sql} as ${quoted(name)}`,
  );
  const groups = groupingSets
    ? [`group by grouping sets (${groupingSets.map((set) => `(${set.join(", ")})`).join(", ")})`]
    : listed("group by", groupBy);
  return [
    `select ${items.join(", ")}`,
    `from ${from}`,
    ...(where.length > 0 ? [`where ${where.join(" and ")}`] : []),
    ...groups,
    ...(having === undefined ? [] : [`having ${having}`]),
    ...listed("order by", orderBy),
  ].join("\n");
}

const listed = (words: string, list: readonly string[]) =>
  list.length > 0 ? [`${words} ${list.join(", ")}`] : [];

/** A query over others that it calls by name. */
export const withSql = (queries: Readonly<Record<string, string>>, query: string) =>
  `with\n${Object.entries(queries)
    .map(([name, sql]) => `${name} as (\n${sql}\n)`)
    .join(",\n")}\n${query}`;

/** Selects on top of each other; each gives the columns of the first, in any order. */
export function stackSql(selects: readonly Select[]): string {
  const names = Object.keys(selects[0]?.columns ?? {});
  return selects
    .map((select) => {
      const given = Object.keys(select.columns);
      const strange = [
        ...given.filter((name) => !names.includes(name)),
        ...names.filter((name) => !given.includes(name)),
      ];
      if (strange.length > 0)
        throw new Error(`columns of only some of the stacked selects: ${strange.join(", ")}`);
      return selectSql({
        ...select,
        columns: Object.fromEntries(names.map((name) => [name, select.columns[name] ?? ""])),
      });
    })
    .join("\nunion all\n");
}

/** A statement that adds a select's rows to a table; the table's other columns stay null. */
export const insertSql = (table: string, select: Select, queries: Readonly<Record<string, string>> = {}) => {
  const query = selectSql(select);
  const columns = Object.keys(select.columns).map(quoted).join(", ");
  return `insert into ${table} (${columns})\n${Object.keys(queries).length > 0 ? withSql(queries, query) : query}`;
};
