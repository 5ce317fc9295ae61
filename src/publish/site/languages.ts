/** The languages every page exists in. */
export type Language = "zh-CN" | "en";

export interface SiteLanguages {
  /** The language of the pages at the site's root. */
  primary: Language;
  /** The folder of the pages in the other language. */
  other: "en" | "zh";
}

/** Which language is at `/` and which under `/en/` or `/zh/`. */
export function siteLanguages(configured: Language): SiteLanguages {
  return { primary: configured, other: configured === "zh-CN" ? "en" : "zh" };
}

/** The language of a page, and its path without the language's folder: `/en/kpi/nps` → `en`, `kpi/nps`. */
export function pageOf(
  path: string,
  { primary, other }: SiteLanguages,
): { language: Language; page: string } {
  const inner = path.replace(/^\//, "");
  if (inner === other || inner.startsWith(`${other}/`)) {
    return { language: other === "en" ? "en" : "zh-CN", page: inner.slice(other.length + 1) || "index" };
  }
  return { language: primary, page: inner || "index" };
}
