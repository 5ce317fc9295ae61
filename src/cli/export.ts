import { existsSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { packsFolder } from "../catalogue/packs.js";
import { thisMachine } from "../export/machine.js";
import { exportPdf } from "../export/pdf.js";
import { refuseOthersFile } from "../export/pdfTarget.js";
import { type Order, planPrints } from "../export/planPrints.js";
import { writeWhole } from "../export/writeWhole.js";
import { refuseOthersWorkbook } from "../export/xlsx/properties.js";
import { writeWorkbook } from "../export/xlsx/workbook.js";
import { refused } from "../run/outputGuard.js";
import { told } from "../words/told.js";
import type { Wording } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { type ProgressOptions, reportProgress } from "./progress.js";

export interface ExportOptions extends ProgressOptions, Omit<Order, "packs" | "lang"> {
  dist?: string;
  out?: string;
  /** The build whose figures the site has to show; default: whichever it does. */
  buildId?: string;
}

/** What a run of `export` made: `manifest.json` beside the files. */
interface Manifest {
  creator: "Herringbone";
  build_id: string;
  files: {
    file: string;
    workbook: string | null;
    pack: string;
    scope: Record<string, string>;
    language: string;
    period: string;
    pages: number;
    bytes: number;
    sha256: string;
  }[];
}

/** `export`: packs of the built site as PDF files, and a list of them. */
export async function exportCommand(
  packs: string[],
  options: ExportOptions,
  effects: Effects,
): Promise<void> {
  const progress = reportProgress(options, effects);
  const dist = resolve(effects.cwd, options.dist ?? "dist");
  const folder = resolve(effects.cwd, options.out ?? "out");
  const prints = planPrints(dist, packsFolder, { ...options, packs });
  for (const { file } of prints) {
    refuseOthersFile(join(folder, file));
    await refuseOthersWorkbook(join(folder, file.replace(/\.pdf$/, ".xlsx")));
  }
  refuseOthersManifest(folder);
  const manifest: Manifest = { creator: "Herringbone", build_id: options.buildId ?? "", files: [] };
  for (const { job, page, file, language } of prints) {
    const out = join(folder, file);
    progress.step(told("export.print", { file }));
    const machine = { ...thisMachine, env: effects.env, note: (line: Wording) => progress.say(line) };
    const { buildId } = options;
    const wantedBuild = buildId === undefined ? {} : { buildId };
    const { pages, bytes, sha256, figures } = await exportPdf(
      { dist, page, out, job, ...wantedBuild },
      machine,
    );
    progress.end();
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    const name = relative(effects.cwd, out);
    progress.say(told("export.done", { name, pages, size }), { file: out, pages, bytes });
    const workbook = file.replace(/\.pdf$/, ".xlsx");
    if (figures) await writeWorkbook(figures, join(folder, workbook));
    const { max_pages: most, id } = job.pack;
    if (most !== null && pages > most) progress.warn(told("export.tooLong", { name, pages, most }));
    manifest.build_id = figures?.build_id ?? manifest.build_id;
    manifest.files.push({
      file,
      workbook: figures && workbook,
      pack: id,
      scope: figures?.scope ?? {},
      language,
      period: figures?.period ?? "",
      pages,
      bytes,
      sha256,
    });
  }
  await writeWhole(join(folder, manifestName), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, "utf8"));
}

const manifestName = "manifest.json";

/**
 * A list that somebody else wrote stays.
 * @throws CliError 2
 */
function refuseOthersManifest(folder: string): void {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return;
  if (!/^\{\s*"creator": "Herringbone"/.test(readFileSync(path, "utf8").slice(0, 100)))
    throw refused(told("pdf.otherFile"), path);
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
