import { upright } from "../src/words/visible.js";

export type Child = Node | string | number | null | undefined | false | readonly Child[];
type Attributes = Record<string, string | number | boolean | null | undefined | ((event: Event) => void)>;

/** An HTML element. Attributes that are null, undefined or false are left out; functions become listeners. */
export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element, with the same conventions as `h`. */
export function s(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill<T extends Element>(element: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : said(name, String(value)));
  }
  append(element, children);
  return element;
}

/** Attributes that are read out or shown, and no keys. */
const read = new Set(["aria-label", "title"]);

const said = (name: string, value: string): string => (read.has(name) ? upright(value) : value);

/** Has an element say something in the place of what it said. */
export function say(element: Element, text: string): void {
  element.replaceChildren(upright(text));
}

/** Puts children into an element as `h` does. */
export function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : upright(String(child)));
  }
}
