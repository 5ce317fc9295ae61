import { beforeAll } from "vitest";
import { withBrowser } from "../../src/export/browser.js";

/** Keeps a browser open for the tests of a file, which share it: each print would start its own. */
export function keepBrowser(): void {
  beforeAll(
    () =>
      new Promise<() => Promise<void>>((ready, fail) => {
        const kept = withBrowser(
          () => new Promise<void>((release) => ready(() => Promise.resolve(release()).then(() => kept))),
        );
        kept.catch(fail);
      }),
  );
}
