import type { Fishbone, Grain } from "../../src/published/siteTypes.js";
import { currentPeriod, type Headline, headlineOf, isKnown, ofPeriod } from "../data/headline.js";
import { weightsOf } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { isJudged } from "../data/targets.js";
import { type HeadlineWords, wordsFor } from "./bone.js";

/** What a fishbone shows of its department, worked out once for picture, list and title. */
export interface FishboneView {
  fishbone: Fishbone;
  grain: Grain;
  period: string;
  /** That period's first day. */
  current: string | null;
  headlines: Map<string, Headline>;
  words: Map<string, HeadlineWords>;
  /** What each KPI weighs in the fishbone's scorecard, a fraction; empty without one. */
  weights: Map<string, number>;
  /** Of the period. */
  good: number;
  targeted: number;
  /** How many cannot be told from their target. */
  unsure: number;
  /** The KPIs without a value: they are no bones. */
  missing: Headline[];
}

/**
 * Reads the values of a fishbone's KPIs. The bones of a branch stand in the order of `fishbones.yaml`; a KPI without a value
 * is none, and a branch without bones falls away.
 */
export function fishboneView(site: Site, listed: Fishbone, grain: Grain = site.grain): FishboneView {
  const current = currentPeriod(site, grain);
  const headlines = new Map<string, Headline>();
  const words = new Map<string, HeadlineWords>();
  for (const id of [...listed.branches.flatMap(({ kpis }) => kpis), ...listed.success_factors]) {
    const kpi = site.kpi(id);
    if (!kpi) continue;
    const headline = headlineOf(site, kpi, grain);
    headlines.set(id, headline);
    words.set(id, wordsFor(site, headline, current));
  }
  const known = (ids: readonly string[]) =>
    ids.filter((id) => {
      const headline = headlines.get(id);
      return headline !== undefined && isKnown(headline);
    });
  const fishbone = {
    ...listed,
    success_factors: known(listed.success_factors),
    branches: listed.branches
      .map((branch) => ({ ...branch, kpis: known(branch.kpis) }))
      .filter(({ kpis }) => kpis.length > 0),
  };
  const all = fishbone.branches.flatMap(({ kpis }) => kpis).flatMap((id) => headlines.get(id) ?? []);
  const bones = ofPeriod(all, current);
  return {
    fishbone,
    grain,
    period: current === null ? "" : site.format.period(grain, current),
    headlines,
    words,
    weights: weightsOf(site, fishbone),
    good: bones.filter(({ status }) => status === "good").length,
    targeted: bones.filter(({ status }) => isJudged(status)).length,
    unsure: bones.filter(({ status }) => status === "unsure").length,
    current,
    missing: [...headlines.values()].filter((headline) => !isKnown(headline)),
  };
}
