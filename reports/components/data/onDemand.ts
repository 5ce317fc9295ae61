import { h } from "../element.js";
import type { Site } from "./site.js";

/** Loads a document that the site has beside its pages. */
export type Load = <T>(path: string) => Promise<T>;

export const loadFromSite: Load = async <T>(path: string) => {
  const response = await fetch(`${document.documentElement.dataset.root ?? "./"}_file/data/kpi/${path}`);
  if (!response.ok) throw new Error(`${response.status}: ${path}`);
  return (await response.json()) as T;
};

/** What `read` loads, or else undefined, and a sentence with a button that tries again in `place`. */
export async function loadedOr<T>(
  { messages }: Site,
  place: HTMLElement,
  read: () => Promise<T>,
  again: () => Promise<void>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    const { failed, retry } = messages.scores.pager;
    place.replaceChildren(failed, " ", h("button", { type: "button", click: () => void again() }, retry));
    return undefined;
  }
}
