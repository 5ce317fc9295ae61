import type { z } from "zod";
import { z as zod } from "zod";
import { bool, choice, date, decimal, id, int, open, text, timestamp } from "./columns.js";

const segment = () =>
  open({
    large_manufacturer: "大型制造企业",
    sme_manufacturer: "中小型制造企业",
    trader: "贸易商",
    research_institute: "科研机构",
    other: "其他",
  });

const channel = () =>
  open({
    phone: "电话",
    email: "邮件",
    online: "在线咨询",
    wechat: "微信",
    social: "社交媒体",
    visit: "上门",
    fax: "传真",
  });

const reasonCategory = () =>
  open({
    price: "价格",
    product_quality: "产品质量",
    service: "服务",
    competitor: "竞争对手",
    delivery: "交付",
    business_closed: "停业",
    other: "其他",
  });

/** A time that may not lie before another of the same row. */
export interface TimeOrder {
  earlier: string;
  later: string;
  /** A breach sends the row to the quarantine, or is only counted. */
  severity: "quarantine" | "warning";
  /** The rule's id and the column it is counted under, where they are not `time_order` and the later time's. */
  rule?: string;
  column?: string;
}

/** A value that has to lie within two others of the same row, both inclusive. */
export interface Within {
  column: string;
  low: string;
  high: string;
}

export interface TableRules {
  label: { "zh-CN": string; en: string };
  primaryKey: readonly string[];
  /** The column that says when the row happened; such a time after the run's start is refused. */
  ownTime?: string;
  /** Its own time may lie after the run's start: what is agreed already and begins later. */
  mayBeginLater?: boolean;
  timeOrder?: readonly TimeOrder[];
  within?: readonly Within[];
  /** Managed by the KPI team in the catalogue rather than extracted from the CRM. */
  managed?: boolean;
}

export interface Table<S extends z.ZodObject = z.ZodObject> extends TableRules {
  row: S;
}

const table = <S extends z.ZodRawShape>(rules: TableRules, shape: S): Table<z.ZodObject<S>> => ({
  ...rules,
  row: zod.object(shape) as unknown as z.ZodObject<S>,
});

/** The CRM contract: every table an extract may be mapped onto. All else about the contract is derived from here. */
export const contract = {
  customers: table(
    { label: { "zh-CN": "客户", en: "Customers" }, primaryKey: ["customer_id"], ownTime: "acquired_on" },
    {
      customer_id: id(),
      name: text({ personal: true }),
      segment: segment().nullable(),
      industry: open().nullable(),
      region: open().nullable(),
      province: text().nullable(),
      city: text().nullable(),
      employees: int().nullable(),
      acquired_on: date().nullable(),
      acquisition_channel: open().nullable(),
      owner_id: id("employees").nullable(),
    },
  ),
  customer_status: table(
    {
      label: { "zh-CN": "客户状态", en: "Customer status" },
      primaryKey: ["customer_id", "changed_on", "status"],
      ownTime: "changed_on",
    },
    {
      customer_id: id("customers"),
      changed_on: date(),
      status: choice({ active: "活跃", churned: "流失" }),
      reason_category: reasonCategory().nullable(),
      reason: text({ personal: true }).nullable(),
    },
  ),
  contracts: table(
    {
      label: { "zh-CN": "合同", en: "Contracts" },
      primaryKey: ["contract_id"],
      ownTime: "starts_on",
      mayBeginLater: true,
      timeOrder: [{ earlier: "starts_on", later: "ends_on", severity: "quarantine" }],
    },
    {
      contract_id: id(),
      customer_id: id("customers"),
      starts_on: date(),
      ends_on: date().nullable(),
      monthly_value: decimal().nullable(),
      currency: id().nullable(),
      reason_category: reasonCategory().nullable(),
      reason: text({ personal: true }).nullable(),
    },
  ),
  employees: table(
    { label: { "zh-CN": "员工", en: "Employees" }, primaryKey: ["employee_id"], ownTime: "hired_on" },
    {
      employee_id: id(),
      name: text({ personal: true }),
      department: open().nullable(),
      team: open().nullable(),
      role: text().nullable(),
      manager_id: id("employees").nullable(),
      hired_on: date().nullable(),
      left_on: date().nullable(),
    },
  ),
  leads: table(
    {
      label: { "zh-CN": "潜在客户", en: "Leads" },
      primaryKey: ["lead_id"],
      ownTime: "created_at",
      timeOrder: [{ earlier: "created_at", later: "converted_at", severity: "warning" }],
    },
    {
      lead_id: id(),
      created_at: timestamp(),
      source: open().nullable(),
      channel: channel().nullable(),
      owner_id: id("employees").nullable(),
      segment: segment().nullable(),
      region: open().nullable(),
      qualified_at: timestamp().nullable(),
      converted_at: timestamp().nullable(),
      customer_id: id("customers").nullable(),
      lost_at: timestamp().nullable(),
      lost_reason: text({ personal: true }).nullable(),
    },
  ),
  opportunities: table(
    {
      label: { "zh-CN": "商机", en: "Opportunities" },
      primaryKey: ["opportunity_id"],
      ownTime: "created_at",
    },
    {
      opportunity_id: id(),
      lead_id: id("leads").nullable(),
      customer_id: id("customers").nullable(),
      owner_id: id("employees").nullable(),
      created_at: timestamp(),
      stage: open(),
      amount: decimal().nullable(),
      currency: id().nullable(),
      closed_at: timestamp().nullable(),
      won: bool().nullable(),
    },
  ),
  products: table(
    { label: { "zh-CN": "产品", en: "Products" }, primaryKey: ["product_id"] },
    { product_id: id(), name: text(), category: text().nullable() },
  ),
  orders: table(
    {
      label: { "zh-CN": "订单行", en: "Order lines" },
      primaryKey: ["order_id", "line_no"],
      ownTime: "ordered_at",
    },
    {
      order_id: id(),
      line_no: int(),
      customer_id: id("customers"),
      ordered_at: timestamp(),
      owner_id: id("employees").nullable(),
      product_id: id("products").nullable(),
      quantity: decimal().nullable(),
      revenue: decimal(),
      cost: decimal().nullable(),
      currency: id().nullable(),
      promised_on: date().nullable(),
      delivered_on: date().nullable(),
    },
  ),
  tickets: table(
    {
      label: { "zh-CN": "工单", en: "Tickets" },
      primaryKey: ["ticket_id"],
      ownTime: "created_at",
      timeOrder: [
        { earlier: "created_at", later: "first_response_at", severity: "quarantine" },
        { earlier: "created_at", later: "resolved_at", severity: "quarantine" },
        {
          earlier: "first_response_at",
          later: "resolved_at",
          severity: "warning",
          rule: "resolved_before_response",
          column: "first_response_at",
        },
      ],
    },
    {
      ticket_id: id(),
      customer_id: id("customers").nullable(),
      type: choice({
        inquiry: "咨询",
        request: "服务请求",
        complaint: "投诉",
        repair: "维修",
        praise: "表扬",
      }).nullable(),
      complaint_class: open({
        product_quality: "产品质量",
        service_quality: "服务质量",
        delivery: "交货",
        price: "价格",
        technical_support: "技术支持",
      }).nullable(),
      severity: choice({ general: "一般", serious: "严重", very_serious: "非常严重" }).nullable(),
      channel: channel().nullable(),
      created_at: timestamp(),
      first_response_at: timestamp().nullable(),
      resolved_at: timestamp().nullable(),
      agent_id: id("employees").nullable(),
      handling_count: int({ min: 0 }).nullable(),
      first_contact_resolved: bool().nullable(),
      qa_correct: bool().nullable(),
      asset_id: id().nullable(),
      fault_code: id().nullable(),
      repair_quality: decimal({ min: 0, max: 100 }).nullable(),
      previous_ticket_id: id("tickets").nullable(),
      root_cause: text().nullable(),
    },
  ),
  ticket_steps: table(
    {
      label: { "zh-CN": "工单步骤", en: "Ticket steps" },
      primaryKey: ["ticket_id", "step", "entered_at"],
      ownTime: "entered_at",
    },
    {
      ticket_id: id("tickets"),
      step: choice({
        received: "受理",
        classified: "分类",
        investigated: "调查",
        resolved: "处理",
        confirmed: "反馈",
      }),
      entered_at: timestamp(),
    },
  ),
  handoffs: table(
    { label: { "zh-CN": "跨部门交接", en: "Hand-offs" }, primaryKey: ["handoff_id"], ownTime: "handed_at" },
    {
      handoff_id: id(),
      ticket_id: id("tickets"),
      from_department: open(),
      to_department: open(),
      handed_at: timestamp(),
      due_at: timestamp(),
      completed_at: timestamp().nullable(),
    },
  ),
  contacts: table(
    { label: { "zh-CN": "客户联系", en: "Contacts" }, primaryKey: ["contact_id"], ownTime: "contacted_at" },
    {
      contact_id: id(),
      customer_id: id("customers"),
      employee_id: id("employees").nullable(),
      channel: channel(),
      contacted_at: timestamp(),
      purpose: choice({ follow_up: "回访", sales: "销售", service: "服务", other: "其他" }),
      reached: bool().nullable(),
    },
  ),
  events: table(
    { label: { "zh-CN": "客户活动", en: "Events" }, primaryKey: ["event_id"], ownTime: "held_on" },
    { event_id: id(), name: text(), type: text().nullable(), held_on: date() },
  ),
  event_invitations: table(
    { label: { "zh-CN": "活动邀请", en: "Event invitations" }, primaryKey: ["event_id", "customer_id"] },
    { event_id: id("events"), customer_id: id("customers"), attended: bool() },
  ),
  survey_answers: table(
    {
      label: { "zh-CN": "满意度回答", en: "Survey answers" },
      primaryKey: ["answer_id"],
      ownTime: "answered_at",
      within: [{ column: "score", low: "scale_min", high: "scale_max" }],
    },
    {
      answer_id: id(),
      respondent_id: id().nullable(),
      customer_id: id("customers").nullable(),
      ticket_id: id("tickets").nullable(),
      answered_at: timestamp(),
      survey: choice({ periodic: "定期调查", complaint_resolution: "投诉处理", after_sales: "售后服务" }),
      dimension: choice({
        overall: "总体",
        product_quality: "产品质量",
        service_quality: "服务质量",
        delivery_speed: "交货速度",
        price: "价格",
        attitude: "服务态度",
        recommend: "推荐意愿",
      }),
      score: decimal(),
      scale_min: decimal(),
      scale_max: decimal(),
    },
  ),
  market_sales: table(
    {
      label: { "zh-CN": "市场销售", en: "Market sales" },
      primaryKey: ["month", "market", "company"],
      ownTime: "month",
    },
    {
      month: date({ firstOfMonth: true }),
      market: text(),
      company: text(),
      is_own: bool(),
      sales: decimal({ min: 0 }),
    },
  ),
  reviews_360: table(
    {
      label: { "zh-CN": "360° 评价", en: "360° reviews" },
      primaryKey: ["review_id"],
      ownTime: "period_start",
      within: [{ column: "score", low: "scale_min", high: "scale_max" }],
    },
    {
      review_id: id(),
      period_start: date(),
      reviewee_id: id("employees"),
      reviewer_id: id(undefined, { personal: true }).nullable(),
      rater: choice({ customer: "客户", subordinate: "下属", peer: "同行", superior: "上级" }),
      dimension: open(),
      score: decimal(),
      scale_min: decimal(),
      scale_max: decimal(),
    },
  ),
  trainings: table(
    { label: { "zh-CN": "培训", en: "Trainings" }, primaryKey: ["training_id"] },
    {
      training_id: id(),
      employee_id: id("employees"),
      course: text(),
      due_on: date(),
      completed_on: date().nullable(),
    },
  ),
  initiatives: table(
    { label: { "zh-CN": "改进措施", en: "Initiatives" }, primaryKey: ["initiative_id"] },
    {
      initiative_id: id(),
      name: text(),
      name_en: text().nullable(),
      started_on: date(),
      kpi_id: id(),
      scope_dimension: text().nullable(),
      scope_value: text().nullable(),
      expected_change: decimal({ percentage: true }).nullable(),
      baseline_days: int({ min: 1, max: 3660 }),
      follow_up_days: int({ min: 1, max: 3660 }),
      lag_days: int({ min: 0, max: 3660 }).nullable(),
      cost: decimal({ min: 0 }).nullable(),
      value_per_unit: decimal().nullable(),
    },
  ),
  milestones: table(
    { label: { "zh-CN": "里程碑", en: "Milestones" }, primaryKey: ["milestone_id"] },
    {
      milestone_id: id(),
      phase: choice({ kickoff: "启动", pilot: "试运行", rollout: "全面推广" }),
      name: text(),
      name_en: text().nullable(),
      owner_id: id("employees").nullable(),
      due_on: date(),
      done_on: date().nullable(),
    },
  ),
  targets: table(
    {
      label: { "zh-CN": "目标值", en: "Targets" },
      primaryKey: ["kpi_id", "grain", "valid_from", "scope_dimension", "scope_value"],
      managed: true,
    },
    {
      kpi_id: id(),
      grain: choice({ month: "月", quarter: "季度", half: "半年", year: "年" }),
      valid_from: date(),
      valid_to: date().nullable(),
      scope_dimension: text().nullable(),
      scope_value: text().nullable(),
      floor: decimal({ percentage: true }).nullable(),
      target: decimal({ percentage: true }),
      stretch: decimal({ percentage: true }).nullable(),
    },
  ),
  weights: table(
    {
      label: { "zh-CN": "权重", en: "Weights" },
      primaryKey: ["scorecard_id", "kpi_id", "effective_from"],
      managed: true,
    },
    {
      scorecard_id: id(),
      kpi_id: id(),
      effective_from: date(),
      weight: decimal({ min: 0, percentage: true }),
      changed_by: text({ personal: true }).nullable(),
      note: text().nullable(),
      note_en: text().nullable(),
    },
  ),
  market_attractiveness: table(
    {
      label: { "zh-CN": "市场吸引力", en: "Market attractiveness" },
      primaryKey: ["market", "criterion"],
      managed: true,
    },
    {
      market: text(),
      criterion: choice({
        market_size: "市场规模",
        growth: "增长潜力",
        competition: "竞争强度",
        fit: "匹配度",
        resources: "营销资源",
      }),
      score: decimal({ min: 0, max: 100 }),
      weight: decimal({ min: 0, percentage: true }),
    },
  ),
  risks: table(
    { label: { "zh-CN": "风险", en: "Risks" }, primaryKey: ["risk_id"], managed: true },
    {
      risk_id: id(),
      name: text(),
      name_en: text().nullable(),
      owner_id: id("employees").nullable(),
      kpi_id: id().nullable(),
      countermeasure: text().nullable(),
      countermeasure_en: text().nullable(),
      status: choice({ open: "未处理", in_progress: "处理中", closed: "已关闭" }),
    },
  ),
  improvements: table(
    {
      label: { "zh-CN": "改进事项", en: "Improvement items" },
      primaryKey: ["improvement_id"],
      ownTime: "agreed_on",
      timeOrder: [{ earlier: "agreed_on", later: "due_on", severity: "quarantine" }],
      managed: true,
    },
    {
      improvement_id: id(),
      employee_id: id("employees"),
      kpi_id: id().nullable(),
      dimension: text().nullable(),
      agreed_on: date(),
      due_on: date(),
      measure: text(),
      measure_en: text().nullable(),
      status: choice({ open: "未开始", in_progress: "进行中", done: "已完成", dropped: "已取消" }),
    },
  ),
} as const;

export type TableName = keyof typeof contract;

/** A typed row of a contract table. */
export type Row<T extends TableName> = z.infer<(typeof contract)[T]["row"]>;

export const tableNames = Object.keys(contract) as TableName[];
