import { z } from "zod";
import { columnsOf, contract, tableNames } from "./index.js";

/** The contract as one JSON Schema (draft 2020-12): a definition a table, described by its labels. */
export function contractJsonSchema(): Record<string, unknown> {
  const definitions = tableNames.map((name) => {
    const { $schema: _, ...schema } = z.toJSONSchema(contract[name].row) as Record<string, unknown>;
    const properties = schema.properties as Record<string, Record<string, unknown>>;
    for (const column of columnsOf(name)) {
      const property = properties[column.name];
      if (!property) continue;
      if (column.labels) property["x-labels"] = column.labels;
      if (column.references) property["x-references"] = column.references;
      if (column.personal) property["x-personal"] = true;
    }
    const { label, primaryKey } = contract[name];
    return [
      name,
      { title: label.en, ...schema, "x-label": label["zh-CN"], "x-primary-key": primaryKey },
    ] as const;
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "CRM contract",
    $defs: Object.fromEntries(definitions),
  };
}
