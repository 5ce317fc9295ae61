import { join } from "node:path";

import { frameFooter, frameHead, frameHeader, sitePages } from "./src/publish/site/frame.js";
import { type Language, siteLanguages } from "./src/publish/site/languages.js";
import { shellCatalogue } from "./src/publish/site/shellCatalogue.js";
import type { SiteCatalogue } from "./src/publish/site/siteCatalogue.js";

// Shells are built before anything is known of the data, see `src/publish/site/shells.ts`.
const shells = process.env.HERRINGBONE_SHELLS as Language | undefined;
const { language, ...labels } = shells ? shellCatalogue(shells) : await ofWarehouse();
const languages = siteLanguages(language);
const frame = { isPreview: process.env.HERRINGBONE_SITE === undefined, languages, ...labels };

export default {
  root: process.env.HERRINGBONE_PAGES ?? "reports",
  output: process.env.HERRINGBONE_SITE ?? "dist",
  style: "styles/site.css",
  globalStylesheets: [],
  // Else Framework looks for them anew for each page, for a sidebar that there is not.
  pages: [],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  preserveIndex: true,
  preserveExtension: true,
  interpreters: { ".ts": [process.execPath, "--import", "tsx"] },
  head: ({ path }: { path: string }) => frameHead(path, frame),
  header: ({ path }: { path: string }) => frameHeader(path, frame),
  footer: ({ path }: { path: string }) => frameFooter(path, frame),
  async *dynamicPaths() {
    for (const page of [...sitePages, "report"]) yield `/${languages.other}/${page}`;
    for (const page of [
      ...[...labels.fishboneLabels.keys()].map((id) => `fishbone/${id}`),
      ...[...labels.scorecardLabels.keys()].map((id) => `scorecard/${id}`),
      ...[...labels.initiativeLabels.keys()].map((id) => `benefit/${id}`),
      ...[...labels.kpiLabels.keys()].map((id) => `kpi/${id}`),
    ]) {
      yield `/${page}`;
      yield `/${languages.other}/${page}`;
    }
  },
};

/** Loaded only when it is asked for: it brings the database with it. */
async function ofWarehouse(): Promise<SiteCatalogue> {
  const { siteCatalogue } = await import("./src/publish/site/siteCatalogue.js");
  const { defaultWarehouse } = await import("./src/warehouse/target.js");
  return siteCatalogue(process.env.HERRINGBONE_WAREHOUSE ?? join(import.meta.dirname, defaultWarehouse));
}
