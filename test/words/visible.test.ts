import { expect, test } from "vitest";
import { hasVisible, hasWords } from "../../src/words/visible.js";

test("what leaves no mark on paper is nothing to be seen", () => {
  for (const text of [
    "",
    " \t\n",
    "\u00a0\u3000",
    "\u200b\u200d\ufeff",
    "\u3164\uffa0\u2800",
    "\u202e\u0000",
  ])
    expect([hasVisible(text), hasWords(text)], JSON.stringify(text)).toEqual([false, false]);
  for (const text of ["…", "!", "- ."]) expect([hasVisible(text), hasWords(text)]).toEqual([true, false]);
  for (const text of ["late", "迟到的数据", "\u200b7"])
    expect([hasVisible(text), hasWords(text)]).toEqual([true, true]);
});
