import { escapeXml } from "../../run/escapeXml.js";
import { pages } from "../../words/languages.js";
import { upright } from "../../words/visible.js";
import { type Language, pageOf, type SiteLanguages } from "./languages.js";
import { noticeScript } from "./notice.js";

export interface Frame {
  /** Pages as their authors see them, with what Framework says of errors. */
  isPreview: boolean;
  languages: SiteLanguages;
  /** KPI labels, for the titles of the KPI pages. */
  kpiLabels: Map<string, Record<Language, string>>;
  /** Fishbone labels, for theirs; the first is the page `fishbone`. */
  fishboneLabels: Map<string, Record<Language, string>>;
  /** Scorecard labels, for theirs; the first is the page `scorecards`. */
  scorecardLabels: Map<string, Record<Language, string>>;
  /** What initiatives are called, by the last part of their pages' addresses. */
  initiativeLabels: Map<string, Record<Language, string>>;
}

/** The pages of the navigation bar, in order. */
const navigation = ["index", "fishbone", "scorecards", "benefits", "kpis", "quality", "contract"] as const;
type NavigationPage = (typeof navigation)[number];

/** The pages that exist once a language, without those of a KPI, a fishbone, a scorecard or an initiative. */
export const sitePages: readonly string[] = [
  ...navigation,
  "problems",
  "assessment",
  "weights",
  "reconciliations",
];

/** What goes into a page's `head`: language, theme, the way back to the site's root, title, icon and fonts. */
export function frameHead(path: string, frame: Frame): string {
  const { language, page } = pageOf(path, frame.languages);
  const depth = path.replace(/^\//, "").split("/").length - 1;
  const facts = { root: "../".repeat(depth) || "./", page, language, primary: frame.languages.primary };
  return [
    frameTitle(path, frame),
    `<link rel="icon" type="image/svg+xml" href="/styles/icon.svg">`,
    `<link rel="stylesheet" href="/fonts/noto-sans-sc.css">`,
    `<script>${startScript(facts)}</script>`,
    ...(frame.isPreview ? [] : [`<script>${noticeScript(language)}</script>`]),
  ].join("\n");
}

/** A page's `title`. */
export function frameTitle(path: string, frame: Frame): string {
  const { language, page } = pageOf(path, frame.languages);
  return `<title>${escapeXml(upright(pageTitle(page, language, frame)))}</title>`;
}

/** The bar at the top of each page: name, navigation, language and theme switch. */
export function frameHeader(path: string, frame: Frame): string {
  const { language, page } = pageOf(path, frame.languages);
  const messages = pages(language);
  const links = navigation.map((target) => {
    const current = isCurrent(page, target) ? ' aria-current="page"' : "";
    return `<a href="${pagePath(target, language, frame)}"${current}>${messages.nav[target]}</a>`;
  });
  const elsewhere = language === "en" ? "zh-CN" : "en";
  return `<a class="skip" href="#observablehq-main">${messages.nav.skip}</a>
<a class="brand" href="${pagePath("index", language, frame)}">${brandMark}<span>Herringbone</span></a>
<nav aria-label="${messages.nav.label}">${links.join("")}</nav>
<div class="switches"><a class="language" lang="${elsewhere}" hreflang="${elsewhere}" href="${pagePath(page, elsewhere, frame)}">${messages.nav.otherLanguage}</a>
<button type="button" class="theme" title="${messages.nav.theme}" aria-label="${messages.nav.theme}">◐</button></div>`;
}

/** The foot of each page; build id and data date are filled in from the data by the page itself. */
export function frameFooter(path: string, frame: Frame): string {
  const { language } = pageOf(path, frame.languages);
  return `<span class="build-line">${pages(language).foot.waiting}</span>`;
}

const brandMark = `<svg viewBox="0 0 28 16" width="28" height="16" aria-hidden="true"><path d="M2 8h18M6 1l4 7M12 1l4 7M6 15l4-7M12 15l4-7" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M20 3l7 5-7 5z" fill="currentColor"/></svg>`;

function isCurrent(page: string, target: NavigationPage): boolean {
  if (target === "kpis") return page === target || page.startsWith("kpi/");
  if (target === "benefits") return page === target || page.startsWith("benefit/");
  if (target === "fishbone") return page === target || page === "problems" || page.startsWith("fishbone/");
  if (target === "scorecards")
    return page === target || page === "assessment" || page === "weights" || page.startsWith("scorecard/");
  if (target === "quality") return page === target || page === "reconciliations";
  return page === target;
}

function pagePath(page: string, language: Language, { languages }: Frame): string {
  const folder = language === languages.primary ? "/" : `/${languages.other}/`;
  return `${folder}${page}`;
}

function pageTitle(page: string, language: Language, frame: Frame): string {
  const { nav, fishbone, problems, assessment, weights, benefits, reconciliations } = pages(language);
  const kpi = page.startsWith("kpi/") && frame.kpiLabels.get(page.slice("kpi/".length))?.[language];
  const one = (labels: Frame["fishboneLabels"], list: string, folder: string) => {
    const [first] = labels.keys();
    const id = page === list ? first : page.startsWith(folder) && page.slice(folder.length);
    return id ? labels.get(id)?.[language] : undefined;
  };
  const department = one(frame.fishboneLabels, "fishbone", "fishbone/");
  const card = one(frame.scorecardLabels, "scorecards", "scorecard/");
  const initiative =
    page.startsWith("benefit/") && frame.initiativeLabels.get(page.slice("benefit/".length))?.[language];
  const title =
    kpi ||
    (department && fishbone.label(department)) ||
    card ||
    initiative ||
    (page === "benefits" && benefits.name) ||
    (page === "assessment" && assessment.name) ||
    (page === "weights" && weights.name) ||
    (page === "reconciliations" && reconciliations.name) ||
    (page === "problems" ? problems.name : (nav[page as NavigationPage] ?? nav.report));
  return `${title} · Herringbone`;
}

/**
 * Runs before the first paint, so that neither language nor theme changes after it. While the page waits for its files, it has
 * the browser load what formatting takes most of its first call for.
 */
function startScript(facts: Record<string, string>): string {
  return `{const d=document.documentElement,f=${JSON.stringify(facts).replaceAll("<", "\\u003c")};
d.lang=f.language;Object.assign(d.dataset,f);
let t=null;try{t=localStorage.getItem("theme")}catch{}
if(t)d.dataset.theme=t;
addEventListener("click",(e)=>{const b=e.target.closest?.("button.theme"),l=e.target.closest?.("a.language");
if(b){const dark=d.dataset.theme?d.dataset.theme==="dark":matchMedia("(prefers-color-scheme: dark)").matches;
d.dataset.theme=dark?"light":"dark";try{localStorage.setItem("theme",d.dataset.theme)}catch{}}
if(l)l.href=l.href.replace(/[?#].*$/,"")+location.search+location.hash});
setTimeout(()=>{new Intl.DateTimeFormat("en-US",{hour:"numeric"}).format(0);
if(f.language==="zh-CN")new Intl.Segmenter("zh-CN",{granularity:"word"}).segment("客户满意度").containing(0)})}`;
}
