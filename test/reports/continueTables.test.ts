// @vitest-environment jsdom
import { expect, it } from "vitest";
import { continueTables } from "../../reports/components/print/continueTables.js";

const rowHeight = 20;

/** A section whose elements stand below each other, each as high as its attribute `data-h`, tables as their rows. */
function laidOut(html: string): HTMLElement {
  document.body.innerHTML = `<section>${html}</section>`;
  const section = document.body.firstElementChild as HTMLElement;
  const heightOf = (element: Element): number => {
    const own = element.getAttribute("data-h");
    if (own !== null) return Number(own);
    if (element.matches("tr, figcaption")) return rowHeight;
    if (element.matches("th, td")) return 0;
    return [...element.children].reduce((sum, child) => sum + heightOf(child), 0);
  };
  const topOf = (element: Element): number => {
    const parent = element.parentElement;
    if (!parent || element === section) return 0;
    // What begins a page stands at the next one's top; pages are 200 px high.
    let top = topOf(parent);
    for (const before of parent.children) {
      const isBroken =
        before.classList.contains("continued") || (before as HTMLElement).style.breakBefore === "page";
      if (isBroken) top = Math.ceil(top / 200) * 200;
      if (before === element) return top;
      top += heightOf(before);
    }
    return top;
  };
  Element.prototype.getBoundingClientRect = function rect(this: Element) {
    const [top, height] = [topOf(this), heightOf(this)];
    return { top, bottom: top + height, height, left: 0, right: 100, width: 100, x: 0, y: top } as DOMRect;
  };
  return section;
}

const table = (rows: number, place: "above" | "" = "above") => {
  const caption = `<figcaption class="${place}">Table 1 All</figcaption>`;
  const body = Array.from({ length: rows }, (_, at) => `<tr><td>r${at}</td></tr>`).join("");
  const foot = "<tfoot><tr><td>sum</td></tr></tfoot>";
  const content = `<table><thead><tr><th>head</th></tr></thead><tbody>${body}</tbody>${foot}</table>`;
  return `<figure class="table">${place === "" ? content + caption : caption + content}</figure>`;
};

/** The rows of each figure, and its caption. */
const parts = (section: HTMLElement) =>
  [...section.querySelectorAll("figure")].map((figure) => ({
    rows: [...figure.querySelectorAll("tbody td")].map(({ textContent }) => textContent),
    head: figure.querySelectorAll("thead th").length,
    sum: figure.querySelectorAll("tfoot td").length,
    caption: figure.querySelector("figcaption")?.textContent,
  }));

const continued = (caption: string) => `${caption} (continued)`;
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `r${from + at}`);

it("a table longer than its page goes on under the same head, its total at the end, no row lost", () => {
  const section = laidOut(`<h2 data-h="40"></h2>${table(18)}`);
  continueTables(section, 200, continued);
  const [first, second, third] = parts(section);
  expect(first).toEqual({ rows: names(0, 6), head: 1, sum: 0, caption: "Table 1 All" });
  expect(second).toEqual({ rows: names(6, 14), head: 1, sum: 0, caption: "Table 1 All (continued)" });
  expect(third).toEqual({ rows: names(14, 18), head: 1, sum: 1, caption: "Table 1 All (continued)" });
});

it("a table that fits stays as it is", () => {
  const section = laidOut(`<h2 data-h="40"></h2>${table(5)}`);
  const before = section.innerHTML;
  continueTables(section, 200, continued);
  expect(section.innerHTML).toBe(before);
});

it("a table of which a page has room for a row or two begins on the next", () => {
  const section = laidOut(`<h2 data-h="130"></h2>${table(12)}`);
  continueTables(section, 200, continued);
  expect(section.querySelector("figure")?.style.breakBefore).toBe("page");
  expect(parts(section).map(({ rows }) => rows.length)).toEqual([8, 4]);
});

it("the room of a caption below is kept for it", () => {
  const section = laidOut(table(12, ""));
  continueTables(section, 200, continued);
  expect(parts(section).map(({ rows, caption }) => [rows.length, caption])).toEqual([
    [7, "Table 1 All"],
    [5, "Table 1 All (continued)"],
  ]);
});

it("what stays whole behind its heading begins the next page where it would end there, unless half of this were empty", () => {
  const whole = (height: number) =>
    `<h3 class="together" data-h="20"></h3><figure data-h="${height}"></figure>`;
  const begun = (html: string) => {
    const section = laidOut(html);
    continueTables(section, 200, continued);
    return [...section.querySelectorAll("h3")].map(({ className }) => className);
  };
  const [stays, begins] = ["together", "together continued"];
  expect(begun(`<p data-h="110"></p>${whole(150)}${whole(40)}`)).toEqual([begins, begins]);
  expect(begun(`<p data-h="110"></p>${whole(50)}${whole(40)}`)).toEqual([stays, begins]);
  expect(begun(`<p data-h="60"></p>${whole(150)}`)).toEqual([stays]);
  // What comes behind another heading is no part of it.
  expect(begun(`<p data-h="110"></p>${whole(50)}<h3 data-h="20"></h3>${table(9)}`)).toEqual([stays, ""]);
});
