import type { z } from "zod";
import { type Told, told } from "../words/told.js";
import { isMessageId } from "../words/wording.js";
import { allowedKeys } from "./schemaShape.js";
import { suggest } from "./suggest.js";

/** What is wrong with a value by its schema: what was expected, and what was found last. */
export function issueText(issue: z.core.$ZodIssue, schema: z.core.$ZodType, depth = 0): Told {
  const found = shown(issue.input);
  const instead = (wrong: Told) => told("schema.found", { wrong, found });
  if (issue.code === "unrecognized_keys") return unknownKey(issue.keys, allowedKeys(schema, issue.path));
  if (issue.code === "invalid_key") {
    const inner = issue.issues[0];
    return inner && depth === 0 ? issueText(inner, schema, 1) : instead(told("schema.name"));
  }
  if (issue.input === undefined && issue.code !== "custom") return told("schema.missing");
  if (issue.code === "custom" && issue.params?.problem) return instead(issue.params.problem as Told);
  if (isMessageId(issue.message)) return instead({ id: issue.message });
  switch (issue.code) {
    case "invalid_type": {
      const id = `schema.type.${issue.expected}`;
      const type = isMessageId(id) ? ({ id } as Told) : issue.expected;
      const isText = typeof issue.input === "string" && structures.has(issue.expected);
      // A text in place of a structure is not a setting with a wrong value: it may be another file altogether.
      return isText ? told("schema.typeNotText", { type }) : instead(told("schema.typed", { type }));
    }
    case "invalid_value": {
      const values = issue.values.map(String);
      const near = suggest(typeof issue.input === "string" ? issue.input : "", values);
      return told("schema.choiceFound", { values, near, found });
    }
    case "invalid_union": {
      const options = (issue as { options?: unknown[] }).options ?? [];
      if (options.length === 0) return instead(told("schema.otherChoice"));
      return told("schema.choice", { values: options.map(String) });
    }
    case "too_small":
      return instead(limit(issue.origin, Number(issue.minimum), issue.inclusive !== false, false));
    case "too_big":
      return instead(limit(issue.origin, Number(issue.maximum), issue.inclusive !== false, true));
    default:
      return instead(told("schema.elsewise"));
  }
}

function limit(origin: string, bound: number, inclusive: boolean, isMost: boolean): Told {
  if (!isMost && bound === 1 && origin !== "number" && origin !== "int")
    return told(origin === "string" ? "schema.empty" : "schema.noEntry");
  if (isMost) return told(inclusive ? "schema.atMost" : "schema.below", { bound });
  return told(inclusive ? "schema.atLeast" : "schema.above", { bound });
}

function unknownKey(keys: readonly string[], allowed: readonly string[]): Told {
  const key = short(keys[0] ?? "");
  return told("schema.unknownKey", { key, allowed, near: suggest(key, allowed) });
}

const structures = new Set(["array", "tuple", "object", "record", "map"]);

/** A value in few words; of a map or list only what it is. */
function shown(value: unknown): string | Told {
  if (value === undefined || value === null) return told("value.nothing");
  if (Array.isArray(value)) return told("schema.type.array");
  if (typeof value === "object") return told("schema.type.object");
  return typeof value === "string" ? JSON.stringify(short(value)) : String(value);
}

const longest = 60;

/** The beginning of a text that a message names, without a password: the file that it stands in may be somebody else's. */
export function short(text: string): string {
  const characters = [...text.replace(/:\/\/\S*@/g, "://***@")];
  return characters.length > longest ? `${characters.slice(0, longest).join("")}…` : characters.join("");
}
