import { describe, expect, it } from "vitest";
import { stageFolder } from "../load/stageFolder.js";
import { expectEquations, expectProducts } from "./faultyFile.js";

const text = (lines: readonly string[]) => `product_id,name,category\n${lines.join("\n")}\n`;

describe("faults in large files", () => {
  const count = 400_000;
  const row = (index: number) => `P${index},name ${index},c`;

  for (const [name, broken] of Object.entries({
    "opening a field": 'P200000,"name,c',
    "opening the line": '"P200000,name,c',
    "opening the last field": 'P200000,name,"c',
  }))
    it(`a stray quote ${name} in the middle of 400,000 rows costs its own line`, () => {
      const lines = Array.from({ length: count }, (_, index) => row(index));
      lines[200_000] = broken;
      lines[399_990] = "P399990,,c";
      return stageFolder({ "products.csv": text(lines) }, async (staged) => {
        await expectEquations(staged);
        expect(staged.report.files).toMatchObject([{ rowsRead: count, rowsAccepted: count - 1 }]);
        // The header is line 1, so row n stands on line n + 2.
        expect(await staged.quarantine()).toMatchObject([
          { place: "products.csv:200002", raw: broken, rules: [[null, "broken_quoting"]] },
          { place: "products.csv:399992", rules: [["name", "required"]] },
        ]);
        const ends = "min(product_id), max(product_id), count(distinct product_id)";
        expect(Object.values((await staged.rows(`select ${ends} from staging.products`))[0] ?? {})).toEqual([
          "P0",
          "P99999",
          String(count - 2),
        ]);
      });
    });

  for (const distance of [3, 20, 900, 50_000])
    it(`two stray quotes ${distance} rows apart do not swallow the rows between`, () => {
      const lines = Array.from({ length: 60_000 }, (_, index) => row(index));
      lines[1000] = 'P1000,"name,c';
      lines[1000 + distance] = `P${1000 + distance},name",c`;
      return stageFolder({ "products.csv": text(lines) }, async (staged) => {
        await expectEquations(staged);
        expect(staged.report.files).toMatchObject([{ rowsRead: 60_000 }]);
        // The second quote stands within an unquoted field, where it is an ordinary character.
        expect(await staged.quarantine()).toEqual([
          { place: "products.csv:1002", raw: 'P1000,"name,c', rules: [[null, "broken_quoting"]] },
        ]);
        expect(await staged.rows("select product_id from staging.products where name like '%\"%'")).toEqual([
          { product_id: `P${1000 + distance}` },
        ]);
      });
    });

  it("a line of 10 MB costs itself, its neighbours are kept", () => {
    const long = `P2,${"长".repeat(3_500_000)},x`;
    return expectProducts("products.csv", text(["P1,a,x", long, "P3,,x", "P4,d,x"]), {
      loaded: [
        ["P1", "a", "x"],
        ["P4", "d", "x"],
      ],
      refused: [
        [3, "line_too_long", long],
        [4, "required", { product_id: "P3", name: null, category: "x" }],
      ],
    });
  });

  it("a quoted cell of 10 MB over many lines costs its lines only", () => {
    const inner = Array.from({ length: 1000 }, () => "y".repeat(10_000));
    const lines = ['P2,"begins', ...inner, 'ends",x'];
    const loaded = [["P1", "a", "x"] as const, ["P4", "d", "x"] as const];
    return expectProducts("products.csv", text(["P1,a,x", ...lines, "P4,d,x"]), {
      loaded,
      refused: lines.map(
        (line, index) => [3 + index, index === 0 ? "broken_quoting" : "ragged", line] as const,
      ),
    });
  });
});
