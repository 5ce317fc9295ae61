import { h } from "../element.js";
import type { ReportMessages } from "./messages.js";

/** Numbers figures and tables in the order in which they are made. */
export interface Captions {
  figure(text: string): HTMLElement;
  table(text: string): HTMLElement;
}

/** Captions that begin anew at 1. */
export function captions(messages: ReportMessages): Captions {
  let figures = 0;
  let tables = 0;
  return {
    figure: (text) => h("figcaption", {}, h("b", {}, messages.figure(++figures)), ` ${text}`),
    table: (text) => h("figcaption", {}, h("b", {}, messages.table(++tables)), ` ${text}`),
  };
}
