import { isUnshown } from "../../src/kpi/coverage.js";
import { sayReason } from "../data/headline.js";
import type { Point } from "../data/series.js";
import type { Site } from "../data/site.js";

/** What the open and the absent points of a trend mean, each in a sentence, on the page as in print. */
export function pointNotes(site: Site, points: readonly Point[]): string[] {
  const { format, messages } = site;
  const { mark } = messages;
  const unrecorded = [
    points.find(({ incomplete }) => incomplete),
    points.findLast(({ incomplete }) => incomplete),
    points.findLast(({ reason }) => reason?.code === "after_record"),
  ].flatMap((point) => (point?.reason ? sentence(sayReason(site, point.reason)) : []));
  const unshown = points.find(isUnshown)?.reason;
  const partial = points.findLast((point) => point.partial && point.value !== null);
  const immature = points.findLast(
    (point) => !point.mature && !point.partial && !point.incomplete && point.value !== null,
  );
  return [
    ...new Set(unrecorded),
    ...(unshown ? [mark.unshown(sayReason(site, unshown))] : []),
    ...(partial
      ? [
          mark.partialNote(
            format.day(partial.lastDay),
            partial.previous !== null || partial.lastYear !== null,
          ),
        ]
      : []),
    ...(immature
      ? [
          immature.maturesOn !== null
            ? mark.immatureNote(format.day(immature.maturesOn, true))
            : immature.awaiting > 0
              ? mark.awaiting(format.integer(immature.awaiting))
              : mark.notFinal,
        ]
      : []),
  ];
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
