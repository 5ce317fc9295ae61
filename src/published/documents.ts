import type { Target } from "../catalogue/targets.js";
import type { AssessmentDocument } from "./assessmentTypes.js";
import type { BenefitsDocument } from "./benefitTypes.js";
import type { ContractTable } from "./contract.js";
import type { LineageRow } from "./lineage.js";
import type { Pack } from "./packTypes.js";
import type { Percentiles } from "./percentiles.js";
import type { Quality } from "./quality.js";
import type { ShownReconciliation } from "./reconciliation.js";
import type { CompanyScore, Ranking } from "./scoreTypes.js";
import type { Build, Catalogue } from "./siteTypes.js";
import type { PublishedTable } from "./tables.js";
import type { WeightsDocument } from "./weightTypes.js";

/** A file of the site's data as a page holds it. */
export interface DataFile {
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** A document of the site's data: its path below the data folder, and how a page reads what the publisher wrote there. */
export interface Published<T> {
  readonly path: string;
  read(file: DataFile): Promise<T>;
}

const json = <T>(path: string): Published<T> => ({ path, read: async (file) => (await file.json()) as T });

/** A table of figures, in Arrow's stream format. */
const table = (path: string): Published<ArrayBuffer> => ({ path, read: (file) => file.arrayBuffer() });

/** Every document that pages read. */
export const documents = {
  build: json<Build>("build.json"),
  catalogue: json<Catalogue>("catalogue.json"),
  targets: json<Target[]>("targets.json"),
  scores: json<CompanyScore[]>("scores.json"),
  ranking: json<Ranking[]>("ranking.json"),
  assessment: json<AssessmentDocument>("assessment.json"),
  weights: json<WeightsDocument>("weights.json"),
  benefits: json<BenefitsDocument>("benefits.json"),
  quality: json<Quality>("quality.json"),
  reconciliations: json<ShownReconciliation[]>("reconciliations.json"),
  lineage: json<LineageRow[]>("lineage.json"),
  packs: json<Pack[]>("packs.json"),
  contract: json<ContractTable[]>("contract.json"),
  published: json<PublishedTable[]>("published.json"),
  percentiles: (kpi: string) => json<Percentiles[]>(`percentiles/${kpi}.json`),
};

/** The tables of figures. Over their budget they give up dimensions; `published.json` says which. */
export const tables = {
  /** All KPIs over all cases. */
  totals: table("totals.arrow"),
  /** The last 25 months of every KPI that adds up over its dimensions, by each of the dimensions that combine. */
  recent: table("recent.arrow"),
  /** A KPI by the dimensions that combine. */
  cube: (kpi: string) => table(`cube/${kpi}.arrow`),
  /** A KPI by each other dimension alone. */
  by: (kpi: string) => table(`by/${kpi}.arrow`),
  /** The parts of KPIs whose values do not add up. */
  parts: table("parts.arrow"),
};
