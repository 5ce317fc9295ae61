import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stageDir } from "../load/stageFolder.js";
import { initOf } from "./initFolder.js";
import { uncommented } from "./uncommented.js";

/** A file of rows, each made of its number. */
const csv = (head: string, row: (n: number) => string, rows = 60) =>
  `${[head, ...Array.from({ length: rows }, (_, n) => row(n))].join("\n")}\n`;

const day = (n: number) => `2026-01-${String(1 + (n % 28)).padStart(2, "0")}`;
const staff = csv(
  "Emp No,Name,Department,Joined",
  (n) => `E-${100 + n},Person ${n},Service,2020-${day(n).slice(5)}`,
  20,
);
const employee = (n: number) => `E-${100 + (n % 20)}`;

/** What is read of a folder, and why the file is not. */
async function read(files: Record<string, string>) {
  const { columns, yaml } = await initOf(files, "--lang", "en");
  const why = (file: string) =>
    new RegExp(`^# +${file.replaceAll(/[.()]/g, "\\$&")}: (.*)`, "m").exec(yaml)?.[1] ?? "";
  return { columns, why };
}

describe("init, which table a file is", () => {
  it.each([
    ["items sold.csv", "Item,Item name,Item group,Quantity,Net"],
    ["products ordered.csv", "Product Code,Product name,Category,Quantity,Net"],
  ])("takes order lines in %s for no products, for what would be their key repeats", async (file, head) => {
    const { columns, why } = await read({ [file]: csv(head, (n) => `P-${n % 7},Thing ${n % 7},Tools,2,10`) });
    expect(columns("products")).toBeUndefined();
    expect(why(file)).toMatch(/^like products, but|^it may be products/);
  });

  it.each([
    ["feedback.csv", "Response ID,Date,Employee,Reviewer,Relationship,Question,Score"],
    ["feedback round.csv", "Response ID,Submitted at,About,Written by,Channel,Question,Score"],
    ["colleague feedback.csv", "Response ID,Submitted at,Subject,Written by,Round,Competency,Rating (1-5)"],
    ["360 feedback.csv", "Response ID,Submitted at,Subject,Written by,Round,Question,Score"],
  ])("takes feedback of colleagues in %s for no customers' answers", async (file, head) => {
    const row = (n: number) =>
      `R${n},${day(n)},${employee(n)},${employee(n + 3)},${["peer", "superior"][n % 2]},overall,${(n % 5) + 1}`;
    const { columns, why } = await read({ "staff.csv": staff, [file]: csv(head, row) });
    expect(columns("employees")).toBeDefined();
    expect(columns("survey_answers")).toBeUndefined();
    expect(why(file)).toMatch(/reviews_360/);
  });

  it("takes absences, visits and requests for no tickets because they have numbers and are created", async () => {
    const { columns } = await read({
      "leave.csv": csv(
        "Request No,Employee,From,To,Type,Created",
        (n) => `Q${n},${employee(n)},${day(n)},${day(n)},holiday,${day(n)}`,
      ),
      "visit form.csv": csv(
        "Form No,Customer No,Engineer,Visit date,Arrived,Left,Reason",
        (n) => `F${n},K${n % 9},${employee(n)},${day(n)},08:00,10:00,inspection`,
      ),
    });
    expect(columns("tickets")).toBeUndefined();
  });

  it("takes no file whose own ids are those of another table", async () => {
    const { columns, why } = await read({
      "orders.csv": csv("Order No,Customer No,Order date,Revenue", (n) => `SO-${n},K${n % 9},${day(n)},10`),
      "calls.csv": csv("Case No,Created,Channel,Type", (n) => `SO-${n},${day(n)},phone,complaint`, 40),
    });
    expect(columns("orders")).toBeDefined();
    expect(columns("tickets")).toBeUndefined();
    expect(why("calls.csv")).toMatch(/Case No.*orders/);
  });

  it("chooses none of two tables that explain a file alike, and says what each would read", async () => {
    const { columns, why } = await read({
      "log.csv": csv(
        "No,Customer,Type,When,Channel,Employee No",
        (n) => `${n},K${n % 9},complaint,${day(n)},phone,${employee(n)}`,
      ),
    });
    expect(columns("tickets")).toBeUndefined();
    expect(columns("contacts")).toBeUndefined();
    expect(why("log.csv")).toMatch(/it may be/);
  });

  it("lets a table wait whose guess for what it must have is unsure, and reads the rest", async () => {
    const { columns, yaml, code, out } = await initOf(
      {
        "customers.csv": csv("Customer No,Company", (n) => `KD-${100 + n},Firm ${n}`),
        "survey.csv": csv(
          "Answer ID,Customer No,Answered on,Question,Rating (1-5)",
          (n) => `A${n},KD-${100 + n},${day(n)},${["tidiness", "parking"][n % 2]},${(n % 5) + 1}`,
        ),
      },
      "--lang",
      "en",
    );
    expect(code).toBe(0);
    expect(columns("customers")).toBeDefined();
    expect(columns("survey_answers")).toBeUndefined();
    expect(yaml).toMatch(/^#.*# +dimension: Question # unsure/m);
    expect(yaml).toMatch(/A build needs dimension of survey_answers, whose guess above is unsure/);
    expect(out).toContain("survey_answers is read once dimension is said");
  });

  it("writes each line that may be read where it is right once its # is away", async () => {
    const words = (n: number) => ["Inquiry", "Breakdown", "Zz"][n < 58 ? n % 2 : 2];
    const { yaml } = await initOf(
      {
        "tickets.csv": csv(
          "Ticket ID,Created,Type,Severity,Priority level",
          (n) => `T${n},${day(n).split("-").reverse().join(".")},${words(n)},${["general", "Dire"][n % 2]},x`,
        ),
        "contacts.csv": csv(
          "Contact ID,Contact type,When,Channel,Reached?",
          (n) => `C${n},${n % 2 ? "sales" : "Yy"},${day(n).split("-").reverse().join(".")},phone,yes`,
        ),
        "survey.csv": csv("Answer ID,Answered on,Rating", (n) => `A${n},${day(n)},${(n % 4) + 1}`),
      },
      "--lang",
      "en",
    );
    const { wrong, count } = uncommented(yaml);
    expect(wrong, yaml).toEqual([]);
    expect(count).toBeGreaterThan(4);
    expect(yaml).toMatch(/date_formats/);
    expect(yaml).toMatch(/# "Zz": </);
  });

  it("says what to do where nothing is read yet, and is whole once the # are away", async () => {
    const files = {
      "survey.csv": csv("Answer ID,Answered on,Rating", (n) => `A${n},${day(n)},${(n % 4) + 1}`),
    };
    const { dir, run, yaml } = await initOf(files, "--lang", "en");
    expect(yaml.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
    const { code, err } = await run("build", "--data", dir);
    expect(code).toBe(2);
    expect(err).toContain("nothing is read yet");
    expect(err).not.toContain("herringbone init");
    const answers = yaml
      .slice(yaml.indexOf("# Read once"))
      .replace(/^.*\n/, "")
      .replaceAll(/^# /gm, "")
      .replace(/^ +# +survey:.*$/m, "        survey: \"'periodic'\"")
      .replace(/^ +# +dimension:.*$/m, "        dimension: \"'overall'\"")
      .replace(/^ +# +scale_min:.*$/m, "        scale_min: 1")
      .replace(/^ +# +scale_max:.*$/m, "        scale_max: 5");
    writeFileSync(join(dir, "sources.yaml"), answers.replaceAll(/^ *# .*\n/gm, ""));
    await stageDir(dir, async ({ report }) =>
      expect(report.tables).toMatchObject([{ table: "survey_answers", loaded: 60 }]),
    );
  });
});
