import { expect, test } from "vitest";
import { account, salesforceOrg, supportCase } from "../loaders/crm/salesforce.js";
import { crmYaml, stageCrm, withCrm } from "../loaders/crm/server.js";
import { stageFolder } from "./stageFolder.js";

const orders = [
  "no,line,customer,day,sum,state",
  "R1,1,c1,2026-03-01,10,open",
  "R2,1,c1,2026-03-02,20,void",
  "R2,2,c1,2026-03-02,21,void",
  "R3,1,c2,2026-03-03,30,void",
  "R3,2,c2,2026-03-03,31,open",
  "R4,1,c2,2026-03-04,40,\n",
].join("\n");
const kept = "select table_name, key_0, key_1, rule from ingest.left_out order by all";
const left = (rule: string, ...ids: string[]) =>
  ids.map((id) => ({ table_name: "orders", key_0: id, key_1: null, rule }));
const columns = ["order_id: no", "line_no: line", "customer_id: customer", "ordered_at: day", "revenue: sum"];
const select =
  "select no as order_id, line::int as line_no, customer as customer_id, day as ordered_at, sum::double as revenue";

test.each([
  [
    "a condition beside columns",
    `columns: {${columns.join(", ")}}, where: "state <> 'void'"`,
    left("state <> 'void'", "R2", "R3", "R4"),
  ],
  ["a select", `select: "${select} from o where state <> 'void'"`, left("(state != 'void')", "R2", "R4")],
  [
    "a select that joins by its condition",
    `select: "${select} from o, p where o.customer = p.id and state <> 'void'"`,
    left("(state != 'void')", "R2", "R4"),
  ],
  [
    "a select that groups",
    `select: "select no as order_id, 1 as line_no, customer as customer_id, day as ordered_at, sum(sum::double) as revenue from o where state <> 'void' group by no, customer, day"`,
    left("(state != 'void')", "R2", "R4"),
  ],
  [
    "a select that joins",
    `select: "${select} from o inner join q on q.id = o.customer"`,
    left("inner join q on (q.id = o.customer)", "R1", "R2"),
  ],
  [
    "a select that joins and has a condition",
    `select: "${select} from o inner join q on q.id = o.customer where state <> 'void'"`,
    left("(state != 'void') inner join q on (q.id = o.customer)", "R1", "R2", "R4"),
  ],
  [
    "a select that asks of its groups",
    `select: "select no as order_id, 1 as line_no, customer as customer_id, day as ordered_at, sum(sum::double) as revenue from o group by no, customer, day having count(*) = 1"`,
    left("having (count(*) = 1)", "R2", "R3"),
  ],
  ["a select that joins what it need not", `select: "${select} from o left join q on q.id = o.customer"`, []],
  ["a select without a condition", `select: "${select} from o"`, []],
])("the ids of rows that %s leaves out are kept with it", async (_, mapping, ids) => {
  const yaml = `a:\n  files: {o: o.csv, p: p.csv, q: q.csv}\n  tables: {orders: {from: o, ${mapping}}}\n`;
  const text = mapping.startsWith("select") ? yaml.replace("from: o, ", "") : yaml;
  const files = { "sources.yaml": text, "o.csv": orders, "p.csv": "id\nc1\nc2\n", "q.csv": "id\nc2\n" };
  await stageFolder(files, async ({ rows }) => expect(await rows(kept)).toEqual(ids));
});

test("so are those that a preset leaves out", async () => {
  const org = {
    Account: [account("a1"), account("a2", { IsDeleted: true })],
    Case: [supportCase("c1", "a1"), supportCase("c2", "a1", { IsDeleted: true })],
  };
  await withCrm(salesforceOrg({ objects: org }), () =>
    stageCrm(crmYaml("salesforce", "a: {object: Account}, c: {object: Case}"), async ({ rows }) => {
      const found = await rows(kept);
      expect(found.map(({ table_name, key_0 }) => [table_name, key_0])).toEqual([
        ["customers", "a2"],
        ["tickets", "c2"],
      ]);
      expect(String(found[1]?.rule)).toContain("IsDeleted");
    }),
  );
});
