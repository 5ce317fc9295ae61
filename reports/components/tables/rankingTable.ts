import type { RankedScore, Ranking, Scorecard } from "../../src/published/scoreTypes.js";
import { scoreBar } from "../charts/scoreBar.js";
import { valueLabel } from "../data/labels.js";
import { gradeText, points, rankText } from "../data/scores.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import { type ScoreLinks, scorecardTable } from "./scorecardTable.js";
import { headed, numberHead, textHead } from "./table.js";

/** Everybody by rank, who has no total last, with the totals of the groups that anyone has. Where `links` are given, each row opens to its items. */
export function rankingTable(
  site: Site,
  card: Scorecard,
  { subjects, kind }: Ranking,
  links?: ScoreLinks,
): HTMLElement {
  const { messages, format, language } = site;
  const { columns } = messages.scores;
  const groups = card.groups.filter(({ id }) =>
    subjects.some((subject) =>
      subject.groups.some((group) => group.id === id && (group.total !== null || group.hidden)),
    ),
  );
  const heads = [columns.total, columns.covered, ...groups.map(({ label }) => label[language])];
  const span = 4 + groups.length + 1;
  return headed(
    "ranks",
    [
      numberHead(columns.rank),
      textHead(messages.scores[kind]),
      textHead(columns.grade),
      heads.map(numberHead),
    ],
    subjects.map((subject) => {
      const name = valueLabel(site, kind, subject.subject);
      const rows = links ? detailRows(site, card, { ...subject, name }, links, span) : null;
      return h(
        "tbody",
        {},
        h(
          "tr",
          {},
          h("td", { class: "rank" }, rankText(site, subject)),
          h("th", { scope: "row", class: "text" }, rows?.button ?? name),
          h("td", { class: "text" }, gradeText(site, subject)),
          h("td", { class: "score" }, subject.between ? messages.unshown : scoreBar(site, subject.total)),
          h("td", {}, format.share(subject.covered_weight)),
          groups.map(({ id }) => {
            const group = subject.groups.find((one) => one.id === id);
            return h("td", {}, group?.hidden ? messages.unshown : points(site, group?.total ?? null));
          }),
        ),
        rows?.detail,
      );
    }),
  );
}

/** A button that opens the row with the subject's items, which are drawn when they are first wanted. */
function detailRows(
  site: Site,
  card: Scorecard,
  subject: RankedScore & { name: string },
  links: ScoreLinks,
  span: number,
): { button: HTMLElement; detail: HTMLElement } {
  const detail = h("tr", { class: "detail", hidden: true }, h("td", { colspan: span }));
  const button = h(
    "button",
    {
      type: "button",
      class: "opens",
      "aria-expanded": "false",
      "aria-label": site.messages.scores.open(subject.name),
      click: () => {
        const opens = detail.hidden;
        const [box] = detail.children;
        if (opens && box?.childElementCount === 0) {
          box.append(h("div", { class: "scroll", tabindex: 0 }, scorecardTable(site, card, subject, links)));
        }
        detail.hidden = !opens;
        button.setAttribute("aria-expanded", String(opens));
      },
    },
    subject.name,
  );
  return { button, detail };
}
