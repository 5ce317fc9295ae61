import { describe, expect, it } from "vitest";
import { readHeading } from "../../src/init/lexicon/heading.js";
import { namedBy } from "../../src/init/lexicon/named.js";
import { crms } from "./systems/crms.js";
import type { Export } from "./systems/exports.js";
import { helpdesks } from "./systems/helpdesks.js";
import { shops } from "./systems/shops.js";

const all = [...helpdesks, ...crms, ...shops];

/** The headings of an export, and the columns that each may name. */
const headingsOf = ([, table, columns]: Export) =>
  columns.split("; ").map((each) => {
    const at = each.lastIndexOf("=");
    const [title, means] = [each.slice(0, at), each.slice(at + 1)];
    const named = namedBy(readHeading(title), table).filter(({ certainty }) => certainty > 0);
    return { title, means, named: named.map(({ column }) => column) };
  });

const missedOf = (each: Export) =>
  headingsOf(each).filter(({ means, named }) => means !== "-" && !named.includes(means));

describe("exports of well-known systems", () => {
  it.each(all)("%s: what heads its %s is understood but for a heading or two", (...each) => {
    const meant = headingsOf(each).filter(({ means }) => means !== "-");
    expect(missedOf(each).length).toBeLessThanOrEqual(Math.max(2, meant.length * 0.25));
  });

  it("19 of 20 headings of all are understood", () => {
    const meant = all.flatMap(headingsOf).filter(({ means }) => means !== "-");
    expect(meant.length).toBeGreaterThan(950);
    expect(all.flatMap(missedOf).length).toBeLessThan(meant.length * 0.05);
  });

  it("of those that mean nothing of the table most name nothing of it", () => {
    const other = all.flatMap(headingsOf).filter(({ means }) => means === "-");
    const taken = other.filter(({ named }) => named.length > 0);
    expect(other.length).toBeGreaterThan(500);
    expect(taken.length).toBeLessThan(other.length * 0.1);
  });
});
