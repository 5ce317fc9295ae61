import type { z } from "zod";
import { fileFault } from "../error.js";
import { issueText, short } from "./issueText.js";
import { parseYaml } from "./yamlSyntax.js";

/**
 * Reads YAML text by a schema.
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function readYaml<S extends z.ZodType>(
  schema: S,
  text: string,
  file: string,
  options: { whenEmpty?: unknown } = {},
): z.infer<S> {
  const content = parseYaml(text, file, options);
  const result = schema.safeParse(content, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (!issue) throw fileFault(file, "", { en: "not of the form expected", zh: "写法不对" });
  throw fileFault(file, describe(issue.path, content), issueText(issue, schema));
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
