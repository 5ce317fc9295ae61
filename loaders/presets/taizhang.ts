import type { Preset } from "./preset.js";

const customer = "{客户编号|客户编码|客户代码|客户ID|客户号|往来单位编码}";
/** Headings that name the scale, and it. */
const scales = (
  [
    [1, 5],
    [1, 10],
    [0, 10],
    [1, 100],
    [0, 100],
  ] as const
).map(([low, high]) => {
  const range = `${low}-${high}`;
  const names = ["满意度评分", "满意度", "评分", "得分"].flatMap((name) => [
    `${name}(${range})`,
    `${name}（${range}）`,
    `${name}(${range}分)`,
    `${name}（${range}分）`,
  ]);
  return [names.join("|"), low, high] as const;
});
const scores = ["得分|评分|分数|满意度得分|满意度评分|满意度", ...scales.map(([names]) => names)].join("|");
const answered = "调查时间|调查日期|评价时间|评价日期|填写时间|提交时间|回访日期|回访时间";
const day = (names: string) => `{${names}}`;

/** A ledger kept in Excel (台账), with the headings that Chinese departments mostly give their columns. */
export const taizhang: Preset = {
  dateFormats: [
    "%Y年%m月%d日 %H:%M:%S",
    "%Y年%m月%d日 %H:%M",
    "%Y年%m月%d日",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d",
    "%Y.%m.%d",
  ],
  objects: {
    ticket: {
      names: ["工单", "工单台账", "服务台账", "投诉台账", "维修台账", "售后台账"],
      signature: ["工单号|工单编号|服务单号|投诉编号|受理单号|维修单号"],
    },
    contract: {
      names: ["合同", "合同台账"],
      signature: ["合同号|合同编号", "开始日期|合同开始日期|生效日期|起始日期|签订日期"],
    },
    order: {
      names: ["订单", "订单台账", "销售台账", "销售明细"],
      signature: ["订单号|订单编号|销售单号", "金额|订单金额|销售金额|销售额|含税金额"],
    },
    lead: {
      names: ["线索", "线索台账", "潜在客户"],
      signature: ["线索号|线索编号|线索ID"],
    },
    contact: {
      names: ["回访", "回访台账", "拜访台账", "客户联系"],
      signature: [
        "回访编号|回访单号|联系编号|拜访编号|记录编号",
        "回访时间|回访日期|联系时间|联系日期|拜访日期|拜访时间",
      ],
    },
    answer: {
      names: ["满意度", "满意度调查", "满意度台账", "问卷"],
      signature: [scores, answered],
    },
    training: { names: ["培训", "培训台账"], signature: ["培训编号", "课程|课程名称|培训课程"] },
    employee: {
      names: ["员工", "员工台账", "人员", "花名册"],
      signature: ["工号|员工编号|员工号|人员编号", "姓名|员工姓名"],
    },
    product: {
      names: ["产品", "产品台账"],
      signature: ["产品编号|产品编码|物料编码", "产品名称|品名|物料名称"],
    },
    customer: {
      names: ["客户", "客户台账", "客户资料", "客户档案"],
      signature: [customer.slice(1, -1), "客户名称|单位名称|公司名称|企业名称|名称"],
    },
  },
  feeds: {
    customers: [
      {
        object: "customer",
        columns: {
          customer_id: customer,
          name: "{客户名称|单位名称|公司名称|企业名称|客户全称|名称}",
          segment: "{客户类型|客户类别|企业类型|客户分类|客户等级|客户级别}",
          industry: "{行业|所属行业}",
          region: "{区域|大区|地区|所属区域|所在区域|所属大区|销售区域|所属地区|片区}",
          province: "{省份|省|所在省}",
          city: "{城市|市|所在城市}",
          employees: "{员工人数|人数|员工数}",
          acquired_on: day(
            "成交日期|首次成交日期|首次合作日期|合作开始日期|合作日期|合作时间|建档日期|开户日期|获客日期|签约日期",
          ),
          acquisition_channel: "{客户来源|来源|获客渠道|来源渠道}",
          owner_id: "{负责人工号|负责人编号|客户经理工号|客户经理|负责人|业务员}",
        },
      },
    ],
    tickets: [
      {
        object: "ticket",
        columns: {
          ticket_id: "{工单号|工单编号|服务单号|投诉编号|受理单号|维修单号}",
          customer_id: customer,
          type: "{类型|工单类型|业务类型|服务类型}",
          complaint_class: "{投诉类别|投诉分类|投诉类型}",
          severity: "{严重程度|严重等级|紧急程度|级别|优先级}",
          channel: "{渠道|受理渠道|来源渠道|反馈渠道}",
          created_at: "{创建时间|受理时间|登记时间|受理日期|登记日期|投诉日期|报修时间|创建日期}",
          first_response_at: "{首次响应时间|首次回复时间|响应时间|首响时间}",
          resolved_at: "{解决时间|办结时间|完成时间|处理完成时间|关闭时间|解决日期|办结日期|完成日期}",
          agent_id: "{处理人工号|受理人工号|处理人编号|坐席工号|处理人|受理人|坐席}",
          handling_count: "{处理次数|流转次数}",
          first_contact_resolved: "{是否一次解决|首次解决|一次解决}",
          asset_id: "{设备编号|设备序列号|序列号|资产编号}",
          fault_code: "{故障代码|故障编码}",
          root_cause: "{原因分析|根本原因|故障原因|原因}",
        },
        values: {
          severity: { 低: "general", 中: "general", 普通: "general", 高: "serious", 紧急: "very_serious" },
        },
      },
    ],
    orders: [
      {
        object: "order",
        columns: {
          order_id: "{订单号|订单编号|销售单号}",
          line_no: ["{行号|订单行号|项次}", "row_number() over (partition by {订单号|订单编号|销售单号})"],
          customer_id: customer,
          ordered_at: "{下单时间|订单时间|下单日期|订单日期|销售日期|日期}",
          owner_id: "{业务员工号|销售员工号|业务员|销售员|负责人}",
          product_id: "{产品编号|产品编码|物料编码}",
          quantity: "{数量|订单数量|销售数量}",
          revenue: "{金额|订单金额|销售金额|销售额|含税金额}",
          cost: "{成本|成本金额}",
          currency: "{币种|货币}",
          promised_on: day("承诺交期|要求交期|约定交货日期|计划交货日期"),
          delivered_on: day("实际交货日期|交货日期|实际交期|发货日期"),
        },
      },
    ],
    contracts: [
      {
        object: "contract",
        columns: {
          contract_id: "{合同号|合同编号}",
          customer_id: customer,
          starts_on: day("开始日期|合同开始日期|生效日期|起始日期|签订日期"),
          // A ledger writes the last day on which it holds.
          ends_on: "cast({结束日期|合同结束日期|到期日期|终止日期|截止日期} as date) + 1",
          monthly_value: "{月金额|月费|月服务费}",
          currency: "{币种|货币}",
        },
      },
    ],
    leads: [
      {
        object: "lead",
        columns: {
          lead_id: "{线索号|线索编号|线索ID}",
          created_at: "{创建时间|创建日期|登记日期|登记时间|线索日期}",
          source: "{来源|线索来源}",
          channel: "{渠道|来源渠道}",
          owner_id: "{负责人工号|负责人|跟进人|业务员}",
          region: "{区域|大区|地区}",
          converted_at: "{转化时间|转化日期|成交日期|成交时间}",
          customer_id: customer,
          lost_at: "{流失时间|流失日期|关闭日期}",
          lost_reason: "{流失原因|关闭原因}",
        },
      },
    ],
    contacts: [
      {
        object: "contact",
        columns: {
          contact_id: "{回访编号|回访单号|联系编号|拜访编号|记录编号}",
          customer_id: customer,
          employee_id: "{回访人工号|联系人工号|员工工号|回访人|拜访人|业务员}",
          channel: "{方式|渠道|回访方式|联系方式|拜访方式}",
          contacted_at: "{回访时间|回访日期|联系时间|联系日期|拜访日期|拜访时间}",
          purpose: [
            "{目的|联系目的|回访目的}",
            "case when {回访时间|回访日期} is null then 'other' else 'follow_up' end",
            "'other'",
          ],
          reached: "{是否接通|是否联系上|接通}",
        },
      },
    ],
    employees: [
      {
        object: "employee",
        columns: {
          employee_id: "{工号|员工编号|员工号|人员编号}",
          name: "{姓名|员工姓名}",
          department: "{部门|所属部门}",
          team: "{班组|团队|小组|科室}",
          role: "{岗位|职务|职位}",
          manager_id: "{上级工号|直属上级|上级}",
          hired_on: day("入职日期|入职时间"),
          left_on: day("离职日期|离职时间"),
        },
      },
    ],
    products: [
      {
        object: "product",
        columns: {
          product_id: "{产品编号|产品编码|物料编码}",
          name: "{产品名称|品名|物料名称}",
          category: "{产品类别|类别|品类|产品大类}",
        },
      },
    ],
    survey_answers: [
      {
        object: "answer",
        columns: {
          answer_id: ["{答卷编号|问卷编号|答案编号|编号|序号}", "row_number() over ()"],
          respondent_id: "{答卷编号|问卷编号}",
          customer_id: customer,
          ticket_id: "{工单号|工单编号|服务单号}",
          answered_at: `{${answered}}`,
          survey: ["{调查类型|问卷类型}", "'periodic'"],
          dimension: ["{维度|调查项目|评价项}", "'overall'"],
          score: `{${scores}}`,
          // Of how many points a score is stands in the ledger, or in its heading, or is its keeper's to say: `columns: {scale_min: 1, scale_max: 5}`.
          scale_min: [
            "{最低分}",
            ...scales.map(([names, low]) => `case when {${names}} is null then ${low} else ${low} end`),
          ],
          scale_max: [
            "{最高分|满分}",
            ...scales.map(([names, , high]) => `case when {${names}} is null then ${high} else ${high} end`),
          ],
        },
      },
    ],
    trainings: [
      {
        object: "training",
        columns: {
          training_id: "{培训编号}",
          employee_id: "{工号|员工编号|员工号}",
          course: "{课程|课程名称|培训课程}",
          due_on: day("应完成日期|计划日期|截止日期"),
          completed_on: day("完成日期|实际完成日期"),
        },
      },
    ],
  },
};
