import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** A block of code in the README: a file to write or add to, lines to change in one (`diff`), or commands (`console`). */
export interface Block {
  kind: string;
  file: string;
  lines: string[];
}

/** The blocks of the README's section of that title. */
export function blocksOf(title: string): Block[] {
  const sections = readFileSync("README.md", "utf8").split("\n## ");
  const section = sections.find((each) => each.startsWith(`${title}\n`)) ?? "";
  return [...section.matchAll(/^```(sql|yaml|csv|diff|console) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, kind = "", file = "", text = ""]) => ({ kind, file, lines: text.trimEnd().split("\n") }),
  );
}

/** The text with a diff done: lines that "-" marks go, those that "+" marks come, the others say where. */
export function patched(text: string, diff: readonly string[]): string {
  const without = (sign: string) =>
    diff.flatMap((line) => (line.startsWith(sign) ? [] : [`${line.slice(1)}\n`])).join("");
  const before = without("+");
  expect(text.split(before), before).toHaveLength(2);
  return text.replace(before, () => without("-"));
}
