import { type Child, h } from "../element.js";

/** The head of a column of texts, and of one of numbers. */
export const textHead = (text: string) => h("th", { scope: "col", class: "text" }, text);
export const numberHead = (text: string) => h("th", { scope: "col" }, text);

/** A table of a kind: bodies, or rows, under the heads of its columns. */
export const headed = (kind: string | null, heads: Child, ...bodies: Child[]): HTMLElement =>
  h("table", { class: kind }, h("thead", {}, h("tr", {}, heads)), bodies);

/** The body of a table: the cells of each row. */
export const bodyOf = (rows: readonly Child[]): HTMLElement =>
  h(
    "tbody",
    {},
    rows.map((cells) => h("tr", {}, cells)),
  );

export interface TableOptions {
  /** How many heads at the left are over text. The last one is too; all others are over numbers. */
  texts: number;
  /** On narrow screens each row is a short list under its head, with the other heads before the values. */
  stacked?: boolean;
}

/** A table that scrolls sideways where it has no room, or whose rows stack there. */
export function table(
  heads: readonly string[],
  rows: readonly HTMLElement[][],
  { texts, stacked = false }: TableOptions,
): HTMLElement {
  const isText = (index: number) => index < texts || index === heads.length - 1;
  const whole = headed(
    null,
    heads.map((head, index) =>
      h(
        head === "" ? "td" : "th",
        { scope: head === "" ? null : "col", class: isText(index) && "text" },
        head,
      ),
    ),
    bodyOf(rows),
  );
  return h("div", { class: "scroll", tabindex: 0 }, stacked ? stack(whole) : whole);
}

/** Lets each row of a table be a short list on narrow screens: its cells carry their heads, its first one names it. */
export function stack(whole: HTMLElement): HTMLElement {
  const heads = [...whole.querySelectorAll("thead tr > *")].map((head) => head.textContent ?? "");
  for (const row of whole.querySelectorAll("tbody tr")) {
    [...row.children].forEach((cell, index) => {
      const head = heads[index];
      if (cell.tagName === "TD" && head && !cell.hasAttribute("data-head"))
        cell.setAttribute("data-head", head);
    });
  }
  whole.classList.add("stacked");
  return whole;
}
