import { columnsOf } from "../contract/index.js";
import { told } from "../words/told.js";
import type { Guessed } from "./refine.js";

/** The time zone that a heading names: as settings have it, or undefined where the name is of several. */
interface NamedZone {
  text: string;
  zone?: string;
}

const offsets = /(?<!\p{L})(?:utc|gmt)\s*(?:([+\-−])\s*(\d{1,2})(?::?(\d\d))?)?(?![\p{L}\d])/iu;
const others = /(?<!\p{L})(cet|cest|mez|mesz|est|edt|cst|cdt|mst|mdt|pst|pdt|bst|jst|aest)(?!\p{L})/iu;

/** The zone that a heading says its times are of; undefined where it says none. */
function zoneOfHeading(title: string): NamedZone | undefined {
  const text = title.normalize("NFKC").replaceAll("_", " ");
  const found = offsets.exec(text);
  if (found) {
    const [shown, sign, hours = "0", minutes = "0"] = found;
    if (sign === undefined || Number(hours) + Number(minutes) === 0) return { text: shown, zone: "UTC" };
    if (Number(minutes) > 0 || Number(hours) > 12) return { text: shown };
    // The database of zones counts these from the other side.
    return { text: shown, zone: `Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}` };
  }
  const chinese = /北京时间|北京時間|中国标准时间|东八区|世界时|世界协调时|协调世界时|格林[威尼]治/.exec(
    text,
  )?.[0];
  if (chinese !== undefined)
    return { text: chinese, zone: /世界|格林/.test(chinese) ? "UTC" : "Asia/Shanghai" };
  const other = others.exec(text)?.[0];
  return other === undefined ? undefined : { text: other };
}

/**
 * Takes a file's time zone from the headings of its times. Times of another zone than its first, or of none that is named beside
 * one that is, are not read: a source has one zone.
 */
export function refineZones(all: readonly Guessed[]): void {
  for (const each of all) {
    const times = timesOf(each);
    const zone = times.find(({ named }) => named?.zone !== undefined)?.named?.zone;
    if (times.every(({ named }) => named === undefined)) continue;
    if (zone !== undefined) each.zone = zone;
    for (const { found, named } of times) {
      if (named?.zone !== undefined && named.zone === zone) continue;
      found.certainty = "unsure";
      found.reasons.push(
        named ? told("init.otherZone", { zone: named.text }) : told("init.noZone", { zone: zone ?? "?" }),
      );
    }
  }
}

/** The columns of times, but for those whose cells say their zone themselves. */
function timesOf({ guess, profiles }: Guessed) {
  const kinds = columnsOf(guess.table).filter(({ kind }) => kind === "timestamp");
  return guess.columns.flatMap((found) => {
    const isTime = found.column === "updated_at" || kinds.some(({ name }) => name === found.column);
    if (!isTime || found.source === null || found.expression !== undefined) return [];
    const words = profiles.get(found.source)?.words ?? [];
    const isOwn = words.length > 0 && words.every(([word]) => /\d(Z|[+-]\d\d(:?\d\d)?)$/i.test(word.trim()));
    return isOwn && words.every(([word]) => /:\d\d/.test(word))
      ? []
      : [{ found, named: zoneOfHeading(found.source) }];
  });
}
