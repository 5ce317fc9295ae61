import { currentPeriod, type Headline } from "../data/headline.js";
import { countOf } from "../data/labels.js";
import { isJudged } from "../data/targets.js";
import { h } from "../element.js";
import { statusMark, wordsFor } from "../fishbone/bone.js";
import { missingList } from "../pages/missing.js";
import { othersOf } from "../pages/overview.js";
import { sectionHead } from "./captions.js";
import { noteValues } from "./figures.js";
import { firstHeight } from "./fitPages.js";
import { Footnotes, headlineNote } from "./footnotes.js";
import { kpiFigure } from "./kpiFigure.js";
import { reportTable } from "./table.js";
import {
  hasBones,
  missingId,
  placeOf,
  type ReportDepartment,
  type ReportSection,
  type ReportView,
} from "./view.js";

/** How many figures a page takes at most; fewer on the page make them taller, so that pages fill evenly. */
const figuresPerPage = 3;

/** A section of the report: its message, a table of its KPIs, a figure for each. */
export function kpiSection(
  view: ReportView,
  department: ReportDepartment | null,
  section: ReportSection,
): HTMLElement {
  const { drawn } = section;
  noteValues(view, section.label, section.headlines);
  const pages = Math.max(1, Math.ceil(drawn.length / figuresPerPage));
  const perPage = Math.ceil(drawn.length / pages);
  const [own, below] = department && hasBones(department) ? (["h3", "h4"] as const) : (["h2", "h3"] as const);
  const figures = drawn.map((headline) =>
    kpiFigure(view, headline, { height: firstHeight(perPage), level: below }),
  );
  const element = h(
    "section",
    { class: "kpis" },
    sectionHead(own, section.id, {
      happened: sectionMessage(view, section),
      shown: view.words.section.shown({
        department: department?.label ?? null,
        period: view.period,
      }),
    }),
    summaryTable(view, section),
    figures.map((figure) => figure.element),
  );
  const last = figures[perPage - 1]?.element;
  if (last) {
    const draw = (height: number) => {
      for (const figure of figures) figure.draw(height);
    };
    view.figurePages.push({ section: element, last, count: perPage, draw });
  }
  return element;
}

/** What happened in a section, in one sentence. */
function sectionMessage({ site, words }: ReportView, { label, headlines }: ReportSection): string {
  const { format, messages } = site;
  const targeted = headlines.filter(({ status }) => isJudged(status));
  const good = targeted.filter(({ status }) => status === "good").length;
  const name = label;
  const other = othersOf(site, headlines, headlines[0]?.point?.grain);
  if (targeted.length === 0) {
    return words.section.untargeted({ name, total: format.integer(headlines.length), other });
  }
  const total = format.integer(targeted.length);
  const unsure = targeted.filter(({ status }) => status === "unsure").length;
  if (good === headlines.length) return words.section.allMet({ name, total });
  const isTold = !headlines.some(({ status }) => status === "few");
  if (good === targeted.length && isTold) return words.section.targetedMet({ name, total });
  const missed = targeted.filter(({ status }) => status === "bad").map((headline) => headline.label);
  const met =
    good === 0 && unsure === 0
      ? words.section.noneMet({ name, total })
      : words.section.met({ name, good: format.integer(good), total });
  return [
    met,
    missed.length > 0 ? words.section.missed(missed.join(messages.punctuation.list)) : "",
    unsure > 0 ? words.section.unsure(format.integer(unsure)) : "",
    other ?? "",
  ].join("");
}

function summaryTable(view: ReportView, { label, headlines }: ReportSection): (HTMLElement | null)[] {
  const { words, period, captions } = view;
  const { columns, section } = words;
  const footnotes = new Footnotes();
  const table = reportTable(
    [
      { head: columns.kpi },
      { head: columns.value, isNumber: true },
      { head: columns.interval, isNumber: true },
      { head: columns.target, isNumber: true },
      { head: columns.status },
      { head: columns.change, isNumber: true },
      { head: columns.n, isNumber: true },
    ],
    headlines.map((headline) => summaryRow(view, headline, footnotes)),
    captions.table(section.tableCaption({ name: label, period })),
  );
  return [table, footnotes.list()];
}

function summaryRow(view: ReportView, headline: Headline, footnotes: Footnotes): (Node | string)[] {
  const { site, words } = view;
  const { format, messages } = site;
  const { kpi, point, target, status, label } = headline;
  const said = wordsFor(site, headline, currentPeriod(site));
  const remark = said?.remark ? [" ", h("small", {}, said.remark)] : "";
  const low = point?.low ?? null;
  const high = point?.high ?? null;
  const ends =
    point && low !== null && high !== null
      ? [low, high].map((value) => format.number(kpi.unit, { ...point, value })).join(words.interval)
      : messages.none;
  return [
    h("span", {}, h("a", { href: `#${placeOf(view, kpi.id)}` }, label), remark),
    h("span", {}, said?.value ?? messages.none, footnotes.mark(headlineNote(view, headline))),
    ends,
    target ? format.limit(kpi.unit, target.target) : messages.none,
    h(
      "span",
      { class: `cell cell-${status}` },
      statusMark(site, status, said?.status, undefined, said?.symbol),
    ),
    h("span", { class: said?.certain ? "change certain" : "change" }, said?.change || messages.none),
    h("span", {}, countOf(site, point?.n ?? 0, kpi)),
  ];
}

/** What has no value yet, by what each KPI waits for; nothing where every one has. */
export function missingSection(view: ReportView): HTMLElement | null {
  const list = missingList(view.site, view.missing, { link: () => null });
  list?.querySelector("h2")?.setAttribute("id", missingId);
  return list;
}
