import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const folder = temporaryFolder("explain");
const warehouse = join(folder, "warehouse.duckdb");

const run = commandLine({ warehouse });

const explain = async (...args: string[]) => {
  const { code, out, err } = await run("kpi", ...args, "--explain", "--format", "json");
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
};

/** Day, customer, channel, how many tickets were found right, of how many. */
const reviewed = [
  ["2026-02-05", "east", "phone", 2, 2],
  ["2026-02-05", "west", "phone", 0, 2],
  ["2026-03-05", "east", "phone", 2, 4],
  ["2026-03-05", "west", "email", 1, 1],
  ["2026-03-20", "east", "phone", 4, 4],
  ["2026-04-03", "east", "phone", 1, 2],
  ["2026-04-03", "west", "phone", 3, 6],
] as const;

beforeAll(async () => {
  const data = join(folder, "data");
  mkdirSync(data);
  writeFileSync(
    join(data, "customers.csv"),
    "customer_id,name,acquired_on,region,segment\neast,n,2026-01-02,East,trader\nwest,n,2026-02-02,West,trader\nnorth,n,2026-02-03,North,other\n",
  );
  const tickets = reviewed.flatMap(([day, customer, channel, right, all], row) =>
    Array.from(
      { length: all },
      (_, index) => `T${row}-${index},${customer},request,${channel},${day}T10:00:00,${index < right}`,
    ),
  );
  writeFileSync(
    join(data, "tickets.csv"),
    `ticket_id,customer_id,type,channel,created_at,qa_correct\n${tickets.join("\n")}\n`,
  );
  const market = [
    ["2026-01-01", "pumps", "Own", true, 10],
    ["2026-01-01", "pumps", "Other", false, 30],
    ["2026-02-01", "pumps", "Own", true, 10],
    ["2026-02-01", "pumps", "Other", false, 10],
    ["2026-02-01", "valves", "Other", false, 20],
  ];
  writeFileSync(
    join(data, "market_sales.csv"),
    `month,market,company,is_own,sales\n${market.map((row) => row.join(",")).join("\n")}\n`,
  );
  // The first ticket is of the 5th; that February was recorded whole is for the source to say.
  const files = ["customers", "tickets", "market_sales"];
  const from = (name: string) =>
    `      ${name}: { from: ${name}${name === "tickets" ? ", covers_from: 2026-02-01" : ""} }`;
  writeFileSync(
    join(data, "sources.yaml"),
    `crm:
  files: { ${files.map((name) => `${name}: ${name}.csv`).join(", ")} }
  tables:
${files.map(from).join("\n")}
`,
  );
  const { code } = await run("build", "--quiet", "--data", data, "--as-of", "2026-04-10");
  expect(code).toBe(0);
});

describe("kpi --explain", () => {
  // By hand. 1–10 March: East 2/4, West 1/1, whole 0.6. 1–10 April: East 1/2, West 3/6, whole 0.5. Middle 0.55.
  // West: weight 0.2 → 0.75; rate 0.475 × −0.5 = −0.2375, mix 0.55 × (0.75 − 0.55) = 0.11, together −0.1275.
  // East: weight 0.8 → 0.25; rate 0, mix −0.55 × (0.5 − 0.55) = 0.0275.
  it("compares a partial period with the elapsed days of the one before, and marks both", async () => {
    const changes = await explain("service_accuracy", "--by", "region", "--to", "2026-04");
    expect(changes).toEqual([
      {
        kpi_id: "service_accuracy",
        grain: "month",
        from: {
          period_start: "2026-03-01",
          period_end: "2026-04-01",
          value: 0.6,
          mature: false,
          partial: true,
          incomplete: false,
        },
        to: {
          period_start: "2026-04-01",
          period_end: "2026-05-01",
          value: 0.5,
          mature: false,
          partial: true,
          incomplete: false,
        },
        delta: expect.closeTo(-0.1, 12),
        p: null,
        by: "region",
        groups: [
          {
            group: "West",
            weight_from: 0.2,
            weight_to: 0.75,
            value_from: 1,
            value_to: 0.5,
            rate_effect: expect.closeTo(-0.2375, 12),
            mix_effect: expect.closeTo(0.11, 12),
            contribution: expect.closeTo(-0.1275, 12),
            p: null,
            q: null,
          },
          expect.objectContaining({
            group: "East",
            rate_effect: 0,
            mix_effect: expect.closeTo(0.0275, 12),
            contribution: expect.closeTo(0.0275, 12),
            p: null,
            q: null,
          }),
        ],
        rate_effect: expect.closeTo(-0.2375, 12),
        mix_effect: expect.closeTo(0.1375, 12),
        reason: null,
        reason_text: null,
      },
    ]);
  });

  it("takes the newest final period where none is named, and the one it is compared with", async () => {
    const [change] = await explain("service_accuracy", "--by", "region");
    const sides = { from: { period_start: "2026-02-01" }, to: { period_start: "2026-03-01" } };
    expect(change).toMatchObject({ ...sides, delta: expect.any(Number), reason: null });
    const [ofYear] = await explain("service_accuracy", "--by", "region", "--compare", "year");
    expect(ofYear.to).toMatchObject({ period_start: "2026-03-01", partial: false });
    // Of a grain of which no period is over the last one is, as far as it has got.
    const [half] = await explain("service_accuracy", "--by", "region", "--grain", "half");
    expect(half.to).toMatchObject({ period_start: "2026-01-01", partial: true });
  });

  it("compares the two periods named, whole, by every dimension the KPI has", async () => {
    const changes = await explain("service_accuracy", "--from", "2026-02", "--to", "2026-03");
    expect(changes.map(({ by }: { by: string }) => by)).toEqual([
      "segment",
      "industry",
      "region",
      "acquisition_channel",
      "owner",
      "channel",
      "type",
      "class",
      "severity",
      "agent",
      "team",
    ]);
    for (const { from, to, delta, groups } of changes) {
      expect([from.value, from.partial, to.value, to.partial]).toEqual([0.5, false, 7 / 9, false]);
      const sum = groups.reduce(
        (total: number, row: { contribution: number }) => total + row.contribution,
        0,
      );
      expect(sum).toBeCloseTo(delta, 14);
    }
  });

  it("narrows by --where, and splits by what it leaves open", async () => {
    const changes = await explain("service_accuracy", "--where", "region=East", "--to", "2026-03");
    expect(changes.map(({ by }: { by: string }) => by)).not.toContain("region");
    expect(changes[0]).toMatchObject({ from: { value: 1 }, to: { value: 0.75 }, delta: -0.25 });
    const ofNobody = await explain("service_accuracy", "--where", "employee=(unknown)", "--to", "2026-03");
    const names = ofNobody.map(({ by }: { by: string }) => by);
    expect(names).toContain("region");
    expect(names).not.toContain("agent");
    expect(names).not.toContain("team");
  });

  it("crosses the dimensions of --by", async () => {
    const [change] = await explain("service_accuracy", "--by", "region,channel", "--to", "2026-03");
    expect(change.by).toEqual(["region", "channel"]);
    expect(change.groups.map(({ group }: { group: string[] }) => group)).toContainEqual(["West", "email"]);
  });

  it("splits counts by their own changes, and shares by markets of which one lacks a month", async () => {
    const [count] = await explain("new_customers", "--by", "region", "--to", "2026-02");
    expect(count).toMatchObject({ delta: 1, rate_effect: null, mix_effect: null });
    expect(
      count.groups.map((row: { group: string; contribution: number }) => [row.group, row.contribution]),
    ).toEqual([
      ["East", -1],
      ["North", 1],
      ["West", 1],
    ]);
    // pumps 10/40, then 10/20 of them and valves 0/20: 0.25 → 0.25. Middle 0.25; pumps ½ of the market instead of all:
    // rate 0.75 × 0.25, mix −0.5 × (0.375 − 0.25); valves mix 0.5 × (0 − 0.25).
    const [share] = await explain("market_share", "--to", "2026-02");
    expect(share).toMatchObject({ from: { value: 0.25 }, to: { value: 0.25 }, delta: 0, by: "market" });
    expect(share.groups).toEqual([
      expect.objectContaining({
        group: "pumps",
        rate_effect: 0.1875,
        mix_effect: -0.0625,
        contribution: 0.125,
      }),
      expect.objectContaining({ group: "valves", rate_effect: 0, mix_effect: -0.125, contribution: -0.125 }),
    ]);
  });

  it("says why where a value is not known", async () => {
    expect(await explain("csat", "--by", "region")).toMatchObject([
      { delta: null, groups: [], reason: "no_table", reason_text: expect.stringContaining("survey_answers") },
    ]);
    expect(await explain("service_accuracy", "--by", "region", "--to", "2026-02")).toMatchObject([
      {
        from: { value: null },
        to: { value: 0.5 },
        delta: null,
        groups: [],
        reason: "before_record",
        reason_text: expect.stringMatching(/tickets.*2026-02-01/),
      },
    ]);
    const { out } = await run(
      "kpi",
      "csat",
      "service_accuracy",
      "--explain",
      "--to",
      "2026-02",
      "--lang",
      "zh-CN",
    );
    expect(out).toContain("无数据：满意度回答（survey_answers）没有数据行");
    expect(out).toContain("无数据：早于首条记录：工单（tickets）自 2026-02-01 起有记录");
  });

  it("has no half-width brackets in Chinese heads", async () => {
    const { out } = await run("kpi", "service_accuracy", "--explain", "--lang", "zh-CN");
    expect(out).toContain("本期权重（%）");
    expect(out).not.toMatch(/[一-鿿] ?[,:;()]/);
  });

  it.each([
    [["--from", "2026-03", "--to", "2026-03"], "the month of --to or a later one: 2026-03"],
    [["--from", "2026-06"], "the month of --to or a later one: 2026-06"],
    [
      ["--from", "2026-01"],
      "elapsed days are compared with the previous month or last year's, not with --from 2026-01",
    ],
    [["--by", "market"], "service_accuracy has no such dimension"],
    [["--by", "region,region"], "a dimension is asked for twice"],
  ])("refuses %j", async (args, message) => {
    const { code, err } = await run("kpi", "service_accuracy", "--explain", "--lang", "en", ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it("writes a table for people and a flat CSV", async () => {
    const args = ["--explain", "--by", "region", "--to", "2026-04", "--lang", "en"];
    const { out } = await run("kpi", "service_accuracy", ...args);
    expect(out.split("\n").map((line) => line.trim().replace(/ {2,}/g, " | "))).toEqual([
      "Service accuracy service_accuracy (%): Mar 2026 60.00 → Apr 2026 50.00, −10.00 pp (partial: only the elapsed days of both periods)",
      "",
      "region | Mar 2026 | Apr 2026 | weight before (%) | weight now (%) | own change (pp) | mix change (pp) | contribution (pp)",
      "West | 100.00 | 50.00 | 20.0 | 75.0 | −23.75 | +11.00 | −12.75",
      "East | 50.00 | 50.00 | 80.0 | 25.0 | 0.00 | +2.75 | +2.75",
      "total | 60.00 | 50.00 | 100.0 | 100.0 | −23.75 | +13.75 | −10.00",
      "",
      expect.stringMatching(/^The contributions add up/),
      "",
    ]);
    const csv = await run(
      "kpi",
      "new_customers",
      "--explain",
      "--by",
      "region",
      "--to",
      "2026-02",
      "--format",
      "csv",
    );
    expect(csv.out.split("\r\n").slice(0, 2)).toEqual([
      "kpi_id,grain,from.period_start,from.period_end,from.value,from.mature,from.partial,from.incomplete,to.period_start,to.period_end,to.value,to.mature,to.partial,to.incomplete,delta,delta.p,by,group,weight_from,weight_to,value_from,value_to,rate_effect,mix_effect,contribution,p,q,reason,reason_text",
      // of 3 cases in 59 days two or more in 28 of them: 3q²(1 − q) + q³ = 0.4619 with q = 28 ÷ 59, twice that
      "new_customers,month,2026-01-01,2026-02-01,1,true,false,false,2026-02-01,2026-03-01,2,true,false,false,1,0.9237945456935679,region,East,,,1,0,,,-1,1,1,,",
    ]);
  });
});
