import { sayReason } from "../data/headline.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";
import { h } from "../element.js";
import type { Compared } from "../pages/changeView.js";
import type { KpiView } from "../pages/kpiPage.js";
import { notes } from "../pages/message.js";
import { notFound } from "./notFound.js";
import { writeQuery } from "./writeQuery.js";

/**
 * Which change is shown: of which period, and against last year or the period before. Its `value` is the choice, null
 * where no period has anything to be compared with; `input` events tell it, and the address keeps it.
 */
export function changeBar(site: Site, view: KpiView): HTMLElement & { value: Compared | null } {
  const { messages, format } = site;
  const points = view.points.filter(({ previous, lastYear }) => previous !== null || lastYear !== null);
  const bar = h("form", { class: "compare", "aria-label": messages.change.controls }) as HTMLElement & {
    value: Compared | null;
  };
  bar.value = startingWith(points, view.point);
  if (bar.value === null) {
    const reason = view.points.flatMap(({ value, lastYearReason, previousReason }) =>
      value === null ? [] : (lastYearReason ?? previousReason ?? []),
    )[0];
    if (reason) bar.append(notes([messages.change.notCompared(sayReason(site, reason))]));
    else bar.hidden = true;
    return bar;
  }
  const fallback = bar.value;
  const query = new URLSearchParams(globalThis.location?.search ?? "");
  const asked = query.get("period");
  let chosen = points.find(({ start }) => start === asked);
  const notice = notFound(site, messages.change.period, asked, chosen !== undefined);
  let compare: Compared["compare"] = query.get("against") === "previous" ? "previous" : "year";

  const buttons = (["year", "previous"] as const).map((name) => ({
    name,
    button: h(
      "button",
      {
        type: "button",
        click: () => {
          compare = name;
          tell();
        },
      },
      name === "year" ? messages.change.lastYear : messages.change.previous,
    ) as HTMLButtonElement,
  }));
  const tell = () => {
    const point = chosen ?? points.find(({ start }) => start === fallback.start);
    if (!point) return;
    const possible = difference(point, compare) ? compare : compare === "year" ? "previous" : "year";
    for (const { name, button } of buttons) {
      button.setAttribute("aria-pressed", String(name === possible));
      button.disabled = !difference(point, name);
      const reason = name === "year" ? point.lastYearReason : point.previousReason;
      button.title = reason ? sayReason(site, reason) : "";
    }
    bar.value = { start: point.start, compare: possible };
    writeQuery(["period", "against"], {
      ...(chosen && chosen.start !== fallback.start ? { period: chosen.start } : {}),
      ...(compare === "previous" ? { against: "previous" } : {}),
    });
    bar.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const select = h(
    "select",
    {
      change: (event) => {
        const { value } = event.target as HTMLSelectElement;
        chosen = points.find(({ start }) => start === value);
        notice?.remove();
        tell();
      },
    },
    points
      .toReversed()
      .map(({ grain, start, partial }) =>
        h(
          "option",
          { value: start, selected: start === (chosen?.start ?? fallback.start) },
          partial
            ? `${format.period(grain, start)}${messages.punctuation.open}${messages.mark.partialShort}${messages.punctuation.close}`
            : format.period(grain, start),
        ),
      ),
  );
  bar.append(
    h("label", {}, h("span", {}, messages.change.period), select),
    h(
      "div",
      { class: "against" },
      h("span", {}, messages.change.against),
      h(
        "div",
        { class: "grains", role: "group", "aria-label": messages.change.against },
        buttons.map(({ button }) => button),
      ),
    ),
  );
  if (notice) bar.append(notice);
  bar.addEventListener("submit", (event) => event.preventDefault());
  bar.addEventListener("input", (event) => {
    if (event.target !== bar) event.stopPropagation();
  });
  tell();
  return bar;
}

const difference = (point: Point, compare: Compared["compare"]) =>
  compare === "year" ? point.lastYear : point.previous;

/** The page's own period where it can be compared, else the latest that can. */
function startingWith(points: readonly Point[], point: Point | null): Compared | null {
  const first =
    points.find(({ start }) => start === point?.start) ?? points.findLast(({ partial }) => !partial);
  if (!first) return null;
  return { start: first.start, compare: first.lastYear ? "year" : "previous" };
}
