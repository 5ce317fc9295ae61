import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Assessment, BenefitsDocument } from "../../published/benefitTypes.js";
import { documents } from "../../published/documents.js";
import type { PublishedTable } from "../../published/tables.js";
import { both } from "../../run/both.js";
import { CliError } from "../../run/error.js";
import { onInterrupt } from "../../run/interrupt.js";
import { machineFailure, outOfMemory } from "../../run/machineFailure.js";
import { withScratch } from "../../run/scratch.js";
import { withLock } from "../../warehouse/lock.js";
import { told } from "../../words/told.js";
import type { Wording } from "../../words/wording.js";
import { buildIdOf, publishEntries, readBuildId } from "../publish.js";
import type { ZipEntry } from "../zip.js";
import { withFontThreads } from "./fontThreads.js";
import { siteLanguages } from "./languages.js";
import { siteShells } from "./shells.js";
import { type SiteCatalogue, siteCatalogue } from "./siteCatalogue.js";
import { siteFonts } from "./siteFonts.js";
import { stampShells } from "./stampShells.js";
import { bringBack, clearBeside, putInPlace } from "./swap.js";
import { markSite, siteTarget } from "./target.js";

export interface SiteOptions {
  /** The project folder, which holds `reports/` and `observablehq.config.ts`. */
  root: string;
  /** The warehouse file; the site only reads it. */
  warehouse: string;
  /** Where the finished site goes; default `dist` in the project. */
  out?: string;
  /** What must not lie in `out`, beside project and warehouse. */
  kept?: readonly string[];
  /** The build whose site it has to be; default: the one that the warehouse holds. */
  buildId?: string;
}

export interface SiteEffects {
  env: NodeJS.ProcessEnv;
  /** The build that a warehouse holds. */
  buildId(warehouse: string): Promise<string>;
  /** What of its catalogue routes and titles need. */
  catalogue(warehouse: string): Promise<SiteCatalogue>;
  /** Everything the pages know, as files by their paths. */
  publish(env: NodeJS.ProcessEnv): Promise<ZipEntry[]>;
  run(command: string, args: string[], options: RunOptions): Promise<RunResult>;
}

export interface RunOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** The program gets a line to read then, and the end of its input without one when that fails. */
  goes?: Promise<void>;
}

export interface RunResult {
  /** Null when it was ended by a signal. */
  code: number | null;
  output: string;
}

export interface SiteResult {
  out: string;
  seconds: number;
  tables: PublishedTable[];
  hidden: HiddenInitiative[];
}

export interface HiddenInitiative {
  id: string;
  hidden: NonNullable<Assessment["hidden"]>;
}

export const siteEffects: SiteEffects = {
  env: process.env,
  buildId: readBuildId,
  catalogue: siteCatalogue,
  publish: publishEntries,
  run: runCaptured,
};

const otherSite = (pid: number, path: string): Wording => told("lock.otherSite", { pid, path });

/**
 * Builds the static site from the warehouse: shells of the pages, which Framework builds once for all data, and the data.
 * It is made in a folder beside the target, which takes the target's place only when all of it came out and is of the
 * warehouse's build, so a reader sees the previous site or the new one, and builds at the same time know nothing of each other.
 *
 * @throws CliError 2 when the target holds anything but an earlier site; 1 when the warehouse is absent or was built
 * anew meanwhile, another build writes into the target, or Framework fails; the target is then untouched
 */
export async function buildSite(
  options: SiteOptions,
  effects: SiteEffects = siteEffects,
): Promise<SiteResult> {
  const began = performance.now();
  const root = resolve(options.root);
  const warehouse = resolve(root, options.warehouse);
  const named = resolve(root, options.out ?? "dist");
  await bringBack(named);
  const guard = { root, kept: [warehouse, ...(options.kept ?? [])] };
  const out = siteTarget(named, guard);
  if (!existsSync(warehouse)) throw new CliError(told("warehouse.missing", { path: warehouse }));
  const buildId = await effects.buildId(warehouse);
  requireSame(options.buildId ?? buildId, buildId);

  await mkdir(dirname(out), { recursive: true });
  const work = async (): Promise<SiteResult> => {
    const partial = await clearBeside(out);
    return withScratch(partial, async () => {
      const { language, ...labels } = await effects.catalogue(warehouse);
      const frame = { isPreview: false, languages: siteLanguages(language), ...labels };
      let begin = () => {};
      const begun = new Promise<void>((resolve) => {
        begin = resolve;
      });
      const framework = (pages: string, to: string, there: Promise<void>) => {
        const env = siteEnvironment(effects.env, { warehouse, out: to, pages: relative(root, pages) });
        there.then(begin, () => {});
        return runFramework(root, { ...env, HERRINGBONE_SHELLS: language }, effects, there);
      };
      // Pages do not depend on the data: both are made at once, when the process that makes the pages is under way.
      const pages = siteShells(root, language, framework);
      const members = await withFontThreads(root, async (fonts) => {
        const data = Promise.race([begun.then(() => true), pages.then(() => false)]).then(
          async (isBuilding) => {
            const members = await effects.publish(siteEnvironment(effects.env, { warehouse }));
            if (isBuilding) fonts.begin();
            return members;
          },
        );
        const [shells, members] = await both(pages, data);
        requireSame(buildId, buildIdOf(members));
        await stampShells(shells, partial, frame, members, await siteFonts(root, shells, members, fonts));
        return members;
      });
      await markSite(partial);
      siteTarget(named, guard); // it may have got a file since
      requireSame(buildId, await effects.buildId(warehouse));
      await putInPlace(partial, out);
      return {
        out: named,
        seconds: (performance.now() - began) / 1000,
        tables: published<PublishedTable[]>(members, documents.published.path) ?? [],
        hidden: hiddenInitiatives(members),
      };
    });
  };
  return withLock(`${out}.lock`, work, otherSite);
}

/** What a Framework process imports first to build the same site in less time. */
export const quicken = new URL("./framework/quicken.js", import.meta.url).href;

/** What one imports next that is started before there is anything to build. */
const loadAhead = new URL("./framework/loadAhead.js", import.meta.url).href;

/** Runs Framework; it is loaded while the pages are not there yet. */
async function runFramework(
  root: string,
  env: NodeJS.ProcessEnv,
  effects: SiteEffects,
  there: Promise<void>,
): Promise<void> {
  const args = ["--import", quicken, "--import", loadAhead, frameworkBin(root), "build"];
  const { code, output } = await effects.run(process.execPath, args, { cwd: root, env, goes: there });
  if (code === 0) return;
  const refused = output.split("\n").find((line) => /\b(ENOSPC|EDQUOT|EROFS|EACCES)\b/.test(line));
  const failure = outOfMemory(output) ?? (refused === undefined ? undefined : machineFailure(refused));
  if (failure) throw failure;
  const cause = new Error(output);
  if (code === null) throw new CliError(told("site.buildEnded"), 1, { cause });
  const reason = lastLines(withoutTrace(stripVTControlCharacters(output)), 10);
  throw new CliError(told("site.buildFailed", { reason }), 1, { cause });
}

/** What a program said, without where in it that was. */
const withoutTrace = (output: string): string =>
  output.replace(/^\s+at .*\n?|^Node\.js v.*\n?|^node:internal.*\n?/gm, "");

/** @throws CliError 1 when a site would be of another build than it is said to be */
function requireSame(wanted: string, found: string): void {
  if (wanted === found) return;
  throw new CliError(told("site.warehouseReplaced", { wanted, found }));
}

/** A published document; undefined where it is not among those that were published. */
function published<T>(members: readonly ZipEntry[], path: string): T | undefined {
  const member = members.find((each) => each.path === path);
  return member && JSON.parse(Buffer.from(member.bytes).toString("utf8"));
}

/** The initiatives whose figures nobody is shown, and why. */
export const hiddenInitiatives = (members: readonly ZipEntry[]): HiddenInitiative[] =>
  (published<BenefitsDocument>(members, documents.benefits.path)?.initiatives ?? []).flatMap(
    ({ initiative_id: id, hidden }) => (hidden ? [{ id, hidden }] : []),
  );

/** What the Framework process and the loaders under it need to know. */
export function siteEnvironment(
  env: NodeJS.ProcessEnv,
  options: { warehouse: string; out?: string; pages?: string },
): NodeJS.ProcessEnv {
  return {
    ...env,
    OBSERVABLE_TELEMETRY_DISABLE: "true",
    HERRINGBONE_WAREHOUSE: options.warehouse,
    ...(options.out === undefined ? {} : { HERRINGBONE_SITE: options.out }),
    ...(options.pages === undefined ? {} : { HERRINGBONE_PAGES: options.pages }),
  };
}

/** Framework's command, run by this Node rather than found on the path. */
export function frameworkBin(root: string): string {
  const require = createRequire(join(root, "package.json"));
  for (const folder of require.resolve.paths("@observablehq/framework") ?? []) {
    const bin = join(folder, "@observablehq", "framework", "dist", "bin", "observable.js");
    if (existsSync(bin)) return bin;
  }
  throw new CliError(told("package.missing", { name: "@observablehq/framework" }));
}

function lastLines(text: string, count: number): string[] {
  return text.trimEnd().split("\n").slice(-count);
}

async function runCaptured(command: string, args: string[], options: RunOptions): Promise<RunResult> {
  return new Promise((done, fail) => {
    // In a process group of its own, so that what it starts ends with it.
    const detached = process.platform !== "win32";
    const { goes, ...rest } = options;
    const child = spawn(command, args, { ...rest, detached, stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.on("error", () => {}); // it ended before, which its code tells
    goes?.then(
      () => child.stdin.end("\n"),
      () => child.stdin.end(),
    );
    const closed = new Promise((resolve) => child.once("close", resolve));
    const over = onInterrupt(async () => {
      if (child.pid === undefined || child.exitCode !== null) return;
      if (detached) process.kill(-child.pid, "SIGKILL");
      else child.kill();
      await closed;
    });
    let output = "";
    const take = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("error", (error) => {
      over();
      fail(error);
    });
    child.on("close", (code) => {
      over();
      done({ code, output });
    });
  });
}
