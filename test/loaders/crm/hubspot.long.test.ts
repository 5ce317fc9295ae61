import { expect, test } from "vitest";
import { refusalOf } from "../../load/stageFolder.js";
import { company, type Portal, portal, ticket } from "./hubspot.js";
import { crmYaml, stageCrm, token, withCrm } from "./server.js";

const objects = () => ({
  companies: [company("7", { hs_merged_object_ids: "9;8" }), company("10")],
  tickets: [
    ...Array.from({ length: 250 }, (_, at) => ticket(`${1000 + at}`, ["9"])),
    ticket("1", ["10"], true),
  ],
});
const yaml = crmYaml("hubspot", "c: {object: companies}, t: {object: tickets}, o: {object: owners}");

test("lists are read to their end, archived records too, held against the total of a search", async () => {
  const faults = [
    {
      on: /objects\/tickets\?.*after=100/,
      answer: { status: 429, json: {}, headers: { "retry-after": "0" } },
    },
    { on: /objects\/tickets\?.*after=200/, answer: { text: '{"results": [{"id"' } },
  ];
  await withCrm(portal({ objects: objects(), faults }), ({ asked }) =>
    stageCrm(yaml, async ({ report, rows }) => {
      expect(
        report.files.map(({ file, rowsRead, rowsAccepted }) => [file, rowsRead, rowsAccepted]).sort(),
      ).toEqual([
        ["crm.c", 2, 2],
        ["crm.o", 1, 1],
        ["crm.t", 251, 251],
      ]);
      expect(
        await rows(
          "select count(*)::int as n, min(customer_id) as c, min(agent_id) as a from staging.tickets",
        ),
      ).toEqual([
        // 9 was merged into 7.
        { n: 250, c: "7", a: "51" },
      ]);
      expect(
        report.warnings
          .filter(({ rule }) => /deleted|merged/.test(rule))
          .map(({ sample, count }) => sample ?? count),
      ).toEqual(["8 → 7", "9 → 7", 1]);
      const lists = asked.filter(({ path }) => path === "/crm/v3/objects/companies");
      expect(lists[0]?.query.get("properties")).toContain("hs_merged_object_ids");
      expect(lists[0]?.query.get("properties")).not.toContain("unused_field");
      expect(asked.every(({ headers }) => headers.authorization === `Bearer ${token}`)).toBe(true);
    }),
  );
});

test.each<[string, Portal, number, string]>([
  ["a total that is never reached", { objects: objects(), total: () => 251 }, 1, "the reader gave"],
  [
    "the limit of a day",
    {
      objects: objects(),
      faults: [{ on: /./, answer: { status: 429, json: { policyName: "DAILY", message: "limit" } } }],
    },
    1,
    "takes no more requests now",
  ],
  [
    "an object that there is not",
    { objects: {} },
    2,
    "has no such object or field, or the token may not know of it: no object companies",
  ],
])("%s ends it in one sentence", async (_, given, exitCode, sentence) =>
  withCrm(portal(given), async () => {
    const said = await refusalOf({ "sources.yaml": yaml });
    expect([said.exitCode, said.en]).toEqual([exitCode, expect.stringContaining(sentence)]);
  }),
);

test("a cursor that comes again is no progress", async () => {
  const same = {
    json: { results: [{ id: "7", properties: {}, archived: false }], paging: { next: { after: "5" } } },
  };
  const faults = Array.from({ length: 9 }, () => ({ on: /objects\/companies\?/, answer: same }));
  await withCrm(portal({ objects: objects(), faults }), async () => {
    const said = await refusalOf({ "sources.yaml": yaml });
    expect([said.exitCode, said.en]).toEqual([1, expect.stringContaining("page after page without an end")]);
  });
});
