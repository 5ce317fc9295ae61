import type { Quality, QuarantineReason } from "../../src/published/quality.js";
import type { PublishedTable } from "../../src/published/tables.js";
import type { Labels } from "../../src/words/wording.js";
import { headlineOf } from "../data/headline.js";
import { dimensionLabel, tableLabel, tableText } from "../data/labels.js";
import { isOfExtracts, readOf, shareOfTables } from "../data/qualityCounts.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { table } from "../tables/table.js";
import { message } from "./message.js";
import { missingList } from "./missing.js";

/** The share of rows that broke the contract, and how much was read. */
export function qualityTitle(site: Site, quality: Quality): HTMLElement {
  const { messages, format, build } = site;
  const read = readOf(quality);
  const rows = format.integer(read.rows);
  const happened =
    quality.tables.length === 0
      ? messages.quality.none
      : read.refused === 0
        ? messages.quality.clean(rows)
        : messages.quality.title(format.share(read.share, 2), rows);
  const shown = messages.quality.shown(
    format.day(build.as_of_on, true),
    build.as_of_from,
    format.integer(read.files),
  );
  const subtotals =
    read.subtotals > 0
      ? messages.quality.subtotals(format.integer(read.subtotals), read.subtotals === 1)
      : "";
  const replaced =
    read.replaced > 0 ? messages.quality.replaced(format.integer(read.replaced), read.replaced === 1) : "";
  return message(happened, `${shown}${subtotals}${replaced}`);
}

/** Each table's equation: rows mapped = loaded + quarantined + duplicates. */
export function tableCounts(site: Site, { tables }: Quality): HTMLElement {
  const { quality } = site.messages;
  const { column } = quality;
  const rows = tables.map((one) => [
    h("th", { scope: "row", title: one.table_name }, tableLabel(site, one.table_name)),
    h("td", { class: "text" }, isOfExtracts(one) ? one.source : quality.catalogue),
    ...numbers(site, [
      one.rows_mapped,
      one.loaded,
      one.quarantined,
      one.duplicates,
      one.left_out,
      one.superseded,
    ]),
    h("td", {}, shareText(site, shareOfTables([one]))),
    balance(site, one.rows_mapped === one.loaded + one.quarantined + one.duplicates),
  ]);
  const heads = [
    column.table_name,
    column.source,
    column.rows_mapped,
    column.loaded,
    column.quarantined,
    column.duplicates,
    column.left_out,
    column.superseded,
    column.share,
    column.balance,
  ];
  return section(quality.tablesTitle, table(heads, rows, { texts: 2, stacked: true }));
}

/** The share of rows that broke the contract, in a table's cell. */
export const shareText = ({ format, messages }: Site, share: number | null): string =>
  share === null ? messages.none : format.share(share, 2);

/** Each file's equation: rows read = rows accepted by the reader + lines it rejected. */
export function fileCounts(site: Site, { files }: Quality): HTMLElement {
  const { quality } = site.messages;
  const { column } = quality;
  const rows = files.map((one) => [
    h("th", { scope: "row" }, one.file, isOfExtracts(one) ? "" : ofCatalogue(site)),
    h("td", { class: "text", title: one.table_name }, tableLabel(site, one.table_name)),
    h(
      "td",
      { class: "text" },
      one.encoding,
      one.encoding_certainty ? ` ${quality.guessed[one.encoding_certainty]}` : "",
    ),
    h("td", {}, one.bytes === null ? site.messages.none : site.format.bytes(one.bytes)),
    ...numbers(site, [one.rows_read, one.rows_accepted, one.lines_rejected]),
    balance(site, one.rows_read === one.rows_accepted + one.lines_rejected),
  ]);
  const heads = [
    column.file,
    column.table_name,
    column.encoding,
    column.bytes,
    column.rows_read,
    column.rows_accepted,
    column.lines_rejected,
    column.balance,
  ];
  return section(quality.filesTitle, table(heads, rows, { texts: 3, stacked: true }));
}

/** That a file is the catalogue's: no extract, and counted as none. */
function ofCatalogue({ messages }: Site): HTMLElement {
  const { open, close } = messages.punctuation;
  return h("small", { class: "counts" }, `${open}${messages.quality.catalogue}${close}`);
}

/** How many reasons stand open; the others are folded. */
const openReasons = 12;

/** Where our figures stand beside those of other systems. */
export const reconciliationsLink = (site: Site): HTMLElement =>
  h("p", {}, h("a", { href: site.href("reconciliations") }, site.messages.reconciliations.link));

/** Why rows are in the quarantine, the most frequent reason first; a row may have several. */
export function reasons(site: Site, { reasons: found }: Quality): HTMLElement {
  const words = site.messages.quality;
  const rest = found.slice(openReasons);
  return section(
    words.reasonsTitle,
    found.length === 0 ? h("p", {}, words.noReasons) : reasonTable(site, found.slice(0, openReasons)),
    rest.length > 0
      ? h(
          "details",
          { class: "values" },
          h("summary", {}, words.moreReasons(site.format.integer(rest.length))),
          reasonTable(site, rest),
        )
      : null,
  );
}

function reasonTable(site: Site, some: readonly QuarantineReason[]): HTMLElement {
  const { column } = site.messages.quality;
  return table(
    [column.table_name, column.column_name, column.rule, column.count, column.first],
    some.map((one) => [
      h("th", { scope: "row", title: one.table_name }, tableLabel(site, one.table_name)),
      h("td", { class: "text" }, one.column_name ?? site.messages.none),
      h("td", { class: "text" }, ruleText(site, one.rule)),
      ...numbers(site, [one.count]),
      h("td", { class: "text" }, `${one.file}:${one.first_line}`),
    ]),
    { texts: 3, stacked: true },
  );
}

/** What was kept but does not fit. */
export function warnings(site: Site, quality: Quality): HTMLElement {
  const words = site.messages.quality;
  const { column } = words;
  const isOfFiles = quality.warnings.some(({ file }) => file !== null);
  const rows = quality.warnings.map((one) => [
    h("th", { scope: "row", title: one.table_name }, tableLabel(site, one.table_name)),
    h("td", { class: "text" }, one.column_name ?? site.messages.none),
    h("td", { class: "text" }, warningText(site, one)),
    ...numbers(site, [one.count]),
    h("td", { class: "text" }, isOfFiles ? (one.file ?? site.messages.none) : ""),
  ]);
  return section(
    words.warningsTitle,
    rows.length === 0
      ? h("p", {}, words.noWarnings)
      : table(
          [column.table_name, column.column_name, column.rule, column.count, isOfFiles ? column.file : ""],
          rows,
          {
            texts: 3,
            stacked: true,
          },
        ),
  );
}

/** What is odd about rows that are kept, naming the table that their reference is not found in. */
export function warningText(
  site: Site,
  { rule, missing }: Pick<Quality["warnings"][number], "rule" | "missing">,
): string {
  const { notGiven, notFound } = site.messages.quality;
  return missing
    ? (missing.isGiven ? notFound : notGiven)(tableLabel(site, missing.table))
    : ruleText(site, rule);
}

/** What lies beyond the data date, a sentence a column; nothing where nothing does. */
export function cutOff(site: Site, quality: Quality): HTMLElement | null {
  const list = cutOffList(site, quality);
  return list && section(cutOffTitle(site), list);
}

export const cutOffTitle = ({ messages, format, build }: Site) =>
  messages.quality.cutOffTitle(format.day(build.as_of_on, true));

export function cutOffList(site: Site, { cut_off: columns }: Quality): HTMLElement | null {
  const { quality } = site.messages;
  if (columns.length === 0) return null;
  return h(
    "ul",
    { class: "told" },
    columns.map(({ table_name: table, column_name: column, count }) =>
      h(
        "li",
        {},
        quality.cutOff(tableText(site, `${table}.${column}`), site.format.integer(count), count === 1),
      ),
    ),
  );
}

/** Since when, and up to when, each table was recorded, and what is remarkable of that. */
export function recordedSpans(site: Site, quality: Quality): HTMLElement {
  return section(site.messages.quality.recordsTitle, recordedList(site, quality));
}

export function recordedList(site: Site, { records }: Quality): HTMLElement {
  return toldList(site, records);
}

/** How fresh the sources are; nothing where nobody looked. */
export function freshness(site: Site, { drift: found }: Quality): HTMLElement | null {
  return found && section(site.messages.quality.freshnessTitle, toldList(site, found.freshness));
}

/** What of the sources is not as in the builds before; nothing where nobody looked. */
export function drift(site: Site, { drift: found }: Quality): HTMLElement | null {
  if (!found) return null;
  const { quality } = site.messages;
  return section(
    quality.driftTitle,
    h("p", {}, quality.driftKnown(found.known[site.language])),
    found.findings.length === 0 ? h("p", {}, quality.noDrift) : toldList(site, found.findings),
  );
}

const toldList = ({ language }: Site, lines: readonly Labels[]) =>
  h(
    "ul",
    { class: "told" },
    lines.map((line) => h("li", {}, line[language])),
  );

/** The KPIs that have no value, by what they wait for. */
export function missingKpis(site: Site): HTMLElement {
  const { quality } = site.messages;
  const headlines = site.catalogue.kpis.map((kpi) => headlineOf(site, kpi));
  return missingList(site, headlines) ?? section(quality.kpisTitle, h("p", {}, quality.kpisAll));
}

/** What of the cube the pages carry, and what was left out for size. */
export function publishedSize(site: Site, published: readonly PublishedTable[]): HTMLElement {
  const { quality, punctuation } = site.messages;
  const bytes = published.reduce((sum, one) => sum + one.compressedBytes, 0);
  const left = published
    .filter(({ leftOut }) => leftOut.length > 0)
    .map(({ path, leftOut }) => {
      const kpi = site.kpi(path.replace(/^.*\/|\.arrow$/g, ""));
      const names = leftOut.map((name) => dimensionLabel(site, name)).join(punctuation.list);
      return h("li", {}, quality.left(kpi?.label[site.language] ?? path, names));
    });
  return section(
    quality.publishedTitle,
    h("p", {}, quality.published(site.format.integer(published.length), site.format.bytes(bytes))),
    left.length > 0 ? h("ul", {}, left) : null,
  );
}

/** A rule's id in words; rules the page does not know keep their id. */
function ruleText(site: Site, rule: string): string {
  const rules: Record<string, string> = site.messages.rule;
  return rules[rule] ?? rule;
}

function section(title: string, ...content: (Node | null)[]): HTMLElement {
  return h("section", {}, h("h2", {}, title), content);
}

const numbers = (site: Site, values: readonly number[]) =>
  values.map((value) => h("td", {}, site.format.integer(value ?? 0)));

function balance(site: Site, holds: boolean): HTMLElement {
  const { quality } = site.messages;
  return h(
    "td",
    { class: holds ? "text status-good" : "text status-bad" },
    holds ? quality.balanced : quality.unbalanced,
  );
}
