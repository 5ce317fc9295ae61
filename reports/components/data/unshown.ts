import { isUnshown, tooFew } from "../../src/kpi/coverage.js";
import type { Kpi } from "../../src/published/siteTypes.js";
import { sayReason } from "./headline.js";
import type { Point } from "./series.js";
import type { Site } from "./site.js";

/** Why cells of a KPI are not shown. */
export const unshownReason = (site: Site, kpi: Kpi): string =>
  sayReason(site, tooFew(site.build.min_cell, kpi.contributors));

/** How many groups are not shown, and why. */
export const unshownText = (site: Site, kpi: Kpi, count: number): string =>
  site.messages.trend.splitUnshown(count, unshownReason(site, kpi));

/** A value, or in its place that it is not shown. */
export const shownValue = (site: Site, kpi: Kpi, point: Point | null): string =>
  isUnshown(point) ? site.messages.unshown : site.format.value(kpi.unit, point ?? { value: null });
