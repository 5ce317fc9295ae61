import { expect, test } from "vitest";
import { refusalOf } from "../../load/stageFolder.js";
import { type Answer, type Asked, crmYaml, stageCrm, token, withCrm } from "./server.js";

type Properties = Record<string, string | null>;
interface Item {
  id: string;
  properties: Properties;
  archived?: boolean;
  companies?: string[];
}

interface Portal {
  objects: Record<string, Item[]>;
  /** What a search finds of an object, where it is not all. */
  total?: (object: string, asked: number) => number | undefined;
  faults?: { on: RegExp; answer: Answer }[];
}

/** A portal that speaks HubSpot's v3 interface, as its documentation shows its answers. */
function portal({ objects, total, faults = [] }: Portal): (asked: Asked) => Answer {
  let searches = 0;
  return ({ method, path, query, body }) => {
    const fault = faults.find(({ on }) => on.test(`${method} ${path}?${query}`));
    if (fault) {
      faults.splice(faults.indexOf(fault), 1);
      return fault.answer;
    }
    if (path === "/crm/v3/owners") {
      const results =
        query.get("archived") === "true"
          ? []
          : [
              {
                id: "51",
                email: "ana@example.com",
                firstName: "Ana",
                lastName: "Lyst",
                userId: 9,
                archived: false,
              },
            ];
      return { json: { results } };
    }
    const [, kind, object = ""] = /^\/crm\/v3\/(properties|objects)\/(\w+)/.exec(path) ?? [];
    const items = objects[object];
    if (!items)
      return {
        status: 404,
        json: { status: "error", message: `no object ${object}`, category: "OBJECT_NOT_FOUND" },
      };
    if (kind === "properties") {
      const names = [...new Set(items.flatMap(({ properties }) => Object.keys(properties)))];
      return { json: { results: names.map((name) => ({ name, type: "string" })) } };
    }
    if (path.endsWith("/search")) {
      expect(JSON.parse(body)).toMatchObject({ limit: 1 });
      const found = items.filter(({ archived }) => !archived).length;
      return { json: { total: total?.(object, ++searches) ?? found, results: [] } };
    }
    const of = items.filter(({ archived = false }) => String(archived) === query.get("archived"));
    const from = Number(query.get("after") ?? 0);
    const size = Number(query.get("limit"));
    const wanted = query.get("properties")?.split(",") ?? [];
    const results = of
      .slice(from, from + size)
      .map(({ id, properties, archived = false, companies = [] }) => ({
        id,
        properties: Object.fromEntries(wanted.map((name) => [name, properties[name] ?? null])),
        archived,
        ...(query.get("associations")?.includes("companies") && companies.length > 0
          ? {
              associations: {
                companies: { results: companies.map((each) => ({ id: each, type: "x_to_company" })) },
              },
            }
          : {}),
      }));
    const next =
      from + size < of.length ? { paging: { next: { after: String(from + size), link: "x" } } } : {};
    return { json: { results, ...next } };
  };
}

const company = (id: string, more: Properties = {}): Item => ({
  id,
  properties: {
    name: `Firm ${id}`,
    country: "DE",
    hs_merged_object_ids: null,
    hs_object_id: id,
    unused_field: "x",
    ...more,
  },
});
const ticket = (id: string, companies: string[], archived = false): Item => ({
  id,
  archived,
  companies,
  properties: {
    hs_object_id: id,
    subject: "S",
    createdate: "2026-02-01T10:00:00.123Z",
    closed_date: "2026-02-02T10:00:00Z",
    hs_ticket_priority: "HIGH",
    hs_pipeline_stage: "4",
    hubspot_owner_id: "51",
  },
});

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
