import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandLine } from "../commandLine.js";
import { temporaryFolder } from "../temporaryFolder.js";

const root = temporaryFolder("attempt");

const data = join(root, "data");
const warehouse = join(root, "w.duckdb");
mkdirSync(data);

const run = commandLine({ cwd: root, warehouse });

/** Twenty tickets, some of another channel's wording and some with a name for a time. */
function write(broken: number): void {
  const rows = Array.from({ length: 20 }, (_, index) => {
    const severity = index < broken ? "dire" : "general";
    return `T${index},complaint,phone,${severity},2026-01-0${1 + (index % 9)} 10:00`;
  });
  writeFileSync(
    join(data, "tickets.csv"),
    `ticket_id,type,channel,severity,created_at\n${rows.join("\n")}\n`,
  );
}

describe("a build whose data broke the contract beyond its limit", () => {
  it("prints the refused values with their counts, and leaves its report for check --last-attempt", async () => {
    write(3);
    const failed = await run("build", "--data", data, "--lang", "en");
    expect(failed.code).toBe(3);
    expect(failed.out + failed.err).toMatch(/quarantined 3: tickets\.severity enum.*dire/);
    expect(failed.out + failed.err).toContain('values: {severity: {"dire": <general|serious|very_serious>}}');
    expect(existsSync(warehouse)).toBe(false);
    expect(readdirSync(root).sort()).toEqual(["data", "w.duckdb.last-attempt.json"]);

    const shown = await run("check", "--last-attempt");
    expect(shown.code).toBe(0);
    const english = (await run("check", "--last-attempt", "--lang", "en")).out;
    expect(english).toContain("Build of 2026-07-01T00:00:00.000Z, failed (exit code 3)");
    expect(english).toMatch(/3 × tickets\.severity enum.*dire/);
    expect(english).toContain("20 = 17 + 3 + 0");
    expect((await run("check", "--last-attempt", "--lang", "zh-CN")).out).toContain("构建失败（退出码 3）");
    const json = JSON.parse((await run("check", "--last-attempt", "--format", "json")).out);
    expect(json).toMatchObject({
      exit_code: 3,
      report: { quarantine: [{ column: "severity", count: 3, values: [{ value: "dire", count: 3 }] }] },
    });
  });

  it("is forgotten when a build succeeds", async () => {
    write(0);
    expect((await run("build", "--data", data, "--lang", "en")).code).toBe(0);
    const shown = await run("check", "--last-attempt", "--lang", "en");
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining("no build has failed") });
    expect((await run("check", "--last-attempt", "--format", "json")).out.trim()).toBe("null");
  });
});
