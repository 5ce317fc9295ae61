import type { Browser, SerializedAXNode } from "puppeteer";
import { beforeAll, expect, test } from "vitest";

import { isLong, isTurn } from "../long.js";
import { closePage, openPage } from "./openPage.js";
import { servedSite } from "./servedSite.js";

let browser: Browser;
let address: string;

beforeAll(async () => {
  const served = await servedSite();
  ({ browser, address } = served);
  return served.close;
});

/** At the narrowest width in both languages, at wider ones by turns; in `npm run test:long` in the other. */
const pictures = [
  { width: 1024, path: "fishbone.html", isOfTest: true },
  { width: 1024, path: "en/fishbone.html", isOfTest: true },
  { width: 1280, path: "fishbone.html", isOfTest: true },
  { width: 1280, path: "en/fishbone.html", isOfTest: false },
  { width: 1440, path: "fishbone.html", isOfTest: false },
  { width: 1440, path: "en/fishbone.html", isOfTest: true },
  { width: 1920, path: "fishbone.html", isOfTest: true },
  { width: 1920, path: "en/fishbone.html", isOfTest: false },
].filter(({ isOfTest }) => isTurn(isOfTest));

test.each(pictures)(
  "at $width px no text of $path covers another or leaves the picture",
  async ({ width, path }) => {
    const opened = await openPage(browser, address, path, { width });
    const boxes = await opened.page.$$eval(
      ".fishbone-picture text, .fishbone-picture .spark, .fishbone-picture .head path",
      (elements) =>
        elements.map((element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          const inHead = element.closest(".head") !== null;
          return {
            left,
            top,
            right,
            bottom,
            inHead,
            text: element.textContent || element.getAttribute("class") || "",
          };
        }),
    );
    expect(boxes.length).toBeGreaterThan(40);
    const frame = await opened.page.$eval(".fishbone-picture", (element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    });
    const overlaps: string[] = [];
    boxes.forEach((a, i) => {
      if (
        a.left < frame.left - 1 ||
        a.right > frame.right + 1 ||
        a.top < frame.top - 1 ||
        a.bottom > frame.bottom + 1
      ) {
        overlaps.push(`${a.text} leaves the picture`);
      }
      for (const b of boxes.slice(i + 1)) {
        if (a.inHead && b.inHead) continue;
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1 && down > 4) overlaps.push(`${a.text} | ${b.text}`);
      }
    });
    expect(overlaps).toEqual([]);
    await closePage(opened);
  },
);

test.skipIf(isLong)("arrow keys walk the bones, Enter opens one, Escape returns to it", async () => {
  const opened = await openPage(browser, address, "fishbone.html");
  const { page, complaints } = opened;
  const focused = () =>
    page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.kpi ?? null);
  await page.$eval('[role="treeitem"][tabindex="0"]', (bone) => (bone as HTMLElement).focus());
  expect(await focused()).toBe("csat");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("complaint_csat");
  // In the order of fishbones.yaml: the second bone of the next branch.
  await page.keyboard.press("ArrowRight");
  expect(await focused()).toBe("service_accuracy");
  await page.keyboard.press("End");
  expect(await focused()).toBe("market_share_growth");
  await page.keyboard.press("ArrowDown");
  expect(await focused()).toBe("market_share_growth");
  await page.keyboard.press("ArrowLeft");
  expect(await focused()).toBe("churn_rate");
  await Promise.all([page.waitForNavigation({ waitUntil: "networkidle0" }), page.keyboard.press("Enter")]);
  expect(page.url()).toBe(`${address}kpi/churn_rate.html`);
  await Promise.all([page.waitForNavigation({ waitUntil: "networkidle0" }), page.keyboard.press("Escape")]);
  expect(page.url()).toBe(`${address}fishbone.html#churn_rate`);
  await page.waitForFunction(
    () => (document.activeElement as HTMLElement | null)?.dataset.kpi === "churn_rate",
  );
  await page.keyboard.press("Escape");
  expect(await focused()).toBeNull();
  expect(complaints).toEqual([]);
  await closePage(opened);
});

/** Every node below one of the tree that a screen reader is given. */
const below = (node: SerializedAXNode | null): SerializedAXNode[] =>
  (node?.children ?? []).flatMap((child) => [child, ...below(child)]);

test.skipIf(isLong)("a screen reader hears a tree of branches and KPIs", async () => {
  const opened = await openPage(browser, address, "en/fishbone.html");
  const tree = await opened.page.accessibility.snapshot({
    root: (await opened.page.$('[role="tree"]')) ?? undefined,
    interestingOnly: false,
  });
  const branches = below(tree).filter(({ role, name }) => role === "group" && name !== "");
  const names = JSON.stringify(tree);
  expect(tree?.role).toBe("tree");
  expect(tree?.name).toBe("Fishbone of Customer relations");
  expect(branches.length).toBeGreaterThanOrEqual(4);
  expect(names).toContain("Churn rate: ");
  expect(names).toMatch(/vs last year/);
  await closePage(opened);
});

test.skipIf(isLong)("below 768 px the same KPIs are a list in the same order", async () => {
  const wide = await openPage(browser, address, "fishbone.html", { width: 1440 });
  const picture = await wide.page.$$eval(".fishbone [data-kpi]", (all) =>
    all.map((one) => one.getAttribute("data-kpi")),
  );
  await closePage(wide);
  const narrow = await openPage(browser, address, "fishbone.html", { width: 390 });
  const list = await narrow.page.$$eval(".fishbone-tree [data-kpi]", (all) =>
    all.map((one) => one.getAttribute("data-kpi")),
  );
  await closePage(narrow);
  expect(list).toEqual(picture);
});

test.skipIf(isLong)(
  "no line of a head crosses its outline",
  async () => {
    const paths = ["fishbone", "fishbone/after_sales", "problems"].flatMap((name) => [
      `${name}.html`,
      `en/${name}.html`,
    ]);
    for (const path of paths) {
      const opened = await openPage(browser, address, path, { width: 1024 });
      const crossing = await opened.page.$$eval(".fishbone-picture .head", (heads) =>
        heads.flatMap((head) => {
          const path = head.querySelector("path") as SVGPathElement;
          return [...head.querySelectorAll<SVGTextElement>("text")]
            .filter((name) => {
              const { x, y, width, height } = name.getBBox();
              // Letters leave the upper and lower fifth of their box empty.
              return [y + height * 0.2, y + height * 0.8].some(
                (edge) => !path.isPointInFill(new DOMPoint(x + width, edge)),
              );
            })
            .map((name) => name.textContent ?? "");
        }),
      );
      expect(crossing, path).toEqual([]);
      await closePage(opened);
    }
  },
  60_000,
);
