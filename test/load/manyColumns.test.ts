import { describe, expect, it } from "vitest";
import { columnNames } from "../../loaders/columns.js";
import type { LoadPlan } from "../../src/load/plan.js";
import { ofAnyAndAll } from "../../src/load/report.js";
import { schemaFindings } from "../../src/warehouse/drift/titles.js";

const many = 20_000;

/** A list that counts how often one of its elements is looked at. */
function counted(list: readonly string[]) {
  const looks = { count: 0 };
  const proxy = new Proxy(list, {
    get(target, key, self) {
      if (typeof key === "string" && /^\d+$/.test(key)) looks.count++;
      return Reflect.get(target, key, self);
    },
  });
  return { proxy, looks };
}

const titles = (word: string) => Array.from({ length: many }, (_, index) => `${word}${index}`);

describe("files of very many columns are gone through a few times, not once a column", () => {
  it("titles of any and of all files", () => {
    const [one, other] = [counted(titles("c")), counted([...titles("c").slice(1), "new", "new"])];
    const found = ofAnyAndAll([one.proxy, other.proxy]);
    expect([found.titles.length, found.common.length]).toEqual([many + 1, many - 1]);
    expect([found.titles.at(-1), found.common[0]]).toEqual(["new", "c1"]);
    expect(one.looks.count + other.looks.count).toBeLessThanOrEqual(6 * many);
  });

  it("names of columns that all have one title", () => {
    let asked = 0;
    const has = Set.prototype.has;
    Set.prototype.has = function (value) {
      asked++;
      return has.call(this, value);
    };
    try {
      const names = columnNames(Array.from({ length: many }, (_, index) => (index % 2 ? "A" : "a")));
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(many);
      expect(names.slice(0, 4)).toEqual(["a", "A_1", "a_2", "A_3"]);
    } finally {
      Set.prototype.has = has;
    }
    expect(asked).toBeLessThanOrEqual(3 * many);
  });

  it("what changed since the build before", () => {
    const plan = { sources: [] } as unknown as LoadPlan;
    const [old, new_] = [counted([...titles("old"), "stays"]), counted([...titles("new"), "stays"])];
    const of = (list: readonly string[]) => ({ source: "s", part: "t", titles: list, common: list });
    const found = schemaFindings([of(new_.proxy)], [of(old.proxy)], plan);
    expect(found.length).toBe(many);
    expect(found[7]).toMatchObject({ change: "replaced", title: "old7", instead: "new7" });
    expect(old.looks.count + new_.looks.count).toBeLessThanOrEqual(20 * many);
  });
});
