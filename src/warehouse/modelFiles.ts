import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { parseSelects, relationsOf, type SqlNode } from "../engine/sqlTree.js";
import { CliError } from "../run/error.js";
import { told } from "../words/told.js";

/** A model: one select in a file of its own, whose name is the relation's, and whose schema is the folder of all such. */
export interface Model {
  /** `schema.name` */
  relation: string;
  schema: string;
  name: string;
  file: string;
  sql: string;
  tree: SqlNode;
  /** What a row is: the columns of which no combination may stand twice. */
  grain: string[];
  /** Kept as a table for good, or only while the warehouse is built and a view after that; else a view. */
  materialized: "table" | "build" | null;
  reads: string[];
}

const schemas = ["intermediate", "marts"];

/**
 * Reads every model of a folder, each before those that read it.
 * @param known the relations that models may read beside each other
 * @throws CliError 1 for a file that does not parse, lacks its `-- grain:`, reads an unknown relation, or a cycle
 */
export async function readModels(
  db: DuckDBConnection,
  dir: string,
  known: ReadonlySet<string>,
): Promise<Model[]> {
  const models = new Map<string, Model>();
  const files = schemas.flatMap((schema) =>
    sqlFiles(join(dir, schema)).map((file) => readModel(schema, file)),
  );
  const trees = await parseSelects(db, files);
  for (const [index, file] of files.entries()) {
    const tree = trees[index] as SqlNode;
    const model = { ...file, tree, reads: relationsOf(tree, file.file) };
    const other = models.get(model.relation);
    if (other)
      throw new CliError(
        told("model.twice", { one: other.file, other: file.file, relation: model.relation }),
      );
    models.set(model.relation, model);
  }
  for (const model of models.values()) {
    for (const relation of model.reads) {
      if (!models.has(relation) && !known.has(relation)) {
        throw new CliError(told("model.unknownRelation", { file: model.file, relation }));
      }
    }
  }
  return inOrder(models);
}

function sqlFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".sql"))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((entry) => join(entry.parentPath, entry.name));
}

function readModel(schema: string, file: string): Omit<Model, "tree" | "reads"> {
  const sql = readFileSync(file, "utf8");
  const name = basename(file, ".sql");
  const grain = header(sql, "grain");
  if (!grain) throw new CliError(told("model.noGrain", { file }));
  const materialized = header(sql, "materialized") ?? null;
  if (materialized !== null && materialized !== "table" && materialized !== "build") {
    throw new CliError(told("model.materialized", { file, found: materialized }));
  }
  return {
    relation: `${schema}.${name}`,
    schema,
    name,
    file,
    sql: sql.trim().replace(/;$/, ""),
    grain: grain.split(",").map((column) => column.trim()),
    materialized,
  };
}

const header = (sql: string, key: string) =>
  new RegExp(`^-- ${key}:[ \\t]*(.+)$`, "m").exec(sql)?.[1]?.trim();

function inOrder(models: Map<string, Model>): Model[] {
  const ordered: Model[] = [];
  const done = new Set<string>();
  const visit = (model: Model, path: string[]) => {
    if (done.has(model.relation)) return;
    if (path.includes(model.relation)) {
      throw new CliError(told("model.circle", { path: [...path, model.relation].join(" → ") }));
    }
    for (const relation of model.reads) {
      const next = models.get(relation);
      if (next) visit(next, [...path, model.relation]);
    }
    done.add(model.relation);
    ordered.push(model);
  };
  for (const model of models.values()) visit(model, []);
  return ordered;
}
