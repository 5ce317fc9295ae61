import type { z } from "zod";
import { ownValue } from "./ownValue.js";

/** What is read of a zod schema's definition, whatever its kind. */
interface Definition {
  type: string;
  innerType?: z.core.$ZodType;
  in?: z.core.$ZodType;
  out?: z.core.$ZodType;
  shape?: Record<string, z.core.$ZodType>;
  catchall?: z.core.$ZodType;
  element?: z.core.$ZodType;
  items?: readonly z.core.$ZodType[];
  valueType?: z.core.$ZodType;
  options?: readonly z.core.$ZodType[];
}

const definitionOf = (schema: z.core.$ZodType) => schema._zod.def as unknown as Definition;

/** The keys that a schema allows at a path; none where it is no map of fixed keys. */
export function allowedKeys(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  let found = unwrapped(schema);
  for (const key of path) found = found.flatMap((each) => unwrapped(child(each, key)));
  return [...new Set(found.flatMap((each) => Object.keys(definitionOf(each).shape ?? {})))];
}

/** A schema without its wrappers; of a choice all of them. */
function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType[] {
  if (!schema) return [];
  const { type, innerType, in: before, out, options } = definitionOf(schema);
  if (type === "union") return (options ?? []).flatMap(unwrapped);
  if (type === "pipe") return [...unwrapped(before), ...unwrapped(out)];
  return innerType ? unwrapped(innerType) : [schema];
}

function child(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined {
  const { shape, catchall, element, items, valueType } = definitionOf(schema);
  return ownValue(shape, String(key)) ?? catchall ?? element ?? items?.[Number(key)] ?? valueType;
}
