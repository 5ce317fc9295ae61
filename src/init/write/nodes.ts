import { Document, Pair, Scalar, type YAMLMap } from "yaml";
import { type Told, told } from "../../words/told.js";
import { visible } from "../../words/visible.js";

/** Puts a message into the words of the user. */
export type Say = (message: Told | string) => string;

/** A text as YAML has it on one line. */
export function word(text: string): Scalar {
  const scalar = new Scalar(text);
  if (/[\n\r]/.test(text)) scalar.type = "QUOTE_DOUBLE";
  return scalar;
}

export function map(entries: readonly (readonly [string, unknown])[], isFlow = false): YAMLMap {
  const node = new Document({}).contents as unknown as YAMLMap;
  node.flow = isFlow;
  for (const [key, value] of entries) node.add(new Pair(word(key), value));
  return node;
}

export function said(value: Scalar, comment: string): Scalar {
  value.comment = ` ${visible(comment)}`;
  return value;
}

export function flow(texts: readonly string[]) {
  const seq = new Document([]).contents as unknown as { flow?: boolean; items: unknown[] };
  seq.flow = true;
  for (const text of texts) {
    const scalar = word(text);
    if (scalar.type === undefined) scalar.type = "QUOTE_DOUBLE";
    seq.items.push(scalar);
  }
  return seq;
}

/** How sure a guess is, and why. */
export function because(
  certainty: "init.sure" | "init.likely" | "init.unsure",
  reasons: readonly Told[],
  say: Say,
): string {
  return say(told("init.because", { certainty: told(certainty), reasons: [...reasons] }));
}

export const lines = (texts: readonly string[]) => texts.map((text) => ` ${visible(text)}`).join("\n");
