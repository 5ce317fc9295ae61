import { expect, test } from "vitest";
import { mendedRanges } from "../../src/export/toUnicode.js";

test("a range ends where its last byte would run over, and another begins there", () => {
  const table = (lines: string[]) => `${lines.length} beginbfrange\n${lines.join("\n")}\nendbfrange\nendcmap`;
  const whole = "<0003> <0005> <4E00>";
  expect(mendedRanges(table([whole, "<0180> <0182> <66FE>"]))).toBe(
    table([whole, "<0180> <0181> <66FE>", "<0182> <0182> <6700>"]),
  );
  expect(mendedRanges(table([whole]))).toBe(table([whole]));
});

test("a block has no more than 100 ranges", () => {
  const lines = Array.from({ length: 60 }, () => "<0180> <0182> <66FE>");
  const mended = mendedRanges(`60 beginbfrange\n${lines.join("\n")}\nendbfrange`);
  expect(mended.match(/\d+ beginbfrange/g)).toEqual(["100 beginbfrange", "20 beginbfrange"]);
});
