import { randomBytes } from "node:crypto";
import type { DuckDBConnection } from "@duckdb/node-api";
import type { Kept } from "../../catalogue/catalogueFiles.js";
import { literal } from "../../engine/sql.js";
import { isPartial, type Period } from "../../kpi/periods.js";
import { CliError } from "../../run/error.js";
import { addEntry, type Closing, type Closings } from "../../warehouse/closings.js";
import { readMarks } from "../../warehouse/companyMarks.js";
import { told } from "../../words/told.js";
import { requirePeriods } from "../periodLimits.js";
import { readAsOf } from "../queryKpis.js";
import { digestsSql, keptKey, keyOf, mostCases } from "./cases.js";
import { definitionsOf } from "./definitions.js";
import { cubeDigests } from "./digests.js";
import { addFigures, createFigures } from "./figures.js";
import { closingsOfCompany } from "./ofCompany.js";

/** The temp table of figures that are being closed. */
const figures = "figures_to_close";

export interface CloseRequest {
  /** As it was named. */
  name: string;
  period: Period;
  now: Date;
  /** Fills a temp table `(dimension, member, id)` of the figures that a site hides in the period, and says its name. */
  hide: () => Promise<string>;
}

/**
 * Closes a period: stores its figures as the warehouse has them, with what later builds need to say which rows came or changed.
 * @throws CliError 1 where it is closed already, 2 where it is not over
 */
export async function closePeriod(
  db: DuckDBConnection,
  kept: Kept,
  record: Closings,
  { name, period, now, hide }: CloseRequest,
): Promise<Omit<Closing, "number" | "previous" | "files">> {
  await requirePeriods(db, kept.settings, [period.start]);
  const { asOf, asOfDay } = await readAsOf(db);
  if (isPartial(period, asOf)) throw new CliError(told("close.notOver", { period: name, day: asOfDay }), 2);
  const own = await closingsOfCompany(db, record);
  const isSame = (each: Pick<Period, "grain" | "start">) =>
    each.grain === period.grain && each.start === period.start;
  const before = own.find(isSame);
  if (before) {
    const { closed_at: at, build_id: build } = before;
    throw new CliError(told("close.already", { period: name, at, build }));
  }
  const number = record.entries.length + 1;
  await createFigures(db, figures);
  await addFigures(db, figures, { catalogue: kept.catalogue, periods: [{ number, period }] });
  const [counts = []] = await rowsOf(
    db,
    `select count(*), count(*) filter (where not is_final), (select build_id from config.settings) from ${figures}`,
  );
  const hidden = await hide();
  const salt = randomBytes(16).toString("hex");
  const marks = await readMarks(db, salt);
  const earlier = record.entries.filter((entry) => entry.event === "closed" && isSame(entry)).length;
  const cubes = await cubeDigests(db, kept.catalogue.kpis, [{ number, period }]);
  const definitions = await definitionsOf(db, kept, period);
  let closing: Omit<Closing, "number" | "previous" | "files"> | undefined;
  await addEntry<Closing>(record, async (path) => {
    const cases = await writeCases(db, kept, { number, period, salt }, path("cases"));
    await db.run(`
      copy (
        select signed.*, hidden.id is not null as is_hidden from ${figures} as signed
        left join ${hidden} as hidden on signed.what = 'kpi' and hidden.id = signed.id
          and hidden.dimension = signed.dimension and hidden.member = signed.member
        order by what, id, dimension nulls first, member
      ) to ${literal(path("figures"))} (format parquet, compression zstd)`);
    closing = {
      event: "closed",
      period: name,
      grain: period.grain,
      start: period.start,
      end: period.end,
      version: earlier + 1,
      closed_at: now.toISOString(),
      build_id: String(counts[2]),
      as_of_on: asOfDay,
      figures: Number(counts[0]),
      not_final: Number(counts[1]),
      min_cell: kept.settings.min_cell,
      marks,
      salt,
      definitions,
      cubes: Object.fromEntries(cubes.get(number) ?? []),
      cases,
    };
    return closing;
  });
  if (!closing) throw new Error("no entry was added");
  return closing;
}

/** Writes which cases each KPI has in the period: `id, key, digest`; of too many their number alone is known. */
async function writeCases(
  db: DuckDBConnection,
  { catalogue: { kpis } }: Kept,
  { number, period, salt }: { number: number; period: Period; salt: string },
  path: string,
): Promise<Closing["cases"]> {
  await db.run("create or replace temp table cases_to_close (id varchar, key varchar, digest uinteger)");
  const found: Closing["cases"] = {};
  for (const kpi of kpis) {
    const key = await keyOf(db, kpi);
    const sql = await digestsSql(db, kpi, [{ number, period }]);
    await db.run(
      `insert into cases_to_close select ${literal(kpi.id)}, ${keptKey(key, "key", literal(salt))}, digest from (${sql}) limit ${mostCases + 1}`,
    );
    const [[kept] = []] = await rowsOf(
      db,
      `select count(*) from cases_to_close where id = ${literal(kpi.id)}`,
    );
    const isKept = key.length > 0 && Number(kept) <= mostCases;
    let count = Number(kept);
    if (!isKept) {
      await db.run(`delete from cases_to_close where id = ${literal(kpi.id)}`);
      if (count > mostCases) count = Number((await rowsOf(db, `select count(*) from (${sql})`))[0]?.[0] ?? 0);
    }
    found[kpi.id] = { count, key, is_kept: isKept };
  }
  await db.run(`copy cases_to_close to ${literal(path)} (format parquet, compression zstd)`);
  await db.run("drop table cases_to_close");
  return found;
}

const rowsOf = async (db: DuckDBConnection, sql: string) => (await db.runAndReadAll(sql)).getRowsJson();
