import type { z } from "zod";
import { chineseOf } from "./schemaMessages.js";
import { allowedKeys } from "./schemaShape.js";
import { suggest, suggestZh } from "./suggest.js";

/** What is wrong with a value by its schema: what was expected, and what was found last. */
export function issueText(
  issue: z.core.$ZodIssue,
  schema: z.core.$ZodType,
  depth = 0,
): { en: string; zh: string } {
  const found = shown(issue.input);
  const told = (en: string, zh: string) => ({
    en: `${en}: ${found.en}`,
    zh: `${zh}，实际为 ${found.zh}`,
  });
  if (issue.code === "unrecognized_keys") return unknownKey(issue.keys, allowedKeys(schema, issue.path));
  if (issue.code === "invalid_key") {
    const inner = issue.issues[0];
    return inner && depth === 0 ? issueText(inner, schema, 1) : told("not a name", "不是名称");
  }
  if (issue.input === undefined && issue.code !== "custom") return { en: "is missing", zh: "缺少这一项" };
  const own = issue.code === "custom" ? issue.params?.zh : undefined;
  const zh = typeof own === "string" ? own : chineseOf[issue.message];
  if (zh !== undefined) return told(issue.message, zh);
  switch (issue.code) {
    case "invalid_type": {
      const [en, chinese] = kinds[issue.expected] ?? [issue.expected, issue.expected];
      const isText = typeof issue.input === "string" && structures.has(issue.expected);
      // A text in place of a structure is not a setting with a wrong value: it may be another file altogether.
      if (isText) return { en: `expected ${en}: a text`, zh: `应为${chinese}，实际为文字` };
      return told(`expected ${en}`, `应为${chinese}`);
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      const given = typeof issue.input === "string" ? issue.input : "";
      const list = (separator: string) => values.join(separator);
      return {
        en: `expected one of ${list(", ")}${suggest(given, values)}: ${found.en}`,
        zh: `应为 ${list("、")} 之一，实际为 ${found.zh}${suggestZh(given, values)}`,
      };
    }
    case "invalid_union": {
      const options = (issue as { options?: unknown[] }).options ?? [];
      if (options.length === 0) return told("not of a form allowed here", "不是这里允许的写法");
      return {
        en: `expected one of ${options.join(", ")}`,
        zh: `应为 ${options.join("、")} 之一`,
      };
    }
    case "too_small":
      return limit(told, issue.origin, Number(issue.minimum), issue.inclusive !== false, false);
    case "too_big":
      return limit(told, issue.origin, Number(issue.maximum), issue.inclusive !== false, true);
    default:
      return told("not of the form expected here", "写法不对");
  }
}

type Told = (en: string, zh: string) => { en: string; zh: string };

function limit(told: Told, origin: string, bound: number, inclusive: boolean, isMost: boolean) {
  if (!isMost && bound === 1 && origin !== "number" && origin !== "int")
    return origin === "string"
      ? told("expected a text that is not empty", "不能是空的文字")
      : told("expected at least one entry", "至少要有一项");
  const [en, zh] = isMost
    ? inclusive
      ? ["at most", "不大于"]
      : ["below", "小于"]
    : inclusive
      ? ["at least", "不小于"]
      : ["above", "大于"];
  return told(`expected ${en} ${bound}`, `应${zh} ${bound}`);
}

function unknownKey(keys: readonly string[], allowed: readonly string[]) {
  const key = short(keys[0] ?? "");
  const list = (separator: string) => allowed.join(separator);
  return {
    en: `unknown key${allowed.length > 0 ? ` (allowed: ${list(", ")})` : ""}: ${key}${suggest(key, allowed)}`,
    zh: `未知的键 ${key}${suggestZh(key, allowed)}${allowed.length > 0 ? `，允许的有：${list("、")}` : ""}`,
  };
}

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  string: ["a text", "文字"],
  number: ["a number", "数字"],
  int: ["a whole number", "整数"],
  boolean: ["true or false", " true 或 false"],
  array: ["a list", "列表"],
  tuple: ["a list", "列表"],
  object: ["a map of keys", "键和值"],
  record: ["a map of keys", "键和值"],
};

const structures = new Set(["array", "tuple", "object", "record", "map"]);

/** A value in few words; of a map or list only what it is. */
function shown(value: unknown): { en: string; zh: string } {
  if (value === undefined || value === null) return { en: "nothing", zh: "空" };
  if (Array.isArray(value)) return { en: "a list", zh: "列表" };
  if (typeof value === "object") return { en: "a map of keys", zh: "键和值" };
  const text = typeof value === "string" ? JSON.stringify(short(value)) : String(value);
  return { en: text, zh: text };
}

const longest = 60;

/** The beginning of a text that a message names: the file that it stands in may be somebody else's. */
export function short(text: string): string {
  const characters = [...text];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : text;
}
