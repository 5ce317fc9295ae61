// @vitest-environment jsdom
import { expect, it } from "vitest";
import { bullet } from "../../../reports/components/charts/bullet.js";
import { changeChart } from "../../../reports/components/charts/changeChart.js";
import { effectCell, effectScale } from "../../../reports/components/charts/effectCell.js";
import { effectChart } from "../../../reports/components/charts/effectChart.js";
import { effectRun } from "../../../reports/components/charts/effectRun.js";
import { pareto } from "../../../reports/components/charts/pareto.js";
import { percentileChart } from "../../../reports/components/charts/percentileChart.js";
import { scoreBar } from "../../../reports/components/charts/scoreBar.js";
import { scoreChart } from "../../../reports/components/charts/scoreChart.js";
import { sparkFigure } from "../../../reports/components/charts/spark.js";
import { headlineOf } from "../../../reports/components/data/headline.js";
import { headScore } from "../../../reports/components/data/scores.js";
import { fishbone as drawFishbone } from "../../../reports/components/fishbone/fishbone.js";
import { fishboneView } from "../../../reports/components/fishbone/fishboneView.js";
import { problemView } from "../../../reports/components/fishbone/problem.js";
import { problemFishbone } from "../../../reports/components/fishbone/problemFishbone.js";
import { changeView } from "../../../reports/components/pages/changeView.js";
import { kpiSplit, kpiTrend, kpiView } from "../../../reports/components/pages/kpiPage.js";
import { problemRanking } from "../../../reports/components/tables/problemRanking.js";
import type { Assessment } from "../../../src/published/benefitTypes.js";
import { cube, fishbone, month, problem, reasons, scores, siteOf, solved, wait } from "./site.js";

const english = siteOf("en");
const chinese = siteOf("zh-CN");
const choice = (by = "") => ({ grain: "month" as const, by, where: {} });
const viewOf = (site = english, by = "") => kpiView(site, solved, choice(by), cube, null);
const headlines = (site = english) => site.catalogue.kpis.map((kpi) => headlineOf(site, kpi));
const fishboneIn = (site: typeof english, width: number) =>
  drawFishbone(site, fishboneView(site, fishbone), { width, score: headScore(site, fishbone) });

type Drawn = Node | string | null | undefined;
/**
 * What each chart draws, in pictures of its own where it has several to show. A drawing that is meant to change is looked
 * at in a browser, then taken over with `npx vitest run test/reports/charts -u`.
 */
const charts: Record<string, () => Drawn | readonly Drawn[]> = {
  trendChart: () => kpiTrend(english, viewOf(), { width: 760 }),
  trendPanels: () => kpiSplit(chinese, viewOf(chinese, "region"), { width: 900 })?.querySelector(".panels"),
  percentileChart: () => {
    const { points } = headlineOf(english, wait);
    const rows = points.map(({ start, n }, index) => ({
      kpi_id: wait.id,
      role: "period",
      grain: "month",
      period_start: start,
      n,
      median: index === 5 ? null : 24 - index / 3,
      p90: index === 5 ? null : 66 - index + 3 * (index % 4),
      hidden: index === 5 ? 1 : 0,
    }));
    const point = points[16] ?? null;
    return percentileChart(english, wait, rows, { points, point, choice: choice(), width: 760 });
  },
  changeChart: () => {
    const view = changeView(
      viewOf(chinese, "segment"),
      { start: month(15), compare: "previous" },
      { cube, singles: null, parts: null },
    );
    return view && changeChart(chinese, view, { width: 640 });
  },
  effectChart: () =>
    effectChart(
      english,
      wait,
      [
        { label: "Primary method", delta: -4.2, low: -7.1, high: -1.3, isOwn: true },
        { label: "Shift of ranks", delta: -1, low: null, high: null, isOwn: false },
        { label: "A year earlier", delta: 0.8, low: -60, high: 62, isOwn: false },
      ],
      { width: 640, expected: -3, label: "Effects" },
    ),
  effectRun: () =>
    effectRun(
      chinese,
      solved,
      [-2, -1, 0, 1].map((month) => ({
        name: String(month),
        delta: month === 1 ? null : month / 100,
        low: month === -1 ? null : month / 100 - 0.02,
        high: month === -1 ? null : month / 100 + 0.03,
        isOwn: month >= 0,
      })),
      { width: 640, before: 2, label: "按月" },
    ),
  effectCell: () => {
    const rows = [
      { expected: -20, delta: -46, low: -75, high: -18, verdict: "improved" },
      { expected: 3, delta: -1.8, low: -9.7, high: 6.1, verdict: "no_demonstrable_change" },
      { expected: null, delta: 1, low: 0, high: 2, verdict: "improved" },
    ] as Assessment[];
    return rows.map((row) => effectCell(row, effectScale(rows), "Effect"));
  },
  bullet: () => headlines().map((headline) => bullet(headline)),
  spark: () =>
    headlines().map(({ kpi, points, point }) =>
      sparkFigure(english, { kpi, points }, { until: point?.start }),
    ),
  pareto: () =>
    pareto(chinese, reasons, { kpi: solved, point: viewOf().points[16] ?? null, choice: choice() }),
  scoreBar: () => [0, 61.25, 100, null].flatMap((score) => scoreBar(chinese, score)),
  scoreChart: () => scoreChart(english, scores, { width: 640, chosen: month(15), label: "Totals" }),
  fishbone: () => fishboneIn(english, 1200),
  fishboneTree: () => fishboneIn(chinese, 400),
  problemFishbone: () => problemFishbone(chinese, problemView(chinese, problem), { width: 1100 }),
  problemDistance: () => [
    ...problemRanking(english, problemView(english, problem), { kpi: String }).querySelectorAll(
      ".distance svg",
    ),
  ],
};

it.each(Object.entries(charts))("%s draws what it drew", async (name, draw) => {
  const parts = [draw()].flat();
  const text = parts.map((part) => (part instanceof Element ? part.outerHTML : String(part ?? "–")));
  await expect(settled(text.join("\n"))).toMatchFileSnapshot(`snapshots/${name}.html`);
});

/** The drawing in lines, with rounded coordinates and ids counted from 1. */
function settled(html: string): string {
  const ids = [...new Set(html.match(/plot-clip-\d+/g))];
  return `${html
    .replace(/-?\d+\.\d{3,}(e-\d+)?/g, (number) => String(Number(Number(number).toFixed(2)) || 0))
    .replace(/plot-clip-\d+/g, (id) => `plot-clip-${ids.indexOf(id) + 1}`)
    .replace(/>(?=<(?!\/|tspan|span|strong))/g, ">\n")}\n`;
}
