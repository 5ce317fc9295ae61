import { describe, expect, it } from "vitest";
import { called } from "../../src/contract/called.js";
import { contractName } from "../../src/words/contractName.js";
import { reasonText } from "../../src/words/reasonText.js";
import { toldReason } from "../../src/words/toldReason.js";

describe("the names in a reason", () => {
  it("are the contract's labels in Chinese, with the name that a mapping knows", () => {
    const say = (...names: string[]) => reasonText({ code: "no_table", names }, "zh-CN", called("zh-CN"));
    expect(say("survey_answers")).toBe("满意度回答（survey_answers）没有数据行");
    expect(say("customers", "orders|contracts")).toBe(
      "客户（customers）、订单行（orders）或合同（contracts）没有数据行",
    );
    expect(toldReason({ code: "no_column", names: ["orders.cost"] }, "zh-CN").reason_text).toBe(
      "列未映射或全部为空：订单行（orders.cost）",
    );
    expect(toldReason({ code: "no_kind", names: ["tickets.type=repair"] }, "zh-CN").reason_text).toBe(
      "没有这一类记录：工单（tickets.type=repair）",
    );
  });

  it("do not stand in brackets within brackets", () => {
    expect(toldReason({ code: "no_cases", names: ["trainings.due_on"] }, "zh-CN").reason_text).toBe(
      "期内没有符合条件的记录：须有培训（trainings.due_on）",
    );
  });

  it("are the contract's names alone in English, whatever the label says", () => {
    expect(called("en")("survey_answers")).toBe("survey_answers");
    expect(contractName("handoffs", "Hand-offs", "en")).toBe("handoffs");
    expect(contractName("orders.cost", "Order lines", "en")).toBe("orders.cost");
    expect(contractName("shops", undefined, "zh-CN")).toBe("shops");
  });
});
