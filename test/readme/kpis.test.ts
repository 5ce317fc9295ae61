import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

// One that is added need not be listed: it is a row of the catalogue, a model and a test.
it("the README's list of KPIs has none that the shipped catalogue has not, each once and under its unit", () => {
  const [, table = ""] = read("README.md").split("| unit | a value is | KPIs |\n|---|---|---|\n");
  const listed = (table.split("\n\n")[0] ?? "").split("\n").flatMap((line) => {
    const [, unit = "", , ids = ""] = line.split("|");
    return [...ids.matchAll(/`(\w+)`/g)].map(([, id]) => `${id} ${unit.replaceAll(/[ `]/g, "")}`);
  });
  const { kpis } = parse(read("data/catalog/kpis.yaml")) as { kpis: { id: string; unit: string }[] };
  const shipped = kpis.map(({ id, unit }) => `${id} ${unit}`);
  expect(listed.filter((each) => !shipped.includes(each))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed.length).toBeGreaterThan(40);
});
