import { expect, test } from "vitest";
import { refusalOf } from "../../load/stageFolder.js";
import { type Asked, crmYaml, stageCrm, token, variables, withCrm } from "./server.js";
import { type Account, account, ticket } from "./zendesk.js";

const tickets = () => [
  ticket(1),
  ticket(2, { status: "deleted" }),
  ticket(3, { status: "open" }),
  // Changed while it was exported: the later version is the ticket.
  ticket(1, { priority: "low" }),
  ticket(4, { tags: ["closed_by_merge"], status: "closed" }),
];

const relations =
  "t: {object: tickets}, m: {object: ticket_metrics}, u: {object: users}, g: {object: organizations}";
const yaml = crmYaml("zendesk", relations);

const withAccount = <T>(given: Account, use: (asked: Asked[]) => Promise<T>) =>
  withCrm(
    account(given, () => process.env[variables.url] ?? ""),
    ({ asked }) => use(asked),
  );

test("exports are read to the end of their stream, of a ticket's versions the last; metrics come with their tickets", async () => {
  const faults = [
    { on: /cursor\?cursor=2/, answer: { status: 429, json: {}, headers: { "retry-after": "0" } } },
    { on: /users\/cursor/, answer: { text: '{"users": [', cut: 5 } },
  ];
  await withAccount({ tickets: tickets(), faults }, (asked) =>
    stageCrm(yaml, async ({ report, rows }) => {
      const files = report.files.map(({ file, rowsRead, rowsAccepted }) => [file, rowsRead, rowsAccepted]);
      expect(files.sort()).toEqual([
        ["crm.g", 1, 1],
        ["crm.m", 4, 4],
        ["crm.t", 4, 4],
        ["crm.u", 3, 3],
      ]);
      expect(
        await rows(
          "select ticket_id, customer_id, severity, channel, first_response_at, resolved_at from staging.tickets order by 1",
        ),
      ).toEqual([
        {
          ticket_id: "1",
          customer_id: "31",
          severity: "general",
          channel: "online",
          first_response_at: "2026-03-02 01:15:00+00",
          resolved_at: "2026-03-02 02:30:30+00",
        },
        {
          ticket_id: "3",
          customer_id: "31",
          severity: "very_serious",
          channel: "online",
          first_response_at: "2026-03-02 01:15:00+00",
          resolved_at: null,
        },
      ]);
      expect(await rows("select customer_id, region from staging.customers")).toEqual([
        { customer_id: "31", region: "East" },
      ]);
      expect(await rows("select employee_id from staging.employees")).toEqual([{ employee_id: "11" }]);
      expect(asked.every(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
    }),
  );
});

test("a token of the account is sent with its user; a field of one's own is a column", async () => {
  process.env.HERRINGBONE_TEST_CRM_USER = "agent@example.com";
  const more =
    "  user_env: HERRINGBONE_TEST_CRM_USER\n  tables: {tickets: {columns: {ticket_id: id, created_at: created_at, root_cause: custom_field_77}, where: status = 'open'}}\n";
  try {
    await withAccount({ tickets: tickets() }, (asked) =>
      stageCrm(crmYaml("zendesk", "t: {object: tickets}", more), async ({ rows }) => {
        expect(await rows("select ticket_id, root_cause from staging.tickets")).toEqual([
          { ticket_id: "3", root_cause: "blue" },
        ]);
        const basic = Buffer.from(`agent@example.com/token:${token}`).toString("base64");
        expect(asked.every(({ headers }) => headers.authorization === `Basic ${basic}`)).toBe(true);
      }),
    );
  } finally {
    delete process.env.HERRINGBONE_TEST_CRM_USER;
  }
});

test.each<[string, Account, number, string]>([
  [
    "fewer tickets than the account counts",
    { tickets: tickets(), count: 9 },
    1,
    "the reader gave 4 rows, but 10 were counted: crm.t",
  ],
  [
    "an export that stands still",
    {
      tickets: tickets(),
      faults: Array.from({ length: 9 }, () => ({
        on: /tickets\/cursor/,
        answer: { json: { tickets: [], after_cursor: "5", end_of_stream: false } },
      })),
    },
    1,
    "page after page without an end",
  ],
  [
    "a token that is none",
    {
      tickets: [],
      faults: [{ on: /./, answer: { status: 401, json: { error: "Couldn't authenticate you" } } }],
    },
    2,
    "does not accept the token of HERRINGBONE_TEST_CRM_TOKEN",
  ],
])("%s ends it in one sentence", async (_, given, exitCode, sentence) =>
  withAccount(given, async () => {
    const said = await refusalOf({ "sources.yaml": yaml });
    expect([said.exitCode, said.en]).toEqual([exitCode, expect.stringContaining(sentence)]);
  }),
);

test("more tickets than the account counts, or very many, are told rather than refused", async () => {
  await withAccount({ tickets: tickets(), count: 1 }, () =>
    stageCrm(yaml, async ({ report }) =>
      expect(report.tables.find(({ table }) => table === "tickets")?.loaded).toBe(2),
    ),
  );
});
