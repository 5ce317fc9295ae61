import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Target } from "puppeteer";
import { beforeAll, describe, expect, test } from "vitest";
import { withBrowser } from "../../src/export/browser.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { exportPdf } from "./exportPdf.js";
import { keepBrowser } from "./keepBrowser.js";
import { type ReadPdf, readPdf } from "./readPdf.js";

const fonts = dirname(createRequire(import.meta.url).resolve("@fontsource/noto-sans-sc/package.json"));
const dist = temporaryFolder("print");
keepBrowser();
let out: string;

beforeAll(() => {
  out = join(dist, "out", "report.pdf");
  cpSync(join(import.meta.dirname, "printing"), dist, { recursive: true });
  symlinkSync(fonts, join(dist, "fonts"));
});

/** Exports a page of the site, and counts how often it is printed for that. */
async function counted(page: string, file: string) {
  return withBrowser(async (browser) => {
    let prints = 0;
    const count = async (target: Target) => {
      const pdf = await target.page();
      if (!pdf) return;
      const print = pdf.createPDFStream.bind(pdf);
      pdf.createPDFStream = (how) => {
        prints += 1;
        return print(how);
      };
    };
    browser.on("targetcreated", count);
    const made = await exportPdf({ dist, page, out: file });
    browser.off("targetcreated", count);
    return { made, prints };
  });
}

describe("a printed page", () => {
  let pdf: ReadPdf;

  beforeAll(async () => {
    const { made, prints } = await counted("report.html", out);
    expect(made).toMatchObject({ pages: 3, figures: null });
    // Its contents foresee another page than the one that it comes to.
    expect(prints).toBe(2);
    pdf = await readPdf(out);
  });

  test("has A4 pages, the wide one lying", () => {
    const sizes = pdf.pages.map(({ width, height }) => [Math.round(width), Math.round(height)]);
    expect(sizes).toEqual([
      [595, 842],
      [842, 595],
      [595, 842],
    ]);
  });

  test("carries title, subject, language and the data's date", () => {
    expect(pdf.info).toMatchObject({
      Title: "客户关键绩效指标报告",
      Subject: "全公司,2026年3月",
      Keywords: "20260401-abcdef",
      CreationDate: "D:20260331235959+08'00'",
      ModDate: "D:20260331235959+08'00'",
    });
    expect(pdf.lang).toBe("zh-CN");
    expect(pdf.isTagged).toBe(true);
  });

  test("has bookmarks from its headings", () => {
    const [root] = pdf.outline;
    expect(root?.title).toBe("客户关键绩效指标报告");
    expect(root?.children.map(({ title, page }) => [title, page])).toEqual([
      ["鱼骨图", 2],
      ["响应", 3],
    ]);
  });

  test("has its page numbers in the table of contents and in the running footer", () => {
    expect(pdf.pages[0]?.text).toMatch(/鱼骨图 2 响应 3/);
    pdf.pages.forEach(({ text }, index) => {
      expect(text).toContain("全公司 · 2026年3月");
      expect(text).toContain(`第 ${index + 1} 页,共 3 页`);
    });
  });

  test("embeds its fonts as outlines", () => {
    expect(pdf.fonts.length).toBeGreaterThan(0);
    for (const font of pdf.fonts) expect(font).toMatchObject({ subtype: "CIDFontType2", isEmbedded: true });
  });

  test("is the same when printed again, at once where its contents foresee the right pages", async () => {
    const again = join(dist, "out", "again.pdf");
    const foreseen = readFileSync(join(dist, "report.html"), "utf8").replace('"bones">3', '"bones">2');
    writeFileSync(join(dist, "foreseen.html"), foreseen);
    expect((await counted("foreseen.html", again)).prints).toBe(1);
    expect(readFileSync(again).equals(readFileSync(out))).toBe(true);
  });
});

describe("a page that fails", () => {
  /** The page with its script replaced. */
  function broken(name: string, script: string): string {
    const page = readFileSync(join(dist, "report.html"), "utf8");
    writeFileSync(join(dist, name), page.replace(/<script[\s\S]*<\/script>/, `<script>${script}</script>`));
    return name;
  }
  const failed = join("out", "failed.pdf");
  const print = (page: string, timeout = 30_000) =>
    exportPdf({ dist, page, out: join(dist, failed), timeout });

  test("an error on the page ends the export", async () => {
    const page = broken("throws.html", "throw new Error('no such KPI')");
    await expect(print(page)).rejects.toThrow(/the report page failed: .*throws\.html\n {2}no such KPI/);
  });

  test("so does a cell that Framework could not run", async () => {
    const page = broken(
      "cell.html",
      "document.body.insertAdjacentHTML('beforeend', '<div class=observablehq--error>RuntimeError: x</div>')",
    );
    await expect(print(page)).rejects.toThrow("RuntimeError: x");
  });

  test("so does a request that leaves the site", async () => {
    const page = broken(
      "calls.html",
      "new Image().src = 'http://127.0.0.1:9/x.png'; document.querySelector('main').dataset.report = 'ready'",
    );
    await expect(print(page)).rejects.toThrow("request to elsewhere: http://127.0.0.1:9/x.png");
  });

  test("so does a missing file", async () => {
    const page = broken("missing.html", "fetch('data/nothing.arrow')");
    await expect(print(page)).rejects.toThrow(/404: .*nothing\.arrow/);
  });

  test("a page that never gets ready is given up", async () => {
    const page = broken("waits.html", "");
    await expect(print(page, 1_000)).rejects.toThrow(/was not ready after 1 s: .*waits\.html/);
  });

  test("a page the site does not have", async () => {
    await expect(print("absent.html")).rejects.toThrow(/no such page in the built site.*absent\.html/);
  });

  test("none of them leaves a file", () => {
    expect(existsSync(join(dist, failed))).toBe(false);
  });
});
