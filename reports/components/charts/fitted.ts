import { measured } from "../data/text.js";
import { h } from "../element.js";

/**
 * A place whose picture is as wide as it. It is drawn as soon as the place is on the page, before that is painted, again when
 * the width changes, and once more when the font comes that its texts are measured with.
 */
export function fitted(draw: (width: number) => Node | string): HTMLElement {
  const place = h("div", { style: "position: relative" });
  let drawnFor = 0;
  const fill = (width: number) => {
    drawnFor = width;
    const { result, fontsCome } = measured(() => draw(width));
    place.replaceChildren(result);
    void fontsCome?.then(() => {
      if (drawnFor === width && place.isConnected) place.replaceChildren(draw(width));
    });
  };
  const observer = new ResizeObserver(([entry]) => {
    const width = entry?.contentRect.width ?? 0;
    if (width === 0 || width === drawnFor) return;
    if (place.parentElement) widths.set(place.parentElement, width);
    fill(width);
  });
  observer.observe(place);
  void placed(place).then((parent) => {
    const width = parent ? (widths.get(parent) ?? place.getBoundingClientRect().width) : 0;
    if (!parent || width === 0 || drawnFor > 0) return;
    widths.set(parent, width);
    fill(width);
  });
  return place;
}

/** How wide the last picture of a place was: to ask for it anew has the whole page laid out. */
const widths = new WeakMap<Element, number>();

/** What an element was put into; null when that does not happen at once. */
async function placed(element: HTMLElement): Promise<Element | null> {
  for (let turn = 0; turn < 20 && !element.isConnected; turn += 1) await null;
  return element.isConnected ? element.parentElement : null;
}

let first: Promise<void> | undefined;

/** Resolves when what was drawn by the first call has been painted: what lies below it need not hold that up. */
export function painted(): Promise<void> {
  first ??= new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done));
    setTimeout(done, 250); // a page in the background is not painted
  });
  return first;
}
