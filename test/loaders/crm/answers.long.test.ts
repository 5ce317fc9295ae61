import { expect, test } from "vitest";
import { refusalOf } from "../../load/stageFolder.js";
import { account, salesforceOrg } from "./salesforce.js";
import { type Answer, type Asked, crmYaml, stageCrm, withCrm } from "./server.js";

const mapped = (columns: string) => `  tables: {customers: {from: r, columns: {${columns}}}}\n`;

interface Desk {
  pages: unknown[][];
  count?: unknown;
  /** What stands beside the records of a page, by its number from 0. */
  more?: (at: number) => Record<string, unknown>;
}

/** Organizations of Zendesk, a page after another, by its cursor. */
const desk =
  ({ pages, count = { count: { value: pages.flat().length } }, more = cursorOf(pages) }: Desk) =>
  ({ path, query }: Asked): Answer => {
    if (path.endsWith("/count")) return { json: count };
    const at = Number(query.get("at") ?? 0);
    return { json: { organizations: pages[at] ?? [], ...more(at) } };
  };
const next = (at: number) => `/api/v2/organizations?at=${at + 1}`;
const cursorOf = (pages: unknown[][]) => (at: number) => {
  const hasMore = at + 1 < pages.length;
  return { meta: { has_more: hasMore }, links: hasMore ? { next: next(at) } : {} };
};
const zendesk = crmYaml("zendesk", "r: {object: organizations}", mapped("customer_id: id, name: name"));
const firm = (id: number, more: Record<string, unknown> = {}) => ({ id, name: `Firm ${id}`, ...more });

interface Portal {
  items: { id: string; properties: Record<string, string | null> }[];
  properties: string[];
  total?: unknown;
  paging?: unknown;
}

const portal =
  ({ items, properties, total = { total: items.length }, paging }: Portal) =>
  ({ path, query }: Asked): Answer => {
    if (path.includes("/properties/")) return { json: { results: properties.map((name) => ({ name })) } };
    if (path.endsWith("/search")) return { json: total };
    const results = query.get("archived") === "true" ? [] : items;
    return { json: { results, ...(paging === undefined ? {} : { paging }) } };
  };
const hubspot = crmYaml("hubspot", "r: {object: companies}", mapped("customer_id: id, name: name"));

const salesforce = crmYaml("salesforce", "r: {object: Account}", mapped("customer_id: Id, name: Name"));
const org = (faults: NonNullable<Parameters<typeof salesforceOrg>[0]["faults"]> = []) =>
  salesforceOrg({ objects: { Account: [account("a1"), account("a2"), account("a3")] }, faults });

const customers = (yaml: string, answer: (asked: Asked) => Answer) =>
  withCrm(answer, ({ asked }) =>
    stageCrm(yaml, async ({ rows, said, report }) => ({
      rows: (await rows("select customer_id as id, name from staging.customers order by 1")).map(
        ({ id, name }) => `${id} ${name}`,
      ),
      said: said.filter((each) => each.startsWith("crm.") && !each.includes("rows read =")),
      read: report.files[0]?.rowsRead,
      asked,
    })),
  );

const refused = (yaml: string, answer: (asked: Asked) => Answer) =>
  withCrm(answer, async () => {
    const { exitCode, en, zh } = await refusalOf({ "sources.yaml": yaml });
    expect(zh).not.toBe(en);
    return [exitCode, en] as const;
  });

const bulk = ({ path, method, query }: Asked): Answer => {
  if (/count\(\)/.test(query.get("q") ?? "")) return { json: { totalSize: 3000 } };
  if (path.endsWith("/results")) return { text: 'Id,Name\n"a1","One"\n' };
  if (path.includes("/jobs/")) return { json: { id: "750", state: "JobComplete" } };
  return org()({ path, method, query } as Asked);
};
const endOf = (id: string) => ({ id, properties: { name: id } });

test.each<[string, string, (asked: Asked) => Answer]>([
  [
    "a list of Zendesk",
    zendesk,
    desk({ pages: [[firm(1)], [firm(2)]], more: () => ({ meta: { has_more: true }, links: {} }) }),
  ],
  [
    "an export of Zendesk",
    crmYaml("zendesk", "r: {object: users}", mapped("customer_id: id, name: name")),
    ({ path }) =>
      path.endsWith("/count")
        ? { json: { count: { value: 1 } } }
        : { json: { users: [firm(1)], end_of_stream: false } },
  ],
  [
    "HubSpot",
    hubspot,
    portal({ items: [endOf("1")], properties: ["name"], paging: { next: { link: "x" } } }),
  ],
  [
    "a query of Salesforce",
    salesforce,
    org([{ on: /queryAll\?q=select\+Id/, answer: { json: { done: false, records: [{ Id: "a1" }] } } }]),
  ],
  ["a bulk job of Salesforce", salesforce, bulk],
])("%s that says there is more, but not where, is not taken for its end", async (_, yaml, answer) => {
  expect(await refused(yaml, answer)).toEqual([
    1,
    expect.stringContaining("says that there is more, but not where"),
  ]);
});

test.each<[string, string, (asked: Asked) => Answer]>([
  ["Zendesk", zendesk, desk({ pages: [[firm(1)]], count: { count: { value: null } } })],
  ["HubSpot", hubspot, portal({ items: [], properties: ["name"], total: { results: [] } })],
  ["Salesforce", salesforce, org([{ on: /count%28/, answer: { json: { done: true, records: [] } } }])],
])("a count of %s without a number is no count of nothing", async (_, yaml, answer) => {
  expect(await refused(yaml, answer)).toEqual([
    1,
    expect.stringContaining("was asked how many records there are, and its answer has no number"),
  ]);
});

test("a list that numbers its pages is read to its end", async () => {
  const pages = [[firm(1)], [firm(2)], [firm(3)]];
  const more = (at: number) => ({ next_page: at < 2 ? next(at) : null, count: 3 });
  expect((await customers(zendesk, desk({ pages, more }))).rows).toEqual([
    "1 Firm 1",
    "2 Firm 2",
    "3 Firm 3",
  ]);
});

test("fields may be called like what is our own, or like a nested one; one with a NUL in its name is said", async () => {
  const own = { _uncounted: "x", _at: "9", file_row_number: "7", _version: "2", owner: { name: "nested" } };
  const pages = [[firm(1, own), firm(2, { ...own, owner_name: "plain" }), { id: 3, name: "", ...own }]];
  const yaml = crmYaml(
    "zendesk",
    "r: {object: organizations}",
    mapped("customer_id: id, name: name, segment: _uncounted, industry: owner_name, region: file_row_number"),
  );
  await withCrm(desk({ pages }), () =>
    stageCrm(`${yaml}  max_quarantine_share: 0.5\n`, async ({ rows, quarantine }) => {
      expect(
        await rows("select customer_id, segment, industry, region from staging.customers order by 1"),
      ).toEqual([
        { customer_id: "1", segment: "x", industry: "nested", region: "7" },
        { customer_id: "2", segment: "x", industry: "plain", region: "7" },
      ]);
      const [kept] = await quarantine();
      expect([kept?.place, JSON.parse(kept?.raw ?? "{}")]).toEqual([
        "crm.r:3",
        expect.objectContaining({ id: "3", file_row_number: "7", _version: "2" }),
      ]);
    }),
  );
  const [exitCode, said] = await refused(zendesk, desk({ pages: [[firm(1, { "a\0b": "x" })]] }));
  expect([exitCode, said]).toEqual([1, expect.stringContaining('there is a NUL in it: "a\\u0000b"')]);
});

test("a property of HubSpot's that is called id is none of its records' ids", async () => {
  const items = ["11", "12"].map((id) => ({
    id,
    properties: { name: `F${id}`, id: "same", archived: "no" },
  }));
  const yaml = crmYaml(
    "hubspot",
    "r: {object: companies}",
    mapped("customer_id: id, name: name, segment: property_id, region: archived"),
  );
  await withCrm(portal({ items, properties: ["id", "name", "archived"] }), () =>
    stageCrm(yaml, async ({ rows }) =>
      expect(await rows("select customer_id, segment, region from staging.customers order by 1")).toEqual([
        { customer_id: "11", segment: "same", region: "false" },
        { customer_id: "12", segment: "same", region: "false" },
      ]),
    ),
  );
});

test("a record that comes on two pages is counted once, as it came last, and that is said", async () => {
  const pages = [
    [firm(1), firm(2)],
    [firm(2, { name: "Renamed" }), firm(3)],
  ];
  const found = await customers(zendesk, desk({ pages, count: { count: { value: 3 } } }));
  expect(found.rows).toEqual(["1 Firm 1", "2 Renamed", "3 Firm 3"]);
  expect(found.read).toBe(3);
  expect(found.said).toEqual([
    "crm.r: 1 × a record came once more, changed or on a further page; each is counted once, as it came last",
  ]);
});

test("an account of more than 100,000 counts once a day: one in a hundred may be gone since, more may not", async () => {
  const pages = Array.from({ length: 10 }, (_, page) =>
    Array.from({ length: 9900 }, (_each, at) => firm(page * 9900 + at)),
  );
  const records = 99_000;
  // 1 % of 100,001, rounded up, is 1,001.
  const near = await customers(zendesk, desk({ pages, count: { count: { value: 100_001 } } }));
  expect(near).toMatchObject({
    read: records,
    said: [expect.stringContaining("99000 records where the account counts 100001")],
  });
  expect(await refused(zendesk, desk({ pages, count: { count: { value: 100_010 } } }))).toEqual([
    1,
    "crm.r: 99000 records came, but the account counts 100010, of which at most 1001 may be gone since it counted",
  ]);
}, 60_000);

test.each<[string, string, Record<string, string>, number, string]>([
  [
    "no time at all",
    "1 second",
    { "retry-after": "0" },
    6,
    "asked 6 times, each time after the wait that it wanted",
  ],
  ["words", "1 second", { "retry-after": "soon" }, 6, "asked 6 times"],
  [
    "a date by the server's clock",
    "1 second",
    { date: "Sun, 01 Mar 2020 10:00:00 GMT", "retry-after": "Sun, 01 Mar 2020 10:05:00 GMT" },
    1,
    "asks to wait (300 s)",
  ],
  [
    "a date that is over",
    "1 second",
    { date: "Sun, 01 Mar 2020 10:00:00 GMT", "retry-after": "Sun, 01 Mar 2020 09:00:00 GMT" },
    6,
    "asked 6 times",
  ],
])("a limit that asks to wait for %s", async (_, timeout, headers, times, sentence) => {
  for (const yaml of [zendesk, hubspot, salesforce]) {
    let asked = 0;
    const text = yaml.replace("relations:", `timeout: ${timeout}\n  relations:`);
    const [exitCode, said] = await refused(text, () => {
      asked++;
      return { status: 429, json: {}, headers };
    });
    expect([exitCode, said, asked]).toEqual([1, expect.stringContaining(sentence), times]);
  }
});
