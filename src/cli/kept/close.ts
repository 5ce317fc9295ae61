import { readClosedPeriods } from "../../answers/closed/closedPeriods.js";
import { closePeriod } from "../../answers/closed/closePeriod.js";
import { closingsOfCompany } from "../../answers/closed/ofCompany.js";
import { readKept } from "../../catalogue/catalogueFiles.js";
import type { Period } from "../../kpi/periods.js";
import { createHidden } from "../../publish/closed.js";
import { CliError } from "../../run/error.js";
import {
  addEntry,
  type Closing,
  closingsFolder,
  type Reopening,
  readClosings,
} from "../../warehouse/closings.js";
import { withLock } from "../../warehouse/lock.js";
import { withWarehouse } from "../../warehouse/open.js";
import type { Language } from "../../words/languages.js";
import { told } from "../../words/told.js";
import { hasWords } from "../../words/visible.js";
import { worded } from "../../words/wording.js";
import type { Effects } from "../effects.js";
import { periodAsked } from "../options/periodOption.js";
import { type PlaceOptions, warehouseOf } from "../places.js";
import {
  type ListedClosing,
  toClosingsCsv,
  toClosingsJson,
  toClosingsTable,
} from "../print/closingsTable.js";

export interface CloseOptions extends PlaceOptions {
  list?: boolean;
  reopen?: string;
  why?: string;
  format?: "table" | "csv" | "json";
  excel?: boolean;
  lang?: Language;
}

/** So long a reason may be. */
const longestReason = 500;

/** `close`: freezes the figures of a period with their build, lists what is frozen, or opens a period again. */
export async function closeCommand(
  name: string | undefined,
  options: CloseOptions,
  effects: Effects,
): Promise<void> {
  const asked = [name, options.list, options.reopen].filter((each) => each !== undefined);
  if (asked.length !== 1 || (options.why !== undefined && options.reopen === undefined))
    throw new CliError(told("close.oneOf"), 2);
  if (options.list) return listClosings(options, effects);
  const period = periodAsked(name ?? options.reopen) as Period;
  const warehouse = warehouseOf(options, effects);
  const done =
    name === undefined
      ? reopen(warehouse, period, { name: options.reopen ?? "", why: reasonOf(options), now: effects.now() })
      : close(warehouse, period, { name, now: effects.now() });
  const { said, language } = await done;
  effects.stdout.write(`${worded(said, options.lang ?? language)}\n`);
}

/** @throws CliError 2 */
function reasonOf({ why }: CloseOptions): string {
  const text = (why ?? "").trim();
  if (!hasWords(text)) throw new CliError(told("close.whyMissing"), 2);
  if (text.length > longestReason)
    throw new CliError(told("close.whyLong", { most: longestReason, length: text.length }), 2);
  return text;
}

/** Works on the record while no build and no other close does; without a warehouse there is nothing to lock. */
async function alone<T>(warehouse: string, work: () => Promise<T>): Promise<T> {
  await withWarehouse(warehouse, async () => {});
  const lock = closingsFolder(warehouse).replace(/\.closed$/, ".lock");
  return withLock(lock, work, (pid, path) => told("close.locked", { pid, path }));
}

const close = (warehouse: string, period: Period, { name, now }: { name: string; now: Date }) =>
  alone(warehouse, () =>
    withWarehouse(warehouse, async (db) => {
      const kept = await readKept(db);
      const closing = await closePeriod(db, kept, readClosings(warehouse), {
        name: name.toUpperCase(),
        period,
        now,
        hide: () => createHidden(db, kept, period),
      });
      const { build_id: build, figures, not_final: open } = closing;
      const said = told("close.done", { period: closing.period, build, figures, open });
      return { said, language: kept.settings.language };
    }),
  );

const reopen = (
  warehouse: string,
  period: Period,
  { name, why, now }: { name: string; why: string; now: Date },
) =>
  alone(warehouse, () =>
    withWarehouse(warehouse, async (db) => {
      const { settings } = await readKept(db);
      const record = readClosings(warehouse);
      const own = await closingsOfCompany(db, record);
      const closing = own.find(({ grain, start }) => grain === period.grain && start === period.start);
      if (!closing) throw new CliError(told("close.notClosed", { period: name }));
      await addEntry<Reopening>(record, {
        event: "reopened",
        closing: closing.number,
        reopened_at: now.toISOString(),
        why,
      });
      return { said: told("close.reopened", { period: closing.period }), language: settings.language };
    }),
  );

/** Every closing that ever was, in order, with what became of it. */
async function listClosings(options: CloseOptions, effects: Effects): Promise<void> {
  const warehouse = warehouseOf(options, effects);
  const { rows, language } = await withWarehouse(warehouse, async (db) => {
    const { settings } = await readKept(db);
    const { entries, ...record } = readClosings(warehouse);
    await closingsOfCompany(db, { entries, ...record });
    const { periods } = await readClosedPeriods(db);
    const closings = entries.filter((entry): entry is Closing => entry.event === "closed");
    return {
      language: settings.language,
      rows: closings.map((closing): ListedClosing => {
        const reopened = entries.find(
          (entry): entry is Reopening => entry.event === "reopened" && entry.closing === closing.number,
        );
        const found = reopened ? undefined : periods.find(({ number }) => number === closing.number);
        const { period, version, closed_at, build_id, figures, not_final } = closing;
        return {
          period,
          version,
          closed_at,
          build_id,
          figures,
          not_final,
          restated: found?.restated ?? null,
          reopened_at: reopened?.reopened_at ?? null,
          why: reopened?.why ?? null,
        };
      }),
    };
  });
  const spoken = options.lang ?? language;
  if (options.format === "json") effects.stdout.write(toClosingsJson(rows));
  else if (options.format === "csv") effects.stdout.write(toClosingsCsv(rows, options));
  else if (rows.length === 0) effects.stdout.write(`${worded(told("close.noList"), spoken)}\n`);
  else effects.stdout.write(toClosingsTable(rows, spoken));
}
