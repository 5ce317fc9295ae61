import { expect, test } from "vitest";
import { refusalOf } from "../../load/stageFolder.js";
import { account, type Org, salesforceOrg, supportCase } from "./salesforce.js";
import { type Answer, type Asked, crmYaml, stageCrm, token, withCrm } from "./server.js";

const relations = "accounts: {object: Account}, cases: {object: Case, cursor: CreatedDate}";
const yaml = crmYaml("salesforce", relations);

const org = (): Org => ({
  objects: {
    Account: [
      account("a1"),
      account("a2", { IsDeleted: true, MasterRecordId: "a1" }),
      account("a3", { IsDeleted: true }),
      account("a4", { Name: 'Tie & "Co", Ltd\nSouth' }),
    ],
    Case: [
      supportCase("c1", "a1"),
      supportCase("c2", "a2", { IsClosed: true, ClosedDate: "2026-03-02T10:00:00.000+0000" }),
      supportCase("c3", "a4"),
    ],
  },
});

const summary = { customers: 2, tickets: 3, merged: "a2" };

/** What a load of an org gave, in brief. */
const loaded = (given: Org, text = yaml) =>
  withCrm(salesforceOrg(given), ({ asked }) =>
    stageCrm(text, async ({ report, rows }) => {
      expect(await rows("select customer_id from staging.tickets where ticket_id = 'c2'")).toEqual([
        { customer_id: "a1" },
      ]);
      const of = (table: string) => report.tables.find((each) => each.table === table)?.loaded;
      const merged = report.warnings.find(({ rule }) => rule === "merged_record")?.sample?.split(" ")[0];
      return { asked, report, brief: { customers: of("customers"), tickets: of("tickets"), merged } };
    }),
  );

const refused = (given: Org, text = yaml) =>
  withCrm(salesforceOrg(given), async () => {
    const said = await refusalOf({ "sources.yaml": text });
    const all = `${said.en} ${said.zh} ${said.error.stack} ${JSON.stringify(said.error.cause ?? "")}`;
    expect(all).not.toContain(token);
    expect(said.zh).not.toBe(said.en);
    return [said.exitCode, said.en] as const;
  });

test("objects come in by pages, deleted and merged ones too, held against the org's own count", async () => {
  const { asked, report, brief } = await loaded(org());
  expect(brief).toEqual(summary);
  expect(report.files.map(({ file, rowsRead, rowsAccepted }) => [file, rowsRead, rowsAccepted])).toEqual([
    ["crm.accounts", 4, 4],
    ["crm.cases", 3, 3],
  ]);
  expect(asked.every(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
  const queries = asked.flatMap(({ query }) => query.get("q") ?? []);
  expect(queries).toContain("select count() from Case");
  // What nobody takes is not asked for, nor are fields made of others.
  expect(queries.join()).not.toMatch(/BillingAddress/);
  expect(asked.filter(({ path }) => path.includes("/query/01g-"))).toHaveLength(2);
});

test("more than 2,000 records come by the Bulk API, page after page, a broken one once more", async () => {
  const given = org();
  for (let at = 0; at < 2500; at++) given.objects.Case?.push(supportCase(`d${at}`, "a1"));
  const lastLineLess = (text = "") => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1);
  const answer: (asked: Asked) => Answer = salesforceOrg({
    ...given,
    pageRows: 1000,
    faults: [
      { on: /results\?.*locator=1000/, answer: { text: '"Id"\n"d1"\n', cut: 6 } },
      {
        on: /results\?.*locator=1000/,
        answer: (asked) => {
          const { text, ...real } = answer(asked);
          return { ...real, text: lastLineLess(text) };
        },
      },
      { on: /results\?.*locator=2000/, answer: { text: "<html>wait</html>" } },
    ],
  });
  await withCrm(answer, ({ asked }) =>
    stageCrm(yaml, async ({ report }) => {
      const cases = report.files.find(({ file }) => file === "crm.cases");
      expect(cases).toMatchObject({ rowsRead: 2503, rowsAccepted: 2503 });
      const jobs = asked.filter(({ path, method }) => path.endsWith("/jobs/query") && method === "POST");
      expect(jobs.map(({ body }) => JSON.parse(body))).toMatchObject([{ operation: "queryAll" }]);
      expect(asked.filter(({ query }) => query.get("locator") === "1000")).toHaveLength(3);
      expect(asked.some(({ method }) => method === "DELETE")).toBe(true);
    }),
  );
});

test("what fails in passing is asked for again", async () => {
  const { brief, asked } = await loaded({
    ...org(),
    faults: [
      { on: /describe/, answer: { status: 500, text: "<html>Server Error</html>" } },
      { on: /describe/, answer: { status: 503, text: "", headers: { "retry-after": "0" } } },
      { on: /count%28/, answer: { status: 429, json: [], headers: { "retry-after": "0" } } },
      { on: /query\/01g/, answer: { text: '{"records": [{"Id": "a4"', cut: 15 } },
      { on: /query\/01g/, answer: { text: '{"records": [{"Id": "a4"' } },
    ],
  });
  expect(brief).toEqual(summary);
  expect(asked.filter(({ path }) => path.endsWith("/Account/describe"))).toHaveLength(3);
});

test("an object that changes while it is read is read again", async () => {
  const given = org();
  const answer = salesforceOrg(given);
  const isCount = ({ query }: Asked) => query.get("q") === "select count() from Case";
  let counts = 0;
  await withCrm(
    (one) => {
      const said = answer(one);
      // Written down between the count and the first page.
      if (isCount(one) && ++counts === 1) given.objects.Case?.push(supportCase("c4", "a1"));
      return said;
    },
    ({ asked }) =>
      stageCrm(yaml, async ({ report }) => {
        expect(report.tables.find(({ table }) => table === "tickets")?.loaded).toBe(4);
        // Before, whether it changed, and before the second reading.
        expect(asked.filter(isCount)).toHaveLength(3);
      }),
  );
});

test("an object that is never as large as the org counts fails", async () => {
  const short: Org["faults"] = [1, 2, 3, 4, 5, 6].map(() => ({
    on: /count%28%29\+from\+Case/,
    answer: { json: { totalSize: 4, done: true, records: [] } },
  }));
  expect(await refused({ ...org(), faults: short })).toEqual([
    1,
    "the reader gave 3 rows, but 4 were counted: crm.cases",
  ]);
});

test.each<[string, NonNullable<Org["faults"]>[number]["answer"], number, number, string]>([
  [
    "a session that is none",
    { status: 401, json: [{ errorCode: "INVALID_SESSION_ID" }] },
    1,
    2,
    "does not accept the token",
  ],
  [
    "an HTML page, always",
    { text: "<html>login</html>" },
    9,
    1,
    "answered with something else than its data",
  ],
  ["failures without an end", { status: 500, text: "x" }, 9, 1, "failed again and again (500)"],
  [
    "too long a wait",
    { status: 429, text: "", headers: { "retry-after": "86400" } },
    1,
    1,
    "asks to wait (86400 s)",
  ],
  [
    "a wait longer than it may give nothing",
    { status: 429, text: "", headers: { "retry-after": "700" } },
    1,
    1,
    "asks to wait (700 s)",
  ],
  [
    "no requests left today",
    { status: 403, json: [{ errorCode: "REQUEST_LIMIT_EXCEEDED" }] },
    1,
    1,
    "takes no more requests",
  ],
  [
    "another address",
    { status: 302, text: "", headers: { location: "https://evil.example/x" } },
    1,
    2,
    "evil.example",
  ],
  [
    "no right",
    { status: 403, json: [{ errorCode: "INSUFFICIENT_ACCESS", message: "no access" }] },
    1,
    2,
    "no right to read it in Salesforce: no access",
  ],
  [
    "a token in the refusal",
    { status: 400, json: [{ errorCode: "MALFORMED_QUERY", message: `bad ${token}` }] },
    1,
    2,
    "Salesforce refuses: bad ***",
  ],
])("%s ends it in one sentence", async (_, answer, times, exitCode, sentence) => {
  const faults = Array.from({ length: times }, () => ({ on: /describe/, answer }));
  expect(await refused({ ...org(), faults })).toEqual([
    exitCode,
    expect.stringMatching(
      new RegExp(`^sources\\.yaml: crm\\.relations\\.\\w+: .*${sentence.replaceAll(/[()*.]/g, "\\$&")}`),
    ),
  ]);
});

test.each([
  [
    "a variable that is not set",
    "url: https://crm.example, token_env: HERRINGBONE_NOT_SET",
    "crm.token_env: the environment variable is not set: HERRINGBONE_NOT_SET",
  ],
  ["no secret at all", "url: https://crm.example", "crm.token_env: is missing"],
  ["no address", "token_env: HERRINGBONE_TEST_CRM_TOKEN", "crm.url: is missing: the address of the account"],
  [
    "an address without HTTPS",
    "url: http://crm.example, token_env: HERRINGBONE_TEST_CRM_TOKEN",
    "crm.url: the address has to begin with https://",
  ],
  [
    "a user in the address",
    `url: "https://u:${token}@crm.example", token_env: HERRINGBONE_TEST_CRM_TOKEN`,
    "crm.url: expected an address like",
  ],
  [
    "signs that no token has",
    "url: https://crm.example, token_env: HERRINGBONE_TEST_CRM_BLANK",
    "crm.token_env: the variable holds signs that no token has",
  ],
  [
    "a token in the file",
    `url: https://crm.example, token_env: "${token}"`,
    "crm.token_env: expected the name of an environment variable",
  ],
  [
    "no name of an object",
    "url: https://crm.example, token_env: HERRINGBONE_TEST_CRM_TOKEN, relations: {a: {object: 'Case where 1'}}",
    "crm.relations.a.object: expected a name of the interface",
  ],
])("%s is refused before anything is asked", async (_, more, sentence) => {
  process.env.HERRINGBONE_TEST_CRM_BLANK = "two words";
  const entries = ["kind: salesforce", "preset: salesforce", more];
  const all = more.includes("relations") ? entries : [...entries, "relations: {a: {object: Account}}"];
  await withCrm(salesforceOrg(org()), async ({ asked }) => {
    const said = await refusalOf({ "sources.yaml": `crm: {${all.join(", ")}}\n` });
    expect([said.exitCode, said.en]).toEqual([2, expect.stringContaining(`sources.yaml: ${sentence}`)]);
    expect(said.zh).not.toBe(said.en);
    expect(asked).toEqual([]);
  });
  delete process.env.HERRINGBONE_TEST_CRM_BLANK;
});

test.each<[string, Record<string, string>, number, string]>([
  ["fails", { state: "Failed", errorMessage: `too large ${token}` }, 2, "Salesforce refuses: too large ***"],
  ["stands still", { state: "InProgress", numberRecordsProcessed: "5" }, 1, "gave nothing for 1 second"],
])("a job of the Bulk API that %s ends it, and is taken back", async (_, json, exitCode, sentence) => {
  const given = org();
  for (let at = 0; at < 2500; at++) given.objects.Account?.push(account(`b${at}`));
  const faults = Array.from({ length: 5000 }, () => ({ on: /^GET .*jobs\/query\/\w+\?/, answer: { json } }));
  await withCrm(salesforceOrg({ ...given, faults }), async ({ asked }) => {
    const said = await refusalOf({
      "sources.yaml": yaml.replace("relations:", "timeout: 1 second\n  relations:"),
    });
    expect([said.exitCode, said.en]).toEqual([exitCode, expect.stringContaining(sentence)]);
    expect(asked.at(-1)?.method).toBe("DELETE");
  });
});

test.each<[string, (at: number) => string, string]>([
  ["the same page for ever", () => "/services/data/v60.0/query/01g-2-x", "page after page without an end"],
  [
    "the same page at ever new addresses",
    (at) => `/services/data/v60.0/query/01g-${at}-x`,
    "page after page without an end",
  ],
  ["a next page elsewhere", () => "https://evil.example/query", "where the token is not shown: evil.example"],
])("%s is refused", async (_, next, sentence) => {
  let pages = 0;
  const answer = (): Answer => ({
    json: { totalSize: 9, done: false, records: [{ Id: "c1" }], nextRecordsUrl: next(++pages) },
  });
  const faults = Array.from({ length: 50 }, () => ({
    on: /queryAll\?q=select\+(?!count)|query\/01g/,
    answer,
  }));
  const [, said] = await refused({ ...org(), faults });
  expect(said).toContain(sentence);
  expect(pages).toBeLessThan(4);
});

test("a token that runs out is replaced where the environment holds what that takes, else said", async () => {
  const expired = { on: /query\/01g/, answer: { status: 401, json: [{ errorCode: "INVALID_SESSION_ID" }] } };
  expect(await refused({ ...org(), faults: [expired] })).toEqual([
    2,
    expect.stringContaining("any more while it was read"),
  ]);
  Object.assign(process.env, { CRM_T_ID: "client-9", CRM_T_SECRET: "s3cr3t-9", CRM_T_REFRESH: "refresh-9" });
  try {
    const more =
      "  client_id_env: CRM_T_ID\n  client_secret_env: CRM_T_SECRET\n  refresh_token_env: CRM_T_REFRESH\n";
    const login = { on: /oauth2\/token/, answer: { json: { access_token: "renewed" } } };
    const { brief, asked } = await loaded(
      { ...org(), faults: [expired, login] },
      crmYaml("salesforce", relations, `  preset: salesforce\n${more}`),
    );
    expect(brief).toEqual(summary);
    const asksToken = asked.find(({ path }) => path.endsWith("/oauth2/token"));
    expect(asksToken?.body).toContain("grant_type=refresh_token");
    expect(asksToken?.headers.authorization).toBeUndefined();
    expect(asked.at(-1)?.headers.authorization).toBe("Bearer renewed");
  } finally {
    for (const name of ["CRM_T_ID", "CRM_T_SECRET", "CRM_T_REFRESH"]) delete process.env[name];
  }
});
