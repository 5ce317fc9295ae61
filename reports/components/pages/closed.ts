import type { ClosedPeriods, Restatement } from "../../src/published/closedTypes.js";
import type { Quality } from "../../src/published/quality.js";
import {
  causeText,
  closedBySentence,
  closedFigureText,
  closedSentences,
  otherDataText,
} from "../../src/words/closedText.js";
import { closed } from "../../src/words/languages.js";
import { dimensionHead, valueLabel } from "../data/labels.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { table } from "../tables/table.js";

/** What became of closed periods: that they are as they were, or each figure that is another now; nothing where none is closed. */
export function closedPeriods(site: Site, { closed: found }: Quality): HTMLElement | null {
  const { title, column } = closed(site.language);
  const sentences = closedSentencesList(site, found);
  if (!sentences) return null;
  const heads = [column.period, column.figure, column.scope, column.old, column.now, column.why];
  const tableOf = (rows: ReturnType<typeof closedRows>) =>
    table(
      heads,
      rows.map(({ period, figure, scope, old, now, why }) => [
        h("th", { scope: "row" }, period),
        ...[figure, scope, old, now, why].map((text) => h("td", { class: "text" }, text)),
      ]),
      { texts: heads.length, stacked: true },
    );
  const rows = closedRows(site, found);
  const [whole, groups] = [true, false].map((isWhole) => rows.filter((row) => row.isWhole === isWhole));
  return h(
    "section",
    {},
    h("h2", {}, title),
    sentences,
    whole && whole.length > 0 ? tableOf(whole) : null,
    groups && groups.length > 0
      ? h(
          "details",
          { class: "values" },
          h("summary", {}, closed(site.language).others(site.format.integer(groups.length))),
          tableOf(groups),
        )
      : null,
  );
}

/** A sentence on each closed period and more on those that changed; null where there is nothing to say. */
export function closedSentencesList(site: Site, found: ClosedPeriods): HTMLElement | null {
  const { language, build } = site;
  const other = otherDataText(found, language);
  const lines = [
    ...found.periods.map((period) => [
      ...closedSentences(period, { build: build.build_id, language }),
      ...unlisted(site, period),
    ]),
    ...(other === null ? [] : [[other]]),
  ];
  if (lines.length === 0) return null;
  return h(
    "ul",
    { class: "told" },
    lines.map((sentences) => h("li", {}, sentences.join(language === "en" ? " " : ""))),
  );
}

/** That figures differ which are not listed: too many, or of few. */
function unlisted(
  { language, format }: Site,
  { restated, restatements }: ClosedPeriods["periods"][number],
): string[] {
  const rest = restated - restatements.length;
  return rest > 0 ? [closed(language).unlisted(format.integer(rest))] : [];
}

/** Whose figures are told: the company's, or a group's. */
export type ClosedOf = Pick<Restatement, "dimension" | "member">;
export const ofCompany: ClosedOf = { dimension: null, member: null };

/**
 * What became of a group's closed figures, for a pack of that group alone: without how many others were closed, and without the
 * rows that did it, which are whoever's.
 */
export function closedOf(found: ClosedPeriods, of: ClosedOf): ClosedPeriods {
  const isOwn = ({ dimension, member }: Restatement) => dimension === of.dimension && member === of.member;
  const periods = found.periods.map((period) => ({
    ...period,
    restatements: period.restatements.filter(isOwn),
    cases: period.cases.filter(({ cause }) => cause !== "rows"),
  }));
  return { periods: periods.filter(({ restatements }) => restatements.length > 0), of_other_data: [] };
}

/** When each period was closed, and with which build. */
export function closedByList({ language, build }: Site, { periods }: ClosedPeriods): HTMLElement {
  const lines = periods.map((period) => closedBySentence(period, { build: build.build_id, language }));
  return h(
    "ul",
    { class: "told" },
    lines.map((line) => h("li", {}, line)),
  );
}

/** The figures that are another now, each in words; of the company or a group alone where so asked. */
export function closedRows(site: Site, found: ClosedPeriods, of?: ClosedOf) {
  const { language, catalogue, format } = site;
  return found.periods.flatMap((period) => {
    const told = new Set<string>();
    // The rows are a KPI's, whichever group they are of: they are told once.
    const whyOnce = (row: Restatement) => {
      const key = `${row.what} ${row.id}`;
      const why = told.has(key) ? "" : causeText(period, row, language);
      told.add(key);
      return why;
    };
    return period.restatements
      .filter(({ dimension, member }) => !of || (dimension === of.dimension && member === of.member))
      .map((row) => {
        const found = row.what === "kpi" ? site.kpi(row.id) : undefined;
        const card = catalogue.scorecards.find(({ id }) => row.what === "score" && id === row.id);
        const names = {
          kpi: found && { ...found, currency: catalogue.currency },
          gradeLabel: (id: string) =>
            catalogue.grades.find((grade) => grade.id === id)?.label[language] ?? id,
          language,
        };
        return {
          period: format.period(period.grain, period.start),
          figure: (found ?? card)?.label[language] ?? row.id,
          scope:
            row.dimension === null
              ? closed(language).company
              : `${dimensionHead(site, row.dimension)}${closed(language).colon}${valueLabel(site, row.dimension, row.member ?? "")}`,
          old: closedFigureText(row, row.old, names),
          now: closedFigureText(row, row.new, names),
          why: whyOnce(row),
          isWhole: row.dimension === null,
        };
      });
  });
}
