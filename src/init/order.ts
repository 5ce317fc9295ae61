import type { DuckDBConnection } from "@duckdb/node-api";
import { readCell, readInstant } from "../contract/notation.js";
import { plainReading } from "../contract/reading.js";
import { quoted } from "../engine/sql.js";
import { told } from "../words/told.js";
import type { Guessed } from "./refine.js";
import { type ColumnGuess, isActive } from "./tableGuess.js";

/** Times of a row of which the first comes before the second. */
const pairs: Partial<
  Record<Guessed["guess"]["table"], readonly (readonly [before: string, after: string])[]>
> = {
  tickets: [
    ["created_at", "first_response_at"],
    ["created_at", "resolved_at"],
    ["first_response_at", "resolved_at"],
  ],
  leads: [
    ["created_at", "qualified_at"],
    ["created_at", "converted_at"],
    ["created_at", "lost_at"],
  ],
  opportunities: [["created_at", "closed_at"]],
  orders: [
    ["ordered_at", "promised_on"],
    ["ordered_at", "delivered_on"],
  ],
  contracts: [["starts_on", "ends_on"]],
  employees: [["hired_on", "left_on"]],
  handoffs: [
    ["handed_at", "due_at"],
    ["handed_at", "completed_at"],
  ],
};

/** The tables whose first row of a customer is not before the customer was won, and its time. */
const ofCustomers = [
  ["orders", "ordered_at"],
  ["tickets", "created_at"],
] as const;

/** Times of what has been done, which none can be of a day to come. */
const done: Partial<Record<Guessed["guess"]["table"], readonly string[]>> = {
  tickets: ["created_at", "first_response_at", "resolved_at"],
  orders: ["ordered_at", "delivered_on"],
  handoffs: ["handed_at", "completed_at"],
  contacts: ["contacted_at"],
  survey_answers: ["answered_at"],
  trainings: ["completed_on"],
};

/** So many of a column are no slip of the pen. */
const fewestToCome = 3;

const fewestRows = 10;
/** In so many rows at least the order has to hold. */
const inOrder = 0.9;

/** Takes no time for what it cannot be: of two times of a row the later one comes after, and customers are won before they order. */
export async function refineOrder(db: DuckDBConnection, all: readonly Guessed[]): Promise<void> {
  for (const each of all) await settleRivals(db, each);
  for (const each of all) await orderInRows(db, each);
  for (const each of all) await doubtToCome(db, each);
  for (const each of all) if (each.guess.table === "customers") await orderAmong(db, each, all);
}

/** Of two times headed alike that are of one day in nearly all rows either may be read. */
async function settleRivals(db: DuckDBConnection, { raw, guess }: Guessed): Promise<void> {
  for (const found of guess.columns) {
    if (found.rival === undefined || found.source === null || !/_(at|on)$/.test(found.column)) continue;
    const [one, other] = [timeOf(found, true), timeOf({ ...found, source: found.rival }, true)];
    const reader = await db.runAndReadAll(
      `select count(*) filter (where ${one} is not null), count(*) filter (where ${one} = ${other}) from ${raw.relation}`,
    );
    const [rows, alike] = [Number(reader.value(0, 0)), Number(reader.value(1, 0))];
    if (rows < fewestRows || alike < rows * 0.95) continue;
    found.certainty = "likely";
    found.reasons.push(told("init.sameDay", { share: `${Math.floor((100 * alike) / rows)} %` }));
  }
}

const foundIn = ({ guess }: Guessed, column: string) =>
  guess.columns.find((each) => each.column === column && isActive(each) && each.source !== null);

async function orderInRows(db: DuckDBConnection, each: Guessed): Promise<void> {
  for (const [first, second] of pairs[each.guess.table] ?? []) {
    const [before, after] = [foundIn(each, first), foundIn(each, second)];
    if (!before || !after) continue;
    const isDay = [before, after].some((found) => isOfDays(each, found));
    const [one, other] = [timeOf(before, isDay), timeOf(after, isDay)];
    const reader = await db.runAndReadAll(
      `select count(*) filter (where ${one} is not null and ${other} is not null), count(*) filter (where ${one} <= ${other}) from ${each.raw.relation}`,
    );
    const [rows, ordered] = [Number(reader.value(0, 0)), Number(reader.value(1, 0))];
    if (rows < fewestRows || ordered >= rows * inOrder) continue;
    const share = `${Math.floor((100 * ordered) / rows)} %`;
    const doubted = isSurer(after, before) ? before : after;
    doubted.certainty = "unsure";
    doubted.reasons.push(told("init.order", { share, before: first, after: second }));
  }
}

/** A day to come is one that is planned. */
async function doubtToCome(db: DuckDBConnection, each: Guessed): Promise<void> {
  for (const column of done[each.guess.table] ?? []) {
    const found = foundIn(each, column);
    if (!found) continue;
    const reader = await db.runAndReadAll(
      `select count(*) filter (where ${timeOf(found, true)} > current_date + 1) from ${each.raw.relation}`,
    );
    const rows = Number(reader.value(0, 0));
    if (rows < fewestToCome) continue;
    found.certainty = "unsure";
    found.reasons.push(told("init.toCome", { rows }));
  }
}

const isSurer = (one: ColumnGuess, other: ColumnGuess) =>
  (one.named?.certainty ?? 0) > (other.named?.certainty ?? 0);

const isOfDays = ({ profiles }: Guessed, { source }: ColumnGuess): boolean => {
  const profile = profiles.get(source ?? "");
  return profile !== undefined && !profile.words.some(([word]) => /\d:\d\d|\d时/.test(word));
};

/** SQL of a column's moment, or its day, null where it is none. */
function timeOf({ source, dateFormats = [], expression }: ColumnGuess, isDay: boolean): string {
  const cell = expression ?? quoted(source ?? "");
  const reading = { ...plainReading, dateFormats };
  const text = `(${cell})::varchar`;
  const moment = `coalesce(${readInstant(text)}::timestamp, ${readCell({ kind: "timestamp" }, text, reading)}, ${readCell({ kind: "date" }, text, reading)}::timestamp)`;
  return isDay ? `(${moment})::date` : moment;
}

async function orderAmong(db: DuckDBConnection, each: Guessed, all: readonly Guessed[]): Promise<void> {
  const acquired = foundIn(each, "acquired_on");
  const key = foundIn(each, "customer_id");
  // A heading that says it plainly is believed; the build warns of the rows.
  if (!acquired || !key?.source || acquired.named?.certainty === 2) return;
  for (const [table, column] of ofCustomers)
    for (const other of all.filter(({ guess }) => guess.table === table)) {
      const [time, customer] = [foundIn(other, column), foundIn(other, "customer_id")];
      if (!time || !customer?.source) continue;
      const reader = await db.runAndReadAll(`
        with firsts as (
          select trim(${quoted(customer.source)}) as customer, min(${timeOf(time, true)}) as first
          from ${other.raw.relation} group by 1
        )
        select count(*), count(*) filter (where ${timeOf(acquired, true)} <= first)
        from ${each.raw.relation} as customers join firsts on trim(${quoted(key.source)}) = firsts.customer
        where firsts.first is not null and ${timeOf(acquired, true)} is not null`);
      const [rows, ordered] = [Number(reader.value(0, 0)), Number(reader.value(1, 0))];
      if (rows < fewestRows || ordered >= rows * inOrder) continue;
      const share = `${Math.floor((100 * ordered) / rows)} %`;
      acquired.certainty = "unsure";
      acquired.reasons.push(
        told("init.order", { share, before: "acquired_on", after: `${table}.${column}` }),
      );
      return;
    }
}
