import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { files, patternsOf } from "../../loaders/files.js";
import { type Extract, type Kind, kinds } from "../../loaders/index.js";
import { agreedCount, emptyRelation, streamed } from "../../loaders/rows.js";
import { literal } from "../../src/engine/sql.js";
import { readSourcesYaml } from "../../src/load/sourcesYaml.js";
import { refusalOf, stageFolder } from "../load/stageFolder.js";
import { expectEquations } from "./faultyFile.js";

/** Files of a JSON object a line, read by DuckDB; the lines are counted beside it, those that are no JSON are told. */
const weblogSettings = { files, fields: z.array(z.string()).min(1) };
const weblog: Kind<typeof weblogSettings> = {
  settings: weblogSettings,
  fileName: /\.weblog$/,
  parts: patternsOf,
  async open({ name, path }, { fields = [] }): Promise<Extract> {
    const content = readFileSync(path);
    const lines = content.toString("utf8").trimEnd().split("\n");
    const isSound = (line: string) => line.startsWith("{") && line.endsWith("}");
    const sound = lines.flatMap((text, index) => (isSound(text) ? [{ text, line: index + 1 }] : []));
    const columns = `{${fields.map((field) => `${literal(field)}: 'VARCHAR'`).join(", ")}}`;
    const relation = `(select * from read_ndjson(${literal(path)}, columns = ${columns}, ignore_errors = true)
      where coalesce(${fields.map((field) => `"${field}"`).join(", ")}) is not null)`;
    return {
      file: path,
      header: fields,
      columns: fields,
      doubtsCommas: false,
      watermark: fields.at(-1) as string,
      relation: () => relation,
      async load(_, insert) {
        return {
          ...agreedCount(name, await insert(relation), sound.length),
          rowsRead: lines.length,
          rejected: lines.flatMap((raw, index) =>
            isSound(raw)
              ? []
              : [{ line: index + 1, rule: "no_json", value: null, expected: "expected JSON", raw }],
          ),
          placeOf: (row) => ({ file: name, line: sound[row]?.line ?? 0 }),
          bytes: content.length,
          sha256: createHash("sha256").update(content).digest("hex"),
        };
      },
      rowsAt: async (rows) => rows.map((row) => JSON.parse(sound[row]?.text ?? "{}")),
      unchanged() {},
    };
  },
};

/** Rows that a program makes, of which DuckDB sees none before they come. */
const made = { rows: z.int().min(1) };
const generator: Kind<typeof made> = {
  settings: made,
  parts: () => ({ people: ["people"] }),
  async open({ name }, { rows: wanted = 0 }): Promise<Extract> {
    const columns = ["Id", "Full name", "Since"];
    const row = (index: number) => [
      `C${index}`,
      index % 1000 === 999 ? null : `n${index}`,
      index === 3 ? "some day" : "2026-03-01",
    ];
    async function* all() {
      for (let index = 0; index < wanted; index++) yield row(index);
    }
    return {
      file: name,
      header: columns,
      columns,
      doubtsCommas: false,
      relation: () => emptyRelation(columns),
      async load(db, insert) {
        const inserted = await streamed(db, columns, all(), insert);
        // What a service says that it holds.
        return agreedCount(name, inserted, wanted === 13 ? 14 : wanted);
      },
      rowsAt: async (rows) =>
        rows.map((index) =>
          Object.fromEntries(columns.map((column, at) => [column, row(index)[at] ?? null])),
        ),
      unchanged() {},
    };
  },
};

beforeAll(() => {
  Object.assign(kinds, { weblog, generator });
});
afterAll(() => {
  for (const name of ["weblog", "generator"]) delete kinds[name];
});

const customer = (id: string, more: object = {}) =>
  JSON.stringify({ id, title: `n${id}`, since: "2026-03-01", ...more });

const weblogYaml = (more = "", columns = "columns: {customer_id: id, name: title, acquired_on: since}") =>
  `web:\n  kind: weblog\n  files: "*.weblog"\n  fields: [id, title, since]\n${more}  tables:\n    customers:\n      max_quarantine_share: 1\n      ${columns}\n`;

describe("a kind of source beside CSV", () => {
  it("read by DuckDB: both equations hold, a bad row and a line that is none keep their place", () =>
    stageFolder(
      {
        "sources.yaml": weblogYaml(),
        "a.weblog": [
          customer("C1"),
          "no json",
          customer("C2", { since: "2026-13-01" }),
          customer("C3"),
          "",
        ].join("\n"),
        "b.weblog": `${customer("C3", { title: "later" })}\n`,
      },
      async ({ report, rows, quarantine }) => {
        await expectEquations({ report, rows });
        expect(report.files).toMatchObject([
          { file: "a.weblog", rowsRead: 4, rowsAccepted: 3, linesRejected: 1 },
          { file: "b.weblog", rowsRead: 1, rowsAccepted: 1, linesRejected: 0 },
        ]);
        expect(await rows("select customer_id, name from staging.customers order by row_no")).toEqual([
          { customer_id: "C1", name: "nC1" },
          { customer_id: "C3", name: "later" },
        ]);
        expect(await quarantine()).toEqual([
          { place: "a.weblog:2", raw: "no json", rules: [[null, "no_json"]] },
          {
            place: "a.weblog:3",
            raw: JSON.stringify({ id: "C2", title: "nC2", since: "2026-13-01" }),
            rules: [["acquired_on", "date"]],
          },
          { place: "a.weblog:4", raw: customer("C3"), rules: [[null, "superseded"]] },
        ]);
      },
    ));

  it("takes the common settings, a select and a CSV source beside it", () =>
    stageFolder(
      {
        "sources.yaml": `${weblogYaml('  null_values: ["?"]\n  date_formats: ["%d/%m/%Y"]\n', "select: select id as customer_id, title as name, since as acquired_on from extract")}desk:\n  files: desk.csv\n  tables:\n    customers:\n      columns: {customer_id: id, name: name, acquired_on: day}\n`,
        "a.weblog": `${customer("C1", { since: "05/03/2026" })}\n${customer("C2", { title: "?" })}\n`,
        "desk.csv": "id,name,day\nC9,n,2026-01-02\n",
      },
      async ({ report, rows, quarantine }) => {
        await expectEquations({ report, rows });
        expect(
          await rows(
            "select customer_id, acquired_on::varchar as day from staging.customers order by row_no",
          ),
        ).toEqual([
          { customer_id: "C1", day: "2026-03-05" },
          { customer_id: "C9", day: "2026-01-02" },
        ]);
        expect(await quarantine()).toMatchObject([{ place: "a.weblog:2", rules: [["name", "required"]] }]);
        expect(report.ignored).toEqual([]);
      },
    ));

  it("streamed: without files, of a hundred thousand rows each bad one is found where it stands", () =>
    stageFolder(
      {
        "sources.yaml":
          "crm:\n  kind: generator\n  rows: 100000\n  tables:\n    customers:\n      columns: {customer_id: Id, name: Full name, acquired_on: Since}\n",
      },
      async ({ report, rows, quarantine }) => {
        expect(report.tables).toMatchObject([
          { rowsMapped: 100_000, loaded: 99_899, quarantined: 101, duplicates: 0 },
        ]);
        expect(report.files).toMatchObject([{ file: "people", rowsRead: 100_000, rowsAccepted: 100_000 }]);
        const refused = await quarantine();
        expect(refused).toHaveLength(101);
        expect(refused.slice(0, 2)).toEqual([
          {
            place: "people:4",
            raw: JSON.stringify({ Id: "C3", "Full name": "n3", Since: "some day" }),
            rules: [["acquired_on", "date"]],
          },
          {
            place: "people:1000",
            raw: JSON.stringify({ Id: "C999", "Full name": null, Since: "2026-03-01" }),
            rules: [["name", "required"]],
          },
        ]);
        expect(
          await rows(
            "select count(*)::int as wrong from staging.customers where customer_id <> 'C' || row_no",
          ),
        ).toEqual([{ wrong: 0 }]);
        expect(await rows("select source, files::int as files from ingest.sources")).toEqual([
          { source: "crm", files: 1 },
        ]);
      },
    ));

  it("is not believed when its rows are not as many as it says", async () => {
    const yaml =
      "crm:\n  kind: generator\n  rows: 13\n  tables:\n    customers:\n      columns: {customer_id: Id, name: Full name, acquired_on: Since}\n";
    await expect(stageFolder({ "sources.yaml": yaml }, async () => undefined)).rejects.toMatchObject({
      message: expect.stringContaining("13 rows, but 14 were counted"),
      exitCode: 1,
    });
  });
});

describe("kind: in sources.yaml", () => {
  const tables = "tables: {products: {columns: {product_id: a, name: b}}}";
  const refusal = (text: string) =>
    refusalOf({ "sources.yaml": text, "x.csv": "a,b\n1,2\n" }, async ({ dataDir }) =>
      readSourcesYaml(dataDir),
    );

  it("is csv where nothing is said", () =>
    stageFolder(
      {
        "sources.yaml": `s: {files: x.csv, ${tables}}\nt: {kind: csv, files: y.csv, ${tables}}\n`,
        "x.csv": "a,b\n1,2\n",
        "y.csv": "a,b\n3,4\n",
      },
      async ({ rows }) =>
        expect(await rows("select count(*)::int as n from staging.products")).toEqual([{ n: 2 }]),
    ));

  it("that there is not is refused with those that there are", async () => {
    const all = Object.keys(kinds);
    expect(all).toEqual(expect.arrayContaining(["csv", "ndjson", "generator"]));
    expect(await refusal(`s: {kind: ndjsn, url: x, ${tables}}\n`)).toMatchObject({
      en: `sources.yaml: s.kind: expected one of ${all.join(", ")} (did you mean ndjson?): "ndjsn"`,
      zh: `sources.yaml：s.kind：应为 ${all.join("、")} 之一，实际为 "ndjsn"（是不是 ndjson？）`,
    });
  });

  it.each([
    [`s: {kind: weblog, files: x.csv, ${tables}}`, "s.fields: is missing"],
    [`s: {kind: weblog, files: x.csv, fields: [], ${tables}}`, "s.fields: expected at least one entry"],
    [`s: {kind: generator, rows: 0, ${tables}}`, "s.rows: expected at least 1: 0"],
    [
      `s: {kind: generator, rows: 5, files: x.csv, ${tables}}`,
      "s: unknown key (allowed: rows, kind, time_zone",
    ],
    [
      `s: {files: x.csv, rows: 5, ${tables}}`,
      "s: unknown key (allowed: files, delimiter, encoding, kind, time_zone",
    ],
    [`s: {kind: constructor, files: x.csv, ${tables}}`, "s.kind: expected one of csv"],
    [`s: {kind: generator, rows: 5, expected_every: weekly, ${tables}}`, "s.expected_every: expected like"],
  ])("%s", async (text, message) => expect((await refusal(`${text}\n`)).en).toContain(message));
});
