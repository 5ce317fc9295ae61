import { h } from "../element.js";
import { tableFigure } from "./captions.js";

type Cell = Node | string | null;

export interface TableColumn {
  head: string;
  /** Numbers stand to the right. */
  isNumber?: boolean;
}

/** A numbered table of the report: the first cell of a row is its head, with its caption. */
export function reportTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly Cell[])[],
  caption: HTMLElement,
  { total, kind }: { total?: readonly Cell[]; kind?: string } = {},
): HTMLElement {
  const side = (index: number) => (columns[index]?.isNumber ? "number" : null);
  const row = (cells: readonly Cell[]) =>
    h(
      "tr",
      {},
      cells.map((cell, index) =>
        h(index === 0 ? "th" : "td", { scope: index === 0 ? "row" : null, class: side(index) }, cell),
      ),
    );
  const table = h(
    "table",
    { class: kind },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        columns.map(({ head }, index) => h("th", { scope: "col", class: side(index) }, head)),
      ),
    ),
    h("tbody", {}, rows.map(row)),
    total && h("tfoot", {}, row(total)),
  );
  return tableFigure(table, caption);
}
