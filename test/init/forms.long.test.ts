import { describe, expect, it } from "vitest";
import { initOf } from "./initFolder.js";

/** A CSV file of rows that begin below the headings. */
const table = (headings: string, row: (at: number) => string, rows = 60) =>
  `${headings}\n${Array.from({ length: rows }, (_, at) => row(at)).join("\n")}\n`;

const two = (number: number) => String(number).padStart(2, "0");
const moment = (at: number) => `2026-0${1 + (at % 6)}-${two(1 + (at % 28))} 10:${two(at % 60)}:00`;
const customers = table("客户编号,客户名称", (at) => `K${1000 + at},第${at}机械有限公司`);

describe("init, of forms", () => {
  it("takes a form's running number for what tells its rows apart where they say whose they are", async () => {
    const { columns, yaml } = await initOf({
      "客户.csv": customers,
      "满意度调查.csv": table(
        "序号,提交时间,客户编号,您对本店服务的总体满意度（1-5分）,填写时长（秒）",
        (at) => `${at + 1},${moment(at)},K${1000 + at},${1 + (at % 5)},${40 + at}`,
      ),
    });
    expect(columns("survey_answers")).toMatchObject({
      answer_id: "序号",
      customer_id: "客户编号",
      score: "您对本店服务的总体满意度（1-5分）",
      answered_at: "提交时间",
      dimension: "'overall'",
      scale_min: "1",
      scale_max: "5",
    });
    expect(yaml).toMatch(/answer_id: 序号 # .*表单给每份提交的流水序号/);
  });

  it("takes no running number where nothing says whose the rows are, as in a canteen's book", async () => {
    const { columns } = await initOf({
      "客户.csv": customers,
      "食堂满意度.csv": table(
        "序号,提交时间,您对菜品的总体满意度（1-5分）",
        (at) => `${at + 1},${moment(at)},${1 + (at % 5)}`,
      ),
    });
    expect(columns("survey_answers")).toBeUndefined();
  });

  it("reads each score of a form as an answer of its own, with the form's id", async () => {
    const { dir, run, yaml } = await initOf({
      "客户.csv": customers,
      "满意度调查.csv": table(
        "序号,提交答卷时间,1、您的客户编号,2、您对产品质量的评价（1-10分）,3、您对服务态度的评价（1-10分）,4、您向同行推荐我们的可能性（0-10分）,5、其他意见,总分",
        (at) =>
          `${at + 1},${moment(at)},K${1000 + at},${1 + (at % 10)},${1 + (at % 9)},${at % 11},,${3 + at}`,
      ),
    });
    expect(yaml).toMatch(/dimension: '?"?'recommend'/);
    expect(yaml).toContain("attitude");
    const built = await run("build", "--data", dir, "--lang", "en");
    expect(built.err + built.out).toMatch(/survey_answers: 180 rows mapped = 180 loaded/);
    expect(built.code).toBe(0);
  });

  it("reads Qualtrics' questions as what is asked for, and the rows below its headings as no answers", async () => {
    const head = [
      "StartDate,EndDate,ResponseId,ExternalReference,Q1,Q2",
      "Start Date,End Date,Response ID,External Data Reference,How likely are you to recommend us to a colleague?,How satisfied are you overall with our service?",
      ["startDate", "endDate", "_recordId", "externalDataReference", "QID1", "QID2"]
        .map((id) => `"{""ImportId"":""${id}""}"`)
        .join(","),
    ].join("\n");
    const { dir, run, columns, yaml } = await initOf({
      "customers.csv": table("Customer No,Customer name", (at) => `K-${1000 + at},Firm ${at} Ltd`),
      "NPS survey.csv": table(
        head,
        (at) => `${moment(at)},${moment(at)},R_${7000 + at}x,K-${1000 + at},${at % 11},${1 + (at % 5)}`,
      ),
    });
    expect(columns("survey_answers")).toMatchObject({ customer_id: "ExternalReference" });
    expect(yaml).toContain("the rows below the headings repeat them");
    const built = await run("build", "--data", dir, "--lang", "en");
    expect(built.err + built.out).toMatch(/survey_answers: 120 rows mapped = 120 loaded/);
  });
});
