import { copyFileSync, linkSync } from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import type { Kpi } from "../../catalogue/kpis.js";
import type { Scorecard } from "../../catalogue/scorecards.js";
import { literal } from "../../engine/sql.js";
import type { Cause } from "../../published/closedTypes.js";
import type { ConcludedBuild } from "../../warehouse/build.js";
import {
  type Closing,
  type Closings,
  closedFigures,
  openClosings,
  requireFile,
} from "../../warehouse/closings.js";
import { digestsSql, isOfNobody, keptKey, keyOf } from "./cases.js";
import { cardKey, definitionsOf } from "./definitions.js";
import { cubeDigests } from "./digests.js";
import { addFigures, byGrain, closedNumbers, createFigures } from "./figures.js";
import { closingsOfCompany } from "./ofCompany.js";

const nowFigures = "figures_now";

/** So many rows that came, went or changed are named. */
const mostNamed = 5;

/** Figures that differ by more than the order in which doubles are added does. */
const most = 1e-9;

/**
 * Holds the figures of closed periods beside those of a build, and writes down which differ, and by which rows: in
 * `config.closed_periods`, `config.restatements` and `config.restated_cases`. The closed figures stay what they are.
 */
export async function findRestatements(
  db: DuckDBConnection,
  kept: Kept,
  { buildId, closings: record, scratchDir }: ConcludedBuild,
): Promise<void> {
  const own = await closingsOfCompany(db, record);
  const numbers = new Set(own.map(({ number }) => number));
  await db.run("delete from config.closings_seen");
  for (const [at, digest] of record.digests.entries())
    await db.run("insert into config.closings_seen values ($1, $2, $3, $4)", [
      at + 1,
      digest,
      buildId,
      numbers.has(at + 1),
    ]);
  for (const closing of openClosings(record)) {
    const { marks: _, definitions: __, cases: ___, cubes: ____, salt: _____, ...entry } = closing;
    await db.run("insert into config.closed_periods values ($1, $2, $3, $4)", [
      closing.number,
      JSON.stringify(entry),
      numbers.has(closing.number),
      numbers.has(closing.number) ? closing.figures : 0,
    ]);
  }
  if (own.length === 0) return;
  const definitions = new Map<number, Record<string, string>>();
  for (const closing of own) definitions.set(closing.number, await definitionsOf(db, kept, closing));
  await compareAll(db, kept, own, definitions);
  await explain(db, kept, own, { record, scratchDir, definitions });
  await db.run(`drop table ${nowFigures}`);
}

type Definitions = ReadonlyMap<number, Record<string, string>>;

/**
 * Compares the company's figures, those of groups where the cubes hold another digest than they did, and scorecards of which a
 * KPI is restated or anything else changed.
 */
async function compareAll(
  db: DuckDBConnection,
  { catalogue }: Kept,
  own: readonly Closing[],
  definitions: Definitions,
): Promise<void> {
  const { kpis, scorecards } = catalogue;
  const periods = own.map((closing) => ({ number: closing.number, period: closing }));
  const asked = { catalogue, periods, whole: [], split: [], cards: [] };
  await createFigures(db, nowFigures);
  await addFigures(db, nowFigures, { ...asked, whole: kpis });
  await compare(db, own, "dimension is null and what = 'kpi'");

  const cubes = await cubeDigests(db, kpis, periods);
  const restated = await restatedIds(db);
  const isOther = ({ id, all_months }: Kpi) =>
    all_months || own.some(({ number, cubes: closed }) => closed[id] !== cubes.get(number)?.get(id));
  const split = kpis.filter((kpi) => restated.has(kpi.id) || isOther(kpi));
  const idsClosed = own.flatMap(({ definitions: closed }) => Object.keys(closed));
  const gone = idsClosed.filter((id) => !(id in (definitions.get(own[0]?.number ?? 0) ?? {})));
  await addFigures(db, nowFigures, { ...asked, split });
  await compare(
    db,
    own,
    `what = 'kpi' and dimension is not null and ${isAmong([...split.map(({ id }) => id), ...gone])}`,
  );

  const moved = await restatedIds(db);
  const isMoved = ({ id, groups }: Scorecard) =>
    groups.some((group) => group.kpis.some((kpi) => moved.has(kpi))) ||
    own.some(
      ({ number, definitions: closed, not_final }) =>
        not_final > 0 || closed[cardKey(id)] !== definitions.get(number)?.[cardKey(id)],
    );
  const cards = scorecards.filter(isMoved);
  await addFigures(db, nowFigures, { ...asked, cards });
  await compare(
    db,
    own,
    `what = 'score' and (${isAmong(cards.map(({ id }) => id))} or ${isAmong(gone, "'score:' || id")})`,
  );
}

const isAmong = (ids: readonly string[], id = "id") =>
  ids.length === 0 ? "false" : `${id} in (${ids.map(literal).join(", ")})`;

async function restatedIds(db: DuckDBConnection): Promise<ReadonlySet<string>> {
  const reader = await db.runAndReadAll("select distinct id from config.restatements where what = 'kpi'");
  return new Set(reader.getRowsJson().map(([id]) => String(id)));
}

/** What was not defined when a period was closed was not signed: no figure of it is restated. */
async function compare(db: DuckDBConnection, own: readonly Closing[], those: string): Promise<void> {
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
    insert into config.restatements
    with
    known (number, id) as (values ${known.join(", ")}),
    signed as (
      select * from ${closedFigures} where number in (${own.map(({ number }) => number).join(", ")}) and ${those}
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
async function explain(
  db: DuckDBConnection,
  kept: Kept,
  own: readonly Closing[],
  { record, scratchDir, definitions }: { record: Closings; scratchDir: string; definitions: Definitions },
): Promise<void> {
  const reader = await db.runAndReadAll(
    "select distinct number, what, id from config.restatements order by all",
  );
  const byNumber = new Map(own.map((closing) => [closing.number, closing]));
  const byRows = new Map<Kpi, Closing[]>();
  for (const [number, what, name] of reader.getRowsJson()) {
    const id = String(name);
    const closing = byNumber.get(Number(number)) as Closing;
    const key = what === "score" ? cardKey(id) : id;
    const kpi = kept.catalogue.kpis.find((one) => what === "kpi" && one.id === id);
    if (definitions.get(closing.number)?.[key] === undefined) await note(db, closing, key, "removed");
    else if (closing.definitions[key] !== definitions.get(closing.number)?.[key])
      await note(db, closing, key, "definition");
    else if (!kpi) await note(db, closing, key, "kpis");
    else if (closing.cases[id]?.is_kept) byRows.set(kpi, [...(byRows.get(kpi) ?? []), closing]);
    else await note(db, closing, key, "uncounted");
  }
  const signed = new Map<number, string>();
  for (const closing of new Set([...byRows.values()].flat()))
    signed.set(closing.number, readable(requireFile(record, closing, "cases"), scratchDir, closing));
  for (const [kpi, closings] of byRows) {
    for (const [grain, some] of byGrain(
      closings.map((closing) => ({ number: closing.number, period: closing })),
    )) {
      const key = (await keyOf(db, kpi)).join(" ");
      const rows = some.map(
        ({ number }) =>
          `select ${number} as number, key, digest from read_parquet(${literal(signed.get(number) ?? "")}) where id = ${literal(kpi.id)}`,
      );
      await noteRows(db, kpi.id, key, rows.join(" union all "), await digestsSql(db, kpi, grain, some), some);
    }
  }
}

/** A file of the record in a folder that the engine may read. */
function readable(path: string, folder: string, { number }: Closing): string {
  const place = join(folder, `${number}.closed.parquet`);
  try {
    linkSync(path, place);
  } catch {
    copyFileSync(path, place);
  }
  return place;
}

async function note(db: DuckDBConnection, { number }: Closing, id: string, cause: Cause): Promise<void> {
  await db.run("insert into config.restated_cases (number, id, cause) values ($1, $2, $3)", [
    number,
    id,
    cause,
  ]);
}

async function noteRows(
  db: DuckDBConnection,
  id: string,
  key: string,
  signed: string,
  found: string,
  some: readonly { number: number; period: Closing }[],
): Promise<void> {
  const columns = key.split(" ");
  const whole = "coalesce(signed.key, found.name)";
  // Of a person that went only the digest is left.
  const named = isOfNobody(columns) ? whole : `case when salts.salt = '' then ${whole} else found.name end`;
  const salts = some.map(({ number, period: { salt } }) => `(${number}, ${literal(salt)})`);
  await db.run(`
    create or replace temp table moved_cases as
    select coalesce(signed.number, found.number) as number,
      ${named} as key,
      case when signed.key is null then 'came' when found.key is null then 'went' else 'changed' end as move
    from (${signed}) as signed full outer join (
      select cases.number, ${keptKey(columns, "cases.key", "salts.salt")} as key, cases.key as name, cases.digest
      from (${found}) as cases inner join (values ${salts.join(", ")}) as salts (number, salt) using (number)
    ) as found on signed.number = found.number and signed.key = found.key
    inner join (values ${salts.join(", ")}) as salts (number, salt)
      on salts.number = coalesce(signed.number, found.number)
    where signed.digest is distinct from found.digest`);
  const count = (move: string) => `count(*) filter (where move = '${move}')`;
  await db.run(`
    insert into config.restated_cases
    with
    listed as (
      select number, move, key from moved_cases where key is not null
      qualify row_number() over (partition by number, move order by key) <= ${mostNamed}
    ),
    examples as (
      select number, to_json(list({move: move, key: key} order by move, key))::varchar as examples from listed group by number
    ),
    counted as (
      select number, ${["came", "went", "changed"].map((move) => `${count(move)} as ${move}`).join(", ")}
      from moved_cases group by number
    )
    select numbers.number, ${literal(id)}, 'rows', ${literal(key)}, coalesce(came, 0), coalesce(went, 0), coalesce(changed, 0), coalesce(examples, '[]')
    from (values ${some.map(({ number }) => `(${number})`).join(", ")}) as numbers (number)
    left join counted on counted.number = numbers.number left join examples on examples.number = numbers.number`);
  await db.run("drop table moved_cases");
}
