import { expect } from "vitest";
import { type Wording, worded } from "../../src/words/wording.js";

/** What is said, in both languages. */
export const both = (wording: Wording) => ({ en: worded(wording, "en"), zh: worded(wording, "zh-CN") });

/** Matches what is said where its Chinese holds a text. */
export const inChinese = (text: string | RegExp) =>
  expect.toSatisfy((wording: Wording) =>
    typeof text === "string" ? both(wording).zh.includes(text) : text.test(both(wording).zh),
  );
