import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { refusalOf, stageFolder } from "../load/stageFolder.js";
import { encodeGb18030 } from "./encodeGb18030.js";
import { expectEquations } from "./faultyFile.js";

const yaml = (file: string, more = "") => `web:
  files: "${file}"
${more}  tables:
    customers:
      max_quarantine_share: 1
      columns: {customer_id: id, name: name, city: at, employees: n}
`;

/** The raw table of a text, by a mapping that takes each of its cells for a name. */
async function cells(file: string, content: string | Buffer, columns: readonly string[]) {
  const found: Record<string, unknown>[] = [];
  for (const column of columns) {
    const told = `web: {files: "${file}", tables: {products: {select: "select row_number() over () as product_id, coalesce(\\"${column}\\", '(none)') as name from extract"}}}\n`;
    await stageFolder({ [file]: content, "sources.yaml": told }, async ({ rows }) => {
      const names = await rows("select name from staging.products order by row_no");
      for (const [index, { name }] of names.entries()) found[index] = { ...found[index], [column]: name };
    });
  }
  return found;
}

describe("JSON", () => {
  it("keeps numbers as they are written, nested values as JSON, and the order in which keys come up", async () => {
    const texts = ["1.10", "12345678901234567890", "1e3", "-0", "0.1000000000000000055511151231257827"];
    const lines = texts.map((text) => `{"number": ${text}, "nested": {"x": [${text}, "${text}", null]}}`);
    const expected = texts.map((text) => ({ number: text, nested: `{"x":[${text},"${text}",null]}` }));
    expect(await cells("x.json", `\ufeff[${lines.join(",\n")}]\n`, ["number", "nested"])).toEqual(expected);
    expect(await cells("x.ndjson", lines.join("\r\n"), ["number", "nested"])).toEqual(expected);
    const others = '[{"s":"a\\u00e9\\n\\"","b":true,"n":null},{"B":1,"s":" 001 ","b":false}]';
    expect(await cells("y.json", others, ["s", "b", "B_1"])).toEqual([
      { s: 'aé\n"', b: "true", B_1: "(none)" },
      { s: "001", b: "false", B_1: "1" },
    ]);
  });

  it.each([false, true])(
    "an array's bad rows stand where their objects begin; gzip: %s",
    async (isPacked) => {
      const text = `[\n  {"id": "C1", "name": "a", "n": 3},\n  {"id": "C2", "name": "b",\n   "n": 1.5}, 7,\n  {"id": "C3", "name": "c\\u0000"}, {"id": "C1", "name": "later", "at": ["北京", "[}"]}\n]\n`;
      const file = isPacked ? "x.json.gz" : "x.json";
      const content = isPacked ? gzipSync(text) : Buffer.from(text);
      await stageFolder({ [file]: content, "sources.yaml": yaml(file) }, async (staged) => {
        await expectEquations(staged);
        expect(staged.report.files).toMatchObject([{ file, rowsRead: 5, rowsAccepted: 3, linesRejected: 2 }]);
        expect(await staged.rows("select customer_id, name, city from staging.customers")).toEqual([
          { customer_id: "C1", name: "later", city: '["北京","[}"]' },
        ]);
        expect(await staged.quarantine()).toEqual([
          {
            place: `${file}:2`,
            raw: '{"id":"C1","name":"a","n":"3","at":null}',
            rules: [[null, "superseded"]],
          },
          {
            place: `${file}:3`,
            raw: '{"id":"C2","name":"b","n":"1.5","at":null}',
            rules: [["employees", "int"]],
          },
          { place: `${file}:4`, raw: "7", rules: [[null, "no_json"]] },
          { place: `${file}:5`, raw: '{"id": "C3", "name": "c\\u0000"}', rules: [[null, "nul_byte"]] },
        ]);
        expect(await staged.rows("select bytes::int as bytes, sha256, encoding from ingest.files")).toEqual([
          {
            bytes: content.length,
            sha256: createHash("sha256").update(content).digest("hex"),
            encoding: "utf-8",
          },
        ]);
      });
    },
  );

  it.each(["array", "lines"])(
    "a row of brackets within brackets is refused, those around it are read: %s",
    async (form) => {
      const nested = (levels: number) => `${"[".repeat(levels)}"]}"${"]".repeat(levels)}`;
      const rows = [499, 500, 4_000, 200_000, 1].map(
        (levels, index) => `{"id":"C${index}","name":"\\"{","deep":${nested(levels)}}`,
      );
      const name = form === "array" ? "x.json" : "x.jsonl";
      const content = form === "array" ? `[${rows.join(",\n")}]` : rows.join("\n");
      await stageFolder(
        {
          [name]: content,
          "sources.yaml": yaml(name)
            .replace(", city: at, employees: n", "")
            .replace("name: name", "name: deep"),
        },
        async (staged) => {
          await expectEquations(staged);
          expect((await staged.quarantine()).map(({ place, rules }) => [place, rules[0]?.[1]])).toEqual(
            [2, 3, 4].map((line) => [`${name}:${line}`, "too_deep"]),
          );
          expect(
            await staged.rows("select customer_id, name from staging.customers order by row_no"),
          ).toEqual([
            { customer_id: "C0", name: nested(499) },
            { customer_id: "C4", name: nested(1) },
          ]);
        },
      );
    },
  );

  it("a line that is none is refused, those around it are read", async () => {
    const lines = [
      '{"id":"C1","name":"京"}',
      "",
      '{"id":"C2","name":',
      '{"id":"C3","id":"C4","name":"x"}',
      '["C5"]',
      '{"id":"C6","name":"e\xff"}',
      '{"id":"C7","name":"f"} {"id":"C8"}',
      '{"id":"C9","name":"g"}',
    ];
    const content = Buffer.concat([
      Buffer.from(`${lines[0]}`),
      Buffer.from(`\n${lines.slice(1).join("\n")}`, "latin1"),
    ]);
    await stageFolder(
      { "x.jsonl": content, "sources.yaml": yaml("x.jsonl").replace(", city: at, employees: n", "") },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.files).toMatchObject([{ rowsRead: 7, rowsAccepted: 2, linesRejected: 5 }]);
        expect((await staged.quarantine()).map(({ place, rules }) => [place, rules[0]?.[1]])).toEqual([
          ["x.jsonl:3", "no_json"],
          ["x.jsonl:4", "no_json"],
          ["x.jsonl:5", "no_json"],
          ["x.jsonl:6", "bad_encoding"],
          ["x.jsonl:7", "no_json"],
        ]);
        expect(await staged.rows("select customer_id from staging.customers order by row_no")).toEqual([
          { customer_id: "C1" },
          { customer_id: "C9" },
        ]);
      },
    );
  });

  it("half a character is none, whole ones in two halves are", async () => {
    const lines = [
      '{"id":"C\\ud83d\\ude00","name":"a"}',
      '{"id":"C\\ud800","name":"b"}',
      '{"id":"C3","name":"c","\\udc00":1}',
    ];
    const files = {
      "x.jsonl": lines.join("\n"),
      "sources.yaml": yaml("x.jsonl")
        .replace(", city: at, employees: n", "")
        .replace("tables:", "max_quarantine_share: 1\n  tables:"),
    };
    await stageFolder(files, async ({ rows, quarantine }) => {
      expect(await rows("select customer_id from staging.customers")).toEqual([{ customer_id: "C😀" }]);
      expect((await quarantine()).map(({ place, rules }) => [place, rules[0]?.[1]])).toEqual([
        ["x.jsonl:2", "bad_encoding"],
        ["x.jsonl:3", "bad_encoding"],
      ]);
    });
  });

  it("named after a table, beside CSV of the same table; an empty list has no rows", () =>
    stageFolder(
      {
        "products.csv": "product_id,name\nP1,a\n",
        "products-2.json": '[{"product_id":"P2","name":"b"}]',
        "products-3.ndjson.gz": gzipSync('{"name":"c","product_id":"P1"}\n'),
        "products-4.json": " [ ] ",
      },
      async (staged) => {
        await expectEquations(staged);
        expect(staged.report.ignored).toEqual([]);
        expect(staged.report.files.map(({ file, rowsRead }) => [file, rowsRead])).toEqual([
          ["products-2.json", 1],
          ["products-3.ndjson.gz", 1],
          ["products-4.json", 0],
          ["products.csv", 1],
        ]);
        expect(await staged.rows("select product_id, name from staging.products order by all")).toEqual([
          { product_id: "P1", name: "a" },
          { product_id: "P2", name: "b" },
        ]);
      },
    ));

  it.each([
    [
      "x.json",
      encodeGb18030(
        `[${Array.from({ length: 20 }, (_, index) => `{"id":"C${index}","name":"北京機械设备有限公司"}`).join(",")}]`,
      ),
      "gb18030",
    ],
    [
      "x.ndjson",
      encodeGb18030(
        `${Array.from({ length: 20 }, (_, index) => `{"id":"C${index}","name":"北京機械设备有限公司"}`).join("\n")}\n`,
      ),
      "gb18030",
    ],
    [
      "x.json",
      Buffer.from(
        `\ufeff[${Array.from({ length: 20 }, (_, index) => `{"id":"C${index}","name":"北京機械设备有限公司"}`)}]`,
        "utf16le",
      ),
      "utf-16le",
    ],
  ])("in another encoding: %s", (file, content, encoding) =>
    stageFolder(
      { [file]: content, "sources.yaml": yaml(file).replace(", city: at, employees: n", "") },
      async ({ report, rows }) => {
        expect(report.files).toMatchObject([{ rowsRead: 20, encoding }]);
        expect(await rows("select distinct name from staging.customers")).toEqual([
          { name: "北京機械设备有限公司" },
        ]);
      },
    ),
  );
});

describe("an array inside an object", () => {
  const plain = '[{"id":"1","n":1},\n{"id":"2","n":2}]';

  it.each([
    `{"tickets":${plain}}`,
    `\ufeff { "count" : 2, "meta": {"x":[1,{"y":"]}"}]}, "tags":["a]",1], "tickets" :\n ${plain} ,"errors":[], "next":null } \n`,
    `{"x":"\\"}","tickets":${plain}}`,
  ])("is read like one that stands alone: %j", async (text) => {
    expect(await cells("x.json", text, ["id", "n"])).toEqual(await cells("x.json", plain, ["id", "n"]));
  });

  it("is read however it falls into pieces", async () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => `{"id":"${n}","text":"${"x".repeat(100)}"}`);
    const text = `{"head":"${"h".repeat(5_000_000)}","rows":[${rows.join(",")}],"tail":"${"t".repeat(5_000_000)}"}`;
    const told = "web: {files: x.json, tables: {products: {columns: {product_id: id, name: text}}}}\n";
    await stageFolder({ "x.json": text, "sources.yaml": told }, async ({ report }) => {
      expect(report.tables).toMatchObject([{ table: "products", loaded: 60_000, quarantined: 0 }]);
    });
  });
});

describe("a broken array ends the build and names line and column", () => {
  it.each([
    ['[{"id":"1"},\n {"id":"京", x}]', "line 2, column 13: Quoted object key expected but got 'x'", 13],
    ['[{"id":"1"},\n {"id":"2"', "line 2, column 11: it ends within the array", 11],
    ['[{"id":"1"},\n {"id":"2", "x":[1 2]', "line 2, column 20: Comma", 20],
    ['[{"id":"1"},\n]', "line 2, column 1: expected an object", 1],
    ['[{"id":"1"}]\n  x', "line 2, column 3: nothing is expected behind the array", 3],
    [
      '{"id":"1"}\n{"id":"2"}',
      "line 1, column 1: expected one array of objects, or an object that has one; where an object stands",
      1,
    ],
    [
      '{"rows":[{"id":"1"}]}\n{"rows":[{"id":"2"}]}',
      "line 1, column 1: expected one array of objects, or",
      1,
    ],
    ['{"rows":["a"], "n": 1}', "line 1, column 1: expected one array of objects, or", 1],
    [
      '{"t":[{"id":"1"}],\n "u":[{"id":"2"}]}',
      "line 2, column 2: expected one array of objects, found a further",
      2,
    ],
    ['{"n": 1,\n "t":[{"id":"1"}, {"id', "line 2, column 23: it ends within the array", 23],
    ['{"n": 1, "t":[{"id":"1"}]', "line 1, column 26: it ends within the array", 26],
    ['{"n": 1x, "t":[{"id":"1"}]}', "line 1, column 2: expected the object's members", 2],
    ['{"t":[{"id":"1"}]} {}', "line 1, column 1: expected one array of objects, or", 1],
    ["id,name\n1,a\n", "line 1, column 1: expected one array of objects", 1],
    ['[{"id":"1"}\n {"id":"2"}]', "line 2, column 2: Expected end of input", 2],
  ])("%j", async (text, message, column) => {
    const { en, zh, exitCode: code } = await refusalOf({ "x.json": text, "sources.yaml": yaml("x.json") });
    expect(en).toMatch(/^no whole JSON, export it once more: .*\/x\.json, line/);
    expect(en).toContain(message);
    expect(zh).toContain(`行第 ${column} 列：`);
    expect(code).toBe(1);
  });
});
