import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer, { type Browser } from "puppeteer";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { exportCommand } from "../../src/cli/export.js";
import { type SampleSite, sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";

/** What machines and days differ in. */
interface Circumstances {
  timeZone: string;
  env: Record<string, string>;
  clock: string;
  /** Whether both packs are printed at the same time. */
  isAtOnce: boolean;
}

const packs = ["quality-certificate", "leadership"];
const folder = temporaryFolder("reproducible");
const { TZ } = process.env;
let site: SampleSite;

beforeAll(async () => {
  site = await sampleSite();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

/** Settings that name no font: what is left is the one that the program brings. */
function noFonts(): string {
  const settings = join(folder, "a & b.conf");
  writeFileSync(settings, "<fontconfig/>");
  return settings;
}

/** Sets the clock of the pages that are printed from now on; gives the years that they saw. */
function pagesAt(clock: string): { years: number[] } {
  const seen = { years: [] as number[] };
  const launch = puppeteer.launch.bind(puppeteer);
  const shift = Date.parse(clock) - Date.now();
  vi.spyOn(puppeteer, "launch").mockImplementation(async (options) => {
    const browser: Browser = await launch(options);
    const context = browser.createBrowserContext.bind(browser);
    browser.createBrowserContext = async (...given) => {
      const made = await context(...given);
      const open = made.newPage.bind(made);
      made.newPage = async () => {
        const page = await open();
        await page.evaluateOnNewDocument((ms: number) => {
          const Real = Date;
          globalThis.Date = class extends Real {
            constructor(...parts: []) {
              super(...((parts.length > 0 ? parts : [Real.now() + ms]) as []));
            }
            static override now = () => Real.now() + ms;
          } as DateConstructor;
        }, shift);
        const print = page.pdf.bind(page);
        page.pdf = async (how) => {
          seen.years.push(await page.evaluate(() => new Date().getFullYear()));
          return print(how);
        };
        return page;
      };
      return made;
    };
    return browser;
  });
  return seen;
}

async function printed(name: string, { timeZone, env, clock, isAtOnce }: Circumstances) {
  const { years } = pagesAt(clock);
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(clock) });
  process.env.TZ = timeZone;
  const silent = { write: () => true };
  const cwd = join(folder, name);
  const effects = {
    stdout: silent,
    stderr: silent,
    cwd,
    env: { ...process.env, ...env },
    now: () => new Date(),
  };
  const into = (out: string, wanted: string[]) =>
    exportCommand(wanted, { dist: site.dist, out, quiet: true }, effects);
  if (isAtOnce) await Promise.all(packs.map((pack) => into(pack, [pack])));
  else await into("all", packs);
  const files = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".pdf"),
  );
  const offset = new Date().getTimezoneOffset();
  vi.useRealTimers();
  vi.restoreAllMocks();
  return {
    years: [...new Set(years)],
    offset,
    files: new Map(files.map((file) => [file.replace(/^.*[/\\]/, ""), readFileSync(join(cwd, file))])),
  };
}

test("the same build gives the same PDF, byte for byte, whatever clock, time zone, language and fonts the machine has", async () => {
  const here = await printed("here", {
    timeZone: "America/New_York",
    env: { LANG: "en_US.UTF-8", LANGUAGE: "en_US" },
    clock: "2024-02-29T23:30:00Z",
    isAtOnce: false,
  });
  const there = await printed("there/far/away", {
    timeZone: "Asia/Shanghai",
    env: { LANG: "zh_CN.UTF-8", LANGUAGE: "zh_CN", LC_ALL: "zh_CN.UTF-8", FONTCONFIG_FILE: noFonts() },
    clock: "2031-12-31T20:00:00Z",
    isAtOnce: true,
  });
  expect([here.years, there.years]).toEqual([[2024], [2031]]);
  expect([here.offset, there.offset]).toEqual([300, -480]);
  expect([...here.files.keys()].sort()).toEqual(packs.map((pack) => `${pack}.pdf`).sort());
  for (const [name, bytes] of here.files) {
    const other = there.files.get(name);
    expect(`${name} ${other?.equals(bytes)}`).toBe(`${name} true`);
  }
});
