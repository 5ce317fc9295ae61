import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import type { Kpi } from "../../catalogue/kpis.js";
import type { Scorecard } from "../../catalogue/scorecards.js";
import { literal } from "../../engine/sql.js";
import type { Cause } from "../../published/closedTypes.js";
import type { Closing } from "../../warehouse/closings.js";
import { numbered } from "./asked.js";
import { isOfNobody, keptKey, keyOf } from "./cases.js";
import { cardKey } from "./definitions.js";
import { cubeDigests } from "./digests.js";
import { type Asked, addFigures, closedNumbers, createFigures } from "./figures.js";
import { addCells, createCells, leaveMoved } from "./splitCells.js";

const nowFigures = "figures_now";

/** So many rows that came, went or changed are named. */
const mostNamed = 5;

/** Figures that differ by more than the order in which doubles are added does. */
const most = 1e-9;

/** A period whose figures are known from before, and what they were made of then. */
export interface Former
  extends Pick<
    Closing,
    "number" | "grain" | "start" | "end" | "not_final" | "salt" | "definitions" | "cubes"
  > {
  cases: Readonly<Record<string, Pick<Closing["cases"][string], "is_kept">>>;
}

/** The cases of a KPI in periods then and now. */
export interface CasesOfBoth {
  /** SQL for `number, key, digest`; cases that are the same may be missing on both sides. */
  older: string;
  newer: string;
  /** SQL for what is said of the cases of a relation `number, move, key`: `number, key, said`. */
  said?: (listed: string) => Promise<Record<"older" | "newer", string>>;
}

/** What two states of a company's data are compared by: the one before, and the one of a warehouse. */
export interface Comparison<F extends Former = Former> {
  former: readonly F[];
  /** SQL for the figures of before, with `is_hidden`. */
  figures: string;
  /** Where these are not there yet: the temp table for them, and what does work in the state of before, with what it has of what is asked for. */
  ask?: { figures: string; within: (asked: Asked, work: (own: Asked) => Promise<void>) => Promise<void> };
  /** By number, as `definitionsOf` gives them now. */
  definitions: ReadonlyMap<number, Readonly<Record<string, string>>>;
  /** The cases of KPIs in some of the periods, KPI by KPI, each until the next is asked for. */
  casesOf: (some: ReadonlyMap<Kpi, readonly F[]>) => AsyncIterable<{ kpi: Kpi; cases: CasesOfBoth }>;
  /** Who is scored may be another in any period. */
  isOfOthers?: boolean;
  /** The tables that what differs goes into. */
  into: { restatements: string; cases: string };
}

/**
 * Finds which figures differ between what was before and what a warehouse holds now, and by which rows. Both closed periods and two
 * builds are held beside each other so.
 */
export async function differ<F extends Former>(
  db: DuckDBConnection,
  kept: Kept,
  comparison: Comparison<F>,
): Promise<void> {
  await createFigures(db, nowFigures);
  await compareAll(db, kept, comparison);
  await explain(db, kept, comparison);
  await db.run(`drop table ${nowFigures}`);
}

/**
 * Compares the company's figures, those of groups where the cubes hold another digest than they did, and scorecards of which a
 * KPI is restated or anything else changed.
 */
async function compareAll<F extends Former>(
  db: DuckDBConnection,
  { catalogue }: Kept,
  comparison: Comparison<F>,
): Promise<void> {
  const { former: own, definitions } = comparison;
  const { kpis, scorecards } = catalogue;
  const periods = own.map(numbered);
  const asked = { catalogue, periods, whole: [], split: [], cards: [] };
  const { ask } = comparison;
  const add = async (more: Partial<Asked>) => {
    await ask?.within({ ...asked, ...more }, (own) => addFigures(db, ask.figures, own));
    await addFigures(db, nowFigures, { ...asked, ...more });
  };
  await add({ whole: kpis });
  await compare(db, comparison, "dimension is null and what = 'kpi'");

  const cubes = await cubeDigests(db, kpis, periods);
  const restated = new Set([...(await restatedIds(db, comparison)).values()].flatMap((ids) => [...ids]));
  const isOther = ({ id, all_months }: Kpi) =>
    all_months || own.some(({ number, cubes: closed }) => closed[id] !== cubes.get(number)?.get(id));
  const split = kpis.filter((kpi) => restated.has(kpi.id) || isOther(kpi));
  const idsClosed = own.flatMap(({ definitions: closed }) => Object.keys(closed));
  const gone = idsClosed.filter((id) => !(id in (definitions.get(own[0]?.number ?? 0) ?? {})));
  if (ask) await addMoved(db, ask, { ...asked, split });
  else await add({ split });
  await compare(
    db,
    comparison,
    `what = 'kpi' and dimension is not null and ${isAmong([...split.map(({ id }) => id), ...gone])}`,
  );

  const moved = await restatedIds(db, comparison);
  const open = ask && (await notFinal(db, ask.figures));
  const isMoved = ({ number, definitions: closed, not_final }: F, { id, groups }: Scorecard) =>
    comparison.isOfOthers ||
    (not_final > 0 && open?.has(number) !== false) ||
    closed[cardKey(id)] !== definitions.get(number)?.[cardKey(id)] ||
    groups.some((group) => group.kpis.some((kpi) => moved.get(number)?.has(kpi)));
  const cards = scorecards.filter((card) => own.some((each) => isMoved(each, card)));
  const scored = own.filter((each) => cards.some((card) => isMoved(each, card)));
  if (scored.length > 0) {
    await add({ cards, periods: scored.map(numbered) });
    await compare(
      db,
      { ...comparison, former: scored },
      `what = 'score' and ${isAmong(cards.map(({ id }) => id))}`,
    );
  }
  await compare(db, comparison, `what = 'score' and ${isAmong(gone, "'score:' || id")}`);
}

/** The numbers of the periods in which a KPI was, or is, not final: elsewhere it is scored as its figures are. */
async function notFinal(db: DuckDBConnection, figures: string): Promise<ReadonlySet<number>> {
  const reader = await db.runAndReadAll(
    `select distinct number from (from ${figures} union all from ${nowFigures}) where what = 'kpi' and not is_final`,
  );
  return new Set(reader.getRowsJson().map(([number]) => Number(number)));
}

/** Adds the figures of groups of which anything is another than it was. */
async function addMoved(
  db: DuckDBConnection,
  ask: NonNullable<Comparison["ask"]>,
  asked: Asked,
): Promise<void> {
  const [before, found] = ["cells_then", "cells_now"] as const;
  for (const name of [before, found]) await createCells(db, name);
  const find = (name: string, { split: kpis = [], periods }: Asked) => addCells(db, name, { kpis, periods });
  await ask.within(asked, (own) => find(before, own));
  await find(found, asked);
  await leaveMoved(db, before, found);
  await ask.within(asked, (own) => addFigures(db, ask.figures, { ...own, cells: before }));
  await addFigures(db, nowFigures, { ...asked, cells: found });
  for (const name of [before, found]) await db.run(`drop table ${name}`);
}

const isAmong = (ids: readonly string[], id = "id") =>
  ids.length === 0 ? "false" : `${id} in (${ids.map(literal).join(", ")})`;

/** The KPIs of which any figure is restated, by period. */
async function restatedIds(
  db: DuckDBConnection,
  { into }: Pick<Comparison, "into">,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const reader = await db.runAndReadAll(
    `select number, list(distinct id) from ${into.restatements} where what = 'kpi' group by number`,
  );
  return new Map(reader.getRowsJson().map(([number, ids]) => [Number(number), new Set(ids as string[])]));
}

/** What was not defined before, as when a period was closed, has no figure that is restated. */
async function compare(
  db: DuckDBConnection,
  { former: own, figures, into }: Pick<Comparison, "former" | "figures" | "into">,
  those: string,
): Promise<void> {
  const known = own.flatMap(({ number, definitions }) =>
    Object.keys(definitions).map((id) => `(${number}, ${literal(id)})`),
  );
  const differs = closedNumbers.map((name) => {
    const isClosed = name === "median" || name === "p90" ? `signed.${name} is not null` : "true";
    return `(${isClosed} and signed.${name} is distinct from found.${name} and not coalesce(
      abs(signed.${name} - found.${name}) <= ${most} * greatest(abs(signed.${name}), abs(found.${name})), false))`;
  });
  const same = ["dimension", "member"].map(
    (name) => `coalesce(signed.${name}, '') = coalesce(found.${name}, '')`,
  );
  const both = (name: string) => `coalesce(signed.${name}, found.${name})`;
  await db.run(`
    insert into ${into.restatements}
    with
    known (number, id) as (values ${known.join(", ")}),
    signed as (
      select * from ${figures} where number in (${own.map(({ number }) => number).join(", ")}) and ${those}
    ),
    split as (select distinct number, what, id, coalesce(dimension, '') as dimension from signed),
    found as (
      select figures.* from (select * from ${nowFigures} where ${those}) as figures
      inner join known on known.number = figures.number
        and known.id = case figures.what when 'score' then 'score:' else '' end || figures.id
      inner join split on split.number = figures.number and split.what = figures.what and split.id = figures.id
        and split.dimension = coalesce(figures.dimension, '')
    )
    select ${["number", "what", "id", "dimension", "member"].map((name) => both(name)).join(", ")},
      coalesce(signed.is_hidden, false),
      ${[...closedNumbers, "grade"].map((name) => `signed.${name}`).join(", ")},
      ${[...closedNumbers, "grade"].map((name) => `found.${name}`).join(", ")}
    from signed full outer join found on signed.number = found.number and signed.what = found.what
      and signed.id = found.id and ${same.join(" and ")}
    where ${differs.join(" or ")} or signed.grade is distinct from found.grade
    order by all`);
}

/** Says of every KPI and scorecard with another figure why: another definition, or rows that came, went or changed. */
async function explain<F extends Former>(
  db: DuckDBConnection,
  kept: Kept,
  { former: own, definitions, casesOf, into }: Comparison<F>,
): Promise<void> {
  const reader = await db.runAndReadAll(
    `select distinct number, what, id from ${into.restatements} order by all`,
  );
  const byNumber = new Map(own.map((closing) => [closing.number, closing]));
  const byRows = new Map<Kpi, F[]>();
  for (const [number, what, name] of reader.getRowsJson()) {
    const id = String(name);
    const closing = byNumber.get(Number(number)) as F;
    const key = what === "score" ? cardKey(id) : id;
    const kpi = kept.catalogue.kpis.find((one) => what === "kpi" && one.id === id);
    if (definitions.get(closing.number)?.[key] === undefined)
      await note(db, into.cases, closing, key, "removed");
    else if (closing.definitions[key] !== definitions.get(closing.number)?.[key])
      await note(db, into.cases, closing, key, "definition");
    else if (!kpi) await note(db, into.cases, closing, key, "kpis");
    else if (closing.cases[id]?.is_kept) byRows.set(kpi, [...(byRows.get(kpi) ?? []), closing]);
    else await note(db, into.cases, closing, key, "uncounted");
  }
  for await (const { kpi, cases } of casesOf(byRows))
    await noteRows(db, into.cases, { kpi, cases, some: byRows.get(kpi) ?? [] });
}

async function note(
  db: DuckDBConnection,
  table: string,
  { number }: Former,
  id: string,
  cause: Cause,
): Promise<void> {
  await db.run(`insert into ${table} (number, id, cause) values ($1, $2, $3)`, [number, id, cause]);
}

async function noteRows(
  db: DuckDBConnection,
  table: string,
  { kpi, cases, some }: { kpi: Kpi; cases: CasesOfBoth; some: readonly Former[] },
): Promise<void> {
  const columns = await keyOf(db, kpi);
  const key = columns.join(" ");
  const whole = "coalesce(signed.key, found.name)";
  // Of a person that went only the digest is left.
  const named = isOfNobody(columns) ? whole : `case when salts.salt = '' then ${whole} else found.name end`;
  const salts = some.map(({ number, salt }) => `(${number}, ${literal(salt)})`);
  await db.run(`
    create or replace temp table moved_cases as
    select coalesce(signed.number, found.number) as number,
      ${named} as key,
      case when signed.key is null then 'came' when found.key is null then 'went' else 'changed' end as move
    from (${cases.older}) as signed full outer join (
      select cases.number, ${keptKey(columns, "cases.key", "salts.salt")} as key, cases.key as name, cases.digest
      from (${cases.newer}) as cases inner join (values ${salts.join(", ")}) as salts (number, salt) using (number)
    ) as found on signed.number = found.number and signed.key = found.key
    inner join (values ${salts.join(", ")}) as salts (number, salt)
      on salts.number = coalesce(signed.number, found.number)
    where signed.digest is distinct from found.digest`);
  await db.run(`
    create or replace temp table listed_cases as
    select number, move, key from moved_cases where key is not null
    qualify row_number() over (partition by number, move order by key) <= ${mostNamed}`);
  const said = await cases.said?.("listed_cases");
  const beside = (sql: string, name: string) =>
    `left join (select number, key, said as ${name} from (${sql}) as cases) as ${name} using (number, key)`;
  const examples = said
    ? `listed_cases ${beside(said.older, "was")} ${beside(said.newer, "now")}`
    : "listed_cases";
  const example = `move: move, key: key${said ? ", was: was, now: now" : ""}`;
  const count = (move: string) => `count(*) filter (where move = '${move}')`;
  await db.run(`
    insert into ${table}
    with
    examples as (
      select number, to_json(list({${example}} order by move, key))::varchar as examples from ${examples} group by number
    ),
    counted as (
      select number, ${["came", "went", "changed"].map((move) => `${count(move)} as ${move}`).join(", ")}
      from moved_cases group by number
    )
    select numbers.number, ${literal(kpi.id)}, 'rows', ${literal(key)}, coalesce(came, 0), coalesce(went, 0), coalesce(changed, 0), coalesce(examples, '[]')
    from (values ${some.map(({ number }) => `(${number})`).join(", ")}) as numbers (number)
    left join counted on counted.number = numbers.number left join examples on examples.number = numbers.number`);
  for (const each of ["moved_cases", "listed_cases"]) await db.run(`drop table ${each}`);
}
