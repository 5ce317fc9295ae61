import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";

const csv = (head: string, row: (n: number) => string, rows = 60) =>
  `${[head, ...Array.from({ length: rows }, (_, n) => row(n))].join("\n")}\n`;
const at = (n: number, hour = 9) =>
  `2026-01-${String(1 + (n % 28)).padStart(2, "0")} ${String(hour).padStart(2, "0")}:05:00`;
const hex = (kind: string, n: number) => `${kind}${(7919 * (n + 3)).toString(16).padStart(8, "0")}`;

describe("init, by what files say of each other and cells of themselves", () => {
  it("finds keys whose headings name nothing, by what refers to them", async () => {
    const { columns } = await initOf(
      {
        "users.csv": csv(
          "sys_id,name,title,department",
          (n) => `${hex("u", n)},Anna Meyer${n},Lead,Service`,
          20,
        ),
        "core_company.csv": csv(
          "sys_id,name,city,num_employees",
          (n) => `${hex("c", n)},Glass ${n} Ltd,York,${n + 5}`,
          30,
        ),
        "incident.csv": csv(
          "number,company,opened_at,assigned_to",
          (n) => `INC${1000 + n},${hex("c", n % 30)},${at(n)},${hex("u", n % 20)}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("tickets")).toMatchObject({ customer_id: "company", agent_id: "assigned_to" });
    expect(columns("customers")).toMatchObject({
      customer_id: "sys_id",
      name: "name",
      employees: "num_employees",
    });
    expect(columns("employees")).toMatchObject({ employee_id: "sys_id", name: "name" });
  });

  it("reads a line's amount, not the order's that each line has, and neither where only that is there", async () => {
    const row = (n: number) =>
      `S${Math.floor(n / 3)},K${n % 7},${at(n)},P${n % 5},${n + 1},${100 + Math.floor(n / 3)}`;
    const both = await initOf(
      { "orders.csv": csv("order_id,customer_id,order_date,sku,item_subtotal,order_total", row) },
      "--lang",
      "en",
    );
    expect(both.columns("orders")).toMatchObject({ revenue: "item_subtotal" });
    const one = await initOf(
      { "orders.csv": csv("order_id,customer_id,order_date,sku,weight,order_total", row) },
      "--lang",
      "en",
    );
    expect(one.columns("orders")).toBeUndefined();
    expect(one.yaml).toMatch(/revenue: order_total # unsure: .*the same in all lines/);
  });

  it("takes no duration for a time, and of two times of one day either", async () => {
    const { columns } = await initOf(
      {
        "tickets.csv": csv(
          "Ticket ID,created_datetime,opened_datetime,Initial response time,First response time (in hrs)",
          (n) => `T${n},${at(n)},${at(n, 10)},${at(n, 11)},0${n % 9}:43:00`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("tickets")).toEqual({
      ticket_id: "Ticket ID",
      created_at: "created_datetime",
      first_response_at: "Initial response time",
    });
  });

  it("takes a heading that may mean a closed list for it only where its words do", async () => {
    const of = async (words: readonly string[]) =>
      (
        await initOf(
          {
            "tickets.csv": csv(
              "Ticket ID,Created,Category",
              (n) => `T${n},${at(n)},${words[n % words.length]}`,
            ),
          },
          "--lang",
          "en",
        )
      ).columns("tickets");
    expect(await of(["network", "software", "hardware", "inquiry"])).not.toHaveProperty("type");
    expect(await of(["complaint", "repair", "inquiry", "praise"])).toMatchObject({ type: "Category" });
    // A build would refuse every fourth row.
    expect(await of(["complaint", "repair", "inquiry", "other things"])).not.toHaveProperty("type");
  });

  it("takes no log for a history of customers' states", async () => {
    const { columns } = await initOf(
      {
        "access.csv": csv(
          "time,ip,path,status,customer_id",
          (n) => `${at(n)},1.2.3.4,/a,${n % 2 ? 200 : 404},K${n % 9}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("customer_status")).toBeUndefined();
  });

  it("reads traditional Chinese, French and numbered headings as their like", async () => {
    const { columns } = await initOf(
      {
        "客戶名單.csv": csv(
          "客戶編號,客戶名稱,行業,負責業務",
          (n) => `KH${100 + n},瑞聯${n}有限公司,化工,王`,
          30,
        ),
        "demandes.csv": csv(
          "N° de ticket,Client,Date de création,Canal,Date de résolution",
          (n) => `D${n},KH${100 + (n % 30)},${at(n)},email,${at(n, 15)}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("customers")).toMatchObject({
      customer_id: "客戶編號",
      name: "客戶名稱",
      industry: "行業",
    });
    expect(columns("tickets")).toMatchObject({
      customer_id: "Client",
      created_at: "Date de création",
      channel: "Canal",
      resolved_at: "Date de résolution",
    });
    const form = await initOf(
      {
        "收集结果.csv": csv(
          "1、客诉单号,2、请选择客户代码（必填）,提交时间",
          (n) => `KS${n},C${n % 9},${at(n)}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(form.columns("tickets")).toMatchObject({
      ticket_id: "1、客诉单号",
      customer_id: "2、请选择客户代码（必填）",
    });
    await stageDir(form.dir, async ({ report }) =>
      expect(report.tables).toMatchObject([{ table: "tickets", loaded: 60, quarantined: 0 }]),
    );
  });

  it("reads months, initials whose cells tell what they are, and tables in text files", async () => {
    const { columns, dir, out } = await initOf(
      {
        "市场份额.csv": csv(
          "月份,区域市场,厂家,是否本公司,销量（台）",
          (n) => `2026-0${1 + (n % 6)},华东,厂${n},${n % 9 ? "否" : "是"},${n + 1}`,
        ),
        "t_kh.csv": csv(
          "kh_bh,kh_mc,sshy,szcs",
          (n) => `0${1000 + n},瑞联${n}有限公司,${["化工", "电子"][n % 2]},大连`,
          30,
        ),
        "t_hfjl.txt": csv(
          "hf_bh|kh_bh|hffs|hfsj|hfmd|sfjt",
          (n) => `HF0${n}|0${1000 + (n % 30)}|电话|${at(n)}|回访|是`,
        ),
        "notes.txt": "Call the bank,\nthen lunch, then home\n",
      },
      "--lang",
      "en",
    );
    expect(columns("market_sales")).toMatchObject({ month: "月份", sales: "销量（台）" });
    expect(columns("customers")).toMatchObject({ name: "kh_mc", industry: "sshy", city: "szcs" });
    expect(out).not.toContain("notes.txt");
    expect(columns("contacts")).toMatchObject({ contact_id: "hf_bh", channel: "hffs", contacted_at: "hfsj" });
    await stageDir(dir, async ({ rows }) =>
      expect(await rows("select min(month)::varchar as first from staging.market_sales")).toEqual([
        { first: "2026-01-01" },
      ]),
    );
  });

  it("converts with all digits, and leaves out what a state calls void", async () => {
    const { dir } = await initOf(
      {
        "orders.csv": csv(
          "订单编号,客户编号,下单日期,订单金额（万元）,生命状态",
          (n) => `D${n},K${n % 7},${at(n).slice(0, 10)},19.358664,${n % 10 ? "正常" : "作废"}`,
        ),
      },
      "--lang",
      "en",
    );
    await stageDir(dir, async ({ rows }) =>
      expect(
        await rows("select count(*)::int as orders, min(revenue)::double as revenue from staging.orders"),
      ).toEqual([{ orders: 54, revenue: 193_586.64 }]),
    );
  });

  it("reads ids of Salesforce's reports, which are shorter, as the longer ones that other files have", async () => {
    // By hand, a letter for each five characters, capitals counting 1, 2, 4, 8, 16: WO1Zi 1 + 2 + 8 is L, wO1Zi 2 + 8 is K.
    const accounts = ["0015500000WO1ZiAAL", "0015500000wO1ZiAAK", "001Ab00000Z9yXwIAJ"];
    const { dir, columns } = await initOf(
      {
        "accounts.csv": csv("Account ID,Account Name", (n) => `${accounts[n]},Firm ${n} Ltd`, 3),
        "cases.csv": csv(
          "Case Number,Opened,Account ID",
          (n) => `C${n},${at(n)},${accounts[n % 3]?.slice(0, 15)}`,
          30,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("tickets")?.customer_id).toContain("regexp_replace");
    await stageDir(dir, async ({ rows }) =>
      expect(await rows("select distinct customer_id as id from staging.tickets order by 1")).toEqual(
        [...accounts].sort().map((id) => ({ id })),
      ),
    );
  });

  it("ends deals by the time they were won and the one they were lost, and by neither alone", async () => {
    const row = (n: number) =>
      `D${n},K${n % 9},${at(n)},${at(n + 1)},100,Offer,${n % 2 ? at(n, 12) : ""},${n % 2 ? "" : at(n, 13)}`;
    const both = await initOf(
      { "deals.csv": csv("Deal ID,Customer No,Deal created,Updated,Value,Stage,Won time,Lost time", row) },
      "--lang",
      "en",
    );
    await stageDir(both.dir, async ({ rows }) =>
      expect(await rows("select count(closed_at)::int as closed from staging.opportunities")).toEqual([
        { closed: 60 },
      ]),
    );
    const won = await initOf(
      { "deals.csv": csv("Deal ID,Customer No,Deal created,Updated,Value,Stage,Won time,Note", row) },
      "--lang",
      "en",
    );
    expect(won.columns("opportunities")).not.toHaveProperty("closed_at");
  });

  it("takes no total for the revenue that taxes and freight are in, and no cancelled order", async () => {
    const row = (n: number) => `A${n},K${n % 9},${at(n)},${10 + n},5,2,${17 + n},${n % 10 ? "" : at(n, 12)}`;
    const both = await initOf(
      {
        "orders.csv": csv("Order No,Customer No,Created at,Subtotal,Shipping,Taxes,Total,Cancelled at", row),
      },
      "--lang",
      "en",
    );
    expect(both.columns("orders")).toMatchObject({ revenue: "Subtotal" });
    await stageDir(both.dir, async ({ rows }) =>
      expect(await rows("select count(*)::int as orders from staging.orders")).toEqual([{ orders: 54 }]),
    );
    const total = await initOf(
      { "orders.csv": csv("Order No,Customer No,Created at,Pieces,Shipping,Taxes,Total,Note", row) },
      "--lang",
      "en",
    );
    expect(total.yaml).toMatch(/revenue: Total # unsure: .*Shipping, Taxes/);
  });

  it("takes no list whose rows each name a customer for events, products or employees", async () => {
    const { columns } = await initOf(
      {
        "活动记录.csv": csv(
          "活动记录ID,活动名称,活动类型,客户ID,活动时间",
          (n) => `${3000 + n},x,电话,K${n % 9},${at(n)}`,
        ),
        "persons.csv": csv(
          "Employee ID,Customer ID,Name,Department",
          (n) => `P${n},K${n % 9},Anna Meyer,Sales`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("events")).toBeUndefined();
    expect(columns("employees")).toBeUndefined();
  });

  it("says of a date how it is read, once another file has told the order", async () => {
    const { yaml } = await initOf(
      {
        "customers.csv": csv(
          "Customer No,Company,Customer since",
          (n) => `K${n},Firm ${n},0${1 + (n % 9)}/0${1 + (n % 5)}/2024`,
        ),
        "orders.csv": csv(
          "Order No,Customer No,Order date,Revenue",
          (n) => `A${n},K${n},01/${10 + (n % 20)}/2026,10`,
        ),
      },
      "--lang",
      "en",
    );
    expect(yaml).toMatch(/acquired_on: .*written as "%m\/%d\/%Y"; the folder's other dates show the order/);
    expect(yaml).not.toMatch(/written as "%d\/%m\/%Y"/);
  });

  it("reads Big5 where the headings are words in it", async () => {
    // 工單編號, 建立時間, 類型; 投訴: as Big5 has them.
    const head = Buffer.from("a475b3e6bd73b8b92cabd8a5dfaec9b6a12cc3feabac", "hex");
    const word = Buffer.from("a7ebb644", "hex");
    const rows = Array.from({ length: 60 }, (_, n) =>
      Buffer.concat([Buffer.from(`\r\nTK${n},${at(n)},`), word]),
    );
    const { columns, yaml, dir } = await initOf(
      { "tickets.csv": Buffer.concat([head, ...rows]) },
      "--lang",
      "en",
    );
    expect(yaml).toContain("encoding: big5 # likely: as the headings are written");
    expect(columns("tickets")).toEqual({ ticket_id: "工單編號", created_at: "建立時間", type: "類型" });
    await stageDir(dir, async ({ rows: read }) =>
      expect(await read("select distinct type from staging.tickets")).toEqual([{ type: "complaint" }]),
    );
  });

  it("knows what was asked for where a heading has it between underscores", async () => {
    const { columns } = await initOf(
      {
        "survey.csv": csv(
          "ResponseId,CustomerID,RecordedDate,Q1_NPS",
          (n) => `R_${n},C${n % 9},${at(n)},${n % 11}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("survey_answers")).toMatchObject({
      score: "Q1_NPS",
      dimension: "'recommend'",
      scale_max: "10",
    });
  });
});
