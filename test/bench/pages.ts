import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { withBrowser } from "../../src/export/browser.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { sampleSite } from "../sampleSite.js";
import { median } from "./measure.js";
import { filterTimes, limits, type PageLoad, pageLoad, pagesOfEachKind } from "./pageLoads.js";

const aims = { firstChartMs: 400, filterMs: 30 };

const say = (text: string) => process.stdout.write(`${text}\n`);
const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1000)} kB`;

async function benchPages(site: string, repetitions: number): Promise<boolean> {
  let isWithin = true;
  await withStaticServer({ root: site, base: "/kpi/", compressed: true }, (address) =>
    withBrowser(async (browser) => {
      say("page                             requests  before fonts  of them fonts   first chart");
      await pageLoad(browser, `${address}index.html`); // warms the browser up, not the page
      const kinds = pagesOfEachKind(site);
      for (const kind of kinds) {
        const loads: PageLoad[] = [];
        for (let done = 0; done < repetitions; done += 1)
          loads.push(await pageLoad(browser, `${address}${kind}.html`));
        const of = (name: keyof PageLoad) => median(loads.map((load) => load[name]));
        const isOver = Object.entries(limits).some(([name, most]) => of(name as keyof PageLoad) > most);
        isWithin &&= !isOver;
        const columns = [
          kind.padEnd(32),
          String(of("requests")).padStart(8),
          kilobytes(of("bytes")).padStart(13),
          String(of("fonts")).padStart(6),
          kilobytes(of("fontBytes")).padStart(8),
          `${Math.round(of("firstChartMs"))} ms`.padStart(12),
        ];
        say(`${columns.join(" ")}${isOver ? "  over the limit" : ""}`);
      }
      say(
        `limits: ${limits.requests} requests, ${kilobytes(limits.bytes)} and ${kilobytes(limits.fontBytes)} of fonts; aim: ${aims.firstChartMs} ms`,
      );
      const page = await browser.newPage();
      await page.setViewport({ width: 1440, height: 900 });
      await page.goto(`${address}${kinds.at(-1)}.html`, { waitUntil: "networkidle0" });
      const times = (await filterTimes(page, repetitions)).sort((a, b) => a - b);
      const percentile = times[Math.floor(times.length * 0.95)] ?? Number.NaN;
      say(
        `a filter settles in ${Math.round(median(times))} ms (median of ${times.length}), ${Math.round(percentile)} ms (95th percentile); aim: ${aims.filterMs} ms`,
      );
    }),
  );
  return isWithin;
}

const { values } = parseArgs({
  options: { site: { type: "string" }, repetitions: { type: "string", default: "5" } },
});
const site = values.site === undefined ? (await sampleSite()).dist : resolve(values.site);
if (!(await benchPages(site, Number(values.repetitions)))) process.exitCode = 1;
