import { FileAttachment } from "observablehq:stdlib";
import type { Part } from "../../src/catalogue/targets.js";
import { documents, tables } from "../../src/published/documents.js";
import type { CompanyScore } from "../../src/published/scoreTypes.js";
import type { Build, Catalogue, Grain, Kpi, Language, Target } from "../../src/published/siteTypes.js";
import { currencyName } from "../../src/words/currency.js";
import { type Messages, pages } from "../../src/words/languages.js";
import { type Cube, readCube } from "./cube.js";
import { type Formatter, formatter } from "./format.js";

/** What every component needs: the data all pages share, and how this page speaks. */
export interface Site {
  language: Language;
  messages: Messages;
  format: Formatter;
  build: Build;
  catalogue: Catalogue;
  targets: Target[];
  /** Of what length the periods are that pages without a choice are about. */
  grain: Grain;
  /** The first day of the period of that length that they are about, where it is given: see `currentPeriod`. */
  about?: string | null;
  /** That somebody asked for it: another is not told in its place. */
  isAsked?: boolean;
  /** Whose figures `totals` are, where they are not the company's. */
  part?: Part;
  /** The company's scores, scorecard by scorecard. */
  scores: CompanyScore[];
  /** All KPIs over all cases. */
  totals: Cube;
  /** The relative address of another page in the same language. */
  href(page: string): string;
  kpi(id: string): Kpi | undefined;
}

/** Loads what all pages share and fills in the page's foot. */
export async function openSite(): Promise<Site> {
  const facts = document.documentElement.dataset;
  const language: Language = facts.language === "en" ? "en" : "zh-CN";
  const [build, catalogue, targets, scores, totals] = await Promise.all([
    documents.build.read(FileAttachment("../../data/kpi/build.json")),
    documents.catalogue.read(FileAttachment("../../data/kpi/catalogue.json")),
    documents.targets.read(FileAttachment("../../data/kpi/targets.json")),
    documents.scores.read(FileAttachment("../../data/kpi/scores.json")),
    tables.totals.read(FileAttachment("../../data/kpi/totals.arrow")),
  ]);
  const messages = inCurrency(pages(language), catalogue.currency, language);
  const format = formatter(language, messages);
  const folder = language === facts.primary ? "" : language === "en" ? "en/" : "zh/";
  const kpis = new Map(catalogue.kpis.map((kpi) => [kpi.id, kpi]));
  const line = document.querySelector(".build-line");
  if (line)
    line.textContent = [
      messages.foot.build(build.build_id, format.day(build.as_of_on, true)),
      build.min_cell > 1 ? messages.foot.minCell(format.integer(build.min_cell)) : "",
    ]
      .filter(Boolean)
      .join(" · ");
  void settleFoot();
  let read: Cube | undefined;
  return {
    language,
    messages,
    format,
    build,
    catalogue,
    targets,
    scores,
    grain: "month",
    get totals() {
      read ??= readCube(totals);
      return read;
    },
    href: (page) => `${facts.root ?? "./"}${folder}${page}.html`,
    kpi: (id) => kpis.get(id),
  };
}

/** The words of a language, with money called by the currency that it is in. */
function inCurrency(messages: Messages, currency: string, language: Language): Messages {
  const name = currencyName(currency, language);
  const [money, unitName] = [messages.unit.money, messages.unitName.money];
  return {
    ...messages,
    unit: { ...messages.unit, money: name },
    unitName: { ...messages.unitName, money: unitName.replace(money, name) },
  };
}

/** Shows the foot when nothing of the page is still to be drawn above it. */
async function settleFoot(): Promise<void> {
  while (document.querySelector("observablehq-loading")) await new Promise(requestAnimationFrame);
  document.querySelector("#observablehq-footer")?.classList.add("is-settled");
}
