import { describe, expect, it } from "vitest";
import { isOfForm, isOnlyPlanned } from "../../src/init/deadlines.js";

describe("headings of deadlines", () => {
  it.each([
    "Resolve by",
    "resolve_by",
    "ResolveBy",
    "Solve until",
    "Resolution due",
    "Due date",
    "SLA resolution",
    "Resolution target",
    "Expected resolution",
    "Lösungsfrist",
    "Zu lösen bis",
    "Fällig am",
    "Geplante Erledigung",
    "解决期限",
    "解决时限",
    "应解决时间",
    "应完成时间",
    "要求完成时间",
    "预计完成时间",
    "响应截止时间",
    "最晚完成时间",
    "承诺解决时间",
  ])("%s is none of what was done", (title) => expect(isOnlyPlanned(title, "resolved_at")).toBe(true));

  it.each([
    "Resolved at",
    "Date resolved",
    "First response",
    "Erledigt am",
    "Gelöst",
    "解决时间",
    "首次响应时间",
    "应答时间",
    "对应时间",
    "完成时间",
  ])("%s was done", (title) => expect(isOnlyPlanned(title, "resolved_at")).toBe(false));

  it("leaves columns that are of what is to be", () => {
    expect(isOnlyPlanned("Due date", "due_at")).toBe(false);
    expect(isOnlyPlanned("承诺交期", "promised_on")).toBe(false);
  });
});

describe("what forms note of their own", () => {
  it.each([
    "提交时间",
    "提交人",
    "填表时间",
    "表單提交時間",
    "Submitted at",
    "submitted_at",
    "Timestamp",
    "Zeitstempel",
  ])("%s is no day or person of a record", (title) => {
    expect(isOfForm(title, "acquired_on")).toBe(true);
    expect(isOfForm(title, "hired_on")).toBe(true);
    expect(isOfForm(title, "ordered_at")).toBe(true);
    expect(isOfForm(title, "created_at")).toBe(false);
    expect(isOfForm(title, "answered_at")).toBe(false);
  });

  it.each(["建档日期", "成交日期", "Created at", "Order timestamp", "下单时间"])("%s may be", (title) =>
    expect(isOfForm(title, "ordered_at")).toBe(false),
  );
});
