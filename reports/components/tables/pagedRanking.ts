import type { Ranking, Scorecard } from "../../src/published/scoreTypes.js";
import { valueLabel } from "../data/labels.js";
import { type Load, loadFromSite } from "../data/onDemand.js";
import type { Site } from "../data/site.js";
import { pagedList } from "./pagedList.js";
import { rankingTable } from "./rankingTable.js";
import type { ScoreLinks } from "./scorecardTable.js";

/** A ranking's table; a long one is paged. */
export function pagedRanking(
  site: Site,
  card: Scorecard,
  ranking: Ranking,
  links: ScoreLinks,
  load: Load = loadFromSite,
): HTMLElement {
  const table = (subjects: Ranking["subjects"]) => rankingTable(site, card, { ...ranking, subjects }, links);
  const label = (subject: string) => valueLabel(site, ranking.kind, subject);
  return pagedList(site, { ...ranking, rows: ranking.subjects }, { table, label }, load);
}
