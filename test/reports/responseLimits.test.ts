import { expect, it } from "vitest";
import { formatter } from "../../reports/components/data/format.js";
import { limitsText } from "../../reports/components/data/responseLimits.js";
import type { Site } from "../../reports/components/data/site.js";
import { areShippedLimits, responseLimitsSchema } from "../../src/catalogue/responseLimits.js";
import { pages as en } from "../../src/words/en.js";
import { pages as zhCN } from "../../src/words/zh-CN.js";

const siteOf = (language: "en" | "zh-CN", limits: object, inBusinessTime = false) => {
  const messages = language === "en" ? en : zhCN;
  const read = responseLimitsSchema.parse(limits);
  const response_limits = { ...read, areShipped: areShippedLimits(read), inBusinessTime };
  const words = { severity: { very_serious: { labels: { en: "very serious", "zh-CN": "特别严重" } } } };
  return {
    grain: "month",
    language,
    messages,
    format: formatter(language, messages),
    catalogue: { vocabulary: words, response_limits },
  } as unknown as Site;
};

it("the limits that decide a KPI are told, all of them, and whether they are the shipped ones", () => {
  const plain = (text: string | null) => text?.replaceAll("\u00a0", " ");
  // The defaults of the KPI catalogue, "Response limits".
  expect(plain(limitsText(siteOf("en", {}), { matures: "limits" }))).toBe(
    "Complaints: very serious 30 min, serious 2 h, general or unclassified 8 h. All others by channel: phone 5 min, email 8 h, online 5 min, wechat 15 min, social 1 h, visit 24 h, fax 24 h, any other or none 8 h. Time runs around the clock. These are the shipped defaults: settings.yaml sets no other response_limits.",
  );
  const set = limitsText(siteOf("zh-CN", { complaints: { very_serious: 45 } }, true), { matures: "limits" });
  expect(plain(set)).toMatch(/^投诉：特别严重 45 分钟、/);
  expect(plain(set)).toMatch(/其他渠道或未知 8 小时。只计工作时间。$/);
});

it("a KPI that no limit decides lists none", () => {
  expect(limitsText(siteOf("en", {}), { matures: "awaited" })).toBeNull();
  expect(limitsText(siteOf("en", {}), { matures: null })).toBeNull();
});
