import { conditionsUnmet } from "../catalogue/caseConditions.js";
import type { Kpi } from "../catalogue/kpis.js";
import { type Coverage, type Edge, type Reason, uncovered } from "./coverage.js";
import { startOfDay } from "./periods.js";
import type { TableRecord } from "./record.js";

/** What a build found its extracts to cover. */
export interface Facts {
  churnRule: string;
  inactivityDays: number;
  timeZone: string;
  /** By table. */
  records: ReadonlyMap<string, TableRecord>;
  /** `table.column` → whether a source maps it and any row has a value. */
  columns: ReadonlyMap<string, "filled" | "empty" | "unmapped">;
  /** `table.column=value` of the kinds of row that occur. */
  kinds: ReadonlySet<string>;
  /** `table.column` of instants that hold days only. */
  dayOnly: ReadonlySet<string>;
  /** Table that ended → the latest instant from which the longest response limit had passed by then, ms since 1970. */
  limitsPassedAt: ReadonlyMap<string, number>;
}

type Covered = Pick<
  Kpi,
  | "needs"
  | "contract_needs"
  | "kinds"
  | "dated_by"
  | "look_back"
  | "cases_by"
  | "against"
  | "kind"
  | "all_months"
>;

/** The tables that say until when a customer is active, by the churn rule. */
const activity: Readonly<Record<string, string>> = {
  status: "customer_status",
  inactivity: "orders",
  contract: "contracts",
};

/** Tables of which no KPI counts events. Of employees only the leavings are. */
const withoutEvents = ["customers", "employees", "products", "events"];

/** What of a KPI a build's extracts cover. */
export function coverageOf(kpi: Covered, facts: Facts): Coverage {
  const needs = needsOf(kpi, facts);
  const records = eventRecords(needs, facts);
  const later = kpi.dated_by?.split(".")[0];
  const from = extreme(
    records.flatMap(({ table, covers_from: day }) => (day ? { table, day } : [])),
    (one, other) => one > other,
  );
  const until = extreme(
    records.flatMap(({ table, covers_until, later_covers_until }) => {
      const day = table === later ? later_covers_until : covers_until;
      return day ? { table, day } : [];
    }),
    (one, other) => one < other,
  );
  const beginsWhole = records.every(({ table }) => table === "customers");
  return {
    ...uncovered,
    lacking: lackingOf(kpi, needs, facts),
    from,
    until,
    beginsWhole,
    lookBack: lookBackOf(kpi, facts),
    against: kpi.against ?? (kpi.kind === "growth" ? "year" : null),
    everyMonth: kpi.all_months,
    knownUntil: until && {
      at: startOfDay(until.day, facts.timeZone),
      limitsPassedAt: facts.limitsPassedAt.get(until.table) ?? startOfDay(until.day, facts.timeZone),
    },
    casesBy: conditionsUnmet(kpi.cases_by ?? [], facts),
  };
}

/** The needs under the churn rule in force; of the tables that may tell activity the one it reads, where any is given. */
function needsOf({ needs, contract_needs }: Covered, facts: Facts): string[] {
  const isAnyGiven = Object.values(activity).some((table) => isGiven(table, facts));
  const own = activity[facts.churnRule] ?? "orders";
  return ((facts.churnRule === "contract" && contract_needs) || needs).map((need) =>
    need !== "activity" ? need : isAnyGiven ? own : Object.values(activity).join("|"),
  );
}

const tableOf = (name: string) => name.split(".")[0] ?? name;

/** Whoever gives `covers_from` for a table vouches that it is all there: what does not occur did not happen. */
const isVouched = (table: string, { records }: Facts) => (records.get(table)?.given_from ?? null) !== null;

const isGiven = (table: string, facts: Facts) =>
  isVouched(table, facts) ||
  [...facts.columns].some(([name, state]) => state === "filled" && tableOf(name) === table);

function isMet(name: string, facts: Facts): boolean {
  const table = tableOf(name);
  if (!isGiven(table, facts)) return false;
  const state = facts.columns.get(name);
  return name === table || state === "filled" || (state === "empty" && isVouched(table, facts));
}

function lackingOf({ kinds }: Covered, needs: readonly string[], facts: Facts): Reason | null {
  const unmet = needs
    .map((need) => need.split("|"))
    .filter((names) => !names.some((name) => isMet(name, facts)));
  const isAbsent = (names: readonly string[]) => !names.some((name) => isGiven(tableOf(name), facts));
  const tables = unmet.filter(isAbsent).map((names) => [...new Set(names.map(tableOf))].join("|"));
  if (tables.length > 0) return { code: "no_table", names: [...new Set(tables)] };
  if (unmet.length > 0) return { code: "no_column", names: unmet.map((names) => names.join("|")) };
  const absent = kindsOf(kinds, facts).filter((kind) => !isMet(kind, facts) && !facts.kinds.has(kind));
  const unheard = absent.filter((kind) => !isVouched(tableOf(kind), facts));
  if (unheard.length > 0) return { code: "no_kind", names: unheard };
  const ofDays = needs.includes(firstResponse)
    ? ["tickets.created_at", firstResponse].filter((name) => facts.dayOnly.has(name))
    : [];
  return ofDays.length > 0 ? { code: "day_precision", names: ofDays } : null;
}

/** What the KPIs of response times need. */
const firstResponse = "tickets.first_response_at";

/** A loss is a `churned` row, or the end of a contract; by the inactivity rule it is an order that does not come. */
function kindsOf(kinds: readonly string[], { churnRule }: Facts): string[] {
  const losses: Record<string, string[]> = {
    status: ["customer_status.status=churned"],
    contract: ["contracts.ends_on"],
  };
  return kinds.flatMap((kind) => (kind === "loss" ? (losses[churnRule] ?? []) : kind));
}

/** The records of the tables whose events a KPI counts; of alternatives those that have any. */
function eventRecords(needs: readonly string[], { records }: Facts): TableRecord[] {
  const tables = needs.flatMap((need) => {
    const names = [...new Set(need.split("|").map(tableOf))];
    const rows = names.filter((name) => (records.get(name)?.rows ?? 0) > 0);
    return rows.length > 0 ? rows : names;
  });
  const leavings = needs.includes("employees.left_on") ? ["employees"] : [];
  const events = [...tables.filter((table) => !withoutEvents.includes(table)), ...leavings];
  const counted = events.length > 0 ? events : ["customers"];
  return [...new Set(counted)].flatMap((table) => records.get(table) ?? []);
}

function lookBackOf({ look_back, needs }: Covered, facts: Facts): Coverage["lookBack"] {
  const isByOrders = needs.includes("activity") && facts.churnRule === "inactivity";
  const table = isByOrders ? "orders" : tableOf(needs[0] ?? "");
  const span = isByOrders ? { days: facts.inactivityDays } : look_back;
  const day = facts.records.get(table)?.covers_from;
  return span && day ? { from: { table, day }, days: 0, months: 0, ...span } : null;
}

function extreme(edges: readonly Edge[], isBeyond: (one: string, other: string) => boolean): Edge | null {
  return edges.reduce<Edge | null>(
    (best, edge) => (best === null || isBeyond(edge.day, best.day) ? edge : best),
    null,
  );
}
