import { sum } from "d3-array";
import type { ClosedPeriods } from "../../src/published/closedTypes.js";
import type { Quality } from "../../src/published/quality.js";
import { closed } from "../../src/words/languages.js";
import { tableLabel } from "../data/labels.js";
import { ofExtracts, shareOfTables } from "../data/qualityCounts.js";
import { h } from "../element.js";
import {
  type ClosedOf,
  closedByList,
  closedOf,
  closedRows,
  closedSentencesList,
  ofCompany,
} from "../pages/closed.js";
import {
  cutOffList,
  cutOffTitle,
  qualityTitle,
  recordedList,
  shareText,
  warningText,
} from "../pages/quality.js";
import { equationLine, filesEquation, tablesEquation } from "./equations.js";
import { reportTable, type TableColumn } from "./table.js";
import type { ReportView } from "./view.js";

/** How many reasons a report lists; the site lists them all. */
const listed = 12;

/** The data-quality section, of the extracts alone: both equations with their numbers, then what was refused and why. */
export function qualitySection(view: ReportView, read: Quality): HTMLElement {
  const { site, words } = view;
  const quality = ofExtracts(read);
  const { column } = site.messages.quality;
  const title = qualityTitle(site, quality);
  const heading = title.querySelector("h1");
  heading?.replaceWith(h("h2", { id: "quality" }, ...heading.childNodes));
  const cutOffTimes = cutOffList(site, quality);
  const hasFiles = quality.files.length > 0;
  return h(
    "section",
    { class: "quality" },
    title,
    hasFiles && [equationLine(view, filesEquation(view, quality.files)), filesTable(view, quality.files)],
    hasFiles && [equationLine(view, tablesEquation(view, quality.tables)), tablesTable(view, quality)],
    reasons(view, quality.reasons, words.quality.reasonsCaption, column.quarantined),
    reasons(
      view,
      quality.warnings.map((one) => ({ ...one, says: warningText(site, one) })),
      words.quality.warningsCaption,
      column.count,
    ),
    cutOffTimes && [h("h3", {}, cutOffTitle(site)), cutOffTimes],
    closedPart(view, quality),
    h("h3", {}, site.messages.quality.recordsTitle),
    recordedList(site, quality),
    quality.drift?.brief ? h("p", {}, quality.drift.brief[site.language]) : null,
    h("div", { class: "notes" }, words.quality.personal),
  );
}

/** Closed periods and what of the company's figures is another now; the site lists those of groups. */
function closedPart(view: ReportView, { closed: found }: Quality) {
  const sentences = closedSentencesList(view.site, found);
  if (!sentences) return null;
  const { title } = closed(view.site.language);
  return [h("h3", {}, title), sentences, closedTable(view, found, ofCompany)];
}

function closedTable({ site, captions }: ReportView, found: ClosedPeriods, of: ClosedOf) {
  const { title, column } = closed(site.language);
  const rows = closedRows(site, found, of);
  const heads = [column.period, column.figure, column.old, column.now, column.why];
  return (
    rows.length > 0 &&
    reportTable(
      heads.map((head) => ({ head })),
      rows.map(({ period, figure, old, now, why }) => [period, figure, old, now, why]),
      captions.table(title),
      { kind: "restatements" },
    )
  );
}

/**
 * What a pack of a part of the company says here: which of its own closed figures are another now. What was read and refused is
 * the whole company's, and stands in its certificate.
 */
export function ownQualitySection(view: ReportView, { closed: all }: Quality): HTMLElement {
  const { site, job, words } = view;
  const of = { dimension: job.scope?.dimension ?? null, member: job.scope?.value ?? null };
  const found = closedOf(all, of);
  return h(
    "section",
    { class: "quality" },
    h("h2", { id: "quality" }, site.messages.nav.quality),
    found.periods.length > 0 && [
      h("h3", {}, closed(site.language).title),
      closedByList(site, found),
      closedTable(view, found, of),
    ],
    h("p", { class: "shown" }, words.quality.ofCompany),
  );
}

type File = Quality["files"][number];
type Table = Quality["tables"][number];

function filesTable(view: ReportView, files: readonly File[]): HTMLElement {
  const { site, words, captions } = view;
  const { column } = site.messages.quality;
  const { integer } = site.format;
  const cells = (some: readonly File[]) => {
    const read = sum(some, ({ rows_read }) => rows_read);
    const accepted = sum(some, ({ rows_accepted }) => rows_accepted);
    const rejected = sum(some, ({ lines_rejected }) => lines_rejected);
    return [integer(read), integer(accepted), integer(rejected), balance(view, read === accepted + rejected)];
  };
  return countsTable({
    columns: [
      { head: column.file },
      { head: column.rows_read, isNumber: true },
      { head: column.rows_accepted, isNumber: true },
      { head: column.lines_rejected, isNumber: true },
      { head: column.balance },
    ],
    items: files,
    name: ({ file }) => file,
    isClean: (one) => one.lines_rejected === 0 && one.rows_read === one.rows_accepted,
    cells,
    clean: words.quality.cleanFiles,
    caption: captions.table(words.quality.filesCaption),
    view,
  });
}

function tablesTable(view: ReportView, { tables }: Quality): HTMLElement {
  const { site, words, captions } = view;
  const { column } = site.messages.quality;
  const { integer } = site.format;
  const hasLeftOut = tables.some((one) => one.left_out > 0);
  const cells = (some: readonly Table[]) => {
    const mapped = sum(some, ({ rows_mapped }) => rows_mapped);
    const loaded = sum(some, (one) => one.loaded);
    const quarantined = sum(some, (one) => one.quarantined);
    const duplicates = sum(some, (one) => one.duplicates);
    return [
      ...[mapped, loaded, quarantined, duplicates].map(integer),
      ...(hasLeftOut ? [integer(sum(some, (one) => one.left_out))] : []),
      shareText(site, shareOfTables(some)),
      balance(view, mapped === loaded + quarantined + duplicates),
    ];
  };
  return countsTable({
    columns: [
      { head: column.table_name },
      { head: column.rows_mapped, isNumber: true },
      { head: column.loaded, isNumber: true },
      { head: column.quarantined, isNumber: true },
      { head: column.duplicates, isNumber: true },
      ...(hasLeftOut ? [{ head: column.left_out, isNumber: true }] : []),
      { head: column.share, isNumber: true },
      { head: column.balance },
    ],
    items: tables,
    name: ({ table_name }) => tableLabel(site, table_name),
    isClean: (one) => one.rows_mapped === one.loaded && one.left_out === 0,
    cells,
    clean: words.quality.cleanTables,
    caption: captions.table(words.quality.tablesCaption),
    view,
  });
}

interface Counts<T> {
  columns: TableColumn[];
  items: readonly T[];
  name(item: T): string;
  /** Clean items share one row: a report is about what was refused. */
  isClean(item: T): boolean;
  /** The cells after the name, summed over some items. */
  cells(items: readonly T[]): string[];
  clean(count: string): string;
  caption: HTMLElement;
  view: ReportView;
}

function countsTable<T>({
  columns,
  items,
  name,
  isClean,
  cells,
  clean,
  caption,
  view,
}: Counts<T>): HTMLElement {
  const { format, messages } = view.site;
  const shown = items.filter((item) => !isClean(item));
  const rest = items.filter(isClean);
  const rows = shown.map((item) => [name(item), ...cells([item])]);
  if (rest.length > 0) rows.push([clean(format.integer(rest.length)), ...cells(rest)]);
  return reportTable(columns, rows, caption, { total: [messages.total, ...cells(items)] });
}

interface Reason {
  table_name: string;
  column_name: string | null;
  rule: string;
  /** The rule in words, where they say more than it. */
  says?: string;
  count: number;
}

function reasons(
  { site, words, captions }: ReportView,
  found: readonly Reason[],
  caption: string,
  countHead: string,
): HTMLElement | null {
  if (found.length === 0) return null;
  const { quality, rule: ruleWords, none } = site.messages;
  const { integer } = site.format;
  const { column } = quality;
  const shown = found.length === listed + 1 ? found.length : listed;
  const rest = found.slice(shown);
  const table = reportTable(
    [
      { head: column.table_name },
      { head: column.column_name },
      { head: column.rule },
      { head: countHead, isNumber: true },
    ],
    found
      .slice(0, shown)
      .map(({ table_name, column_name, rule, says, count }) => [
        tableLabel(site, table_name),
        column_name ?? none,
        says ?? (ruleWords as Record<string, string>)[rule] ?? rule,
        integer(count),
      ]),
    captions.table(caption),
  );
  if (rest.length > 0) {
    const more = words.quality.more(integer(rest.length), integer(sum(rest, ({ count }) => count)));
    table.append(h("p", { class: "notes" }, more));
  }
  return table;
}

function balance({ site }: ReportView, holds: boolean): string {
  const { balanced, unbalanced } = site.messages.quality;
  return holds ? balanced : unbalanced;
}
