import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PDFDict, PDFDocument, PDFHexString, PDFName } from "pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { withBrowser } from "../../src/export/browser.js";
import { thisMachine } from "../../src/export/machine.js";
import { withStaticServer } from "../../src/export/staticServer.js";
import { pages } from "../../src/words/languages.js";
import { isLong, isTurn } from "../long.js";
import { sampleSite } from "../sampleSite.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { exportPdf } from "./exportPdf.js";
import { keepBrowser } from "./keepBrowser.js";
import { type ReadTag, readTagTree, tagsOf } from "./readTagTree.js";
import { sampleReport } from "./sampleReport.js";
import { uaFaults } from "./uaFaults.js";

const fonts = dirname(createRequire(import.meta.url).resolve("@fontsource/noto-sans-sc/package.json"));
const languages = ["zh-CN", "en"] as const;
const out = temporaryFolder("ua");
keepBrowser();

/** A page with all kinds of content, printed. */
const page = join(out, "tags.pdf");

beforeAll(async () => {
  const dist = join(out, "dist");
  cpSync(join(import.meta.dirname, "printing"), dist, { recursive: true });
  symlinkSync(fonts, join(dist, "fonts"));
  await exportPdf({ dist, page: "tags.html", out: page });
});

// The validator is in few places and takes its time: in `npm run test:long`.
test.runIf(isLong)(
  "report and page pass PDF/UA-1, which another file does not",
  { timeout: 600_000 },
  async (context) => {
    const reports = await Promise.all(languages.map(sampleReport));
    const plain = join(out, "plain.pdf");
    const document = await PDFDocument.create();
    document.addPage();
    writeFileSync(plain, await document.save());
    const result = await uaFaults([...reports, page, plain]);
    if ("skipped" in result) return context.skip(result.skipped);
    const [zh, en, any, other] = result.faults;
    expect({ zh, en, any }).toEqual({ zh: [], en: [], any: [] });
    expect(other?.map(({ rule }) => rule)).toContain("7.1-8");
  },
);

test.skipIf(isLong)(
  "a page's boxes, lists, pictures, tables and passages have the tags that say what they are",
  async () => {
    const written = ({ role, text, lang, kids }: ReadTag, depth = 0): string[] => [
      `${"  ".repeat(depth)}${role}${lang ? ` (${lang})` : ""}${kids.length > 0 ? "" : ` ${text.trim()}`}`.trimEnd(),
      ...kids.flatMap((kid) => written(kid, depth + 1)),
    ];
    expect(written(await readTagTree(page))).toEqual(tagsWanted.trim().split("\n"));
  },
);

/** Of `printing/tags.html`, whose table goes on on a second page. */
const tagsWanted = `
Document (en)
  H1
    Span (zh-CN) 华东一组
  P Text in a box
  P Scope
  P All
  L
    LI
      Lbl
      LBody
        Link leads on
    LI
      Lbl
      LBody
        L
          LI
            Lbl 1.
            LBody Below
  Div
    Figure Up by a half
    Caption Figure 1
  P
    Link A bone
  Table
    Caption Table 1
    TR
      TH Team
      TH Now
      TH Then
    TR
      TH
        Span (zh-CN) 华东一组
      TD
      TD 1
    TR
      TH B
      TD 2
      TD
    TR
      TH C
      TD 3
      TD 4
  H2 The end
  P It says 满意度 once.
`;

test.skipIf(isLong)("a link is told by its words", async () => {
  const document = await PDFDocument.load(readFileSync(page));
  const links = document.getPages().flatMap(({ node }) => node.Annots()?.asArray() ?? []);
  const words = links.map((link) =>
    document.context.lookup(link, PDFDict).lookup(PDFName.of("Contents"), PDFHexString).decodeText(),
  );
  expect(words).toEqual(["leads on", "A bone"]);
});

/** What a page shows a reader, in its order: blocks of text, and pictures by what they are called. */
type Block = [kind: string, text: string];

const kinds: Record<string, string> = { TH: "cell", TD: "cell", Caption: "caption" };
const kindOf = (role: string) => (/^H\d$/.test(role) ? role.toLowerCase() : kinds[role]);

/** No line of a PDF says whether a space or nothing was at its end. */
const squeezed = (text: string) => text.replace(/\s+/g, "");

function blocksOf(tree: ReadTag): Block[] {
  return tagsOf(tree).flatMap(({ role, text }): Block[] => {
    const kind = role === "Figure" ? "picture" : kindOf(role);
    return kind === undefined ? [] : [[kind, squeezed(text)]];
  });
}

describe.each(languages.filter((lang) => isTurn(lang === "zh-CN")))("the report in %s is read", (lang) => {
  let tree: ReadTag;
  let shown: { blocks: Block[]; text: string };

  beforeAll(async () => {
    tree = await readTagTree(await sampleReport(lang));
    const { dist } = await sampleSite();
    const page = lang === "en" ? "en/report.html" : "report.html";
    shown = await withStaticServer({ root: dist }, (address) =>
      withBrowser(async (browser) => {
        const tab = await browser.newPage();
        await tab.goto(`${address}${page}`);
        await tab.waitForSelector("[data-report='ready']", { timeout: 60_000 });
        return tab.evaluate(readShown);
      }, thisMachine),
    );
  });

  test("in the order of the page: headings, cells, captions and pictures", () => {
    const blocks = shown.blocks.map(([kind, text]): Block => [kind, squeezed(text)]);
    expect(blocks.length).toBeGreaterThan(1000);
    expect(blocksOf(tree)).toEqual(blocks);
  });

  test("with what each chart of an initiative says, not only what it shows", () => {
    const { benefits, punctuation } = pages(lang);
    const { effects, study, time, space } = benefits;
    const pictures = tagsOf(tree).flatMap(({ role, text }) => (role === "Figure" ? [text] : []));
    const saidOf = (chart: string) =>
      pictures.flatMap((text) =>
        text.startsWith(chart + punctuation.colon)
          ? [text.slice(chart.length + punctuation.colon.length)]
          : [],
      );
    expect(saidOf(effects.chart(lang === "en" ? "Regional dispatch centre" : "区域派单中心"))).toEqual([
      expect.stringMatching(
        lang === "en" ? /First-response time −\d+ min .*improved/ : /服务响应时间 −\d+ 分钟.*改善/,
      ),
    ]);
    expect([study.chart, time.chart, space.chart].map((chart) => saidOf(chart).length)).toEqual([2, 2, 1]);
    const [flat = ""] = saidOf(study.chart);
    expect(flat).toMatch(/p\s*=\s*0\.\d+/);
  });

  test("whole: every letter of the page, in its order", () => {
    // The print alone has a file, and with it a command of its own.
    const [read, whole] = [tree.text, shown.text].map((text) =>
      squeezed(text).replace(`kpi-report--lang${lang}`, "").replace(/\d+/g, "0"),
    );
    const at = firstDifference(read ?? "", whole ?? "");
    const near = (text = "") => text.slice(Math.max(0, at - 60), at + 60);
    expect(whole?.length).toBeGreaterThan(10_000);
    expect(near(read)).toBe(near(whole));
  });

  test("with its passages in the other language named", () => {
    const foreign = tagsOf(tree).filter(({ lang: own }) => own !== null && own !== lang);
    const texts = foreign.map(({ text }) => text);
    // All that the sample says in Chinese it says in English, too.
    if (lang === "en") expect(texts).toEqual([]);
    for (const text of texts) expect(text).toMatch(lang === "en" ? /^[^a-z]*$/i : /^\P{Script=Han}*$/u);
  });
});

/** Where two texts part; their end where they don't. */
function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

// Runs in the page: it may use nothing from outside itself.
function readShown(): { blocks: [string, string][]; text: string } {
  const report = document.querySelector("[data-report]");
  if (!report) throw new Error("no report");
  // What only a screen reader meets on a page is not on paper.
  const hidden = "style, script, title, [aria-hidden='true'], [hidden], .visually-hidden";
  const isHidden = (node: Node) => node.parentElement?.closest(hidden) != null;
  const textOf = (root: Node) => {
    const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    let text = "";
    for (let node: Node | null = nodes.currentNode; node; node = nodes.nextNode()) {
      const picture = node.parentElement?.closest("[role='img']");
      if (node instanceof Element && node.getAttribute("role") === "img")
        text += node.getAttribute("aria-label") ?? "";
      if (node.nodeType === Node.TEXT_NODE && !picture && !isHidden(node)) text += node.nodeValue ?? "";
    }
    return text;
  };
  const found = report.querySelectorAll("h1, h2, h3, h4, th, td, figcaption, [role='img']");
  const kinds: Record<string, string> = { TH: "cell", TD: "cell", FIGCAPTION: "caption" };
  const kindOf = (element: Element) =>
    element.getAttribute("role") === "img"
      ? "picture"
      : (kinds[element.tagName] ?? element.tagName.toLowerCase());
  return { blocks: [...found].map((one) => [kindOf(one), textOf(one)]), text: textOf(report) };
}
