import type { z } from "zod";
import { CliError, fileFault } from "../run/error.js";
import { type Told, told } from "../words/told.js";
import { issueText, short } from "./issueText.js";
import { lineOf, parseYaml } from "./yamlSyntax.js";

/**
 * Reads YAML text by a schema, or by the one for its content.
 * @param options.lines every fault is told, each with its line; else the first
 * @throws CliError 2 naming file, place in it, what was found and what was expected
 */
export function readYaml<S extends z.ZodType>(
  given: S | ((content: unknown) => S),
  text: string,
  file: string,
  options: { whenEmpty?: unknown; lines?: boolean } = {},
): z.infer<S> {
  const content = parseYaml(text, file, options);
  requireNames(content, file, []);
  const schema = typeof given === "function" ? given(content) : given;
  const result = schema.safeParse(content, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  if (options.lines)
    throw faultsOf(
      { file, text },
      issues.map((issue) => ({
        path: [...issue.path, ...(issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])],
        place: describe(issue.path, content),
        wrong: issueText(issue, schema),
      })),
    );
  const [issue] = issues;
  if (!issue) throw fileFault(file, "", told("schema.elsewise"));
  throw fileFault(file, describe(issue.path, content), issueText(issue, schema));
}

/** What is wrong in a file, and where. */
export interface PlacedFault {
  path: readonly PropertyKey[];
  /** The place in words; empty where `path` says it. */
  place?: string;
  wrong: Told;
}

/** All faults of a YAML file as one failure, each with its line, in the order of the lines. */
export function faultsOf(
  { file, text }: { file: string; text: string },
  faults: readonly PlacedFault[],
): CliError {
  const lines = faults
    .map((fault) => ({ line: lineOf(text, fault.path), ...fault }))
    .sort((one, other) => one.line - other.line)
    .map(({ line, path, place = path.join("."), wrong }) =>
      told("file.line", { line, wrong: place === "" ? wrong : told("file.fault", { at: [place], wrong }) }),
    );
  const [first, ...others] = lines;
  const isOne = first && others.length === 0;
  return isOne ? fileFault(file, "", first) : new CliError(told("file.faults", { file, lines }), 2);
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
