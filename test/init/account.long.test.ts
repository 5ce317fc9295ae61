import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { commandLine } from "../commandLine.js";
import { company, portal, ticket } from "../loaders/crm/hubspot.js";
import { account, type Org, salesforceOrg, supportCase } from "../loaders/crm/salesforce.js";
import { type Answer, type Asked, token, withCrm } from "../loaders/crm/server.js";
import { account as zendeskAccount, ticket as zendeskTicket } from "../loaders/crm/zendesk.js";
import { folderOfTest } from "../temporaryFolder.js";

/** Lets `init` look at an account, and builds what it wrote. */
async function initOf(kind: string, answer: (asked: Asked) => Answer, ...more: string[]) {
  return withCrm(answer, async ({ asked }) => {
    const cwd = folderOfTest("init-account");
    const env = { TZ: "Europe/Berlin", HERRINGBONE_TEST_CRM_URL: "set", HERRINGBONE_TEST_CRM_TOKEN: "set" };
    const run = commandLine({ cwd, env });
    const args = ["crm", "--account", kind, "--env", "HERRINGBONE_TEST_CRM", ...more];
    const said = await run("init", ...args);
    const file = join(cwd, "crm/sources.yaml");
    const yaml = existsSync(file) ? readFileSync(file, "utf8") : "";
    expect(said.all + yaml).not.toContain(token);
    const build = () => run("build", "--data", "crm", "--lang", "en", "--as-of", "2026-06-30");
    return { ...said, yaml, asked: [...asked], built: said.code === 0 ? await build() : undefined };
  });
}

const org = (): Org => ({
  objects: {
    Account: Array.from({ length: 6 }, (_, at) => account(`a${at}`, { Tier__c: at < 4 ? "Gold" : "Tin" })),
    Case: Array.from({ length: 30 }, (_, at) =>
      supportCase(`c${at}`, `a${at % 6}`, {
        Type: at > 0 ? "Problem" : "Montage",
        Product_Line__c: at < 5 ? "Pumps" : "Valves",
        Contact_Mail__c: "ana@example.com",
      }),
    ),
    Contact: [{ Id: "p1", AccountId: "a1", LastName: "x", ReportsToId: null }],
    Machine__c: [{ Id: "m1" }],
  },
  picklists: { Type: ["Problem", "Montage", "Rückruf"], Product_Line__c: ["Pumps", "Valves", "Seals"] },
  faults: [{ on: /Opportunity.describe/, answer: { status: 403, json: [{ message: "no access" }] } }],
});

test("Salesforce: the preset reads what it knows, what it does not know is asked for, and a build reads the rest", async () => {
  const { code, out, yaml, built } = await initOf("salesforce", salesforceOrg(org()), "--lang", "en");
  expect(code).toBe(0);
  expect(parse(yaml)).toEqual({
    salesforce: {
      kind: "salesforce",
      preset: "salesforce",
      url_env: "HERRINGBONE_TEST_CRM_URL",
      token_env: "HERRINGBONE_TEST_CRM_TOKEN",
      relations: { Account: { object: "Account" }, Case: { object: "Case" } },
    },
  });
  expect(yaml).toContain("Account: { object: Account } # cursor: SystemModstamp lets the next build read");
  expect(yaml).toContain("# customers: Account has no column for industry,");
  expect(yaml).toMatch(/# +Product_Line__c \(Product Line {2}c, Pumps, Valves, Seals\)/);
  expect(yaml).toMatch(/# +Tier__c \(Tier {2}c, Gold\)/);
  expect(yaml).not.toMatch(/ana@|Tin/);
  expect(yaml).toContain("(tickets.type: 1 × Montage, tickets.type: 0 × Rückruf)");
  expect(yaml).toMatch(/tables: \{ tickets: \{ values: \{ type: \{ "Montage": <inquiry\|.*>, "Rückruf": </);
  expect(out).toContain("not read: Lead: the account has no such object, or the token may not know of it");
  expect(out).toContain("not read: Opportunity: the token has no right to read it in Salesforce: no access");
  expect(yaml).toContain("Contact: the preset takes nothing from it");
  expect(yaml).toContain("Machine__c: an object of your own");
  expect([built?.code, built?.err]).toEqual([
    0,
    expect.stringContaining("tickets: 30 rows mapped = 29 loaded + 1 quarantined"),
  ]);
  // The line is whole once it is answered.
  const answered = yaml
    .replace(/^ +# +(?=tables: \{ tickets)/m, "  ")
    .replaceAll(/<inquiry[^>]*>/g, "repair");
  expect(parse(answered).salesforce.tables.tickets.values.type).toEqual({
    Montage: "repair",
    Rückruf: "repair",
  });
});

test("HubSpot: properties of one's own stand with their labels and words", async () => {
  const objects = {
    companies: [company("7", { tier: "gold" }), company("8", { tier: "tin" })],
    tickets: Array.from({ length: 40 }, (_, at) => ticket(`${at}`, ["7"])),
  };
  const { code, yaml, built } = await initOf("hubspot", portal({ objects }), "--lang", "zh-CN");
  expect(code).toBe(0);
  expect(Object.keys(parse(yaml).hubspot.relations)).toEqual(["companies", "tickets", "owners"]);
  expect(yaml).toContain("deals: 账号中没有该对象，或令牌无权看到");
  expect(built?.err).toContain("tickets: 40 rows mapped");
  expect(built?.err).toContain("customers: 2 rows mapped = 2 loaded");
});

test("Zendesk: lists tell the fields, and what is forbidden is said", async () => {
  const faults = [{ on: /satisfaction_ratings/, answer: { status: 403, json: { description: "no" } } }];
  const tickets = Array.from({ length: 5 }, (_, at) => zendeskTicket(at + 1));
  let url = "";
  const answer = zendeskAccount({ tickets, faults }, () => url);
  const { code, yaml, built } = await initOf(
    "zendesk",
    (asked) => {
      url = `http://${asked.headers.host}`;
      return answer(asked);
    },
    "--lang",
    "en",
  );
  expect(code).toBe(0);
  expect(Object.keys(parse(yaml).zendesk.relations)).toEqual([
    "tickets",
    "ticket_metrics",
    "users",
    "organizations",
  ]);
  expect(yaml).toContain("tickets: { object: tickets } # cursor: updated_at");
  expect(yaml).toMatch(/custom_field_77 \(Colour, blue\)/);
  expect(yaml).toContain("satisfaction_ratings: the token has no right to read it in Zendesk: no");
  expect([built?.code, built?.err]).toEqual([
    0,
    expect.stringContaining("tickets: 5 rows mapped = 5 loaded"),
  ]);
});

test.each<[string, Answer, number, string]>([
  [
    "a token that is none",
    { status: 401, json: {} },
    2,
    "does not accept the token of HERRINGBONE_TEST_CRM_TOKEN",
  ],
  ["failures without an end", { status: 500, text: "x" }, 1, "failed again and again"],
  [
    "another address",
    { status: 302, text: "", headers: { location: "https://evil.example/x" } },
    2,
    "evil.example",
  ],
])("%s ends it in one sentence, and nothing is written", async (_, answer, exitCode, sentence) => {
  const { code, err, yaml } = await initOf("salesforce", () => answer, "--lang", "en");
  expect([code, err, yaml]).toEqual([exitCode, expect.stringContaining(sentence), ""]);
  expect(err.trim().split("\n")).toHaveLength(1);
});
