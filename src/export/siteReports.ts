import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../catalogue/settings.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

/** The page that draws every pack. */
const page = "report.html";

export interface SiteReport {
  /** Below the site's folder. */
  page: string;
  /** The language of the page. */
  language: Language;
  /** What a file's name says of the language; empty of the site's own. */
  suffix: string;
}

const folders: Record<Language, string> = { en: "en", "zh-CN": "zh" };

/**
 * Where a built site draws reports: in its own language, or in the other one it holds.
 * @throws CliError 1 when the site is not built
 */
export function siteReport(dist: string, language?: Language): SiteReport {
  if (!existsSync(join(dist, page))) throw new CliError(told("report.missing", { page: join(dist, page) }));
  const holds = (language: Language) => existsSync(join(dist, folders[language], page));
  const said = /"primary":"(en|zh-CN)"/.exec(readFileSync(join(dist, page), "utf8"))?.[1];
  const own: Language = holds("en") ? "zh-CN" : holds("zh-CN") || said === "en" ? "en" : "zh-CN";
  const other: Language = own === "en" ? "zh-CN" : "en";
  const isOther = language === other && holds(other);
  return isOther
    ? { page: `${folders[other]}/${page}`, language: other, suffix: other }
    : { page, language: own, suffix: "" };
}
