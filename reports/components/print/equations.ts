import { sum } from "d3-array";
import type { Quality } from "../../src/published/quality.js";
import { h } from "../element.js";
import type { ReportView } from "./view.js";

export interface Equation {
  text: string;
  holds: boolean;
}

/** An equation of the contract as a heading, with whether it holds. */
export function equationLine({ site }: ReportView, { text, holds }: Equation): HTMLElement {
  const { balanced, unbalanced } = site.messages.quality;
  return h("h3", { class: "equation" }, text, " ", h("span", {}, holds ? balanced : unbalanced));
}

/** Rows read = rows accepted + lines rejected, over all files. */
export function filesEquation({ site, words }: ReportView, files: Quality["files"]): Equation {
  const { integer } = site.format;
  const read = sum(files, (file) => file.rows_read);
  const accepted = sum(files, (file) => file.rows_accepted);
  const rejected = sum(files, (file) => file.lines_rejected);
  return {
    text: words.quality.filesEquation({
      read: integer(read),
      accepted: integer(accepted),
      rejected: integer(rejected),
    }),
    holds: read === accepted + rejected,
  };
}

/** Rows mapped = loaded + quarantined + duplicates, over all tables, and how many their mappings left out before. */
export function tablesEquation({ site, words }: ReportView, tables: Quality["tables"]): Equation {
  const { integer } = site.format;
  const mapped = sum(tables, (table) => table.rows_mapped);
  const loaded = sum(tables, (table) => table.loaded);
  const quarantined = sum(tables, (table) => table.quarantined);
  const duplicates = sum(tables, (table) => table.duplicates);
  const leftOut = sum(tables, (table) => table.left_out);
  const equation = words.quality.tablesEquation({
    mapped: integer(mapped),
    loaded: integer(loaded),
    quarantined: integer(quarantined),
    duplicates: integer(duplicates),
  });
  return {
    text: leftOut > 0 ? `${equation}${words.quality.leftOut(integer(leftOut))}` : equation,
    holds: mapped === loaded + quarantined + duplicates,
  };
}
