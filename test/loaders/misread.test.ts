import { describe, expect, it } from "vitest";
import { csv, refusalOf, stageFolder } from "../load/stageFolder.js";
import { encodeGb18030 } from "./encodeGb18030.js";
import { expectProducts } from "./faultyFile.js";

const header = "product_id,name,category";
const latin1 = (text: string) => Buffer.from(text, "latin1");
const sources = (settings: string, table = "{}") => ({
  "sources.yaml": `crm:\n  files: "products.*"\n${settings}  tables:\n    products: ${table}\n`,
});

/** Three companies of Taiwan, 臺灣積體電路製造, 鴻海精密工業 and 國泰人壽保險股份有限公司, in Big5. */
const big5 = Buffer.from(
  "43312cbb4fc657bf6ec5e9b971b8f4bb73b379aad1a5f7a6b3adada4bda5710a43322cc245aefcbaebb14ba475b77eaad1a5f7a6b3adada4bda5710a43332cb0eaaef5a448b9d8ab4fc049aad1a5f7a6b3adada4bda5710a",
  "hex",
);

describe("encodings", () => {
  it("bytes that are not of the encoding told cost their lines", () =>
    stageFolder(
      {
        "products.csv": latin1(
          `${header}\nP1,\xb2\xfa,x\nP2,caf\xe9,x\nP3,y,\xe9\nP4,\xff\xff,x\nP5,\xb2\xfa,x\n`,
        ),
        ...sources("  encoding: gb18030\n"),
      },
      async ({ report, quarantine, rows }) => {
        expect(report.files).toMatchObject([{ rowsRead: 5, rowsAccepted: 2, linesRejected: 3 }]);
        expect((await quarantine()).map(({ place, rules }) => [place, rules[0]?.[1]])).toEqual([
          ["products.csv:3", "bad_encoding"],
          ["products.csv:4", "bad_encoding"],
          ["products.csv:5", "bad_encoding"],
        ]);
        expect(await rows("select product_id from staging.products")).toEqual([
          { product_id: "P1" },
          { product_id: "P5" },
        ]);
      },
    ));

  it("a lone surrogate in UTF-16 costs its line", () =>
    stageFolder(
      {
        "products.csv": Buffer.concat([
          Buffer.from(`\ufeff${header}\nP1,a,x\nP2,`, "utf16le"),
          latin1("\x00\xd8"),
          Buffer.from("b,x\nP3,c,x\n", "utf16le"),
        ]),
      },
      async ({ report }) =>
        expect(report.files).toMatchObject([{ rowsRead: 3, rowsAccepted: 2, linesRejected: 1 }]),
    ));

  it("two exports in one file, of GB18030 and of Big5, are asked for", async () => {
    const simplified = ["上海机械设备有限公司", "北京电子科技股份有限公司", "深圳贸易有限公司"];
    const rows = Array.from({ length: 12 }, (_, index) => `P${index},${simplified[index % 3]}\n`).join("");
    const one = encodeGb18030(`product_id,name\n${rows}`);
    expect((await refusalOf({ "products.csv": Buffer.concat([one, big5]) })).exitCode).toBe(2);
    await stageFolder({ "products.csv": one }, async ({ report }) =>
      expect(report.files).toMatchObject([{ encoding: "gb18030", rowsAccepted: 12 }]),
    );
  });

  it("gbk is read as GB18030, as the encoding standard says", () =>
    expectProducts(
      "products.csv",
      latin1(`${header}\nP1,\x81\x39\xee\x39,x\n`),
      { loaded: [["P1", "㐀", "x"]] },
      sources("  encoding: gbk\n"),
    ));
});

describe("mappings", () => {
  const mapped = (category: string) =>
    stageFolder(
      {
        "products.csv": `${header}\nP1,a,x\nP2,b,7\n`,
        ...sources("", `{ columns: { product_id: product_id, name: name, category: "${category}" } }`),
      },
      async () => undefined,
    );
  it("max(category) fails as a mistake of the mapping", () =>
    expect(mapped("max(category)")).rejects.toMatchObject({
      name: "CliError",
      message: expect.stringMatching(/sources\.yaml: crm\.tables\.products/),
    }));
});

describe("quotes", () => {
  it("a validly quoted cell over two lines is one row, whatever commas it holds", () =>
    expectProducts(
      "products.csv",
      `${header}\nP1,"Main Street 5, third floor\nBerlin, Germany",x\nP2,"\n,",x\nP3,"a,b\nc,d",x\n`,
      {
        loaded: [
          ["P1", "Main Street 5, third floor\nBerlin, Germany", "x"],
          ["P2", ",", "x"],
          ["P3", "a,b\nc,d", "x"],
        ],
      },
    ));

  it("a stray quote does not swallow a row whose quoted cell begins with the delimiter", () =>
    expectProducts("products.csv", `${header}\n"P1,a,x\nP2,",z",q\nP3,c,x\n`, {
      loaded: [
        ["P2", ",z", "q"],
        ["P3", "c", "x"],
      ],
      refused: [[2, "broken_quoting", '"P1,a,x']],
    }));
});

describe("notation", () => {
  it("a blank is no digit", () =>
    stageFolder(
      {
        "trainings.csv": csv(
          ["training_id", "employee_id", "course", "due_on"],
          [
            ["1", "E", "c", "2026-03-1 "],
            ["2", "E", "c", "2026-03-01"],
          ],
        ),
        "handoffs.csv": csv(
          ["handoff_id", "ticket_id", "from_department", "to_department", "handed_at", "due_at"],
          ["2026-03-01 08:30:0 ", "2026-03-1  08:30:00", "2026-03-01  8:05:00"].map((cell, index) => [
            String(index),
            "T",
            "a",
            "b",
            "2026-01-01",
            cell,
          ]),
        ),
      },
      async ({ rows }) => {
        expect(await rows("select training_id from staging.trainings")).toEqual([{ training_id: "2" }]);
        expect(await rows("select handoff_id from staging.handoffs")).toEqual([]);
      },
    ));
});
