import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Reconciliation } from "../../src/published/reconciliation.js";
import { commandLine } from "../commandLine.js";
import { encodeGb18030 } from "../loaders/encodeGb18030.js";
import { row, smallWorkbook } from "../loaders/xlsx/smallWorkbook.js";
import { smallCatalogue } from "../someKpis.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("reconcile-lists");
const warehouse = join(folder, "warehouse.duckdb");
const run = commandLine({ warehouse, cwd: folder });

/** A company in Berlin, whose clocks went forward on 29 March 2026: February's edge is of UTC+1, April's of UTC+2. */
const tickets: Record<string, string> = {
  ...Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`10${at}`, `2026-03-1${at}T10:00:00`])),
  "000201": "2026-03-20T10:00:00",
  // An id of ours is a case whatever it is called.
  "Total 7": "2026-03-21T10:00:00",
  // The first instant of March, the last second, and the first instant of April.
  F0: "2026-03-01T00:00:00",
  F1: "2026-03-01T00:30:00",
  L0: "2026-03-31T23:59:59",
  N0: "2026-04-01T00:00:00",
  N1: "2026-04-01T00:40:00",
  N2: "2026-04-01T01:30:00",
  N3: "2026-04-01T02:10:00",
};
const ids = Object.keys(tickets);
const march = ids.filter((id) => !/^N/.test(id));

/** How long each waited: those at full hours five minutes. */
const minutes = (id: string) => (/:00:00$/.test(tickets[id] ?? "") ? 5 : 0);

/** Complaints, to be resolved within 30 days; the data end on 10 April. */
const complaints = [
  "C1,2026-03-03,2026-03-10",
  "C2,2026-03-05,",
  "C3,2026-03-20,",
  "C4,2026-03-21,2026-03-22",
];

let files = 0;
const written = (content: string | Buffer, ending = "csv") => {
  const file = join(folder, `theirs-${files++}.${ending}`);
  writeFileSync(file, content);
  return file;
};
const list = (lines: readonly string[], head = "Case") => written(`${[head, ...lines].join("\n")}\n`);

async function ask(kpi: string, file: string, ...more: string[]) {
  const asked = ["reconcile", kpi, "--with", file, "--period", "2026-03", ...more];
  const { code, out, err } = await run(...asked, "--format", "json", "--lang", "en");
  if (out === "") throw new Error(err);
  const result = JSON.parse(out) as Reconciliation;
  const sum = result.differences.reduce((total, { effect }) => total + Number(effect), Number(result.ours));
  expect(sum).toBeCloseTo(Number(result.theirs), 9);
  const told = Object.fromEntries(
    result.differences.map(({ side, reason, detail, examples }) => [
      [side, reason, ...(detail === null ? [] : [detail])].join(": "),
      examples.map(({ id }) => id).join(" "),
    ]),
  );
  return { code, result, told };
}

beforeAll(async () => {
  const data = join(folder, "data");
  mkdirSync(data);
  const of = ([id, at]: [string, string]) =>
    `${id},east,request,${at},${at.replace(/:00:|:59:/, (minute) => (minute === ":00:" ? ":05:" : ":59:"))},`;
  writeFileSync(
    join(data, "tickets.csv"),
    `${[
      "ticket_id,customer_id,type,created_at,first_response_at,resolved_at",
      ...Object.entries(tickets).map(of),
      ...complaints.map((line) => {
        const [id, day, resolved] = line.split(",");
        return `${id},east,complaint,${day}T10:00:00,,${resolved ? `${resolved}T10:00:00` : ""}`;
      }),
    ].join("\n")}\n`,
  );
  writeFileSync(join(data, "customers.csv"), "customer_id,name,acquired_on\neast,n,2025-01-02\n");
  writeFileSync(
    join(data, "sources.yaml"),
    `as_of: 2026-04-10
crm:
  files: {tickets: tickets.csv, customers: customers.csv}
  max_quarantine_share: 1
  tables: {tickets: {covers_from: 2026-01-01}, customers: {}}
`,
  );
  const catalog = smallCatalogue(
    ["first_response_time", "complaint_resolution_rate", "on_time_response_rate"],
    join(folder, "small"),
  );
  const settings = join(catalog, "settings.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("Asia/Shanghai", "Europe/Berlin"));
  const { code, err } = await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en");
  expect([code, err.includes("herringbone:")]).toEqual([0, false]);
}, 60_000);

describe("time", () => {
  it("a period has its first instant and not that of the next", async () => {
    const { code, result, told } = await ask("first_response_time", list(march));
    expect([code, told, result.ours]).toEqual([0, {}, march.length]);
  });

  it("a list by UTC where the offset is another at each edge", async () => {
    const utc = [...march.filter((id) => !/^F/.test(id)), "N0", "N1", "N2"];
    const { code, told } = await ask("first_response_time", list(utc));
    expect([code, told]).toEqual([
      0,
      { "theirs: time_zone: UTC": "N0 N1 N2", "ours: time_zone: UTC": "F0 F1" },
    ]);
  });

  it("a list that knows no daylight saving", async () => {
    const { code, told, result } = await ask("first_response_time", list([...march, "N0", "N1"]));
    expect([code, Object.values(told)]).toEqual([0, ["N0 N1"]]);
    const winter = new Intl.DateTimeFormat("en", {
      timeZone: result.their_time_zone ?? "",
      timeZoneName: "longOffset",
    });
    expect(winter.format(new Date("2026-04-01"))).toContain("GMT+01:00");
  });

  it("one case at an edge is no time zone, and of a whole other month neither", async () => {
    expect((await ask("first_response_time", list([...march, "N2"]))).told).toEqual({
      "theirs: other_period: 2026-04": "N2",
    });
    expect((await ask("first_response_time", list([...march, "N0", "N1", "N2", "N3"]))).told).toEqual({
      "theirs: other_period: 2026-04": "N0 N1 N2 N3",
    });
  });
});

describe("how ids are written", () => {
  const others = march.filter((id) => !/^10[1-5]$/.test(id) && id !== "000201");

  it("by spreadsheets, with zeros in front or without, full-width, with blanks", async () => {
    const spelt = ["101.0", "0102", "１０３", " 104 ", '"=""105"""', "201"];
    const { code, told, result } = await ask("first_response_time", list([...others, ...spelt]));
    expect([code, told, result.alike]).toEqual([0, {}, march.length]);
    // Full-width digits and blanks are how the contract reads an id anyway.
    expect(result.matched_by_spelling).toBe(4);
  });

  it("twice, in one spelling and in two", async () => {
    const { code, told } = await ask("first_response_time", list([...march, "101", "0102", "201"]));
    expect([code, told]).toEqual([0, { "theirs: repeated": "101", "theirs: respelt": "0102 201" }]);
  });

  it("in a workbook whose ids are numbers, under a heading and a title", async () => {
    const numbers = march.map((id) => (/^1/.test(id) ? Number(id) : id));
    const sheet = {
      name: "三月",
      rows: [
        row(1, ["工单清单 2026年3月"]),
        row(3, ["负责人", "工单号"]),
        ...numbers.map((id, at) => row(at + 4, ["张三", id])),
      ].join(""),
    };
    const file = written(await smallWorkbook({ sheets: [sheet] } as never), "xlsx");
    const { code, told, result } = await ask("first_response_time", file);
    expect([code, told, result.id_column]).toEqual([0, {}, "工单号"]);
  });

  it("in GBK, beside other columns", async () => {
    const text = `负责人,工单号,备注\n${march.map((id) => `张三丰,${id},已经答复客户的问题`).join("\n")}\n`;
    const { code, told, result } = await ask("first_response_time", written(encodeGb18030(text)));
    expect([code, told, result.id_column]).toEqual([0, {}, "工单号"]);
  });
});

describe("values", () => {
  it("of a case whose time is not over are told from those that are another", async () => {
    const lines = ["C1,1", "C2,1", "C3,1", "C4,1"];
    const { code, told } = await ask(
      "complaint_resolution_rate",
      list(lines, "Case,Solved"),
      "--value",
      "Solved",
    );
    expect([code, told]).toEqual([1, { "both: immature": "C3", "both: other_value": "C2" }]);
  });

  it("may be yes and no, percentages and with a comma", async () => {
    const yes = ["C1,是", "C2,否", "C3,0%", "C4,100%"];
    const { code, result } = await ask(
      "complaint_resolution_rate",
      list(yes, "编号,是否解决"),
      "--value",
      "是否解决",
    );
    expect([code, result.ours, result.theirs]).toEqual([0, 0.5, 0.5]);
    const comma = written(`id;Minuten\n${["F0;5,0", "L0;0,00", "101;5,0"].join("\n")}\n`);
    const { told } = await ask("first_response_time", comma, "--value", "Minuten");
    expect(Object.keys(told)).toEqual(["ours: not_in_their_list"]);
  });
});

describe("rows that are no cases", () => {
  it.each(["合计", "总计 17 单", "平均：", "小计", "Grand Total (17 cases)", "average", "Summe:"])(
    "%s",
    async (label) => {
      const { code, result } = await ask("first_response_time", list([...march, label]));
      expect([code, result.total_rows, result.theirs, result.differences]).toEqual([0, 1, march.length, []]);
    },
  );

  it("in another column, or by what stands there alone", async () => {
    const rows = march.map((id, at) => `${at + 1},${id},${minutes(id)}`);
    const sum = march.reduce((total, id) => total + minutes(id), 0);
    for (const last of [`合计,,${sum}`, `,,${sum}`, `,,${(sum / march.length).toFixed(9)}`]) {
      const { code, result } = await ask(
        "first_response_time",
        list([...rows, last], "No,Case,Min"),
        "--value",
        "Min",
      );
      expect([code, result.total_rows, result.differences], last).toEqual([0, 1, []]);
    }
    const other = list([...rows, `,,${sum + 1}`], "No,Case,Min");
    expect((await ask("first_response_time", other, "--value", "Min")).told).toEqual({ "theirs: no_id": "" });
  });
});

describe("values in another unit", () => {
  it("are told by the cases that both sides have", async () => {
    const hours = list(
      march.map((id) => `${id},${(minutes(id) / 60).toFixed(2)}`),
      "Case,Hours",
    );
    const { code, result, told } = await ask("first_response_time", hours, "--value", "Hours");
    expect([code, result.their_scale, Object.keys(told)]).toEqual([0, 60, ["both: rounded"]]);
    // 0.08 h are 4.8 minutes, of all but the two that were answered at once.
    expect(result.theirs).toBeCloseTo((4.8 * (march.length - 2)) / march.length, 9);
  });

  it("are not guessed where they fit some alone", async () => {
    const some = march.map((id, at) => `${id},${at % 2 === 0 ? (minutes(id) / 60).toFixed(2) : 7}`);
    const { code, result } = await ask("first_response_time", list(some, "Case,Min"), "--value", "Min");
    expect([code, result.their_scale]).toEqual([1, 1]);
  });
});

it("a sheet of figures below a title, with months across, gives the one of KPI and period", async () => {
  const sheet = {
    rows: [
      row(1, ["客户关系部 2026年KPI"]),
      row(3, ["指标", "单位", "2月", "3月"]),
      row(4, ["服务响应时间", "小时", "9", "0.0714"]),
    ].join(""),
  };
  const file = written(await smallWorkbook({ sheets: [sheet] } as never), "xlsx");
  const { code, result } = await ask("first_response_time", file);
  // 0.0714 hours are 4.284 minutes, of 4.2857.
  expect([code, result.theirs, result.value_row, result.value_column, result.year_assumed]).toEqual([
    0,
    expect.closeTo(4.284, 9),
    "服务响应时间",
    "3月",
    true,
  ]);
  for (const [lang, said] of [
    ["en", /row 服务响应时间, column 3月\.\n.*\n?.*names no year/],
    ["zh-CN", /行 服务响应时间，列 3月。/],
  ] as const)
    expect(
      (await run("reconcile", "first_response_time", "--with", file, "--period", "2026-03", "--lang", lang))
        .out,
    ).toMatch(said);
});

describe("lists that are none", () => {
  it("no encoding of what says itself how it is written", async () => {
    const sheet = { rows: [row(1, ["Case"]), row(2, ["100"])] };
    const file = written(await smallWorkbook({ sheets: [sheet] } as never), "xlsx");
    for (const lang of ["en", "zh-CN"]) {
      const asked = ["first_response_time", "--with", file, "--period", "2026-03", "--encoding", "gb18030"];
      const { code, err } = await run("reconcile", ...asked, "--lang", lang);
      expect([code, err.trim().split("\n")]).toEqual([
        2,
        [expect.stringMatching(/--encoding .*theirs-\d+\.xlsx$/)],
      ]);
    }
  });

  it("one whose encoding its bytes do not tell", async () => {
    const file = written(
      Buffer.from(`Case,Größe\n${march.map((id) => `${id},hübsch`).join("\n")}\n`, "latin1"),
    );
    const asked = ["reconcile", "first_response_time", "--with", file, "--period", "2026-03"];
    for (const lang of ["en", "zh-CN"]) {
      const refused = await run(...asked, "--lang", lang);
      expect([refused.code, refused.out]).toEqual([2, ""]);
      expect(refused.err).toContain("--encoding");
      expect(refused.err).not.toContain("sources.yaml");
    }
    const { result } = await ask("first_response_time", file, "--encoding", "windows-1252", "--id", "case");
    expect([result.theirs, result.differences]).toEqual([march.length, []]);
    const unknown = await run(...asked, "--encoding", "nonsense", "--lang", "en");
    expect([unknown.code, unknown.err]).toEqual([2, "herringbone: --encoding: unknown encoding: nonsense\n"]);
  });

  it("one without a case", async () => {
    const { code, result, told } = await ask("first_response_time", list([]));
    expect([code, result.theirs, result.rest.cases]).toEqual([1, 0, march.length]);
    expect(Object.keys(told)).toEqual(["ours: not_in_their_list"]);
  });

  it.each([
    ["an id column that has none of ours", list(["x1", "x2"], "Case"), [], /no column of .+ holds ids/],
    ["a column of values that is none", list(["101,5"], "Case,Min"), ["--value", "Mins"], /did you mean Min/],
    ["binary", written(Buffer.from([0, 1, 2, 3, 0, 255])), [], /theirs-/],
    ["a folder", folder, [], /./],
    ["none", join(folder, "none.csv"), [], /none\.csv/],
  ] as const)("%s", async (_, file, more, said) => {
    const asked = ["reconcile", "first_response_time", "--with", file, "--period", "2026-03", ...more];
    const { code, out, err } = await run(...asked, "--lang", "en");
    expect([[1, 2].includes(code), out, err.split("\n").length]).toEqual([true, "", 2]);
    expect(err).toMatch(said);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
