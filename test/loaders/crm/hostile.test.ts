import { afterAll, beforeAll, expect, test } from "vitest";
import { masked } from "../../../loaders/remote/mask.js";
import { bounds } from "../../../loaders/remote/progress.js";
import { refusalOf } from "../../load/stageFolder.js";
import { account, salesforceOrg, supportCase } from "./salesforce.js";
import { type Answer, type Asked, crmYaml, token, withCrm } from "./server.js";

const before = { ...bounds };
beforeAll(() => void Object.assign(bounds, { idlePages: 5, morePages: 20, moreRecords: 50, uncounted: 200 }));
afterAll(() => void Object.assign(bounds, before));

const salesforce = crmYaml("salesforce", "a: {object: Account}, c: {object: Case}");
const owners = crmYaml("hubspot", "o: {object: owners}");
const companies = crmYaml("hubspot", "c: {object: companies}");
const metrics = crmYaml("zendesk", "m: {object: ticket_metrics}, t: {object: tickets}");

const org = () => salesforceOrg({ objects: { Account: [account("a1")], Case: [supportCase("c1", "a1")] } });

/** What is said of a server that never stops; it has to be left within so many requests. */
async function refused(yaml: string, answer: (asked: Asked, at: number) => Answer, most = 300) {
  let at = 0;
  return withCrm(
    (one) => {
      // Were it asked for ever the test would hang: it ends it by a refusal of its own.
      if (++at > most) return { status: 400, json: { message: "asked too often" } };
      return answer(one, at);
    },
    async () => {
      const said = await refusalOf({ "sources.yaml": yaml });
      expect(`${said.en} ${said.zh} ${said.error.stack}`.toLowerCase()).not.toContain(token.toLowerCase());
      return [said.exitCode, said.en] as const;
    },
  );
}

const isQuery = ({ path, query }: Asked) => /\/query/.test(path) && !/count\(\)/.test(query.get("q") ?? "");
const hubspotPage = (at: number, ids: number[]): Answer => ({
  json: {
    results: ids.map((id) => ({ id: String(id), properties: {} })),
    paging: { next: { after: `n${at}` } },
  },
});
const zendeskPage = (at: number, ids: number[]): Answer => ({
  json: {
    metric_sets: ids.map((id) => ({ id, ticket_id: id })),
    after_cursor: `n${at}`,
    end_of_stream: false,
  },
});
const hubspot =
  (page: (at: number) => Answer) =>
  ({ path }: Asked, at: number): Answer => {
    if (path.includes("/properties/")) return { json: { results: [{ name: "name" }] } };
    return path.endsWith("/search") ? { json: { total: 5 } } : page(at);
  };
const nextAt = (at: number) => `/services/data/v60.0/query/x-${at}`;
const answerOf = org();

test.each<[string, string, (asked: Asked, at: number) => Answer]>([
  [
    "empty pages of a query",
    salesforce,
    (asked, at) =>
      isQuery(asked) ? { json: { records: [], done: false, nextRecordsUrl: nextAt(at) } } : answerOf(asked),
  ],
  ["empty pages of a list", companies, hubspot((at) => hubspotPage(at, []))],
  ["two pages in turn that nobody counts", owners, (_, at) => hubspotPage(at, [at % 2, 2 + (at % 2)])],
  ["two pages of metrics in turn", metrics, (_, at) => zendeskPage(at, [at % 2, 2 + (at % 2)])],
  ["old records among which one is new", owners, (_, at) => hubspotPage(at, [at, 1, 2, 3, 4, 5, 6, 7])],
  ["now and then a new record", metrics, (_, at) => zendeskPage(at, at % 4 === 0 ? [at] : [])],
  ["ever new records", metrics, (_, at) => zendeskPage(at, [at, 1000 + at, 2000 + at])],
])("%s without an end are not asked for for ever", async (_, yaml, answer) => {
  expect(await refused(yaml, answer)).toEqual([
    1,
    expect.stringContaining("gives page after page without an end"),
  ]);
});

test("empty results of a bulk job are not asked for for ever", async () => {
  const answer = (asked: Asked, at: number): Answer => {
    if (/count\(\)/.test(asked.query.get("q") ?? "")) return { json: { totalSize: 3000, records: [] } };
    if (asked.path.endsWith("/results"))
      return {
        text: "Id,IsDeleted\n",
        headers: { "sforce-locator": `L${at}`, "sforce-numberofrecords": "0" },
      };
    if (asked.path.includes("/jobs/query")) return { json: { id: "750", state: "JobComplete" } };
    return answerOf(asked);
  };
  expect(await refused(salesforce, answer)).toEqual([1, expect.stringContaining("without an end")]);
});

test("pages leave room on the disk", async () => {
  Object.assign(bounds, { lookBytes: 1, share: 0 });
  try {
    const [exitCode, said] = await refused(metrics, (_, at) => zendeskPage(at, [at]));
    expect([exitCode, said]).toEqual([1, expect.stringMatching(/more than half of what the disk/)]);
  } finally {
    Object.assign(bounds, { lookBytes: before.lookBytes, share: before.share });
  }
});

test("a new token that opens nothing, or next to nothing, is not asked for again and again", async () => {
  Object.assign(process.env, { CRM_H_ID: "client-9", CRM_H_SECRET: "s3cr3t-nine" });
  const more = "  preset: salesforce\n  client_id_env: CRM_H_ID\n  client_secret_env: CRM_H_SECRET\n";
  const yaml = crmYaml("salesforce", "a: {object: Account}, c: {object: Case}", more);
  const refusal: Answer = { status: 401, json: [{ errorCode: "INVALID_SESSION_ID", message: "expired" }] };
  try {
    for (const [opens, sentence] of [
      [0, "does not accept the token"],
      [1, "any more while it was read"],
    ] as const) {
      let left = 0;
      let logins = 0;
      const [exitCode, said] = await refused(yaml, (asked, at) => {
        if (asked.path.endsWith("/token")) {
          logins++;
          left = opens;
          return { json: { access_token: `new-${at}-secret` } };
        }
        return left-- > 0 ? answerOf(asked) : refusal;
      });
      expect([exitCode, said]).toEqual([2, expect.stringContaining(sentence)]);
      expect(logins).toBe(1);
    }
  } finally {
    for (const name of ["CRM_H_ID", "CRM_H_SECRET"]) delete process.env[name];
  }
});

test("a secret is masked before a refusal is cut, and in the host of another address", async () => {
  const cut = { message: "x".repeat(300 - token.length + 4) + token };
  const [, said] = await refused(salesforce, () => ({ status: 400, json: [cut] }));
  expect(said).toMatch(/x\*\*\*$/);
  const job = (asked: Asked): Answer => {
    if (/count\(\)/.test(asked.query.get("q") ?? "")) return { json: { totalSize: 3000, records: [] } };
    if (asked.path.includes("/jobs/query"))
      return { json: { id: "750", state: "Failed", errorMessage: cut.message.repeat(2) } };
    return answerOf(asked);
  };
  const [, failed] = await refused(salesforce, job);
  expect(failed).toMatch(/x\*\*\*x+$/);
  expect(failed.length).toBeLessThan(500);
  const host = token.replace("!", "-").toLowerCase();
  for (const location of [`https://${token.toLowerCase()}.example/`, `https://evil.example/?t=${token}`]) {
    const [, elsewhere] = await refused(salesforce, () => ({ status: 302, text: "", headers: { location } }));
    expect(elsewhere).toMatch(/: \*\*\*$/);
    expect(elsewhere).not.toContain(host);
  }
});

test("a secret is known in every way of writing it", () => {
  const secret = "Zz9-secret/TOKEN+ab?cdefghij";
  const ways = [
    secret,
    secret.toUpperCase(),
    [...secret].reverse().join(""),
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    Buffer.from(secret).toString("hex"),
    Buffer.from(secret).toString("base64url"),
  ];
  for (const way of ways) expect(masked(`a ${way} z`, [secret])).toBe("a *** z");
  for (const around of ["", "u", "us", "user:"]) {
    const text = Buffer.from(`${around}${secret}!`).toString("base64");
    expect(masked(text, [secret])).toMatch(/^.{0,8}\*\*\*.{0,4}$/);
  }
  expect(masked("nothing secret here", [secret])).toBe("nothing secret here");
});
