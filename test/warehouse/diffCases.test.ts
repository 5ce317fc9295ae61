import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { BuildsDiff } from "../../src/answers/closed/diffBuilds.js";
import { commandLine } from "../commandLine.js";
import { smallCatalogue } from "../someKpis.js";
import { folderOfTest } from "../temporaryFolder.js";

it("diff tells of a part without a case now what it was compared with: 1 of 2 became 0 of 2, which is a fall by all", async () => {
  const folder = folderOfTest("diff-growth");
  const data = join(folder, "data");
  const catalog = smallCatalogue(["new_customers", "new_customer_growth"], join(folder, "catalog"));
  mkdirSync(data);
  const run = commandLine({ cwd: folder, now: "2026-02-01T04:00:00Z", warehouse: join(folder, "w.duckdb") });
  const build = async (region: string) => {
    const days = ["2025-01-10,North", "2025-02-10,North", `2025-05-10,${region}`, "2025-12-31,South"];
    const rows = days.map((day, at) => `C${at},N${at},${day}`);
    writeFileSync(
      join(data, "customers.csv"),
      ["customer_id,name,acquired_on,region", ...rows, ""].join("\n"),
    );
    expect(await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en")).toMatchObject(
      { code: 0 },
    );
    return (
      (JSON.parse((await run("builds", "--format", "json")).out) as { build_id: string }[])[0]?.build_id ?? ""
    );
  };
  const first = await build("North");
  await build("South");
  const asked = ["--kpi", "new_customer_growth", "--from", "2025-04", "--to", "2025-06", "--format", "json"];
  const { out } = await run("diff", first, ...asked);
  const { restatements }: BuildsDiff = JSON.parse(out);
  expect(restatements.find(({ grain, member }) => grain === "quarter" && member === "North")).toMatchObject({
    period_start: "2025-04-01",
    old: { value: -0.5, numerator: 1, denominator: 2 },
    new: { value: -1, numerator: 0, denominator: 2 },
  });
});

it("diff tells of a group that came beside others that are as they were, and of these not", async () => {
  const folder = folderOfTest("diff-came");
  const data = join(folder, "data");
  const catalog = smallCatalogue(["new_customers"], join(folder, "catalog"));
  mkdirSync(data);
  const run = commandLine({ cwd: folder, now: "2026-02-01T04:00:00Z", warehouse: join(folder, "w.duckdb") });
  const build = async (...rows: string[]) => {
    const customers = ["customer_id,name,acquired_on,region", ...rows, "C9,N9,2025-12-31,South", ""];
    writeFileSync(join(data, "customers.csv"), customers.join("\n"));
    const { code } = await run("build", "--data", data, "--catalog", catalog, "--quiet", "--lang", "en");
    expect(code).toBe(0);
  };
  await build("C1,N1,2025-05-10,North");
  const [first] = JSON.parse((await run("builds", "--format", "json")).out) as { build_id: string }[];
  await build("C1,N1,2025-05-10,North", "C2,N2,2025-05-11,East");
  const asked = ["--from", "2025-05", "--to", "2025-05", "--format", "json"];
  const { restatements }: BuildsDiff = JSON.parse((await run("diff", first?.build_id ?? "", ...asked)).out);
  const ofMonth = restatements.filter(({ grain, dimension }) => grain === "month" && dimension === "region");
  expect(ofMonth.map(({ member, old, new: now }) => [member, old.value, now.value])).toEqual([
    ["East", null, 1],
  ]);
});

it("diff counts only the cases of which anything is another, not those whose record goes on", async () => {
  const folder = folderOfTest("diff-spells");
  const data = join(folder, "data");
  const catalog = smallCatalogue(["complaint_rate"], join(folder, "catalog"));
  mkdirSync(data);
  const customers = ["C1", "C2", "C3"].map((id) => `${id},${id},2025-01-10,North`);
  writeFileSync(
    join(data, "customers.csv"),
    ["customer_id,name,acquired_on,region", ...customers, ""].join("\n"),
  );
  writeFileSync(
    join(data, "orders.csv"),
    "order_id,line_no,customer_id,ordered_at,revenue\nO1,1,C1,2025-01-20,10\n",
  );
  const run = commandLine({ cwd: folder, now: "2026-02-01T04:00:00Z", warehouse: join(folder, "w.duckdb") });
  const build = async (asOf: string, complaints: readonly string[]) => {
    const tickets = complaints.map((row, at) => `T${at},complaint,phone,${row}`);
    writeFileSync(
      join(data, "tickets.csv"),
      ["ticket_id,type,channel,customer_id,created_at", ...tickets, ""].join("\n"),
    );
    expect(
      await run("build", "--data", data, "--catalog", catalog, "--as-of", asOf, "--quiet", "--lang", "en"),
    ).toMatchObject({ code: 0 });
    return (
      (JSON.parse((await run("builds", "--format", "json")).out) as { build_id: string }[])[0]?.build_id ?? ""
    );
  };
  const before = ["C1,2025-03-03T09:00:00", "C2,2025-05-05T09:00:00"];
  const first = await build("2025-06-30", before);
  await build("2025-07-31", [...before, "C3,2025-05-06T09:00:00"]);
  const { out } = await run("diff", first, "--format", "json");
  const { cases }: BuildsDiff = JSON.parse(out);
  const counts = cases.map(({ grain, period_start, came, went, changed }) => [
    grain,
    period_start,
    came,
    went,
    changed,
  ]);
  expect(counts).toEqual([
    ["month", "2025-05-01", 1, 0, 0],
    ["quarter", "2025-04-01", 1, 0, 0],
    ["half", "2025-01-01", 1, 0, 0],
  ]);
});
