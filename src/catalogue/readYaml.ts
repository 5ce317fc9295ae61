import type { z } from "zod";
import { fileFault } from "../run/error.js";
import { told } from "../words/told.js";
import { issueText, short } from "./issueText.js";
import { parseYaml } from "./yamlSyntax.js";

/**
 * Reads YAML text by a schema, or by the one for its content.
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function readYaml<S extends z.ZodType>(
  given: S | ((content: unknown) => S),
  text: string,
  file: string,
  options: { whenEmpty?: unknown } = {},
): z.infer<S> {
  const content = parseYaml(text, file, options);
  requireNames(content, file, []);
  const schema = typeof given === "function" ? given(content) : given;
  const result = schema.safeParse(content, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw fileFault(file, "", told("schema.elsewise"));
  throw fileFault(file, describe(issue.path, content), issueText(issue, schema));
}

/**
 * A key that stands for an object's prototype would vanish on the way, and all that it says with it.
 * @throws CliError 2 naming where it stands
 */
function requireNames(node: unknown, file: string, path: readonly string[]): void {
  if (typeof node !== "object" || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "__proto__")
      throw fileFault(
        file,
        path.join("."),
        told("schema.found", { wrong: told("schema.name"), found: JSON.stringify(key) }),
      );
    requireNames(value, file, [...path, short(key)]);
  }
}

/** `kpis.3.unit` says little; `churn_rate.unit` more. */
function describe(path: readonly PropertyKey[], content: unknown): string {
  let node = content;
  const words: string[] = [];
  for (const key of path) {
    node = (node as Record<PropertyKey, unknown> | null | undefined)?.[key];
    const id = typeof key === "number" ? (node as { id?: unknown } | null | undefined)?.id : undefined;
    words.push(short(typeof id === "string" ? id : String(key)));
  }
  return words.join(".");
}
