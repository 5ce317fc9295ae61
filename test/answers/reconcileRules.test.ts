import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { explanationOf } from "../../src/answers/reconcile/explanation.js";
import { filtersOf } from "../../src/answers/reconcile/modelTree.js";

/** The ids that each rule of a model drops. */
async function dropped(model: string) {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    for (const sql of [
      "create schema staging",
      "create schema marts",
      "create table staging.cases as select * from (values ('a', 1, 'x'), ('b', 2, 'y'), ('c', 3, 'x'), ('c', 3, 'x')) as c (id, kind, word)",
      "create table staging.kinds as select * from (values (1, true), (2, false)) as k (kind, open)",
      `create view marts.m as ${model}`,
    ])
      await db.run(sql);
    const found: Record<string, string> = {};
    for (const { sql, rules } of await filtersOf(db, "marts.m", ["id"]))
      for (const [at, rule] of rules.entries()) {
        const reader = await db.runAndReadAll(
          `select string_agg(distinct id, ' ' order by id) from (${sql}) as all_rows where not coalesce(rule_${at}, false)`,
        );
        found[rule] = String(reader.value(0, 0));
      }
    return found;
  } finally {
    db.closeSync();
    instance.closeSync();
  }
}

test("a condition, a join and what is asked of a group are rules that drop cases", async () => {
  expect(await dropped("select cases.id from staging.cases as cases where cases.word = 'x'")).toEqual({
    "word = 'x'": "b",
  });
  expect(
    await dropped(
      "select cases.id from staging.cases as cases inner join staging.kinds as kinds on kinds.kind = cases.kind where kinds.open",
    ),
  ).toEqual({ "kinds.kind = cases.kind": "c", open: "b c" });
  expect(
    await dropped("select cases.id from staging.cases as cases group by cases.id having count(*) = 1"),
  ).toEqual({ "count(*) = 1": "c" });
  expect(
    await dropped(
      "with own as (select cases.id, cases.kind from staging.cases as cases where cases.word = 'x' group by cases.id, cases.kind having count(*) > 1), other as (select own.id from own left join staging.kinds as kinds on kinds.kind = own.kind) select * from other",
    ),
  ).toEqual({ "word = 'x'": "b", "count(*) > 1": "a" });
});

test.each([
  ["type = 'complaint'", "工单类型为“投诉”", "type is complaint"],
  ["type in ('request', 'repair')", "工单类型为以下之一：服务请求、维修", "type is one of request, repair"],
  ["created_at < as_of", "创建时间早于数据日", "created_at lies before the data date"],
  ["coalesce((hired_on <= as_of_on), true)", "入职日期早于数据日", "hired_on lies before the data date"],
  [
    "coalesce(first_contact_resolved, (handling_count = 1)) is not null",
    "有首次联系即解决与否",
    "first_contact_resolved is recorded",
  ],
  ["tickets.resolved_on is not null", "有解决日期", "resolved_on is recorded"],
  ["coalesce(reached, true)", "满足“已联系上”", "reached holds"],
  ["not is_on_time", "不满足“按时”", "is_on_time does not hold"],
  [
    "a_column_of_ones_own = 'odd_word'",
    "a_column_of_ones_own为“odd_word”",
    "a_column_of_ones_own is odd word",
  ],
])("the rule %s is said in both languages", (rule, zh, en) => {
  expect(explanationOf("definition", rule)).toEqual({ "zh-CN": zh, en });
});

test("a rule without words, and what needs none, are not explained", () => {
  expect(explanationOf("definition", "(a is null) or (a >= b)")).toBeNull();
  expect(explanationOf("time_zone", "UTC")).toBeNull();
  expect(explanationOf("quarantined", "tickets.handling_count int")).toEqual({
    "zh-CN": expect.stringMatching(/^.+（tickets\.handling_count）：.+$/),
    en: expect.stringMatching(/^tickets\.handling_count: .+$/),
  });
});
