import { statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Language } from "../catalogue/settings.js";
import { thisMachine } from "../export/machine.js";
import { exportPdf } from "../export/pdf.js";
import { refuseOthersFile } from "../export/pdfTarget.js";
import { pdfNames, reportNames, siteReport } from "../export/siteReports.js";
import { told } from "../words/told.js";
import type { Wording } from "../words/wording.js";
import type { Effects } from "./effects.js";
import { type ProgressOptions, reportProgress } from "./progress.js";

export interface ExportOptions extends ProgressOptions {
  dist?: string;
  out?: string;
  lang?: Language;
  /** The build whose figures the site has to show; default: whichever it does. */
  buildId?: string;
}

/** `export`: the built site's reports as PDF files. */
export async function exportCommand(
  names: string[],
  options: ExportOptions,
  effects: Effects,
): Promise<void> {
  const progress = reportProgress(options, effects);
  const dist = resolve(effects.cwd, options.dist ?? "dist");
  const folder = resolve(effects.cwd, options.out ?? "out");
  const wanted = names.length > 0 ? names : reportNames;
  const reports = wanted.map((name) => siteReport(dist, name, options.lang));
  for (const { file } of reports) refuseOthersFile(join(folder, file));
  for (const { page, file } of reports) {
    const out = join(folder, file);
    progress.step(told("export.print", { file }));
    const machine = { ...thisMachine, env: effects.env, note: (line: Wording) => progress.say(line) };
    const { buildId } = options;
    const wantedBuild = buildId === undefined ? {} : { buildId };
    const { pages } = await exportPdf({ dist, page, out, ...wantedBuild }, machine);
    progress.end();
    const bytes = statSync(out).size;
    const size = `${(bytes / 1e6).toFixed(1)} MB`;
    const name = relative(effects.cwd, out);
    progress.say(told("export.done", { name, pages, size }), { file: out, pages, bytes });
  }
}

/**
 * What `export` would refuse of its folder, for a command that does other work first.
 * @throws CliError 2
 */
export function checkExportFolder({ out, lang }: ExportOptions, effects: Effects): void {
  const folder = resolve(effects.cwd, out ?? "out");
  for (const file of reportNames.flatMap((name) => pdfNames(name, lang)))
    refuseOthersFile(join(folder, file));
}
