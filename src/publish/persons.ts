import type { Catalogue } from "../catalogue/catalogueFiles.js";
import { dimensionOf } from "../catalogue/dimensions.js";

/** The dimensions whose values are employees. */
const ofPersons = new Set(["owner", "agent", "employee"]);

/** Whether a value of the dimension stands for one employee. */
export const isOfPersons = (dimension: string): boolean => ofPersons.has(dimensionOf(dimension));

/** A catalogue as a site without employees has it: no KPI is split by one, no scorecard judges one. */
export function withoutPersons(catalogue: Catalogue): Catalogue {
  const others = (names: readonly string[]) => names.filter((name) => !isOfPersons(name));
  return {
    ...catalogue,
    kpis: catalogue.kpis.map((kpi) => ({
      ...kpi,
      dimensions: others(kpi.dimensions),
      numerator_dimensions: others(kpi.numerator_dimensions),
      ...(kpi.percentiles ? { percentiles: others(kpi.percentiles) } : {}),
    })),
    scorecards: catalogue.scorecards.map((card) => ({
      ...card,
      subjects: card.subjects.filter((subject) => subject !== "employee"),
    })),
  };
}
