import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dimensionOf } from "../../src/catalogue/dimensions.js";
import { idSchema } from "../../src/catalogue/names.js";
import { parseDimensions } from "../../src/catalogue/ownDimensions.js";
import { ownValue } from "../../src/catalogue/ownValue.js";
import { readSettings } from "../../src/catalogue/settings.js";
import { codeOf, codesOf, labelOf, mergedVocabulary, wordsOf } from "../../src/catalogue/vocabulary.js";
import { readVocabulary } from "../../src/catalogue/vocabularyFile.js";
import { type Column, columnsOf } from "../../src/contract/index.js";
import { noWords } from "../../src/contract/reading.js";
import { sourceReading } from "../../src/load/mapping/readings.js";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { stageFolder } from "../load/stageFolder.js";
import { temporaryFolder } from "../temporaryFolder.js";
import { inChinese } from "../words/said.js";

const root = temporaryFolder("names");

const inherited = ["constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];
let serial = 0;

function folderWith(name: string, text: string): string {
  const folder = join(root, String(++serial));
  mkdirSync(folder);
  writeFileSync(join(folder, name), text);
  return folder;
}

describe("__proto__ is no name, wherever it stands, and nothing vanishes with it", () => {
  const table = "tables: {products: {columns: {product_id: a, name: b}}}";
  it.each([
    [`__proto__: {files: x.csv, ${table}}\n`, "sources.yaml: not a name"],
    [`"__proto__": {files: x.csv, ${table}}\nb: {files: y.csv, ${table}}\n`, "sources.yaml: not a name"],
    [`s: {files: {__proto__: x.csv}, ${table}}\n`, "sources.yaml: s.files: not a name"],
    ["s: {files: x.csv, tables: {__proto__: {}}}\n", "sources.yaml: s.tables: not a name"],
    [
      "s: {files: x.csv, tables: {tickets: {values: {channel: {__proto__: online}}}}}\n",
      "sources.yaml: s.tables.tickets.values.channel: not a name",
    ],
  ])("sources.yaml: %s", (text, message) => {
    const folder = folderWith("sources.yaml", text);
    expect(() => readSourcesYaml(folder)).toThrow(
      expect.objectContaining({ exitCode: 2, message: `${message}: "__proto__"` }),
    );
  });

  it("vocabulary, dimensions and settings", () => {
    const fault = expect.objectContaining({ exitCode: 2, wording: inChinese("不是名称") });
    const words = folderWith("vocabulary.yaml", "region: {__proto__: {labels: {en: East}}}\n");
    expect(() => readVocabulary(words)).toThrow(fault);
    const settings = folderWith("settings.yaml", "__proto__: {language: en}\n");
    expect(() => readSettings(settings)).toThrow(fault);
    const dimensions = "- {id: line, labels: {zh-CN: 线, en: Line}, from: {__proto__: x}}\n";
    expect(() => parseDimensions(dimensions, "dimensions.yaml")).toThrow(fault);
  });
});

describe("names that every object has stand for nothing but themselves", () => {
  it("ids", () => {
    for (const id of inherited) expect(idSchema.safeParse(id).success).toBe(false);
    const text = (id: string) => `- {id: ${id}, labels: {zh-CN: 线, en: Line}, from: {orders: x}}\n`;
    for (const id of [...inherited, "Bad Id"])
      expect(() => parseDimensions(text(id), "dimensions.yaml")).toThrow(/not a snake_case id/);
  });

  it("columns that dimensions are of: none may be called as the load or the engine calls its own", () => {
    const text = (column: string) =>
      `- {id: line, labels: {zh-CN: 线, en: Line}, from: {orders: ${column}}}\n`;
    for (const column of ["rowid", "ROWID", "Row_No", "_state", "updated_at", "Ordered_On"])
      expect(() => parseDimensions(text(column), "dimensions.yaml")).toThrow(/taken by the load/);
  });

  it("dimensions, words and labels that are asked for", () => {
    for (const name of [...inherited, "__proto__"]) {
      expect(dimensionOf(name)).toBe(name);
      expect(ownValue({}, name)).toBeUndefined();
      expect(codesOf({}, name)).toEqual([]);
      expect(codeOf({}, name, "name")).toBeUndefined();
      for (const value of ["name", "length", "prototype", name]) {
        expect(labelOf({}, name, value, "en")).toBeUndefined();
        expect(labelOf({ region: {} }, "region", value, "en")).toBeUndefined();
      }
      expect(wordsOf({}, "tickets", name)).toEqual({});
    }
    const over = { constructor: { toString: { labels: { en: "Text" }, spellings: [] } } };
    expect(labelOf(mergedVocabulary({}, over), "constructor", "toString", "en")).toBe("Text");
  });

  it("a further column has neither words nor forms of dates that nobody gave it", () => {
    const source = { name: "s", folder: "", settings: {}, parts: new Map(), mappings: [] };
    const mapping = { table: "orders" as const, part: "s", extra: [], byName: false, values: {} };
    const column = { ...columnsOf("orders")[0], name: "constructor", kind: "text" } as Column;
    const reading = sourceReading(source, { ...mapping, date_formats: {} }, {})("orders", column);
    expect(reading).toMatchObject({ words: noWords, dateFormats: [] });
  });

  it("sources, file groups, raw tables, and words are read as any other", () =>
    stageFolder(
      {
        "a.csv": "id,b,c\nP1,constructor,x\nP2,toString,y\n",
        "t.csv":
          "n,at,kind,how\n1,2026-01-01 10:00:00,constructor,valueOf\n2,2026-01-01 11:00:00,repair,web\n",
        "sources.yaml": `constructor:
  files: {toString: a.csv}
  tables:
    products: {select: "select id as product_id, b as name, c as category from toString"}
valueOf:
  files: {constructor: t.csv}
  tables:
    tickets:
      from: constructor
      columns: {ticket_id: n, created_at: at, type: kind, channel: how}
      values: {type: {constructor: complaint}, channel: {valueOf: phone, web: hasOwnProperty}}
`,
      },
      async ({ rows }) => {
        expect(await rows("select product_id, name from staging.products order by 1")).toEqual([
          { product_id: "P1", name: "constructor" },
          { product_id: "P2", name: "toString" },
        ]);
        expect(await rows("select type, channel from staging.tickets order by ticket_id")).toEqual([
          { type: "complaint", channel: "phone" },
          { type: "repair", channel: "hasOwnProperty" },
        ]);
      },
    ));
});
