import type { Language } from "../catalogue/settings.js";

/** What the parser of the command line says is wrong, in a language. */
export function usageText(text: string, language: Language): string {
  const [, said = text] = /^error: (.*)$/s.exec(text.trimEnd()) ?? [];
  const line = said.replaceAll("\n", " ");
  if (language === "en") return `herringbone: ${line}\n`;
  for (const [pattern, words] of phrases) {
    const found = pattern.exec(line);
    if (!found) continue;
    const [, near] = /\(Did you mean (?:one of )?(.*)\?\)$/.exec(line) ?? [];
    return `herringbone：${words(found)}${near === undefined ? "" : `（是不是 ${near.replaceAll(", ", "、")}？）`}\n`;
  }
  return `herringbone：${line}\n`;
}

const list = (words: string | undefined) => (words ?? "").replaceAll(", ", "、");

const phrases: readonly [RegExp, (found: RegExpExecArray) => string][] = [
  [
    /^option '(--[\w-]+).*' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/,
    ([, option, value, choices]) => `${option} 应为 ${list(choices)} 之一，实际为 ${value}`,
  ],
  [/^option '(--[\w-]+).*' argument missing$/, ([, option]) => `${option} 后面缺少值`],
  [/^unknown option '(.*?)'/, ([, option]) => `未知的选项 ${option}`],
  [/^unknown command '(.*?)'/, ([, command]) => `未知的命令 ${command}`],
  [
    /^too many arguments(?: for '(.*?)')?\. Expected (\d+) arguments? but got (\d+)/,
    ([, , expected, got]) => `参数过多：最多 ${expected} 个，实际 ${got} 个`,
  ],
];
