import { expect, it } from "vitest";
import { idSchema } from "../../src/catalogue/names.js";
import { addressOf } from "../../src/published/benefitTypes.js";

it("an initiative's address is its id, shortened with a hash where no file could be called so", () => {
  expect(addressOf("I_1")).toBe("I_1");
  expect(addressOf("a b/\u7f16")).toBe("a-20-b-2f--7f16-");
  const long = "\u63aa\u65bd".repeat(30);
  expect(addressOf(`${"x".repeat(120)}foobar`)).toMatch(/^x{120}-[0-9a-f]{16}$/);
  const addresses = ["", "\u4e00", "\u4e01", "\u4e00\u4e01"].map((end) => addressOf(long + end));
  expect(new Set(addresses).size).toBe(4);
  for (const address of addresses) {
    expect(address).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(Buffer.byteLength(address)).toBeLessThan(150);
  }
  // What is whole is never as long as what is shortened.
  expect(addressOf("y".repeat(120))).toBe("y".repeat(120));
  expect(addressOf("y".repeat(121))).toHaveLength(137);
});

it("an id of the catalogue is bounded", () => {
  expect(idSchema.safeParse("k".repeat(100)).success).toBe(true);
  expect(idSchema.safeParse("k".repeat(101)).error?.issues[0]?.message).toBe("schema.longId");
});
