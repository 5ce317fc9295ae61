import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandLine } from "../../commandLine.js";
import { temporaryFolder } from "../../temporaryFolder.js";
import { storedIn } from "../database/refusals.js";
import { account, salesforceOrg, supportCase } from "./salesforce.js";
import { crmYaml, token, withCrm } from "./server.js";

test("the command line builds from an org and says what was merged; a failed build leaves the one before, and the token lies nowhere", async () => {
  const folder = temporaryFolder("crm");
  const data = join(folder, "data");
  mkdirSync(data);
  const warehouse = join(folder, "w.duckdb");
  const run = commandLine({ warehouse });
  const digest = () => createHash("sha256").update(readFileSync(warehouse)).digest("hex");
  writeFileSync(
    join(data, "sources.yaml"),
    crmYaml("salesforce", "accounts: {object: Account}, cases: {object: Case, cursor: CreatedDate}"),
  );
  const faults: Parameters<typeof salesforceOrg>[0]["faults"] = [];
  const objects = {
    Account: [account("a1"), account("a2", { IsDeleted: true, MasterRecordId: "a1" })],
    Case: [supportCase("c1", "a1"), supportCase("c2", "a2")],
  };
  await withCrm(salesforceOrg({ objects, faults }), async () => {
    const built = await run("build", "--data", data, "--lang", "en");
    expect([built.code, built.err]).toEqual([0, expect.anything()]);
    // Counted one short, once: it changed while it was read.
    faults.push({
      on: /count%28%29\+from\+Case/,
      answer: { json: { totalSize: 1, done: true, records: [] } },
    });
    const again = await run("build", "--data", data, "--lang", "en");
    expect(again.code).toBe(0);
    expect(again.all).toContain("crm.cases changed while it was read, and was read again (1 ×)");
    const checked = await run("check", "--lang", "en");
    expect(checked.out).toContain("merged into another in the CRM");
    expect(checked.out).toContain("a2 → a1");
    const before = digest();
    faults.push({ on: /describe/, answer: { status: 401, json: [{ message: `Session ${token}` }] } });
    const failed = await run("build", "--data", data, "--lang", "en", "--debug");
    expect(failed.code).toBe(2);
    expect(failed.all).toContain("Salesforce does not accept the token of HERRINGBONE_TEST_CRM_TOKEN");
    expect(digest()).toBe(before);
    const all =
      [built, again, checked, failed].map(({ all: printed }) => printed).join() +
      (await storedIn(folder, warehouse));
    expect(all).not.toContain(token);
    expect(all).not.toContain(Buffer.from(token).toString("base64"));
  });
});
