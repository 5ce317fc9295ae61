import { expect, it } from "vitest";
import type { Effects } from "../../src/cli/effects.js";
import { main } from "../../src/cli/main.js";

async function said(...args: string[]) {
  let err = "";
  const effects: Effects = {
    stdout: { write: () => true },
    stderr: { write: (text) => (err += text) },
    env: {},
    cwd: process.cwd(),
    now: () => new Date("2026-07-01T00:00:00Z"),
  };
  return { code: await main(["node", "herringbone", ...args], effects), err };
}

it.each([
  [["kpi", "--grain", "week"], "--grain 应为 month、quarter、half、year 之一，实际为 week"],
  [["score", "--for", "x"], "--for 应为 company、team、employee 之一，实际为 x"],
  [["kpi", "--from"], "--from 后面缺少值"],
  [["kpi", "--form", "2026-01"], "未知的选项 --form（是不是 --from？）"],
  [["biuld"], "未知的命令 biuld（是不是 build？）"],
  [["check", "x"], "参数过多：最多 0 个，实际 1 个"],
  [["kpi", "--where", "region="], "--where 写作 维度=值，实际为 region="],
  [["build", "--as-of", "2026-02-30"], "--as-of 须是日期（2026-06-30）或时刻"],
])("wrong usage is told in Chinese: %j", async (args, message) => {
  const { code, err } = await said(...args);
  expect(code).toBe(2);
  expect(err).toMatch(/^herringbone：/);
  expect(err).toContain(message);
  expect(err).not.toMatch(/[一-鿿][,:;()]/);
});

it.each([
  [["kpi", "--grain", "week", "--lang", "en"], /^herringbone: option '--grain <grain>' argument 'week'/],
  [["kpi", "--where", "region=", "--lang", "en"], /^herringbone: --where takes DIMENSION=VALUE: region=$/m],
])("and in English: %j", async (args, message) => {
  expect(await said(...args)).toEqual({ code: 2, err: expect.stringMatching(message) });
});
