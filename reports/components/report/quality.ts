import { h } from "../element.js";
import { message } from "../message.js";
import { equationLine, filesEquation, tablesEquation } from "./equations.js";
import type { Quality, QualityFile, QualityReason, QualityTable } from "./qualityTypes.js";
import { sum } from "./sum.js";
import { reportTable } from "./table.js";
import type { ReportView } from "./view.js";

/** How many reasons a report lists; the site lists them all. */
const listed = 12;

/** The data-quality section: both equations with their numbers, then what was refused and why. */
export function qualitySection(view: ReportView, quality: Quality): HTMLElement {
  const { site, words } = view;
  const { format } = site;
  const { column, shown, title, clean, none } = site.messages.quality;
  const read = sum(quality.files, ({ rows_read }) => rows_read);
  const refused =
    sum(quality.files, ({ lines_rejected }) => lines_rejected) +
    sum(quality.tables, ({ quarantined }) => quarantined);
  const happened =
    quality.files.length === 0
      ? none
      : refused > 0
        ? title(format.share(refused / read, 2), format.integer(read))
        : clean(format.integer(read));
  const section = h(
    "section",
    {},
    message(
      happened,
      shown(format.day(site.build.data_date, true), format.integer(quality.files.length)),
      "h2",
    ),
    equationLine(view, filesEquation(view, quality.files)),
    filesTable(view, quality.files),
    equationLine(view, tablesEquation(view, quality.tables)),
    tablesTable(view, quality.tables),
    reasons(view, quality.reasons, words.quality.reasonsCaption),
    reasons(view, quality.warnings, words.quality.warningsCaption, column.count),
    h("div", { class: "notes" }, words.quality.personal),
  );
  section.querySelector("h2")?.setAttribute("id", "quality");
  return section;
}

function filesTable(
  { site, words, captions }: ReportView,
  files: readonly QualityFile[],
): HTMLElement | null {
  if (files.length === 0) return null;
  const { column, total, balanced, unbalanced } = labels(site);
  const figures = (file: Pick<QualityFile, "rows_read" | "rows_accepted" | "lines_rejected">) => [
    site.format.integer(file.rows_read),
    site.format.integer(file.rows_accepted),
    site.format.integer(file.lines_rejected),
    file.rows_read === file.rows_accepted + file.lines_rejected ? balanced : unbalanced,
  ];
  const totals = {
    rows_read: sum(files, (file) => file.rows_read),
    rows_accepted: sum(files, (file) => file.rows_accepted),
    lines_rejected: sum(files, (file) => file.lines_rejected),
  };
  return reportTable(
    [
      { head: column.file },
      { head: column.rows_read, isNumber: true },
      { head: column.rows_accepted, isNumber: true },
      { head: column.lines_rejected, isNumber: true },
      { head: column.balance },
    ],
    files.map((file) => [file.file, ...figures(file)]),
    captions.table(words.quality.filesCaption),
    [total, ...figures(totals)],
  );
}

function tablesTable(
  { site, words, captions }: ReportView,
  tables: readonly QualityTable[],
): HTMLElement | null {
  if (tables.length === 0) return null;
  const { column, total, balanced, unbalanced } = labels(site);
  const figures = (table: Omit<QualityTable, "table_name">) => [
    site.format.integer(table.rows_mapped),
    site.format.integer(table.loaded),
    site.format.integer(table.quarantined),
    site.format.integer(table.duplicates),
    table.rows_mapped > 0 ? site.format.share(table.quarantined / table.rows_mapped, 2) : site.messages.none,
    table.rows_mapped === table.loaded + table.quarantined + table.duplicates ? balanced : unbalanced,
  ];
  return reportTable(
    [
      { head: column.table_name },
      { head: column.rows_mapped, isNumber: true },
      { head: column.loaded, isNumber: true },
      { head: column.quarantined, isNumber: true },
      { head: column.duplicates, isNumber: true },
      { head: column.share, isNumber: true },
      { head: column.balance },
    ],
    tables.map((table) => [table.table_name, ...figures(table)]),
    captions.table(words.quality.tablesCaption),
    [
      total,
      ...figures({
        rows_mapped: sum(tables, (table) => table.rows_mapped),
        loaded: sum(tables, (table) => table.loaded),
        quarantined: sum(tables, (table) => table.quarantined),
        duplicates: sum(tables, (table) => table.duplicates),
      }),
    ],
  );
}

function reasons(
  { site, words, captions }: ReportView,
  found: readonly QualityReason[],
  caption: string,
  countHead = site.messages.quality.column.quarantined,
): HTMLElement | null {
  if (found.length === 0) return null;
  const { column } = site.messages.quality;
  const rest = found.slice(listed);
  const table = reportTable(
    [
      { head: column.table_name },
      { head: column.column_name },
      { head: column.rule },
      { head: countHead, isNumber: true },
    ],
    found
      .slice(0, listed)
      .map(({ table_name, column_name, rule, count }) => [
        table_name,
        column_name ?? site.messages.none,
        rule,
        site.format.integer(count),
      ]),
    captions.table(caption),
  );
  if (rest.length > 0) {
    const rows = sum(rest, ({ count }) => count);
    table.append(
      h(
        "p",
        { class: "notes" },
        words.quality.more(site.format.integer(rest.length), site.format.integer(rows)),
      ),
    );
  }
  return table;
}

function labels({ messages }: ReportView["site"]) {
  const { column, balanced, unbalanced } = messages.quality;
  return { column, balanced, unbalanced, total: messages.total };
}
