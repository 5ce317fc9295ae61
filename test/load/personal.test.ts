import { describe, expect, it } from "vitest";
import { looksPersonal } from "../../src/load/persons/personal.js";
import { mask } from "../../src/load/reasons.js";

describe("what leads to a person is masked in any column", () => {
  it.each([
    "li.ming@example.com",
    "回电 13812345678",
    "138 1234 5678",
    "+86 138-1234-5678",
    "１３８１２３４５６７８",
    "010-62345678",
    "(0755) 12345678",
    "+44 20 7946 0958",
    "(212) 555-0123",
    "11010519491231002X",
    "110105491231002",
    "身份证：110105194912310025。",
  ])("%s", (text) => {
    expect(looksPersonal(text)).toBe(true);
    expect(mask("tickets", "fault_code", text)).toBe("(masked)");
  });

  it.each([
    "2026-01-05 09:00:00",
    "2026-01-05T09:00:00.123456+08:00",
    "1,234,567.89",
    "T20260105000123",
    "4200000000000015",
    "F-1024",
    "http://example.com/a",
    "@here",
    "99999999999999.9999",
  ])("but not %s", (text) => {
    expect(looksPersonal(text)).toBe(false);
    expect(mask("tickets", "fault_code", text)).toBe(text);
  });
});
