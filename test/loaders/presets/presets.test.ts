import { expect, test } from "vitest";
import { presets, recognised, resolvePreset } from "../../../loaders/presets/index.js";
import { columnsOf, type TableName } from "../../../src/contract/index.js";
import { csv, refusalOf, stageFolder } from "../../load/stageFolder.js";
import { row, smallWorkbook } from "../xlsx/smallWorkbook.js";

const rowsOf = (text: string) => {
  const [header = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return csv(header, rows);
};

test("every preset knows the contract's columns alone, and every required one", () => {
  for (const [name, { feeds, objects }] of Object.entries(presets))
    for (const [table, list] of Object.entries(feeds))
      for (const feed of list) {
        const known = columnsOf(table as TableName);
        const names = [...known.map((column) => column.name), "updated_at"];
        expect(names, `${name}.${table}`).toEqual(expect.arrayContaining(Object.keys(feed.columns)));
        const required = known.filter((column) => column.required).map((column) => column.name);
        expect(Object.keys(feed.columns), `${name}.${table}`).toEqual(expect.arrayContaining(required));
        const named = [
          feed.object,
          feed.needs,
          feed.unless,
          ...Object.values(feed.joins ?? {}).map((join) => join.object),
        ];
        for (const object of named) if (object !== undefined) expect(objects).toHaveProperty(object);
      }
});

test("an object is known by its name or by its header", () => {
  const of = (preset: string, name: string, header?: string[]) =>
    recognised(presets[preset] as never, name, header);
  expect(of("salesforce", "Case")).toBe("case");
  expect(of("salesforce", "sf_opportunity_data.csv")).toBe("opportunity");
  expect(of("salesforce", "cases_2026-03.csv.gz")).toBe("case");
  expect(of("salesforce", "x", ["Id", "CaseNumber", "Status"])).toBe("case");
  expect(of("salesforce", "x", ["id", "name"])).toBeUndefined();
  expect(of("hubspot", "export.csv", ["Ticket ID", "Ticket name", "Ticket status"])).toBe("ticket");
  expect(of("zendesk", "tickets")).toBe("ticket");
  expect(of("taizhang", "c", ["工单编号", "客户编号", "受理时间"])).toBe("ticket");
  expect(of("taizhang", "客户台账")).toBe("customer");
});

const accounts = rowsOf(`
Id | Name | IsDeleted | MasterRecordId | BillingCountry | SystemModstamp
a1 | One | false | | DE | 2026-01-01T00:00:00.000+0000
a2 | Two | true | a1 | DE | 2026-01-01T00:00:00.000+0000
a3 | Three | true | a2 | FR | 2026-01-01T00:00:00.000+0000
a4 | Four | true | | FR | 2026-01-01T00:00:00.000+0000
a5 | Five | false | | FR | 2026-01-01T00:00:00.000+0000
`);
const cases = rowsOf(`
Id | CaseNumber | AccountId | Type | Priority | Origin | CreatedDate | ClosedDate | IsClosed | IsDeleted | OwnerId
c1 | 1 | a1 | Problem | High | Web | 2026-03-01T23:30:00.000+0000 | 2026-03-02T10:00:00.000+0000 | true | false | 005x
c2 | 2 | a3 | Question | Low | Phone | 2026-03-02T01:00:00.000+0000 | 2026-03-02T02:00:00.000+0000 | false | false | 00Gq
c3 | 3 | a5 | Question | Medium | Email | 2026-03-02 01:00:00 | | false | false | 005x
c4 | 4 | a1 | Question | Medium | Email | 2026-03-02 01:00:00 | | false | true | 005x
`);
const opportunities = rowsOf(`
Id | AccountId | StageName | Amount | CloseDate | CreatedDate | IsClosed | IsWon
o1 | a2 | Closed Won | 100.50 | 2026-02-10 | 2026-01-05T00:00:00Z | true | true
o2 | a5 | Closed Lost | 50 | 2026-02-11 | 2026-01-05T00:00:00Z | true | false
o3 | a5 | Proposal | 70 | 2026-09-30 | 2026-01-05T00:00:00Z | false | false
`);
const tasks = rowsOf(`
Id | AccountId | WhatId | TaskSubtype | Status | IsClosed | CompletedDateTime | OwnerId
t1 | a1 | 5000x | Call | Completed | true | 2026-03-03T08:00:00Z | 005x
t2 | a3 | 0060x | Email | Completed | true | 2026-03-03T09:00:00Z | 005x
t3 | a1 | | Call | Open | false | | 005x
t4 | | | Call | Completed | true | 2026-03-03T09:00:00Z | 005x
`);

test("Salesforce: what was merged goes to the one that is left, what is open has no end, deleted ones are said", async () => {
  const files = {
    "export/Account.csv": accounts,
    "export/Case.csv": cases,
    "export/Opportunity.csv": opportunities,
    "export/Task.csv": tasks,
    "sources.yaml": 'sf: {preset: salesforce, files: "export/*.csv"}\n',
  };
  await stageFolder(files, async ({ rows, report }) => {
    // a3 was merged into a2 and that into a1, whose first deal won is a2's.
    expect(await rows("select customer_id, region, acquired_on from staging.customers order by all")).toEqual(
      [
        { customer_id: "a1", region: "DE", acquired_on: "2026-02-10" },
        { customer_id: "a5", region: "FR", acquired_on: null },
      ],
    );
    const tickets = await rows(
      "select ticket_id, customer_id, type, severity, channel, created_on, resolved_at, agent_id from staging.tickets order by all",
    );
    expect(tickets).toEqual([
      {
        ticket_id: "c1",
        customer_id: "a1",
        type: "repair",
        severity: "serious",
        channel: "online",
        // 23:30 in UTC is the next morning in Shanghai.
        created_on: "2026-03-02",
        resolved_at: "2026-03-02 10:00:00+00",
        agent_id: "005x",
      },
      // Closed and opened again; a queue's ticket is nobody's.
      {
        ...tickets[1],
        ticket_id: "c2",
        customer_id: "a1",
        type: "inquiry",
        resolved_at: null,
        agent_id: null,
      },
      { ...tickets[2], ticket_id: "c3", customer_id: "a5", channel: "email", created_on: "2026-03-02" },
    ]);
    expect(
      await rows(
        "select opportunity_id, customer_id, amount, closed_on, won from staging.opportunities order by 1",
      ),
    ).toEqual([
      { opportunity_id: "o1", customer_id: "a1", amount: "100.5000", closed_on: "2026-02-10", won: true },
      { opportunity_id: "o2", customer_id: "a5", amount: "50.0000", closed_on: "2026-02-11", won: false },
      { opportunity_id: "o3", customer_id: "a5", amount: "70.0000", closed_on: null, won: null },
    ]);
    expect(
      await rows("select contact_id, customer_id, channel, purpose from staging.contacts order by 1"),
    ).toEqual([
      { contact_id: "t1", customer_id: "a1", channel: "phone", purpose: "service" },
      { contact_id: "t2", customer_id: "a1", channel: "email", purpose: "sales" },
    ]);
    const said = report.warnings
      .filter(({ rule }) => /^(deleted|merged)_record$/.test(rule))
      .map(({ table, rule, count, sample }) => [table, rule, count, sample]);
    expect(said).toEqual([
      ["customers", "deleted_record", 1, null],
      ["customers", "merged_record", 1, "a2 → a1"],
      ["customers", "merged_record", 1, "a3 → a1"],
      ["tickets", "deleted_record", 1, null],
    ]);
    const left = Object.fromEntries(report.tables.map((each) => [each.table, each.leftOut]));
    expect(left).toEqual({ customers: 3, tickets: 1, opportunities: 0, contacts: 2 });
  });
});

test("Salesforce: a lead converted on the company's day on which it was made is converted at once", async () => {
  const leads = rowsOf(`
Id | LeadSource | CreatedDate | ConvertedDate | ConvertedAccountId
l1 | Web | 2026-03-01T23:30:00.000+0000 | 2026-03-02 | a1
l2 | Web | 2026-03-02T23:30:00.000+0000 | 2026-03-04 | a1
l3 | Web | 2026-03-02T09:00:00.000+0000 | 2026-03-01 | a1
l4 | Web | 2026-03-02T09:00:00.000+0000 | |
`);
  const files = { "Lead.csv": leads, "sources.yaml": "sf: {preset: salesforce, files: Lead.csv}\n" };
  await stageFolder(files, async ({ rows }) =>
    expect(await rows("select lead_id, converted_at from staging.leads order by all")).toEqual([
      // 23:30 in UTC is the next morning in Shanghai, where the other days begin eight hours before those of UTC.
      { lead_id: "l1", converted_at: "2026-03-01 23:30:00+00" },
      { lead_id: "l2", converted_at: "2026-03-03 16:00:00+00" },
      { lead_id: "l3", converted_at: "2026-02-28 16:00:00+00" },
      { lead_id: "l4", converted_at: null },
    ]),
  );
});

test("Salesforce: ids of reports, which are shorter, are those of objects, and such as differ in capitals stay apart", async () => {
  // By hand, a letter for each five characters, capitals counting 1, 2, 4, 8, 16: WO1Zi 1 + 2 + 8 is L, wO1Zi 2 + 8 is K, aBcDE 2 + 8 + 16 is 0.
  const files = {
    "export/Account.csv": rowsOf(`
Id | Name | Industry | BillingCountry | MasterRecordId | IsDeleted
0015500000WO1ZiAAL | One | Optics | DE | | false
0015500000wO1ZiAAK | Two | Optics | FR | | false
001Ab00000Z9yXw | Gone | Optics | FR | 0015500000wO1Zi | true
`),
    // The same case of a report and of an object is one; texts that are no ids stay as they are.
    "export/cases-1.csv": rowsOf(`
Id | Account ID | CaseNumber | Parent | CreatedDate | OwnerId
5005500000aBcDe | 0015500000WO1Zi | 1 | | 2026-03-01T09:00:00Z | 005AB000000zzzz
5005500000aBcDE | 0015500000wO1Zi | 2 | 5005500000aBcDe | 2026-03-02T09:00:00Z | 00GAB000000zzzz
5005500000ABCDE | 001Ab00000Z9yXwIAJ | 3 | 5005500000aBcDEAA0 | 2026-03-03T09:00:00Z | nobody
`),
    "export/cases-2.csv": rowsOf(`
Id | Account ID | CaseNumber | Parent | CreatedDate | OwnerId
5005500000aBcDeAAK | 0015500000WO1ZiAAL | 1 | | 2026-03-01T09:00:00Z | 005AB000000zzzzYAA
`),
    "export/Opportunity.csv": rowsOf(`
Id | AccountId | CreatedDate | StageName | CloseDate | IsClosed | IsWon
0065500000aaaaaAAA | 0015500000WO1Zi | 2026-01-01T09:00:00Z | Closed Won | 2026-02-10 | true | true
`),
    "sources.yaml":
      'sf: {preset: salesforce, files: "export/*.csv", tables: {tickets: {columns: {previous_ticket_id: parent}}}}\n',
  };
  await stageFolder(files, async ({ rows, report }) => {
    expect(
      await rows("select customer_id as id, acquired_on as won from staging.customers order by 1"),
    ).toEqual([
      { id: "0015500000WO1ZiAAL", won: "2026-02-10" },
      { id: "0015500000wO1ZiAAK", won: null },
    ]);
    expect(
      await rows(
        "select ticket_id as id, customer_id as of, agent_id as by, previous_ticket_id as after from staging.tickets order by created_at",
      ),
    ).toEqual([
      { id: "5005500000aBcDeAAK", of: "0015500000WO1ZiAAL", by: "005AB000000zzzzYAA", after: null },
      { id: "5005500000aBcDEAA0", of: "0015500000wO1ZiAAK", by: null, after: "5005500000aBcDeAAK" },
      { id: "5005500000ABCDEAA5", of: "0015500000wO1ZiAAK", by: "nobody", after: "5005500000aBcDEAA0" },
    ]);
    expect(
      report.warnings.filter(({ rule }) => rule === "unknown_reference").map(({ column }) => column),
    ).toEqual(["agent_id"]);
    expect(
      report.warnings.filter(({ rule }) => rule === "merged_record").map(({ sample }) => sample),
    ).toEqual(["001Ab00000Z9yXwIAJ → 0015500000wO1ZiAAK"]);
  });
});

test("what stands in tables goes before the preset", async () => {
  const files = {
    "k.csv": rowsOf(`
      Id | CaseNumber | Kind__c | Type | Priority | CreatedDate | Status
      c1 | 1 | Beschwerde | Question | P1 | 2026-03-02T01:00:00Z | New
      c2 | 2 | Anfrage | Question | Low | 2026-03-02T01:00:00Z | New
      c3 | 3 | Anfrage | Question | Low | 2026-03-02T01:00:00Z | Spam
    `),
    "sources.yaml": `sf:
  preset: salesforce
  files: {k: k.csv}
  tables:
    tickets:
      columns: {type: Kind__c, root_cause: "'none: ' || Status"}
      where: Status <> 'Spam'
      values: {type: {Beschwerde: complaint, Anfrage: inquiry}, severity: {P1: very_serious}}
`,
  };
  await stageFolder(files, async ({ rows }) => {
    expect(
      await rows("select ticket_id, type, severity, root_cause from staging.tickets order by 1"),
    ).toEqual([
      { ticket_id: "c1", type: "complaint", severity: "very_serious", root_cause: "none: New" },
      { ticket_id: "c2", type: "inquiry", severity: "general", root_cause: "none: New" },
    ]);
  });
});

test("a select in tables replaces the preset's table, a file that it does not know can feed others", async () => {
  const files = {
    "Case.csv": "Id,CaseNumber,Opened\nc1,1,2026-03-02T01:00:00Z\n",
    "Account.csv": "Id,Name,MasterRecordId\na1,One,\n",
    "visits.csv": "no,firm,day\nv1,a1,2026-03-01\n",
    "sources.yaml": `sf:
  preset: salesforce
  files: "*.csv"
  tables:
    tickets: {select: "select Id as ticket_id, Opened as created_at from \\"case\\""}
    contacts:
      columns: {contact_id: no, customer_id: firm, channel: "'visit'", contacted_at: day, purpose: "'sales'"}
`,
  };
  await stageFolder(files, async ({ rows }) => {
    expect(await rows("select ticket_id from staging.tickets")).toEqual([{ ticket_id: "c1" }]);
    expect(await rows("select customer_id from staging.customers")).toEqual([{ customer_id: "a1" }]);
    expect(await rows("select contact_id, customer_id from staging.contacts")).toEqual([
      { contact_id: "v1", customer_id: "a1" },
    ]);
  });
});

test("Zendesk: minutes of the metrics are times, a merged ticket is the other, a rating has two points", async () => {
  const files = {
    "tickets.csv": rowsOf(`
      id | requester_id | organization_id | assignee_id | status | type | priority | via_channel | created_at | tags
      1 | u1 | g1 | e1 | solved | incident | urgent | web | 2026-03-02T01:00:00Z |
      2 | u1 | g1 | e1 | open | question | normal | email | 2026-03-02T01:00:00Z |
      3 | u2 | | e1 | closed | problem | low | voice | 2026-03-02T01:00:00Z | vip closed_by_merge
      4 | u2 | | e1 | deleted | task | | web | 2026-03-02T01:00:00Z |
    `),
    "ticket_metrics.csv": rowsOf(`
      ticket_id | reply_time_in_minutes_calendar | full_resolution_time_in_minutes_calendar | replies
      1 | 15 | 90 | 2
      2 | | 30 | 0
    `),
    "organizations.csv": "id,name,shared_tickets,shared_comments\ng1,Org,false,false\n",
    "satisfaction_ratings.csv": rowsOf(`
      id | ticket_id | requester_id | score | created_at
      s1 | 1 | u1 | good | 2026-03-03T01:00:00Z
      s2 | 2 | u1 | bad_with_comment | 2026-03-03T01:00:00Z
      s3 | 2 | u1 | offered | 2026-03-03T01:00:00Z
    `),
    "sources.yaml": 'zd: {preset: zendesk, files: "*.csv"}\n',
  };
  await stageFolder(files, async ({ rows }) => {
    expect(
      await rows(
        "select ticket_id, customer_id, type, severity, channel, first_response_at, resolved_at, handling_count from staging.tickets order by 1",
      ),
    ).toEqual([
      {
        ticket_id: "1",
        customer_id: "g1",
        type: "repair",
        severity: "very_serious",
        channel: "online",
        first_response_at: "2026-03-02 01:15:00+00",
        resolved_at: "2026-03-02 02:30:00+00",
        handling_count: 2,
      },
      // Solved once and open again.
      {
        ticket_id: "2",
        customer_id: "g1",
        type: "inquiry",
        severity: "general",
        channel: "email",
        first_response_at: null,
        resolved_at: null,
        handling_count: 0,
      },
    ]);
    expect(
      await rows("select answer_id, customer_id, score, scale_max from staging.survey_answers order by 1"),
    ).toEqual([
      { answer_id: "s1", customer_id: "g1", score: "1.0000", scale_max: "1.0000" },
      { answer_id: "s2", customer_id: "g1", score: "0.0000", scale_max: "1.0000" },
    ]);
  });
});

test("HubSpot: companies of deals and tickets stand in tables of their own, stages say what is closed", async () => {
  const files = {
    "company.csv": rowsOf(`
      id | property_name | property_country | property_closedate | property_hs_merged_object_ids | is_deleted
      7 | Seven | DE | 2026-01-31T20:00:00Z | 8;9 | false
      8 | Eight | DE | | | false
    `),
    "deal.csv": rowsOf(`
      deal_id | property_dealname | property_amount | property_createdate | property_closedate | deal_pipeline_stage_id | owner_id
      d1 | A | 10 | 2026-01-01 8:00:00 | 2026-01-31 20:00:00 | s1 | o1
      d2 | B | 20 | 2026-01-01 8:00:00 | 2026-12-31 20:00:00 | s2 | o1
    `),
    "deal_company.csv": "company_id,deal_id\n9,d1\n7,d2\n",
    "deal_pipeline_stage.csv":
      "stage_id,label,closed_won,is_closed\ns1,Won,TRUE,TRUE\ns2,Offer,FALSE,FALSE\n",
    "ticket.csv": rowsOf(`
      id | property_subject | property_createdate | property_first_agent_reply_date | property_closed_date | property_hs_ticket_priority | property_hs_ticket_category
      t1 | S | 2026-02-01 10:00:00 | 2026-02-01 11:00:00 | 2026-02-02 10:00:00 | HIGH | PRODUCT_ISSUE
    `),
    "ticket_company.csv": "ticket_id,company_id\nt1,8\n",
    "sources.yaml": 'hs: {preset: hubspot, files: "*.csv"}\n',
  };
  await stageFolder(files, async ({ rows }) => {
    expect(await rows("select customer_id, acquired_on from staging.customers")).toEqual([
      // 20:00 in UTC is the next day in Shanghai.
      { customer_id: "7", acquired_on: "2026-02-01" },
    ]);
    expect(
      await rows(
        "select opportunity_id, customer_id, stage, closed_at, won from staging.opportunities order by 1",
      ),
    ).toEqual([
      {
        opportunity_id: "d1",
        customer_id: "7",
        stage: "Won",
        closed_at: "2026-01-31 20:00:00+00",
        won: true,
      },
      { opportunity_id: "d2", customer_id: "7", stage: "Offer", closed_at: null, won: null },
    ]);
    expect(
      await rows("select ticket_id, customer_id, type, severity, first_response_at from staging.tickets"),
    ).toEqual([
      {
        ticket_id: "t1",
        customer_id: "7",
        type: "repair",
        severity: "serious",
        first_response_at: "2026-02-01 11:00:00+00",
      },
    ]);
  });
});

test("台账: Chinese headings, days as they are written there, the last day of a contract", async () => {
  const files = {
    "客户台账.csv": "客户编号,客户名称,客户类型,区域,首次合作日期\nK1,甲公司,贸易商,华东,2025年3月1日\n",
    "工单.csv":
      "工单编号,客户编号,类型,紧急程度,渠道,受理时间,办结时间,处理人工号\nG1,K1,投诉,高,电话,2026年3月2日 09:30,2026/3/3 10:00,E1\n",
    "合同.csv": "合同编号,客户编号,开始日期,到期日期\nH1,K1,2026-01-01,2026-12-31\n",
    "sources.yaml": 'tz: {preset: taizhang, files: "*.csv"}\n',
  };
  await stageFolder(files, async ({ rows }) => {
    expect(await rows("select customer_id, segment, region, acquired_on from staging.customers")).toEqual([
      { customer_id: "K1", segment: "trader", region: "华东", acquired_on: "2025-03-01" },
    ]);
    expect(
      await rows("select ticket_id, type, severity, channel, created_at, resolved_at from staging.tickets"),
    ).toEqual([
      {
        ticket_id: "G1",
        type: "complaint",
        severity: "serious",
        channel: "phone",
        created_at: "2026-03-02 01:30:00+00",
        resolved_at: "2026-03-03 02:00:00+00",
      },
    ]);
    expect(await rows("select starts_on, ends_on from staging.contracts")).toEqual([
      { starts_on: "2026-01-01", ends_on: "2027-01-01" },
    ]);
  });
});

test("台账: 大区, 等级, 合作日期 and scores whose heading says the scale", async () => {
  const files = {
    "客户.csv": rowsOf(`
客户编号 | 客户名称 | 所属大区 | 客户等级 | 合作日期
K1 | 甲 | 华东 | A | 2025/3/1
`),
    "满意度.csv": rowsOf(`
编号 | 客户编号 | 回访日期 | 满意度评分(1-5)
M1 | K1 | 2026/3/2 | 4
`),
    "回访.csv": rowsOf(`
回访编号 | 客户编号 | 回访日期 | 回访方式
H1 | K1 | 2026/3/2 | 电话
`),
    "sources.yaml": 'tz: {preset: taizhang, files: "*.csv"}\n',
  };
  await stageFolder(files, async ({ rows }) => {
    expect(await rows("select segment, region, acquired_on::varchar as day from staging.customers")).toEqual([
      { segment: "A", region: "华东", day: "2025-03-01" },
    ]);
    expect(
      await rows(
        "select answer_id, score::int as score, scale_min::int as low, scale_max::int as high from staging.survey_answers",
      ),
    ).toEqual([{ answer_id: "M1", score: 4, low: 1, high: 5 }]);
    expect(await rows("select contact_id, purpose from staging.contacts")).toEqual([
      { contact_id: "H1", purpose: "follow_up" },
    ]);
  });
});

test("台账: a workbook's sheets are its tables, below their titles", async () => {
  const sheet = (name: string, ...rows: (string | number)[][]) => ({
    name,
    rows: rows.map((cells, index) => row(index + 1, cells)).join(""),
  });
  const workbook = await smallWorkbook({
    sheets: [
      sheet(
        "客户",
        ["2026年客户台账"],
        ["客户编号", "客户名称", "区域"],
        ["0001", "甲公司", "华东"],
        ["0002", "乙公司", "华南"],
      ),
      sheet(
        "工单明细",
        ["工单编号", "客户编号", "类型", "受理时间"],
        ["G1", "0001", "投诉", "2026-03-02 09:30:00"],
      ),
      sheet("说明", ["本表由客服部维护"]),
    ],
  });
  const yaml = "tz: {preset: taizhang, files: 台账.xlsx}\n";
  await stageFolder({ "台账.xlsx": workbook, "sources.yaml": yaml }, async ({ rows, report }) => {
    expect(await rows("select customer_id, name, region from staging.customers order by 1")).toEqual([
      { customer_id: "0001", name: "甲公司", region: "华东" },
      { customer_id: "0002", name: "乙公司", region: "华南" },
    ]);
    expect(await rows("select ticket_id, customer_id, type from staging.tickets")).toEqual([
      { ticket_id: "G1", customer_id: "0001", type: "complaint" },
    ]);
    expect(report.files.map(({ file }) => file).sort()).toEqual(
      ["台账.xlsx/客户", "台账.xlsx/工单明细"].sort(),
    );
  });
});

test("what a table cannot be without is asked for; extracts that are none of the preset's are named", async () => {
  const lacking = await refusalOf({
    "Case.csv": "Id,CaseNumber,Status\nc1,1,New\n",
    "sources.yaml": "sf: {preset: salesforce, files: {cases: Case.csv}}\n",
  });
  expect([lacking.exitCode, lacking.en]).toEqual([
    2,
    "sources.yaml: sf.tables.tickets: cases lacks the columns that preset salesforce makes created_at of (CreatedDate); export them, or map others beside it",
  ]);
  expect(lacking.zh).toContain("cases 缺少预设 salesforce 用来得出 created_at 的列（CreatedDate）");
  const own = await refusalOf({
    "Account.csv": "Id,Name,MasterRecordId\na1,One,\n",
    "x.csv": "no,day\n1,2026-01-01\n",
    "sources.yaml":
      "sf: {preset: salesforce, files: {a: Account.csv, x: x.csv}, tables: {orders: {from: x, columns: {order_id: no}}}}\n",
  });
  expect([own.exitCode, own.en]).toEqual([
    2,
    expect.stringContaining(
      "nothing is mapped to the required columns line_no, customer_id, ordered_at, revenue",
    ),
  ]);
  const strange = await refusalOf({
    "a.csv": "x,y\n1,2\n",
    "sources.yaml": "sf: {preset: salesforce, files: a.csv}\n",
  });
  expect(strange.exitCode).toBe(2);
  expect(strange.en).toContain("none of the extracts is an object of preset salesforce");
  const unknown = await refusalOf({
    "a.csv": "x\n1\n",
    "sources.yaml": "sf: {preset: sugar, files: a.csv}\n",
  });
  expect([unknown.exitCode, unknown.en]).toEqual([2, expect.stringContaining("salesforce")]);
});

test("columns suffice where one raw table does; a lacking column is told", () => {
  const header = ["Id", "CreatedDate", "CaseNumber", "AccountId"];
  const extracts = new Map([["case", { part: "cases", header }]]);
  const resolved = resolvePreset(presets.salesforce as never, extracts, {
    zone: "UTC",
    isUtc: true,
    now: new Date(0),
  });
  expect(resolved.mappings[0]).toMatchObject({
    table: "tickets",
    from: "cases",
    columns: { ticket_id: '"Id"', customer_id: '"AccountId"' },
  });
  expect(resolved.told[0]).toMatchObject({
    id: "preset.leftOut",
    values: { table: "tickets", part: "cases" },
  });
});
