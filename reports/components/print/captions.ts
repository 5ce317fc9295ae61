import type { Language } from "../../src/published/siteTypes.js";
import type { ReportMessages } from "../../src/words/languages.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";

/** Numbers figures and tables in the order in which they are made. */
export interface Captions {
  figure(text: string): HTMLElement;
  table(text: string): HTMLElement;
}

/** Captions that begin anew at 1. */
export function captions(messages: ReportMessages, language: Language): Captions {
  let figures = 0;
  let tables = 0;
  return {
    figure: (text) => h("figcaption", {}, h("b", {}, messages.figure(++figures)), ` ${text}`),
    table: (text) =>
      h(
        "figcaption",
        { class: language === "zh-CN" && "above" },
        h("b", {}, messages.table(++tables)),
        ` ${text}`,
      ),
  };
}

/** A table with its caption: below it, in Chinese above it as GB/T 7713 asks. */
export function tableFigure(content: HTMLElement, caption: HTMLElement): HTMLElement {
  const isAbove = caption.classList.contains("above");
  return h("figure", { class: "table" }, isAbove ? [caption, content] : [content, caption]);
}

/** Lets a chart that is read aloud say its message after what it shows. */
export function saying<E extends Element>(chart: E, message: string, { messages }: Site): E {
  const shown = chart.getAttribute("aria-label");
  const words = [shown, message].filter(Boolean).join(messages.punctuation.colon);
  chart.setAttribute("aria-label", words);
  return chart;
}

/** Lets a picture that no spreadsheet draws stand in the pack's workbook, too. */
export function pictured<E extends Element>(picture: E, title: string): E {
  picture.setAttribute("data-picture", title);
  return picture;
}

/** The head of a part of the report: the message that its bookmark repeats, and what is shown. */
export function sectionHead(
  level: "h2" | "h3",
  id: string,
  { happened, shown }: { happened: string; shown: string },
): HTMLElement {
  return h("div", { class: "message" }, h(level, { id }, happened), h("p", {}, shown));
}
