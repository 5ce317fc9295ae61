import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { questionFor } from "../../src/load/sourcesYaml.js";
import { encodeGb18030 } from "../loaders/encodeGb18030.js";
import { initOf } from "./initFolder.js";

const rows = (head: string, row: (index: number) => string) =>
  `${[head, ...Array.from({ length: 60 }, (_, index) => row(index))].join("\n")}\n`;
const day = (index: number) => `${String(1 + (index % 27)).padStart(2, "0")}.03.2025`;

const german = {
  "kunden.csv": rows("Kundennr;Name;Gebiet", (index) => `K${index};Müller ${index};Köln`),
  "vorgänge.csv": rows(
    "Vorgangsnr;Kundennr;Art;Eingang;Erledigt am;Gerät",
    (index) => `V${index};K${index};Störung;${day(index)} 08:00;${day(index)} 09:00;G${index}`,
  ),
};

it("headings that are known words tell an encoding that the bytes do not, and then that of their neighbours", async () => {
  const files = Object.fromEntries(
    Object.entries(german).map(([name, text]) => [name, Buffer.from(text, "latin1")]),
  );
  const { out, yaml, run, dir, columns } = await initOf(files, "--lang", "en");
  expect(yaml).toContain("encoding: windows-1252 # likely: as the headings are written");
  expect(columns("tickets")).toMatchObject({ asset_id: "Gerät" });
  expect(out).not.toContain("encoding");
  expect(await run("build", "--data", dir)).toMatchObject({ code: 0 });
  const { out: regions } = await run("kpi", "new_customers", "--by", "region", "--lang", "en");
  expect(regions).not.toContain("�");
});

it("so they do of few lines of Chinese", async () => {
  const head = "客户编号,客户名称,地区,建档日期";
  const text = rows(head, (index) => `KH${index},某某公司${index},华东,2025-03-01`);
  const { yaml, columns } = await initOf({ "客户.csv": encodeGb18030(text) });
  expect(yaml).toContain("encoding: gb18030 # 可能");
  expect(columns("customers")).toMatchObject({ customer_id: "客户编号", region: "地区" });
});

it("what headings do not tell is asked for at the end, too, and a neighbour of what is asked is none that is known", async () => {
  const polish = (text: string) =>
    Buffer.from(text.replaceAll("ł", "\xb3").replaceAll("ó", "\xf3").replaceAll("ż", "\xbf"), "latin1");
  const { out, yaml } = await initOf(
    {
      "klienci.csv": polish(rows("customer id;name;city", (index) => `K${index};Spółka ${index};Opole`)),
      "tickets.csv": polish(
        rows(
          "id;customer id;type;opened at",
          (index) => `T${index};K${index};żal ${index};${day(index)} 10:00`,
        ),
      ),
    },
    "--lang",
    "en",
  );
  expect(yaml).not.toMatch(/^ {2}encoding:/m);
  for (const file of ["klienci.csv", "tickets.csv"])
    expect(out).toContain(`${file}: its bytes do not tell its encoding: say so in sources.yaml if it is`);
});

it("files that may hold tables and that nothing reads are named with what to do", async () => {
  const { out, yaml } = await initOf(
    {
      "customers.csv": german["kunden.csv"],
      "old.sqlite": "SQLite",
      "crm.mdb": "x",
      "all.7z": "x",
      "notes.md": "x",
    },
    "--lang",
    "en",
  );
  for (const file of ["old.sqlite", "crm.mdb"])
    for (const text of [out, yaml])
      expect(text).toContain(`${file}: files of this kind are not read: export`);
  expect(out).toContain("all.7z: archives of this kind are not opened");
  expect(out).not.toContain("notes.md");
});

it("a question that is left is told as one, each of them", async () => {
  const { run, dir } = await initOf({ "customers.csv": german["kunden.csv"] }, "--lang", "en");
  writeFileSync(
    `${dir}/sources.yaml`,
    'x: {files: customers.csv, tables: {customers: {columns: {customer_id: Kundennr, name: "?", acquired_on: "?"}}}}\n',
  );
  const { code, err } = await run("build", "--data", dir, "--lang", "en");
  expect(code).toBe(2);
  for (const column of ["name", "acquired_on"])
    expect(err).toContain(`x.tables.customers.columns.${column} is not answered yet: name a column`);
});

it("initiatives are mapped where they are written as the contract has them", async () => {
  const { columns } = await initOf({
    "initiatives.csv":
      "initiative_id,name,started_on,kpi_id,baseline_days,follow_up_days\nI1,Hotline,2025-03-01,csat,90,90\n",
  });
  expect(columns("initiatives")).toMatchObject({ initiative_id: "initiative_id", kpi_id: "kpi_id" });
});

it.each([
  [
    "case and blanks",
    (index: number) => `c-${String(index).padStart(4, "0")}`,
    (index: number) => `C-${String(index).padStart(4, "0")} `,
  ],
  ["zeros before it", (index: number) => String(index).padStart(6, "0"), (index: number) => String(index)],
])(
  "ids that differ by %s from those of another file are read in one spelling, on both sides",
  async (_, key, of) => {
    const { dir, run, columns, yaml } = await initOf(
      {
        "customers.csv": rows(
          "ID,Company,Region,Since",
          (index) => `${key(index + 100)},N${index},E,2025-01-02`,
        ),
        "cases.csv": rows(
          "Case No,Customer ID,Kind,Opened,Closed",
          (index) => `T${index},${of(index + 100)},complaint,2025-03-01 08:00,2025-03-02 08:00`,
        ),
      },
      "--lang",
      "en",
    );
    expect(columns("customers")?.customer_id).toContain('upper(trim("ID"))');
    expect(columns("tickets")?.customer_id).toContain('upper(trim("Customer ID"))');
    expect(yaml.match(/likely: .*different spellings, which this makes one/g)).toHaveLength(2);
    expect((await run("build", "--data", dir)).code).toBe(0);
    expect((await run("check", "--lang", "en")).out).not.toContain("refers to no row");
  },
);

it("one spelling is not made of two keys", async () => {
  const { columns } = await initOf({
    "customers.csv": rows(
      "ID,Company,Since",
      (index) => `${index % 2 ? "c" : "C"}-${index >> 1},N${index},2025-01-02`,
    ),
    "cases.csv": rows(
      "Case No,Customer ID,Kind,Opened",
      (index) => `T${index},C_${index >> 1},complaint,2025-03-01 08:00`,
    ),
  });
  expect(columns("customers")?.customer_id).toBe("ID");
});

it.each([
  [
    "Deals.csv",
    "Deal ID,Account ID,Stage,Amount,Opened,Outcome",
    "closed won",
    "Closed Lost",
    "opportunities",
    "won",
  ],
  ["商机.csv", "商机编号,客户编号,阶段,金额,创建时间,是否赢单", "赢单", "丢单", "opportunities", "won"],
  [
    "Event guests.csv",
    "Event ID,Customer ID,Attended",
    "Attended",
    "No-show",
    "event_invitations",
    "attended",
  ],
])("what %s calls yes and no of its own is read as that", async (file, head, yes, no, table, column) => {
  const cells = head.split(",").slice(2, -1);
  const text = rows(head, (index) =>
    [
      `X${index}`,
      `K${index}`,
      ...cells.map((each) =>
        /time|时间|Opened/.test(each) ? "2025-03-01" : /A|金/.test(each) ? "5" : `s${index % 3}`,
      ),
      index % 3 ? yes : no,
    ].join(),
  );
  const { columns, yaml } = await initOf({ [file]: text }, "--lang", "en");
  expect(columns(table)?.[column], yaml).toMatch(
    /case when trim\(.*\) in \('.*'\) then true when .* then false end/,
  );
  expect(yaml).toContain(`${yes} for yes, ${no} for no`);
});

it("what counts the lines of each order is no product, and the other column is it", async () => {
  const { columns, yaml } = await initOf({
    "Customer master.csv": rows("Sold-to party,Customer name", (index) => `K${index},Factory ${index}`),
    "Sales order items.csv": rows(
      "Sales document,Item,Sold-to party,Document date,Material,Order quantity,Net value",
      (index) =>
        `${4500 + (index >> 1)},${10 * (1 + (index % 2))},K${index % 9},2025-03-01,M${index % 7},3,${index}.5`,
    ),
  });
  expect(columns("orders"), yaml).toMatchObject({ line_no: "Item", product_id: "Material" });
});

it("users of a service company are its customers", async () => {
  const { columns } = await initOf({
    "用户资料.csv": rows(
      "用户编号,用户姓名,所在区域,注册日期",
      (index) => `U${index},张${index},东区,2024-03-01`,
    ),
    "来电登记.csv": rows(
      "来电流水号,用户编号,来电类型,来电时间,处理完毕时间",
      (index) => `L${index},U${index},投诉,2025-03-01 08:00,2025-03-01 09:00`,
    ),
  });
  expect(columns("employees")).toBeUndefined();
  expect(columns("customers")).toMatchObject({ customer_id: "用户编号", name: "用户姓名" });
  expect(columns("tickets")).toMatchObject({ ticket_id: "来电流水号", customer_id: "用户编号" });
});

it.each([
  ["回访记录.csv", "回访编号,客户编号,回访时间,是否接通,手机号码", true],
  ["Follow-up calls.csv", "Contact ID,Customer ID,Date,Reached,Phone", true],
  ["回访记录.csv", "回访编号,客户编号,回访时间,是否见面,联系电话", false],
])(
  "customers of whom it is told that they were called were reached by phone: %s",
  async (file, head, isCall) => {
    const { columns, yaml } = await initOf({
      "customers.csv": rows("customer_id,name", (index) => `K${index},N${index}`),
      [file]: rows(
        head,
        (index) => `H${index},K${index},2025-03-01 08:00,${index % 2 ? "是" : "否"},1380000${1000 + index}`,
      ),
    });
    expect(columns("contacts")?.channel, yaml).toBe(isCall ? "'phone'" : undefined);
  },
);

it("trainings without an id are told apart by who had to learn what until when", async () => {
  const { columns, dir, run } = await initOf({
    "employees.csv": rows("Staff No,Full Name", (index) => `S${index},N${index}`),
    "course completions.csv": rows(
      "Staff No,Course Title,Mandatory By,Completed",
      (index) => `S${index % 20},Course ${index % 7},2025-03-01,2025-02-01`,
    ),
  });
  expect(columns("trainings")?.training_id).toBe(
    `concat_ws('-', "Staff No", "Course Title", "Mandatory By")`,
  );
  expect((await run("build", "--data", dir)).code).toBe(0);
  // 20 employees and 7 courses: no pair comes twice in 60 rows.
  expect((await run("check", "--lang", "en")).out).toMatch(/trainings: 60 = 60 \+ 0 \+ 0/);
});

it("what init asks is known where it is left, for columns of codes too, and no value that looks like it", async () => {
  const { run, dir } = await initOf({
    "t.csv": rows("id,name,at", (index) => `T${index},<a|b>,2025-03-01 08:00`),
  });
  const built = async (type: string) => {
    writeFileSync(
      join(dir, "sources.yaml"),
      `x: {files: t.csv, tables: {tickets: {columns: {ticket_id: id, created_at: at, type: ${JSON.stringify(type)}}}}}\n`,
    );
    return run("build", "--data", dir, "--lang", "en");
  };
  expect(await built(questionFor("tickets", "type"))).toMatchObject({
    code: 2,
    err: expect.stringContaining("x.tables.tickets.columns.type is not answered yet"),
  });
  expect((await built("'<complaint>'")).err).not.toContain("is not answered yet");
});

it("users who signed up are customers, and those who do a job are employees", async () => {
  const tickets = rows("ticket_no,user_id,reason,opened_ts,solved_ts", (index) =>
    [`t${index}`, `u_${index}`, "complaint", "2025-03-01 08:00", "2025-03-01 09:00"].join(),
  );
  const shop = await initOf({
    "users.csv": rows(
      "user_id,full_name,signup_date,tier",
      (index) => `u_${index},User ${index},2024-03-01,basic`,
    ),
    "support_tickets.csv": tickets,
  });
  expect(shop.columns("employees")).toBeUndefined();
  expect(shop.columns("customers")).toMatchObject({ customer_id: "user_id", acquired_on: "signup_date" });
  expect(shop.columns("tickets")).toMatchObject({ customer_id: "user_id" });
  expect(shop.columns("tickets")?.agent_id).toBeUndefined();
  const desk = await initOf({
    "users.csv": rows(
      "user_id,full_name,department,hire_date,role",
      (index) => `u_${index},User ${index},Care,2024-03-01,Agent`,
    ),
  });
  expect(desk.columns("customers")).toBeUndefined();
  expect(desk.columns("employees")).toMatchObject({ employee_id: "user_id", department: "department" });
});

it("the scale of colleagues' scores is read from their heading, else from the scores", async () => {
  for (const heading of ["Rating (1-5)", "Rating"]) {
    const { columns } = await initOf({
      "people.csv": rows("Employee,Name,Department,Hired", (index) => `E${index},N${index},Care,2020-01-01`),
      "peer_feedback.csv": rows(
        `Review ID,Cycle start,Employee,Reviewer,Relationship,Competency,${heading}`,
        (index) => `R${index},2025-01-01,E${index % 9},E${(index + 1) % 9},peer,Teamwork,${1 + (index % 5)}`,
      ),
    });
    expect(columns("reviews_360")).toMatchObject({ scale_min: "1", scale_max: "5", score: heading });
  }
});

it.each([
  ["拆机用户.csv", "用户编号,拆机时间,拆机原因"],
  ["merchant_exits.csv", "merchant_ref,left_on,reason"],
  ["disconnects.csv", "customer_id,disconnect_date,disconnect_reason"],
])("who is listed as lost in %s has churned", async (file, head) => {
  const [id = ""] = head.split(",");
  const { columns, yaml } = await initOf({
    "customers.csv": rows(`${id},name`, (index) => `K${index},N${index}`),
    [file]: rows(head, (index) => `K${index},2025-03-0${1 + (index % 9)},price`),
  });
  expect(columns("customer_status"), yaml).toMatchObject({ customer_id: id, status: "'churned'" });
});
