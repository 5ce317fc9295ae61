import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it, test } from "vitest";
import type { LoadPlan } from "../../src/load/plan.js";
import type { TitleReport } from "../../src/load/report.js";
import type { Drift } from "../../src/published/drift.js";
import { lateFiles } from "../../src/warehouse/drift/freshness.js";
import { nullsFindings, volumeFindings } from "../../src/warehouse/drift/outliers.js";
import { schemaFindings } from "../../src/warehouse/drift/titles.js";
import { findingText } from "../../src/words/driftText.js";
import { worded } from "../../src/words/wording.js";
import { commandLine } from "../commandLine.js";
import { isLong } from "../long.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

describe("rows and empty cells", () => {
  const known = (loaded: readonly number[], share: (at: number) => number = () => 0) =>
    loaded.map((rows, number) => ({
      number,
      tables: new Map([["tickets", { loaded: rows, nullShares: { channel: share(number) } }]]),
      titles: [],
    }));
  const now = (loaded: number, channel: number) => [
    {
      table: "tickets" as const,
      sources: ["desk"],
      rowsMapped: loaded,
      loaded,
      quarantined: 0,
      nullShares: { channel },
      newest: [],
    },
  ];
  // Gains 10 12 8 11 9 10 13: median 10, deviations 0 2 2 1 1 0 3, MAD 1.
  const usual = [1000, 1010, 1022, 1030, 1041, 1050, 1060, 1073];

  it("are judged by what was gained since the build before", () => {
    expect(volumeFindings(now(1083, 0), known(usual))).toEqual([]);
    expect(volumeFindings(now(1103, 0), known(usual))).toMatchObject([
      { table: "tickets", sources: ["desk"], gained: 30, usual: 10, z: 0.6745 * 20, builds: 8 },
    ]);
    expect(volumeFindings([], known(usual))).toMatchObject([{ gained: -1073, usual: 10, builds: 8 }]);
  });

  it("count from a hundredth on: of the rows before 10.73, of the cells one point", () => {
    expect(volumeFindings(now(1093, 0), known(usual))).toEqual([]);
    expect(volumeFindings(now(1094, 0), known(usual))).toHaveLength(1);
    expect(nullsFindings(now(1073, 0.0099), known(usual))).toEqual([]);
    expect(nullsFindings(now(1073, 0.01), known(usual))).toMatchObject([
      { column: "channel", share: 0.01, usual: 0, z: null, isNew: true },
    ]);
  });

  it("are not judged by seven builds", () => {
    expect(volumeFindings(now(5000, 0.9), known(usual.slice(1)))).toEqual([]);
    expect(nullsFindings(now(5000, 0.9), known(usual.slice(1)))).toEqual([]);
  });

  it("are told while they are unusual, and new once", () => {
    const jumped = known([...usual, 1083], (number) => (number === 8 ? 0.4 : 0));
    expect(nullsFindings(now(1093, 0.4), jumped)).toMatchObject([{ share: 0.4, isNew: false }]);
  });
});

describe("titles", () => {
  const plan = {
    sources: [
      {
        name: "desk",
        mappings: [
          {
            table: "tickets",
            part: "t",
            extra: [],
            columns: { channel: 'lower("Kanal Art")', ticket_id: "Ticket No", type: "'Kanal Neu'" },
          },
          { table: "orders", part: "x", extra: [], select: "select x.Nr as order_id from x" },
        ],
      },
    ],
  } as unknown as LoadPlan;
  const of = (titles: string[], part = "t", common = titles): TitleReport => ({
    source: "desk",
    part,
    titles,
    common,
  });
  const changes = (before: TitleReport, now: TitleReport[]) =>
    schemaFindings(now, [before], plan).map(({ change, title, instead, columns }) => [
      change,
      title,
      instead,
      columns,
    ]);

  it("came, went, or stand in another's place, with the columns that are read from them", () => {
    const before = of(["Ticket No", "Kanal Art", "Datum", "Notiz"]);
    expect(changes(before, [of(["Ticket No", "Kanal Art", "Datum", "Notiz"])])).toEqual([]);
    expect(changes(before, [of(["TICKET NO", "Kanal Neu", "Datum", "Notiz", "Ort"])])).toEqual([
      ["replaced", "Ticket No", "TICKET NO", ["tickets.ticket_id"]],
      ["replaced", "Kanal Art", "Kanal Neu", ["tickets.channel"]],
      ["came", "Ort", null, []],
    ]);
    expect(changes(before, [of(["Ticket No", "Datum", "Notiz"])])).toEqual([
      ["went", "Kanal Art", null, ["tickets.channel"]],
    ]);
    expect(changes(of(["Nr", "Wert"], "x"), [of(["Wert"], "x")])).toEqual([["went", "Nr", null, ["orders"]]]);
  });

  it("stand in another order, or their table is gone", () => {
    expect(changes(of(["a", "b", "c"]), [of(["c", "a", "b"])])).toEqual([["reordered", null, null, []]]);
    expect(changes(of(["a", "b"]), [])).toEqual([["gone", null, null, []]]);
  });

  it("of several files went where the newest lacks them, though others still have them", () => {
    const both = of(["Ticket No", "Kanal Art"]);
    expect(changes(both, [of(["Ticket No", "Kanal Art"], "t", ["Ticket No"])])).toEqual([
      ["went", "Kanal Art", null, ["tickets.channel"]],
    ]);
  });

  it("are named in either language", () => {
    const [went] = schemaFindings([of(["Ticket No"])], [of(["Ticket No", "Kanal Art"])], plan);
    const finding = { ...went, blocks: false } as Parameters<typeof findingText>[0];
    expect(worded(findingText(finding), "en")).toBe(
      'desk.t: the title "Kanal Art" went; mapped to tickets.channel',
    );
    expect(worded(findingText(finding), "zh-CN")).toBe(
      "desk.t：列标题“Kanal Art”已不存在；映射到工单（tickets.channel）",
    );
  });
});

test("files are late that are older than they are expected when a build starts; the catalogue's never", async () => {
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  await db.run("create schema ingest");
  await db.run(`create table ingest.sources as
    select source, expected_every, timestamptz '2026-06-28 08:00:00+00' as modified_at, timestamptz '2026-06-29 09:00:00+00' as run_start
    from (values ('daily', '1 day'), ('weekly', '1 week'), ('ever', null), ('hourly', '25 hours'), ('catalog', '1 hour')) as given (source, expected_every)`);
  expect(await lateFiles(db)).toEqual([
    { source: "daily", expected_every: "1 day", written_at: "2026-06-28T08:00:00Z" },
  ]);
  db.closeSync();
});

describe("builds of sources that change", () => {
  const folder = temporaryFolder("drift");
  const data = join(folder, "data");
  const catalog = join(folder, "catalog");
  const warehouse = join(folder, "w.duckdb");
  const at = (day: number) =>
    commandLine({ cwd: folder, now: `2026-07-${String(day).padStart(2, "0")}T04:00:00Z`, warehouse });
  const run = at(20);

  /** So many tickets by phone, the newest of 30 June, some without a channel, and ten by mail, the newest of 20 June. */
  function write(phone: number, empty: number, titles = "", prefix = "T"): void {
    const rows = Array.from(
      { length: phone },
      (_, at) =>
        `${prefix}${at},request,${at < empty ? "" : "phone"},2026-06-${at === 0 ? 30 : 10} 09:${10 + (at % 50)}${titles && ",x"}`,
    );
    writeFileSync(
      join(data, "phone.csv"),
      `ticket_id,type,channel,created_at${titles}\n${rows.join("\n")}\n`,
    );
    const mails = Array.from(
      { length: 10 },
      (_, at) => `${prefix}M${at},request,email,2026-06-${11 + at} 09:30`,
    );
    writeFileSync(join(data, "mail.csv"), `ticket_id,type,channel,created_at\n${mails.join("\n")}\n`);
  }
  const sources = (block: string) =>
    writeFileSync(
      join(data, "sources.yaml"),
      `phone: {files: phone.csv, expected_every: 1 day, tables: {tickets: {}}}
mail: {files: mail.csv, expected_every: 1 day, ${block} tables: {tickets: {expected_every: 1 week}}}
`,
    );
  const build = (day: number, ...more: string[]) =>
    at(day)("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en", ...more);
  const check = async (...more: string[]) => {
    const report = JSON.parse((await run("check", "--format", "json", ...more)).out);
    return (more.length > 0 ? report.report : report).drift as Drift;
  };
  const sql = async (...statements: string[]) => {
    const instance = await DuckDBInstance.create(warehouse);
    const db = await instance.connect();
    let rows: unknown[][] = [];
    for (const statement of statements) rows = (await db.runAndReadAll(statement)).getRowsJson();
    db.closeSync();
    instance.closeSync();
    return rows;
  };

  beforeAll(async () => {
    smallCatalogue(["channel_utilisation"], catalog);
    for (const name of ["scorecards", "fishbones"])
      writeFileSync(join(catalog, `${name}.yaml`), `${name}: []\n`);
    writeFileSync(join(catalog, "settings.yaml"), "language: en\n");
    mkdirSync(data);
    sources("");
    write(30, 0);
    expect(await build(1)).toMatchObject({ code: 0, err: "" });
  });

  it("tell how fresh each source's rows are, and that too few are known", async () => {
    const drift = await check();
    expect(drift.freshness).toEqual([
      {
        source: "mail",
        table: "tickets",
        newest_on: "2026-06-20",
        age_days: 10,
        expected_every: "1 week",
        due_on: "2026-06-27",
        late_days: 3,
        is_late: true,
      },
      expect.objectContaining({
        source: "phone",
        newest_on: "2026-06-30",
        age_days: 0,
        is_late: false,
        late_days: null,
      }),
    ]);
    expect(drift).toMatchObject({
      known_builds: 0,
      findings: [{ kind: "late", sources: ["mail"], blocks: false }],
    });
    const english = (await run("check", "--lang", "en")).out;
    expect(english).toContain(
      "tickets of mail: newest day 2026-06-20, 10 days old, expected every 1 week: LATE by 3 days",
    );
    expect(english).toContain("too few builds to say what is usual (0 known, 8 needed)");
    expect((await run("check", "--lang", "zh-CN")).out).toContain(
      "mail 的工单（tickets）：最新日期 2026-06-20，距数据日期 10 天，预期间隔 1 周：已逾期 3 天",
    );
  });

  it("end where settings block what was found, keep the build before, and note nothing", async () => {
    // 27 builds before it, each with two rows more than the one before.
    const before = "from range(1, 28) as builds (number)";
    await sql(
      "update config.table_history set number = 28",
      "update config.title_history set number = 28",
      `insert into config.table_history select number, 'B' || number, 'I' || number, 'tickets', 40 - 2 * (28 - number), 40 - 2 * (28 - number), 0,
        map {'channel': 0.0} ${before}`,
    );
    sources("block: [late], ");
    writeFileSync(join(catalog, "settings.yaml"), "language: en\nblock: [volume, nulls, schema]\n");
    write(50, 12, ",Extra");
    const old = readFileSync(warehouse);
    const { code, err } = await build(2);
    expect(code).toBe(3);
    expect(err).toContain(
      "tickets of mail: newest day 2026-06-20, 10 days old, expected every 1 week: LATE by 3 days",
    );
    expect(err).toContain(
      "tickets of mail, phone: +20 rows since the build before, usual is +2 (28 builds, all alike)",
    );
    expect(err).toContain(
      "tickets.channel of mail, phone: 20.0 % of the cells are empty, usual is 0.0 % (28 builds, all alike)",
    );
    expect(err).toContain('phone.extract: a title "Extra" came; no column is mapped to it');
    expect(err).toContain("--accept-drift");
    expect(readFileSync(warehouse).equals(old)).toBe(true);
    const { findings } = await check("--last-attempt");
    expect(findings.map(({ kind, blocks }) => [kind, blocks])).toEqual([
      ["late", true],
      ["volume", true],
      ["nulls", true],
      ["schema", true],
    ]);
    expect((await run("check", "--last-attempt", "--lang", "en")).out).toContain('a title "Extra" came');
  });

  it.runIf(isLong)("go on once that is accepted, and need no second yes for the same", async () => {
    sources("");
    expect(await build(3, "--accept-drift")).toMatchObject({ code: 0 });
    expect(existsSync(`${warehouse}.last-attempt.json`)).toBe(false);
    const first = await check();
    expect(first).toMatchObject({ known_builds: 28 });
    expect(await build(4)).toMatchObject({ code: 0 });
    const again = await check();
    expect(again.findings.map(({ kind, blocks }) => [kind, blocks])).toEqual([
      ["late", false],
      ["volume", false],
      ["nulls", false],
      ["schema", false],
    ]);
    // Inputs that were seen before are one build; of 29 the first is no longer known.
    expect(
      await sql(
        "select count(*), min(number), max(number), count(distinct inputs) from config.table_history",
      ),
    ).toEqual([["28", 2, 29, "28"]]);
    write(52, 12, ",Extra");
    expect(await build(5)).toMatchObject({ code: 0 });
    expect((await check()).findings.map(({ kind }) => kind)).toEqual(["late", "nulls"]);
  });

  it.runIf(isLong)(
    "remember each build once after one was brought back, and nothing of another company",
    async () => {
      const [, second] = JSON.parse((await run("builds", "--format", "json")).out) as { build_id: string }[];
      expect((await run("build", "--restore", second?.build_id ?? "")).code).toBe(0);
      write(54, 12, ",Extra");
      expect(await build(6)).toMatchObject({ code: 0 });
      expect(await sql("select count(*), max(number) from config.table_history")).toEqual([["28", 31]]);
      write(500, 0, "", "OTHER");
      expect(await build(7)).toMatchObject({ code: 0 });
      expect(await check()).toMatchObject({ known_builds: 0, findings: [{ kind: "late" }] });
    },
  );
});
