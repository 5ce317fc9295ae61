import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { createTableSql, duckdbTypes, primaryKeyOf, stagingColumns } from "../../src/contract/ddl.js";
import {
  type Column,
  columnsOf,
  contract,
  type Row,
  type TableName,
  tableNames,
} from "../../src/contract/index.js";
import { contractJsonSchema } from "../../src/contract/jsonSchema.js";

// The contract's document, typed off by hand: `*` required, `#` a whole number, `.` a decimal, `@` a time, `%` a day,
// `?` a truth value, `=` one of the labels below, `&` an identifier; none of them is other text.
const segment =
  "segment~large_manufacturer_大型制造企业/sme_manufacturer_中小型制造企业/trader_贸易商/research_institute_科研机构/other_其他";
const channel =
  "channel~phone_电话/email_邮件/online_在线咨询/wechat_微信/social_社交媒体/visit_上门/fax_传真";
const scale = "score*. scale_min*. scale_max*.";
const document: Record<TableName, [columns: string, key: string]> = {
  customers: [
    `customer_id*& name* ${segment} industry~ region~ province city employees# acquired_on% acquisition_channel~ owner_id&`,
    "customer_id",
  ],
  customer_status: [
    "customer_id*& changed_on*% status*=active_活跃/churned_流失 reason_category~price_价格/product_quality_产品质量/service_服务/competitor_竞争对手/delivery_交付/business_closed_停业/other_其他 reason",
    "customer_id changed_on status",
  ],
  contracts: [
    "contract_id*& customer_id*& starts_on*% ends_on% monthly_value. currency& reason_category~price_价格/product_quality_产品质量/service_服务/competitor_竞争对手/delivery_交付/business_closed_停业/other_其他 reason",
    "contract_id",
  ],
  employees: ["employee_id*& name* department~ team~ role manager_id& hired_on% left_on%", "employee_id"],
  leads: [
    `lead_id*& created_at*@ source~ ${channel} owner_id& ${segment} region~ qualified_at@ converted_at@ customer_id& lost_at@ lost_reason`,
    "lead_id",
  ],
  opportunities: [
    "opportunity_id*& lead_id& customer_id& owner_id& created_at*@ stage*~ amount. currency& closed_at@ won?",
    "opportunity_id",
  ],
  products: ["product_id*& name* category", "product_id"],
  orders: [
    "order_id*& line_no*# customer_id*& ordered_at*@ owner_id& product_id& quantity. revenue*. cost. currency& promised_on% delivered_on%",
    "order_id line_no",
  ],
  tickets: [
    `ticket_id*& customer_id& type=inquiry_咨询/request_服务请求/complaint_投诉/repair_维修/praise_表扬 complaint_class~product_quality_产品质量/service_quality_服务质量/delivery_交货/price_价格/technical_support_技术支持 severity=general_一般/serious_严重/very_serious_非常严重 ${channel} created_at*@ first_response_at@ resolved_at@ agent_id& handling_count# first_contact_resolved? qa_correct? asset_id& fault_code& repair_quality. previous_ticket_id& root_cause`,
    "ticket_id",
  ],
  ticket_steps: [
    "ticket_id*& step*=received_受理/classified_分类/investigated_调查/resolved_处理/confirmed_反馈 entered_at*@",
    "ticket_id step entered_at",
  ],
  handoffs: [
    "handoff_id*& ticket_id*& from_department*~ to_department*~ handed_at*@ due_at*@ completed_at@",
    "handoff_id",
  ],
  contacts: [
    `contact_id*& customer_id*& employee_id& ${channel.replace("~", "*~")} contacted_at*@ purpose*=follow_up_回访/sales_销售/service_服务/other_其他 reached?`,
    "contact_id",
  ],
  events: ["event_id*& name* type held_on*%", "event_id"],
  event_invitations: ["event_id*& customer_id*& attended*?", "event_id customer_id"],
  survey_answers: [
    `answer_id*& respondent_id& customer_id& ticket_id& answered_at*@ survey*=periodic_定期调查/complaint_resolution_投诉处理/after_sales_售后服务 dimension*=overall_总体/product_quality_产品质量/service_quality_服务质量/delivery_speed_交货速度/price_价格/attitude_服务态度/recommend_推荐意愿 ${scale}`,
    "answer_id",
  ],
  market_sales: ["month*% market* company* is_own*? sales*.", "month market company"],
  reviews_360: [
    `review_id*& period_start*% reviewee_id*& reviewer_id& rater*=customer_客户/subordinate_下属/peer_同行/superior_上级 dimension*~ ${scale}`,
    "review_id",
  ],
  trainings: ["training_id*& employee_id*& course* due_on*% completed_on%", "training_id"],
  // The names in English of what the company names itself are ours.
  initiatives: [
    "initiative_id*& name* name_en started_on*% kpi_id*& scope_dimension scope_value expected_change. baseline_days*# follow_up_days*# lag_days# cost. value_per_unit.",
    "initiative_id",
  ],
  milestones: [
    "milestone_id*& phase*=kickoff_启动/pilot_试运行/rollout_全面推广 name* name_en owner_id& due_on*% done_on%",
    "milestone_id",
  ],
  targets: [
    "kpi_id*& grain*=month/quarter/half/year valid_from*% valid_to% scope_dimension scope_value floor. target*. stretch.",
    "kpi_id grain valid_from scope_dimension scope_value",
  ],
  weights: [
    "scorecard_id*& kpi_id*& effective_from*% weight*. changed_by note note_en",
    "scorecard_id kpi_id effective_from",
  ],
  market_attractiveness: [
    "market* criterion*=market_size_市场规模/growth_增长潜力/competition_竞争强度/fit_匹配度/resources_营销资源 score*. weight*.",
    "market criterion",
  ],
  risks: [
    "risk_id*& name* name_en owner_id& kpi_id& countermeasure countermeasure_en status*=open_未处理/in_progress_处理中/closed_已关闭",
    "risk_id",
  ],
  // Ours: what was agreed with an employee in the feedback talk stands in no CRM and not in the document.
  improvements: [
    "improvement_id*& employee_id*& kpi_id& dimension agreed_on*% due_on*% measure* measure_en status*=open_未开始/in_progress_进行中/done_已完成/dropped_已取消",
    "improvement_id",
  ],
};

const signs: Record<Column["kind"], string> = {
  id: "&",
  text: "",
  open: "~",
  int: "#",
  decimal: ".",
  date: "%",
  timestamp: "@",
  bool: "?",
  enum: "=",
};

function written(table: TableName, column: Column): string {
  const labels = Object.entries(column.labels ?? {}).map(([code, label]) =>
    table === "targets" ? code : `${code}_${label}`,
  );
  return `${column.name}${column.required ? "*" : ""}${signs[column.kind]}${labels.join("/")}`;
}

describe("the contract's tables", () => {
  it("are those of the document, no more", () =>
    expect([...tableNames].sort()).toEqual(Object.keys(document).sort()));

  for (const [table, [columns, key]] of Object.entries(document) as [TableName, [string, string]][]) {
    it(`${table} has the document's columns, required marks, kinds, labels and key`, () => {
      expect(columnsOf(table).map((column) => written(table, column))).toEqual(columns.split(" "));
      expect(primaryKeyOf(table)).toEqual(key.split(" "));
    });
  }

  it("the KPI team's own are marked", () =>
    expect(tableNames.filter((table) => "managed" in contract[table])).toEqual([
      "targets",
      "weights",
      "market_attractiveness",
      "risks",
      "improvements",
    ]));

  it("columns that identify a person are marked", () => {
    const personal = tableNames.flatMap((table) =>
      columnsOf(table)
        .filter((column) => column.personal)
        .map(({ name }) => `${table}.${name}`),
    );
    expect(personal).toEqual(
      expect.arrayContaining([
        "customers.name",
        "employees.name",
        "customer_status.reason",
        "leads.lost_reason",
        "reviews_360.reviewer_id",
      ]),
    );
    expect(personal).not.toContain("products.name");
    expect(personal).not.toContain("customer_status.reason_category");
  });

  it("references of the document lead to their tables", () => {
    const references = (table: TableName) =>
      Object.fromEntries(
        columnsOf(table).flatMap(({ name, references: target }) => (target ? [[name, target]] : [])),
      );
    expect(references("customers")).toEqual({ owner_id: "employees" });
    expect(references("tickets")).toEqual({
      customer_id: "customers",
      agent_id: "employees",
      previous_ticket_id: "tickets",
    });
    expect(references("reviews_360")).toMatchObject({ reviewee_id: "employees" });
  });
});

describe("what is derived", () => {
  it("DDL runs for every table, with the types the document names", async () => {
    expect(duckdbTypes).toEqual({
      id: "VARCHAR",
      text: "VARCHAR",
      open: "VARCHAR",
      enum: "VARCHAR",
      int: "INTEGER",
      decimal: "DECIMAL(18,4)",
      date: "DATE",
      timestamp: "TIMESTAMPTZ",
      bool: "BOOLEAN",
    });
    const instance = await DuckDBInstance.create(":memory:");
    const db = await instance.connect();
    try {
      await db.run("create schema staging");
      for (const table of tableNames) {
        await db.run(createTableSql(table, "staging"));
        const described = await db.runAndReadAll(`describe staging."${table}"`);
        const found = described.getRowObjects().map((row) => [row.column_name, row.column_type]);
        expect(found).toEqual([
          ...stagingColumns(table).map(({ name, type }) => [
            name,
            type === "TIMESTAMPTZ" ? "TIMESTAMP WITH TIME ZONE" : type,
          ]),
          ["row_no", "BIGINT"],
        ]);
      }
      const types = await db.runAndReadAll("describe staging.tickets");
      expect(types.getRows().map(([name, type]) => `${name} ${type}`)).toEqual(
        expect.arrayContaining([
          "ticket_id VARCHAR",
          "type VARCHAR",
          "created_at TIMESTAMP WITH TIME ZONE",
          "created_on DATE",
          "handling_count INTEGER",
          "qa_correct BOOLEAN",
          "repair_quality DECIMAL(18,4)",
        ]),
      );
    } finally {
      db.closeSync();
      instance.closeSync();
    }
  });

  const right: Row<"tickets"> = {
    ticket_id: "T1",
    customer_id: null,
    type: "complaint",
    complaint_class: "delivery",
    severity: null,
    channel: "wechat",
    created_at: "2026-03-01T08:30:00+08:00",
    first_response_at: null,
    resolved_at: "2026-03-02T08:30:00Z",
    agent_id: null,
    handling_count: 0,
    first_contact_resolved: true,
    qa_correct: null,
    asset_id: null,
    fault_code: null,
    repair_quality: 99.5,
    previous_ticket_id: null,
    root_cause: null,
  };
  const wrong: Record<string, Partial<Record<keyof Row<"tickets">, unknown>>> = {
    "no id": { ticket_id: null },
    "an empty id": { ticket_id: "" },
    "an unknown code": { type: "fault" },
    "a label for a code": { severity: "严重" },
    "no time": { created_at: null },
    "a time that is none": { created_at: "yesterday" },
    "a count below 0": { handling_count: -1 },
    "half a count": { handling_count: 1.5 },
    "a count as text": { handling_count: "1" },
    "a word for a truth value": { qa_correct: "yes" },
    "more than 100": { repair_quality: 100.5 },
  };

  it("TypeScript types are those of the columns", () => {
    expectTypeOf<Row<"customer_status">["status"]>().toEqualTypeOf<"active" | "churned">();
    expectTypeOf<Row<"tickets">["severity"]>().toEqualTypeOf<"general" | "serious" | "very_serious" | null>();
    expectTypeOf<Row<"orders">["revenue"]>().toEqualTypeOf<number>();
    expectTypeOf<Row<"opportunities">["won"]>().toEqualTypeOf<boolean | null>();
    expectTypeOf<keyof Row<"products">>().toEqualTypeOf<"product_id" | "name" | "category">();
  });

  it("JSON Schema has a definition a table, with required columns, labels and key", () => {
    const schema = contractJsonSchema() as { $defs: Record<string, Record<string, unknown>> };
    expect(Object.keys(schema.$defs).sort()).toEqual(Object.keys(document).sort());
    expect(schema.$defs.orders).toMatchObject({ type: "object", "x-primary-key": ["order_id", "line_no"] });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema.$defs.ticket_steps?.properties).toMatchObject({
      step: { enum: ["received", "classified", "investigated", "resolved", "confirmed"] },
    });
  });

  it("JSON Schema and zod accept a right row and refuse wrong ones", () => {
    const schema = contractJsonSchema() as { $defs: Record<string, Record<string, unknown>> };
    const bySchema = z.fromJSONSchema(schema.$defs.tickets as Parameters<typeof z.fromJSONSchema>[0]);
    for (const judge of [bySchema, contract.tickets.row]) {
      expect(judge.safeParse(right).error).toBeUndefined();
      for (const [what, cells] of Object.entries(wrong))
        expect(judge.safeParse({ ...right, ...cells }).success, what).toBe(false);
      const { ticket_id: _, ...lacking } = right;
      expect(judge.safeParse(lacking).success).toBe(false);
    }
  });
});
