import { changeOfTotal, gradeText, latestScore, points } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { scorecardPage } from "./scorecardPage.js";

/** Each scorecard's latest total with grade, period and change, of those that have one; null where none has. */
export function scoreStrip(site: Site): HTMLElement | null {
  const { catalogue, messages, format, language } = site;
  const words = messages.scores;
  const scores = catalogue.scorecards.flatMap((card) => {
    const score = latestScore(site, card);
    return score && score.total !== null ? [{ card, score }] : [];
  });
  if (scores.length === 0) return null;
  return h(
    "nav",
    { class: "tiles score-strip", "aria-label": words.headline },
    scores.map(({ card, score }) => {
      const moved = changeOfTotal(site, score);
      const delta = moved && format.delta("score", moved.delta);
      const change = !moved || !delta ? "" : moved.isOfBoth ? words.alike(delta) : words.against(delta);
      const weights = change && moved?.isReweighed ? words.newWeights : "";
      return h(
        "a",
        { class: "tile sheet", href: site.href(scorecardPage(site, card.id)) },
        h("strong", { class: "tile-name" }, card.label[language]),
        h(
          "span",
          { class: "tile-total" },
          h("strong", {}, points(site, score.total)),
          " ",
          gradeText(site, score),
        ),
        h(
          "span",
          { class: "tile-weight", title: moved?.basis || null },
          [format.period(score.grain, score.period_start), change, weights].filter(Boolean).join(" · "),
        ),
      );
    }),
  );
}
