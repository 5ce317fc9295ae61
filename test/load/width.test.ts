import { expect, it } from "vitest";
import { expectEquations } from "../loaders/faultyFile.js";
import { stageFolder } from "./stageFolder.js";

/** Products with so many columns more; the second row lacks its name, the third has a cell too many. */
function products(more: number): string {
  const names = Array.from({ length: more }, (_, index) => `x${index}`);
  const cells = names.map((name) => `"${name}"`).join(",");
  const rows = [`P1,"a, b",${cells}`, `P2,,${cells}`, `P3,c,${cells},z`, `P4,"two\nlines",${cells}`];
  return `product_id,name,${names.join(",")}\n${rows.join("\n")}\n`;
}

it.each([10, 398, 399, 6000])(
  "of %i further columns the rows are loaded, and broken ones kept whole",
  (more) =>
    stageFolder({ "products.csv": products(more) }, async (staged) => {
      await expectEquations(staged);
      expect(await staged.rows("select product_id, name from staging.products order by 1")).toEqual([
        { product_id: "P1", name: "a, b" },
        { product_id: "P4", name: "two\nlines" },
      ]);
      const quarantine = await staged.quarantine();
      expect(quarantine.map(({ place, rules }) => [place, rules[0]?.[1]])).toEqual([
        ["products.csv:3", "required"],
        ["products.csv:4", "ragged"],
      ]);
      const raw = JSON.parse(quarantine[0]?.raw ?? "{}") as Record<string, string | null>;
      expect(Object.keys(raw)).toHaveLength(more + 2);
      expect([raw.product_id, raw.name, raw.x0, raw[`x${more - 1}`]]).toEqual([
        "P2",
        null,
        "x0",
        `x${more - 1}`,
      ]);
    }),
);

it.each([
  ["a select", 'select: "select product_id, name from p"'],
  ["a window", "columns: {product_id: product_id, name: row_number() over (order by product_id)}"],
])("%s of a file of too many columns is refused with their number", async (_, mapping) => {
  const yaml = `s:\n  files: {p: p.csv}\n  tables:\n    products:\n      ${mapping}\n`;
  await expect(
    stageFolder({ "p.csv": products(6000), "sources.yaml": yaml }, async () => undefined),
  ).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("this has 6002") });
});
