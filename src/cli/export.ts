import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { packsFolder } from "../catalogue/packs.js";
import { BatchNotes, dropUnfinished, type FileFacts, notesName } from "../export/batchNotes.js";
import { thisMachine } from "../export/machine.js";
import { refuseOthersFile } from "../export/pdfTarget.js";
import { type Order, type Plan, planPrints } from "../export/planPrints.js";
import { printBatch } from "../export/printBatch.js";
import { siteReport } from "../export/siteReports.js";
import { writeWhole } from "../export/writeWhole.js";
import { refuseOthersWorkbook } from "../export/xlsx/properties.js";
import { makeWorkbook, writeWorkbook } from "../export/xlsx/workbook.js";
import { bringBack } from "../publish/site/swap.js";
import { CliError } from "../run/error.js";
import { guardOutput, refused } from "../run/outputGuard.js";
import { withScratch } from "../run/scratch.js";
import { version } from "../run/version.js";
import { withLock } from "../warehouse/lock.js";
import { told } from "../words/told.js";
import { hasVisible } from "../words/visible.js";
import type { Wording } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { languageOfWarehouse, languageOn } from "./language.js";
import { passwordOf } from "./password.js";
import { type PlaceOptions, warehouseOf } from "./places.js";
import { type ProgressOptions, reportProgress } from "./progress.js";

export interface ExportOptions extends ProgressOptions, PlaceOptions, Omit<Order, "packs" | "lang"> {
  /** A build that is kept, whose site is made for it; default: the built site. */
  build?: string;
  dist?: string;
  out?: string;
  /** How many files are printed at a time; default: as many as there are cores. */
  concurrency?: string;
  /** The variable of the environment that holds the password of the files. */
  passwordEnv?: string;
  /** The build whose figures the site has to show; default: whichever it does. */
  buildId?: string;
}

/** What a run of `export` made: `manifest.json` beside the files. */
interface Manifest {
  creator: "Herringbone";
  build_id: string;
  files: FileFacts[];
}

/** `export`: packs of the built site as PDF files, and a list of them. */
export async function exportCommand(
  packs: string[],
  options: ExportOptions,
  effects: Effects,
): Promise<void> {
  const { build, dist } = options;
  if (build === undefined) return exportSite(packs, resolve(effects.cwd, dist ?? "dist"), options, effects);
  if (dist !== undefined) throw new CliError(told("export.buildOrDist"), 2);
  const { findBuild } = await import("../warehouse/builds.js");
  const { id, path } = await findBuild(warehouseOf(options, effects), build);
  const lang = await languageOn(options, effects, () => languageOfWarehouse(path));
  const scratch = mkdtempSync(join(tmpdir(), "herringbone-site-"));
  await withScratch(scratch, async () => {
    const site = join(scratch, "dist");
    reportProgress({ ...options, lang }, effects).step(told("site.step"));
    await (await import("./site.js")).buildKeptSite({ warehouse: path, out: site, buildId: id }, effects);
    await exportSite(packs, site, { ...options, buildId: id }, effects);
  });
}

/** The build that the warehouse holds, where there is one that can be read: a site is printed without. */
async function buildOfWarehouse(options: PlaceOptions, effects: Effects): Promise<string | null> {
  const warehouse = warehouseOf(options, effects);
  if (!existsSync(warehouse)) return null;
  const { currentBuild } = await import("../warehouse/builds.js");
  return currentBuild(warehouse).catch((error: unknown) => {
    if (error instanceof CliError) return null;
    throw error;
  });
}

async function exportSite(
  packs: string[],
  dist: string,
  options: ExportOptions,
  effects: Effects,
): Promise<void> {
  const concurrency = concurrencyOf(options.concurrency);
  const out = resolve(effects.cwd, options.out ?? "out");
  await bringBack(dist);
  const plan = planPrints(dist, packsFolder, { ...options, packs });
  const folder = guardOutput(out, { option: "--out", kind: "folder" });
  mkdirSync(dirname(folder), { recursive: true });
  const password = lockedWith(options.passwordEnv, effects.env);
  const work = () => exportPlan(plan, { ...options, dist, out, concurrency, password }, effects);
  await withLock(`${folder}.lock`, work, (pid, path) => told("lock.otherExport", { pid, path }));
}

async function exportPlan(
  plan: Plan,
  options: ProgressOptions &
    PlaceOptions & {
      dist: string;
      out: string;
      concurrency: number;
      password: string | undefined;
      buildId?: string;
    },
  effects: Effects,
): Promise<void> {
  const { dist, out: folder, concurrency, password } = options;
  const isLocked = password !== undefined;
  const prints = plan.prints.map((print) => {
    const file = isLocked ? print.file.replace(/\.pdf$/, ".locked.pdf") : print.file;
    return { ...print, file, out: join(folder, file) };
  });
  const files = prints.flatMap(({ file }) => [file, workbookOf(file)]);
  for (const { out } of prints) {
    refuseOthersFile(out);
    await refuseOthersWorkbook(workbookOf(out));
  }
  refuseOthersManifest(folder);
  mkdirSync(folder, { recursive: true });
  dropUnfinished(folder, [...files, manifestName]);
  // Of which password an earlier batch was nobody may write down: a locked one begins anew.
  const notes = new BatchNotes(folder, [orderOf(dist, plan), isLocked && randomUUID()]);
  const missing = prints.filter(({ file }) => !notes.of(file));
  const lang = await languageOn(options, effects, () => siteReport(dist).language);
  const progress = reportProgress({ ...options, lang }, effects);
  const held = options.buildId === undefined ? await buildOfWarehouse(options, effects) : null;
  if (held !== null && held !== plan.buildId)
    progress.warn(told("export.otherBuild", { site: plan.buildId, held }), { site: plan.buildId, held });
  const [first] = missing;
  const isOne = prints.length === 1;
  const [count, of] = [prints.length - missing.length, prints.length];
  if (count > 0) progress.say(told("export.skipped", { count, of }), { skipped: count, files: of });
  if (first)
    progress.step(
      isOne ? told("export.print", { file: first.file }) : told("export.printAll", { count: missing.length }),
    );
  let made = 0;
  await printBatch<(typeof prints)[number]>(
    {
      dist,
      prints: missing,
      concurrency,
      password,
      buildId: options.buildId ?? plan.buildId,
      // A workbook beside a locked print would tell what that locks.
      beside: async (_, { figures, pictures }) =>
        figures === null || isLocked ? null : makeWorkbook(figures, pictures),
      done: async ({ job: { pack }, file, out, language }, { pages, bytes, sha256, figures, beside }) => {
        if (beside) await writeWorkbook(beside, workbookOf(out));
        notes.add({
          file,
          workbook: beside ? workbookOf(file) : null,
          pack: pack.id,
          scope: figures?.scope ?? {},
          language,
          period: figures?.period ?? "",
          pages,
          bytes,
          sha256,
          locked: isLocked,
        });
        made += 1;
        if (isOne) progress.end();
        const size = `${(bytes / 1e6).toFixed(1)} MB`;
        const name = relative(effects.cwd, out);
        progress.say(told("export.done", { name, pages, size }), { file: out, pages, bytes });
        if (!isOne) progress.far(made, missing.length);
      },
      failed: ({ out }, { wording }) => {
        const name = relative(effects.cwd, out);
        if (!isOne) progress.warn(told("export.failed", { name, why: wording }), { file: out });
      },
    },
    { ...thisMachine, env: effects.env, note: (line: Wording) => progress.say(line) },
  ).catch((error: unknown) => {
    throw isFull(error) ? new CliError(told("export.full", { folder }), 1, { cause: error }) : error;
  });
  progress.end();
  const manifest: Manifest = {
    creator: "Herringbone",
    build_id: plan.buildId,
    files: prints.flatMap(({ file }) => notes.of(file) ?? []),
  };
  await writeWhole(join(folder, manifestName), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, "utf8"));
  notes.drop();
}

/** So many characters a password has at least. */
const shortest = 8;

/** @throws CliError 2 where a file is to be locked with none, one that nobody sees, or too short a one */
function lockedWith(name: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const password = passwordOf(name, env);
  if (name !== undefined && password !== undefined && !hasVisible(password))
    throw new CliError(told("export.blankPassword", { name }), 2);
  if (name !== undefined && password !== undefined && [...password].length < shortest)
    throw new CliError(told("export.shortPassword", { name, shortest }), 2);
  return password;
}

const isFull = (error: unknown): boolean =>
  ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");

const workbookOf = (file: string) => file.replace(/\.pdf$/, ".xlsx");

/** All that the files of an order come from. */
function orderOf(dist: string, { buildId, prints }: Plan): unknown {
  const digest = (page: string) =>
    createHash("sha256")
      .update(readFileSync(join(dist, page)))
      .digest("hex");
  const pages = [...new Set(prints.map(({ page }) => page))].map((page) => [page, digest(page)]);
  return { version, buildId, pages, prints };
}

/** @throws CliError 2 for what is no number of files */
function concurrencyOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 64)
    throw new CliError(told("export.noConcurrency", { text }), 2);
  return count;
}

const manifestName = "manifest.json";

/**
 * A list that somebody else wrote stays.
 * @throws CliError 2
 */
function refuseOthersManifest(folder: string): void {
  for (const name of [manifestName, notesName]) {
    const path = join(folder, name);
    if (existsSync(path) && !/^\{\s*"creator": ?"Herringbone"/.test(readFileSync(path, "utf8").slice(0, 100)))
      throw refused(told("pdf.otherFile"), path);
  }
}

/**
 * What `export` would refuse of its folder, for a command that does other work first.
 * @throws CliError 2
 */
export function checkExportFolder({ out, lang }: ExportOptions, effects: Effects): void {
  const folder = resolve(effects.cwd, out ?? "out");
  const suffixes = ["", ...(lang ? [`.${lang}`] : [])];
  for (const suffix of suffixes) refuseOthersFile(join(folder, `kpi-report${suffix}.pdf`));
  refuseOthersManifest(folder);
}
