import { existsSync } from "node:fs";
import { join } from "node:path";
import { ownValue } from "../catalogue/ownValue.js";
import type { Language } from "../catalogue/settings.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

export interface SiteReport {
  /** Below the site's folder. */
  page: string;
  /** The file's name. */
  file: string;
}

/** The reports a site holds, by name. */
const reports: Readonly<Record<string, string>> = { "kpi-report": "report.html" };
export const reportNames: readonly string[] = Object.keys(reports);

/**
 * Where a report is in a built site and what its file is called: `kpi-report.pdf` in the site's own language,
 * `kpi-report.en.pdf` (or `.zh-CN`) in the other.
 *
 * @throws CliError 2 for an unknown report, 1 when the site is not built
 */
export function siteReport(dist: string, name: string, language?: Language): SiteReport {
  const page = ownValue(reports, name);
  if (page === undefined) throw new CliError(told("report.unknown", { names: reportNames, name }), 2);
  if (!existsSync(join(dist, page))) {
    throw new CliError(told("report.missing", { page: join(dist, page) }));
  }
  const other = siteHolds(dist, "en", page) ? "en" : siteHolds(dist, "zh", page) ? "zh-CN" : undefined;
  if (language === undefined || language !== other) return { page, file: `${name}.pdf` };
  return { page: `${folders[language]}/${page}`, file: `${name}.${language}.pdf` };
}

/** What a report's file may be called, when it is not known yet which language the site is in. */
export const pdfNames = (name: string, language?: Language): string[] => [
  `${name}.pdf`,
  ...(language === undefined ? [] : [`${name}.${language}.pdf`]),
];

const folders: Record<Language, string> = { en: "en", "zh-CN": "zh" };

function siteHolds(dist: string, folder: string, page: string): boolean {
  return existsSync(join(dist, folder, page));
}
