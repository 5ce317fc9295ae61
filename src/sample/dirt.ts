import { type Column, contract, type Table, type TableName } from "../contract/index.js";
import type { Dice } from "./dice.js";
import { sampleColumnsOf } from "./options.js";

/** What can be wrong with a planted row; one fault a row. */
export type DirtKind =
  | "wrong_enum"
  | "wrong_date"
  | "text_in_number"
  | "missing_required"
  | "ragged_line"
  | "stray_quote"
  | "response_before_creation"
  | "unknown_customer"
  | "in_future"
  | "duplicate_identical"
  | "duplicate_conflicting";

/** What one table's planted faults should lead to in a build. */
export interface DirtCounts {
  /** Physical lines below the header. */
  lines: number;
  planted: Partial<Record<DirtKind, number>>;
  /** Rows in staging. */
  loaded: number;
  /** Rows the contract's rules send to the quarantine. */
  quarantined: number;
  /** Lines the reader cannot take apart; quarantined as physical lines. */
  rejected_lines: number;
  /** Identical rows dropped. */
  duplicates: number;
  /** Earlier rows of a key that a later, different one replaced. */
  superseded: number;
  /** Warnings of customers that are not there; more when a customer's own row was quarantined. */
  unknown_customers_at_least: number;
}

/** The tables that get dirt: the flows, where one row less moves nothing much. */
const dirtyTables: readonly TableName[] = [
  "customers",
  "customer_status",
  "leads",
  "opportunities",
  "orders",
  "tickets",
  "ticket_steps",
  "handoffs",
  "contacts",
  "event_invitations",
  "survey_answers",
];

/** How the second of two conflicting rows differs; the column is outside the key and takes the text as it is. */
const conflicts: Partial<Record<TableName, { column: string; text: string }>> = {
  customers: { column: "employees", text: "77777" },
  leads: { column: "source", text: "更正后的来源" },
  opportunities: { column: "stage", text: "更正后的阶段" },
  orders: { column: "quantity", text: "7777" },
  tickets: { column: "handling_count", text: "9" },
  handoffs: { column: "to_department", text: "质量部" },
};

/** The kinds of dirt a table can carry, in a fixed order; none for the small tables. */
export function dirtOf(name: TableName): DirtKind[] {
  if (!dirtyTables.includes(name)) return [];
  const columns = sampleColumnsOf(name);
  const has = (test: (column: Column) => boolean) => columns.some(test);
  const kinds: [DirtKind, boolean][] = [
    ["wrong_enum", has(isEnum)],
    ["wrong_date", !has(isEnum) && has(({ kind, labels }) => kind === "open" && labels !== undefined)],
    ["text_in_number", has(isNumber)],
    ["missing_required", true],
    ["ragged_line", true],
    ["stray_quote", true],
    ["response_before_creation", name === "tickets"],
    ["unknown_customer", name !== "customers" && has((column) => column.name === "customer_id")],
    ["in_future", ownTime(name) !== undefined],
    ["duplicate_identical", true],
    ["duplicate_conflicting", conflicts[name] !== undefined],
  ];
  return kinds.filter(([, applies]) => applies).map(([kind]) => kind);
}

/** SQL for the fault of a row, null for most. */
export function dirtKindSql(name: TableName, kinds: readonly DirtKind[], drawn: Dice, share: number): string {
  const hit = `${drawn.uniform("row_index", `dirt ${name}`)} < ${share}`;
  return `case when ${hit} then ${drawn.oneOf("row_index", `dirt kind ${name}`, kinds)} end`;
}

/** SQL for a cell with the faults that show in its column; `dirt_kind` has to be in scope. */
export function corrupt(name: TableName, column: Column, cell: string, kinds: readonly DirtKind[]): string {
  const faults = kinds.flatMap((kind) => {
    const bad = faultyCell(name, column, kind);
    return bad === null ? [] : [`when '${kind}' then ${bad}`];
  });
  return faults.length === 0 ? cell : `(case dirt_kind ${faults.join(" ")} else ${cell} end)`;
}

/** SQL for the list of physical lines a row becomes; `cell` gives the text of a column as it stands in a line. */
export function linesSql(name: TableName, cell: (column: Column) => string): string {
  const columns = sampleColumnsOf(name);
  const conflict = conflicts[name];
  const cells = (text: (column: Column) => string) => columns.map(text).join(" || ',' || ");
  const line = cells(cell);
  const short = columns.slice(0, -1).map(cell).join(" || ',' || ");
  const other = cells((column) => (column.name === conflict?.column ? `'${conflict.text}'` : cell(column)));
  return `case dirt_kind
        when 'ragged_line' then [case when row_index % 2 = 0 then ${line} || ',surplus,cells' else ${short} end]
        when 'stray_quote' then ['"' || ${line}]
        when 'duplicate_identical' then [${line}, ${line}]
        when 'duplicate_conflicting' then [${line}, ${other}]
        else [${line}] end`;
}

/** The counts a build has to arrive at, from how often each kind was planted among `rows` rows. */
export function expectedCounts(rows: number, planted: Partial<Record<DirtKind, number>>): DirtCounts {
  const sum = (...kinds: DirtKind[]) => kinds.reduce((total, kind) => total + (planted[kind] ?? 0), 0);
  const duplicates = sum("duplicate_identical");
  const superseded = sum("duplicate_conflicting");
  const rejectedLines = sum("ragged_line", "stray_quote");
  const quarantined = sum(
    "wrong_enum",
    "wrong_date",
    "text_in_number",
    "missing_required",
    "response_before_creation",
    "in_future",
  );
  return {
    lines: rows + duplicates + superseded,
    planted,
    loaded: rows - rejectedLines - quarantined,
    quarantined,
    rejected_lines: rejectedLines,
    duplicates,
    superseded,
    unknown_customers_at_least: sum("unknown_customer"),
  };
}

function faultyCell(name: TableName, column: Column, kind: DirtKind): string | null {
  const columns = sampleColumnsOf(name);
  const isFirst = (test: (candidate: Column) => boolean) => columns.find(test)?.name === column.name;
  switch (kind) {
    case "wrong_enum":
      return isFirst(isEnum) ? "'not_a_code'" : null;
    case "wrong_date":
      return isFirst(isTime) ? "'not_a_date'" : null;
    case "text_in_number":
      return isFirst(isNumber) ? "'many'" : null;
    case "missing_required":
      return columns.findLast((candidate) => candidate.required)?.name === column.name ? "null" : null;
    case "response_before_creation":
      return column.name === "first_response_at" ? "(created_at - interval 3 hours)::varchar" : null;
    case "unknown_customer":
      return column.name === "customer_id" ? "'X' || (row_index % 1000)::varchar" : null;
    case "in_future":
      if (column.name !== ownTime(name)) return null;
      return column.kind === "date" ? "'2099-12-31'" : "'2099-12-31 09:00:00'";
    default:
      return null;
  }
}

const isEnum = (column: Column) => column.kind === "enum";
const isTime = (column: Column) => column.kind === "date" || column.kind === "timestamp";

function isNumber(column: Column): boolean {
  return column.kind === "int" || column.kind === "decimal";
}

function ownTime(name: TableName): string | undefined {
  return (contract[name] as Table).ownTime;
}
