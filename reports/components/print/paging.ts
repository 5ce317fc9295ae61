import { h } from "../element.js";
import type { Part } from "./contents.js";
import { scopeName } from "./jobSite.js";
import { quoted } from "./pageStyle.js";
import type { ReportView } from "./view.js";

/**
 * The style sheet that draws the running header and footer, with page numbers, into the margins of each page. Each part has
 * pages of its own name, so that its title stands at their heads.
 * The words stand here rather than in a style file because they come from the data.
 */
export function runningHeads(view: ReportView, parts: readonly Pick<Part, "entry">[]): HTMLElement {
  const { site, words, period, title, job } = view;
  const { before, between, after } = words.page;
  const foot = site.messages.foot.build(site.build.build_id, site.format.day(site.build.as_of_on, true));
  const numbers = `${quoted(before)} counter(page) ${quoted(between)} counter(pages) ${quoted(after)}`;
  const about = [title, scopeName(site, job.scope), period].filter(Boolean).join(" · ");
  // What a document begins with is on pages without a name: a name would begin another page.
  const begins = job.pack.cover || job.pack.contents ? -1 : 0;
  const first = begins === 0 ? (parts[0]?.entry?.label ?? "") : words.contents;
  const named = parts.map(({ entry }, at) => {
    if (at === begins) return "";
    const head = `@top-left { content: ${quoted(entry?.label ?? "")}; }`;
    return `@page part-${at} { ${head} }
    @page part-${at}-wide { size: ${job.paper} landscape; ${head} }
    @media print {
      .report > [data-part="${at}"] { page: part-${at}; }
      .report > .wide[data-part="${at}"] { page: part-${at}-wide; }
    }`;
  });
  return h(
    "style",
    {},
    `@page {
      size: ${job.paper};
      @top-left { content: ${quoted(first)}; }
      @top-right { content: ${quoted(about)}; }
      @bottom-left { content: ${quoted(foot)}; }
      @bottom-right { content: ${numbers}; }
    }
    ${named.join("\n")}
    ${job.pack.cover ? "@page :first { @top-left { content: none; } @top-right { content: none; } }" : ""}`,
  );
}

/**
 * Resolves when every letter of the report has its font. Letters of the margins are in no element, so their
 * slices would not load by themselves.
 */
export async function reportFonts(report: HTMLElement): Promise<void> {
  const letters = [...new Set(`${report.textContent ?? ""}0123456789`)].join("");
  await Promise.all(
    [400, 700].map((weight) => document.fonts.load(`${weight} 10px "Noto Sans SC"`, letters)),
  );
  await document.fonts.ready;
}

/** Resolves when the page has put the report into its document. */
export async function inDocument(report: HTMLElement): Promise<void> {
  while (!report.isConnected) await new Promise((resolve) => requestAnimationFrame(resolve));
}

/**
 * Keeps numbers and their unit in one line, in Chinese and the word after them: `8.7 分` is no end of a line and beginning of the
 * next; nor is a Chinese date.
 */
export function glueUnits(report: HTMLElement): void {
  const walker = document.createTreeWalker(report, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode()) texts.push(text as Text);
  for (const text of texts) {
    text.data = text.data.replace(
      /(?<=\d%?) (?=\p{Script=Han})|(?<=\d) (?=(?:%|(?:pp|points|min|h|k|M)(?![a-z])))/gu,
      "\u00a0",
    );
    const { parentElement: above } = text;
    // The text of a picture has no lines, that of running heads stands in a style sheet.
    const hasLines =
      above instanceof HTMLElement && above.className !== "unbroken" && above.tagName !== "STYLE";
    if (!hasLines || !/\d[年月]/.test(text.data)) continue;
    const parts = text.data.split(chineseDate);
    text.replaceWith(
      ...parts.map((part, at) => (at % 2 === 1 ? h("span", { class: "unbroken" }, part) : part)),
    );
  }
}

/** `2026年6月30日`, `6月30日`, `2026年6月`, `2026年二季度`, `2026年`. */
const chineseDate = /((?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}年(?:\d{1,2}月|[一二三四]季度|[上下]半年)?)/u;

/** The last second of the data's last day, with the offset of its time zone: `2026-03-31T23:59:59+08:00`. */
export function lastSecond(day: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(
    new Date(`${day}T23:59:59Z`),
  );
  const name = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return `${day}T23:59:59${/[+-]\d\d:\d\d/.exec(name)?.[0] ?? "+00:00"}`;
}
