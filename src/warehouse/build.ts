import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { readAccountSchedule, rememberSchedule, tellSchedule } from "../catalogue/accountSchedule.js";
import { readCatalogue } from "../catalogue/catalogueFiles.js";
import { type CatalogueFolders, keepCatalogue, listCatalogue } from "../catalogue/cataloguePlace.js";
import { readDimensions } from "../catalogue/readDimensions.js";
import { asOfSql, readSettings, writeSettings } from "../catalogue/settings.js";
import { readReceived } from "../catalogue/textFile.js";
import { keepVocabulary, readVocabulary } from "../catalogue/vocabularyFile.js";
import { dayIn } from "../contract/timeZone.js";
import { cutOffText, readCutOff, readDataDate } from "../load/asOf.js";
import { convertCurrencies } from "../load/currencies.js";
import { loadStaging } from "../load/index.js";
import { checkManagedTables, noteExpectations } from "../load/managedTables.js";
import { type LoadPlan, planLoad } from "../load/plan.js";
import { CliError } from "../run/error.js";
import type { Progress } from "../run/progress.js";
import { codeStamp } from "../run/sourceStamp.js";
import { version } from "../run/version.js";
import { told } from "../words/told.js";
import { keepBuild, timeOfBuild } from "./builds.js";
import { carryOver } from "./carried.js";
import { type Closings, loadClosedFigures, readClosings } from "./closings.js";
import { judgeDrift } from "./drift/index.js";
import { readForgottenPersons } from "./forgottenPersons.js";
import { forgetOtherCompany, forgottenText, registerInitiatives } from "./initiativeRegister.js";
import { BuildCache } from "./kept/buildCache.js";
import { beginWithCopy, clearDerived } from "./kept/copy.js";
import { withAttempt } from "./lastAttempt.js";
import { withLock } from "./lock.js";
import { runModels } from "./models.js";
import { withDatabase } from "./open.js";
import { createOwnDimensions } from "./ownDimensions.js";
import { keepOwnRelations } from "./ownRelations.js";
import { keepShownReviews, laterReviewsText, readLaterReviews } from "./shownReviews.js";
import { replaceFile, setAside } from "./swap.js";
import { warehouseTarget } from "./target.js";
import { tellCoverage } from "./tellCoverage.js";

export interface BuildOptions {
  dataDir: string;
  /** The catalogue the KPI team keeps; of several folders the earlier goes before. */
  catalogDir: CatalogueFolders;
  warehouse: string;
  asOf?: string;
  /** Extracts, and the files that say how to read them, may lie outside `dataDir`. */
  allowOutside?: boolean;
  /** All is done anew, whatever earlier builds kept. */
  full?: boolean;
  /** Size in bytes from which on a file's rows are kept for the builds that follow; default a megabyte. */
  keptFrom?: number;
  /** Sources that are not as expected are told and built from. */
  acceptDrift?: boolean;
  /** What is to be done once the figures are there, before anybody reads them. */
  conclude?: (db: DuckDBConnection, build: ConcludedBuild, progress: Progress) => Promise<void>;
  /** The run's start: rows dated later are refused, and the build id carries it. */
  now: Date;
}

/** A build whose figures are there: its id, its day in the company's zone, and the record of closed periods. */
export interface ConcludedBuild {
  buildId: string;
  day: string;
  closings: Closings;
  /** A folder that the engine may read. */
  scratchDir: string;
}

export interface BuildResult {
  buildId: string;
  /** The last day the build knows of, `YYYY-MM-DD` in the configured zone. */
  asOfOn: string;
  /** What says so: `table.column`, `--as-of` or `sources.yaml`. */
  asOfFrom: string;
}

/**
 * Builds the warehouse: extracts → staging → models → cubes, in a new file that replaces the old one when everything
 * held. One build at a time for a warehouse; a failed or killed one leaves the previous build as it was.
 * Wrong usage and configuration are refused before anything is read or written.
 * @throws CliError 1 another build runs or an extract cannot be read, 2 usage or configuration, 3 a table broke its contract
 * beyond its `max_quarantine_share`, or sources are not as expected and the settings block that
 */
export async function buildWarehouse(options: BuildOptions, progress: Progress): Promise<BuildResult> {
  const settings = readSettings(options.catalogDir);
  if (options.asOf !== undefined) asOfSql(options.asOf, settings.time_zone);
  const catalogue = readCatalogue(options.catalogDir);
  const vocabulary = readVocabulary(options.catalogDir, options.dataDir, options.allowOutside);
  const plan = await planLoad(options.dataDir, options.catalogDir, options.allowOutside);
  const asOf = options.asOf ?? plan.asOf;
  const { path, isBroken } = await warehouseTarget(options.warehouse);
  mkdirSync(dirname(path), { recursive: true });
  let replaced: string | null = null;
  const keepReplaced = ({ buildId }: BuildResult) => {
    if (replaced !== null)
      keepBuild(path, replaced, {
        next: buildId,
        most: settings.keep_builds,
        closings: readClosings(path),
      });
    if (!isBroken) return;
    const aside = setAside(path);
    progress.warn(told("warehouse.setAside", { path: aside }), { aside });
  };
  return withLock(`${path}.lock`, () => {
    const cache = new BuildCache(path, options.full !== true, options.keptFrom ?? worthKeeping);
    return replaceFile(
      path,
      async (file, scratchDir) => {
        const stood = isBroken
          ? undefined
          : await beginWithCopy(path, file, plan, { cache, currency: settings.currency });
        const built = await withDatabase(file, { tempDir: scratchDir, isUnlogged: true }, (db) =>
          withAttempt(db, { warehouse: path, now: options.now, language: settings.language }, async () => {
            // Nobody reads the file before it is whole: its blocks are settled once, at the end.
            await db.run("set checkpoint_threshold = '1TB'");
            if (stood) await clearDerived(db, stood.keys());
            replaced = await carryOver(db, isBroken ? null : path);
            const { time, ahead } = timeOfBuild(path, replaced, options.now);
            if (ahead !== null) {
              const values = {
                now: `${options.now.toISOString().slice(0, 16).replace("T", " ")} UTC`,
                build: ahead,
              };
              progress.warn(told("build.clock", values), values);
            }
            const closings = readClosings(path);
            await loadClosedFigures(db, closings);
            const report = await loadStaging(
              db,
              {
                dataDir: options.dataDir,
                catalogDir: options.catalogDir,
                timeZone: settings.time_zone,
                runStart: options.now,
                tempDir: scratchDir,
                vocabulary,
                recordFloor: settings.record_floor,
                currency: settings.currency,
                ...(options.allowOutside ? { allowOutside: true } : {}),
                forgotten: readForgottenPersons(path),
                cache,
                ...(stood ? { stood } : {}),
              },
              progress,
            );
            if (report.beyondLimit.length > 0) {
              throw new CliError(told("load.tooManyBroken", { faults: report.beyondLimit }), 3);
            }
            if (report.brokenReferences.length > 0) {
              throw new CliError(told("load.referencesLost", { faults: report.brokenReferences }), 3);
            }
            const { dataDir, catalogDir } = options;
            const places = { dataDir, catalogDir, tempDir: scratchDir };
            await checkManagedTables(db, catalogue, places);
            await noteExpectations(db, catalogue.kpis, progress);
            await convertCurrencies(db, settings.currency, catalogDir, places);
            const forgotten = await forgetOtherCompany(db);
            if (forgotten) progress.warn(forgottenText(forgotten), { ...forgotten });
            const account = await readAccountSchedule(plan.sources, options.now);
            const calendars = account ? await rememberSchedule(db, account, options.now) : [];
            if (account) tellSchedule(account, calendars, settings.business_calendar !== undefined, progress);
            const buildId = await nameBuild(db, options, time, asOf, [
              vocabulary,
              readingOf(plan),
              ...calendars,
            ]);
            await writeSettings(db, settings, {
              buildId,
              now: options.now,
              ...(asOf === undefined ? {} : { asOf }),
              asOfFrom: options.asOf === undefined ? "sources.yaml" : "--as-of",
              staged: report.tables,
              calendars,
            });
            for (const cut of await readCutOff(db)) progress.say(cutOffText(cut), { ...cut });
            await tellCoverage(db, catalogue.kpis, progress);
            const isAccepted = options.acceptDrift === true;
            await judgeDrift(db, { plan, report, settings, buildId, isAccepted }, progress);
            await keepCatalogue(db, options.catalogDir);
            await keepVocabulary(db, vocabulary);
            await createOwnDimensions(db, readDimensions(options.catalogDir));
            const rows = report.tables.reduce((sum, { loaded }) => sum + loaded, 0);
            const kept = cache.isWorthRows(rows) ? { cache } : {};
            await runModels(db, { catalogDir: options.catalogDir, settings, ...kept }, progress);
            await keepShownReviews(db, catalogue.assessment.min_raters);
            for (const later of await readLaterReviews(db))
              progress.say(laterReviewsText(later), { ...later });
            const build = { buildId, day: dayIn(settings.time_zone, options.now) };
            await registerInitiatives(db, build);
            await options.conclude?.(db, { ...build, closings, scratchDir }, progress);
            await keepOwnRelations(db);
            progress.step(told("build.write"));
            await db.run("checkpoint");
            progress.end();
            return { buildId, ...(await readDataDate(db)) };
          }),
        );
        await cache.noteWritten(file);
        return built;
      },
      (build) => {
        keepReplaced(build);
        cache.sweep();
        if (cache.taken.files + cache.taken.months > 0)
          progress.say(told("build.taken", cache.taken), { ...cache.taken });
        if (cache.failure) progress.warn(told("build.notKept", { why: cache.failure.in(settings.language) }));
      },
    );
  });
}

const project = fileURLToPath(new URL("../..", import.meta.url));

/** A smaller file is read as quickly as it is found again. */
const worthKeeping = 1e6;

/** How a plan has its extracts read: what their columns are taken for makes other figures of the same bytes. */
const readingOf = ({ sources }: LoadPlan) =>
  sources.map(({ name, settings, mappings, byPreset }) => [name, settings, mappings, byPreset?.given]);

/**
 * `<UTC time>-<eight hex digits of what went in>`: the same extracts, read in the same way, the same catalogue and program give the same
 * digits, on any machine.
 */
async function nameBuild(
  db: DuckDBConnection,
  options: BuildOptions,
  time: Date,
  asOf: string | undefined,
  more: readonly unknown[],
): Promise<string> {
  const digest = createHash("sha256");
  const files = await db.runAndReadAll(
    "select file, bytes, sha256 from ingest.files order by source, table_name, file",
  );
  digest.update(JSON.stringify(files.getRowsJson()));
  for (const { path, inside } of listCatalogue(options.catalogDir)) digest.update(readReceived(path, inside));
  digest.update(`${version} ${codeStamp(project)} ${asOf ?? ""}`);
  for (const each of more) digest.update(JSON.stringify(each));
  const start = time.toISOString().slice(0, 19).replace(/[-:]/g, "").replace("T", "-");
  return `${start}-${digest.digest("hex").slice(0, 8)}`;
}
